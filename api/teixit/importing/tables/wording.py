"""What the importer of tables calls the things that it makes, in three languages."""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from teixit.importing.wording import Wording, wording


def words(section: str, name: str) -> Wording:
    """Give what is said of tables, by language.

    Args:
        section: A section of ``words.toml``, such as ``problem``.
        name: What is to be said.
    """
    return MappingProxyType(_words()[section][name])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


SOURCE: Final = wording("Taula «{file}»", "Tabla «{file}»", "Table “{file}”")
PASSAGE: Final = wording("«{file}», {place}", "«{file}», {place}", "“{file}”, {place}")
SELECTOR: Final = wording(
    "Cel·la de «{file}», {place}", "Celda de «{file}», {place}", "Cell of “{file}”, {place}"
)
RECORD: Final = wording(
    "Registre de les cel·les de «{file}»",
    "Registro de las celdas de «{file}»",
    "Record of the cells of “{file}”",
)
RECORD_METHOD: Final = wording(
    "Descriu en quin full, quina fila i quina columna és cada cel·la de la taula que diu alguna "
    "cosa, i amb quines paraules. Què vol dir cada columna ho declara la correspondència «{kind}».",
    "Describe en qué hoja, qué fila y qué columna está cada celda de la tabla que dice algo, y con "
    "qué palabras. Qué significa cada columna lo declara la correspondencia «{kind}».",
    "Describes in which sheet, row and column each cell of the table stands that says something, "
    "and its words. What each column means is declared by the mapping “{kind}”.",
)
STATUSES: Final = wording("Estats de «{file}»", "Estados de «{file}»", "Statuses of “{file}”")
STATUS: Final = wording("estat «{text}»", "estado «{text}»", "status “{text}”")
READ: Final = wording(
    "{file}: {rows} files de {kind}, {facts} enunciats",
    "{file}: {rows} filas de {kind}, {facts} enunciados",
    "{file}: {rows} rows of {kind}, {facts} statements",
)
READ_AS: Final = wording(
    "llegit com a {encoding}, amb «{separator}» entre les cel·les",
    "leído como {encoding}, con «{separator}» entre las celdas",
    "read as {encoding}, with “{separator}” between the cells",
)
UNREAD: Final = wording(
    "full «{sheet}»: no s’ha llegit", "hoja «{sheet}»: no se ha leído", "sheet “{sheet}”: not read"
)
REFUSED: Final = wording(
    "No s’ha escrit res: primer cal corregir el que hi ha a sobre.",
    "No se ha escrito nada: antes hay que corregir lo de arriba.",
    "Nothing was written: what stands above has to be corrected first.",
)
DRY: Final = wording(
    "No s’ha escrit res: era un assaig.",
    "No se ha escrito nada: era un ensayo.",
    "Nothing was written: this was a rehearsal.",
)
ADDED: Final = wording(
    "S’afegirien {count} enunciats:",
    "Se añadirían {count} enunciados:",
    "{count} statements would be added:",
)
REMOVED: Final = wording(
    "Es traurien {count} enunciats:",
    "Se quitarían {count} enunciados:",
    "{count} statements would be removed:",
)
SAME: Final = wording(
    "{count} enunciats el graf ja els fa, per altres fonts.",
    "{count} enunciados el grafo ya los hace, por otras fuentes.",
    "{count} statements the graph makes already, by other sources.",
)
CHECKED: Final = wording("llegides {rows} files", "leídas {rows} filas", "{rows} rows read")
