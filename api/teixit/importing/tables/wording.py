"""What the importer of tables calls the things that it makes, in three languages."""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

Wording = MappingProxyType[str, str]


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


def _wording(ca: str, es: str, en: str) -> Wording:
    return MappingProxyType({"ca": ca, "es": es, "en": en})


SOURCE: Final = _wording("Taula «{file}»", "Tabla «{file}»", "Table “{file}”")
PASSAGE: Final = _wording("«{file}», {place}", "«{file}», {place}", "“{file}”, {place}")
SELECTOR: Final = _wording(
    "Cel·la de «{file}», {place}", "Celda de «{file}», {place}", "Cell of “{file}”, {place}"
)
RECORD: Final = _wording(
    "Registre de les cel·les de «{file}»",
    "Registro de las celdas de «{file}»",
    "Record of the cells of “{file}”",
)
RECORD_METHOD: Final = _wording(
    "Descriu en quin full, quina fila i quina columna és cada cel·la de la taula que diu alguna "
    "cosa, i amb quines paraules. Què vol dir cada columna ho declara la correspondència «{kind}».",
    "Describe en qué hoja, qué fila y qué columna está cada celda de la tabla que dice algo, y con "
    "qué palabras. Qué significa cada columna lo declara la correspondencia «{kind}».",
    "Describes in which sheet, row and column each cell of the table stands that says something, "
    "and its words. What each column means is declared by the mapping “{kind}”.",
)
STATUSES: Final = _wording("Estats de «{file}»", "Estados de «{file}»", "Statuses of “{file}”")
STATUS: Final = _wording("estat «{text}»", "estado «{text}»", "status “{text}”")
READ: Final = _wording(
    "{file}: {rows} files de {kind}, {facts} enunciats",
    "{file}: {rows} filas de {kind}, {facts} enunciados",
    "{file}: {rows} rows of {kind}, {facts} statements",
)
READ_AS: Final = _wording(
    "llegit com a {encoding}, amb «{separator}» entre les cel·les",
    "leído como {encoding}, con «{separator}» entre las celdas",
    "read as {encoding}, with “{separator}” between the cells",
)
UNREAD: Final = _wording(
    "full «{sheet}»: no s’ha llegit", "hoja «{sheet}»: no se ha leído", "sheet “{sheet}”: not read"
)
REFUSED: Final = _wording(
    "No s’ha escrit res: primer cal corregir el que hi ha a sobre.",
    "No se ha escrito nada: antes hay que corregir lo de arriba.",
    "Nothing was written: what stands above has to be corrected first.",
)
DRY: Final = _wording(
    "No s’ha escrit res: era un assaig.",
    "No se ha escrito nada: era un ensayo.",
    "Nothing was written: this was a rehearsal.",
)
ADDED: Final = _wording(
    "S’afegirien {count} enunciats:",
    "Se añadirían {count} enunciados:",
    "{count} statements would be added:",
)
REMOVED: Final = _wording(
    "Es traurien {count} enunciats:",
    "Se quitarían {count} enunciados:",
    "{count} statements would be removed:",
)
SAME: Final = _wording(
    "{count} enunciats el graf ja els fa, per altres fonts.",
    "{count} enunciados el grafo ya los hace, por otras fuentes.",
    "{count} statements the graph makes already, by other sources.",
)
CHECKED: Final = _wording("llegides {rows} files", "leídas {rows} filas", "{rows} rows read")
