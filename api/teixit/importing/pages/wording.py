"""What the importer calls the things that it makes, in three languages.

A page gives names to what it is about. All else that the importer makes, it must name itself.
"""

from types import MappingProxyType
from typing import Final

from teixit.importing.wording import wording

SOURCE: Final = wording(
    "Pàgina «{title}» del pla",
    "Página «{title}» del plan",
    "Page “{title}” of the plan",
)
PASSAGE: Final = wording(
    "«{title}», línia {first}, caràcters {start}–{end}",
    "«{title}», línea {first}, caracteres {start}–{end}",
    "“{title}”, line {first}, characters {start}–{end}",
)
PASSAGE_OF_LINES: Final = wording(
    "«{title}», línies {first}–{last}, caràcters {start}–{end}",
    "«{title}», líneas {first}–{last}, caracteres {start}–{end}",
    "“{title}”, lines {first}–{last}, characters {start}–{end}",
)
SELECTOR: Final = wording(
    "Cita de «{title}», caràcters {start}–{end}",
    "Cita de «{title}», caracteres {start}–{end}",
    "Quotation of “{title}”, characters {start}–{end}",
)
YEAR: Final = wording("any {year}", "año {year}", "year {year}")
CALENDAR_YEAR: Final = wording(
    "any {year} del calendari gregorià",
    "año {year} del calendario gregoriano",
    "year {year} of the Gregorian calendar",
)
RECORD: Final = wording(
    "Registre dels passatges de «{title}»",
    "Registro de los pasajes de «{title}»",
    "Record of the passages of “{title}”",
)
RECORD_METHOD: Final = wording(
    "Descriu on comença i on acaba cada passatge de la pàgina i amb quines paraules, comptant "
    "els caràcters Unicode del text de la pàgina, que es guarda aquí mateix.",
    "Describe dónde empieza y dónde acaba cada pasaje de la página y con qué palabras, contando "
    "los caracteres Unicode del texto de la página, que se guarda aquí mismo.",
    "Describes where each passage of the page begins and ends, and its words, counting the "
    "Unicode characters of the text of the page, which is kept here.",
)
RECORD_OF_PLAN: Final = wording(
    "Registre del que se segueix de les pàgines de «{title}»",
    "Registro de lo que se sigue de las páginas de «{title}»",
    "Record of what follows from the pages of “{title}”",
)
RECORD_OF_PLAN_METHOD: Final = wording(
    "Descriu què s’ha conclòs de les pàgines d’un pla llegides juntes, i de quines.",
    "Describe qué se ha concluido de las páginas de un plan leídas juntas, y de cuáles.",
    "Describes what was concluded from pages of a plan that were read together, and from which.",
)

#: What the parts of pages are called, where two versions of a page are compared.
PARTS: Final = MappingProxyType(
    {
        "line": wording("línia", "línea", "line"),
        "paragraph": wording("paràgraf", "párrafo", "paragraph"),
        "objective": wording("objectiu", "objetivo", "objective"),
        "target_group": wording("grup destinatari", "grupo destinatario", "target group"),
        "measure": wording("actuació", "actuación", "measure"),
        "offered_year": wording("any de la taula", "año de la tabla", "year of the table"),
        "action": wording("acció", "acción", "action"),
        "year": wording("any", "año", "year"),
        "project": wording("projecte", "proyecto", "project"),
        "progress": wording("progrés", "progreso", "progress"),
    }
)
ADDED: Final = wording("S’hi afegeix: {part}", "Se añade: {part}", "Added: {part}")
REMOVED: Final = wording("Se’n treu: {part}", "Se quita: {part}", "Removed: {part}")
REWORDED: Final = wording(
    "Canvien les paraules: {part} → «{new}»",
    "Cambian las palabras: {part} → «{new}»",
    "Reworded: {part} → “{new}”",
)
RENUMBERED: Final = wording(
    "Canvia de número: {part} → {new}",
    "Cambia de número: {part} → {new}",
    "Renumbered: {part} → {new}",
)
SAME: Final = wording(
    "Les dues versions diuen el mateix.",
    "Las dos versiones dicen lo mismo.",
    "Both versions say the same.",
)
QUOTED: Final = wording("«{text}»", "«{text}»", "“{text}”")
