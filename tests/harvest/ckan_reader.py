"""What CKAN's own parser makes of a file, as JSON; ends with status 3 where it is not installed.

    python tests/harvest/ckan_reader.py FILE MEDIA-TYPE PROFILE

It runs by itself, under a Python that has ckan and ckanext-dcat: their dependencies are not ours.
"""

import json
import sys
from pathlib import Path

ABSENT = 3

if __name__ == "__main__":
    try:
        from ckanext.dcat.processors import RDFParser
    except ImportError:
        sys.exit(ABSENT)
    file, media_type, profile = sys.argv[1:]
    parser = RDFParser(profiles=[profile])
    parser.parse(Path(file).read_text("utf-8"), _format=media_type)
    print(json.dumps([*parser.datasets()], default=str))
