"""The rows of a SELECT as files that keep the types of their values: Excel and Parquet.

* ``origin``: what such a file says of itself
* ``typed``: values as other programs have them
* ``workbook``, ``parquet``: the files
"""

from typing import Final

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET: Final = "application/vnd.apache.parquet"
