"""What the importer calls the things that it makes, in three languages.

The page gives names to lines, objectives, target groups, measures, actions and projects.
All else that the importer makes, it must name itself.
"""

from types import MappingProxyType
from typing import Final

Wording = MappingProxyType[str, str]


def _wording(ca: str, es: str, en: str) -> Wording:
    return MappingProxyType({"ca": ca, "es": es, "en": en})


SOURCE: Final = _wording(
    "Pàgina «{title}» del pla",
    "Página «{title}» del plan",
    "Page “{title}” of the plan",
)
PASSAGE: Final = _wording(
    "«{title}», línia {first}, caràcters {start}–{end}",
    "«{title}», línea {first}, caracteres {start}–{end}",
    "“{title}”, line {first}, characters {start}–{end}",
)
PASSAGE_OF_LINES: Final = _wording(
    "«{title}», línies {first}–{last}, caràcters {start}–{end}",
    "«{title}», líneas {first}–{last}, caracteres {start}–{end}",
    "“{title}”, lines {first}–{last}, characters {start}–{end}",
)
SELECTOR: Final = _wording(
    "Cita de «{title}», caràcters {start}–{end}",
    "Cita de «{title}», caracteres {start}–{end}",
    "Quotation of “{title}”, characters {start}–{end}",
)
YEAR: Final = _wording("any {year}", "año {year}", "year {year}")
CALENDAR_YEAR: Final = _wording(
    "any {year} del calendari gregorià",
    "año {year} del calendario gregoriano",
    "year {year} of the Gregorian calendar",
)
PROJECTS: Final = _wording(
    "Projectes que anomena l’acció {action}",
    "Proyectos que nombra la acción {action}",
    "Projects that action {action} names",
)
GAP: Final = _wording(
    "Número {number}, sense cap actuació a la pàgina",
    "Número {number}, sin ninguna actuación en la página",
    "Number {number}, at which the page has no measure",
)
RECORD: Final = _wording(
    "Registre dels passatges de «{title}»",
    "Registro de los pasajes de «{title}»",
    "Record of the passages of “{title}”",
)
RECORD_METHOD: Final = _wording(
    "Descriu on comença i on acaba cada passatge de la pàgina i amb quines paraules, comptant "
    "els caràcters Unicode del fitxer tal com es va rebre.",
    "Describe dónde empieza y dónde acaba cada pasaje de la página y con qué palabras, contando "
    "los caracteres Unicode del fichero tal como se recibió.",
    "Describes where each passage of the page begins and ends, and its words, counting the "
    "Unicode characters of the file as it was received.",
)
NUMBERING: Final = _wording(
    "Numeració d’objectius i accions de «{title}»",
    "Numeración de objetivos y acciones de «{title}»",
    "Numbering of the objectives and actions of “{title}”",
)
NUMBERING_METHOD: Final = _wording(
    "La pàgina només numera les actuacions. Els objectius es numeren aquí per ordre d’aparició, "
    "les accions per l’ordre dins de la seva actuació, i les llistes de projectes reben un nom.",
    "La página solo numera las actuaciones. Los objetivos se numeran aquí por orden de aparición, "
    "las acciones por el orden en su actuación, y las listas de proyectos reciben un nombre.",
    "The page numbers its measures only. Here objectives are numbered in the order in which they "
    "stand, actions in their order within the measure, and lists of projects are given a name.",
)
GAPS: Final = _wording(
    "Números d’actuació que falten a «{title}»",
    "Números de actuación que faltan en «{title}»",
    "Measure numbers that “{title}” lacks",
)
GAPS_METHOD: Final = _wording(
    "Entre el primer i l’últim número d’actuació de la pàgina, els que la pàgina no fa servir. "
    "La pàgina no diu per què: no se’n dedueix que l’actuació existeixi ni que s’hagi suprimit.",
    "Entre el primer y el último número de actuación de la página, los que la página no usa. "
    "La página no dice por qué: no se deduce que la actuación exista ni que se haya suprimido.",
    "Between the first and the last measure number of the page, those that the page does not use. "
    "The page does not say why: it does not follow that such a measure exists or was dropped.",
)
