"""What the importer calls the things that it makes of the lines of work of a plan."""

from typing import Final

from teixit.importing.wording import wording

PROJECTS: Final = wording(
    "Projectes que anomena l’acció {action}",
    "Proyectos que nombra la acción {action}",
    "Projects that action {action} names",
)
GAP: Final = wording(
    "Número {number}, sense cap actuació a la pàgina",
    "Número {number}, sin ninguna actuación en la página",
    "Number {number}, at which the page has no measure",
)
NUMBERING: Final = wording(
    "Numeració d’objectius i accions de «{title}»",
    "Numeración de objetivos y acciones de «{title}»",
    "Numbering of the objectives and actions of “{title}”",
)
NUMBERING_METHOD: Final = wording(
    "La pàgina només numera les actuacions. Els objectius es numeren aquí per ordre d’aparició, "
    "les accions per l’ordre dins de la seva actuació, i les llistes de projectes reben un nom.",
    "La página solo numera las actuaciones. Los objetivos se numeran aquí por orden de aparición, "
    "las acciones por el orden en su actuación, y las listas de proyectos reciben un nombre.",
    "The page numbers its measures only. Here objectives are numbered in the order in which they "
    "stand, actions in their order within the measure, and lists of projects are given a name.",
)
GAPS: Final = wording(
    "Números d’actuació que falten a «{title}»",
    "Números de actuación que faltan en «{title}»",
    "Measure numbers that “{title}” lacks",
)
GAPS_METHOD: Final = wording(
    "Entre el primer i l’últim número d’actuació de la pàgina, els que la pàgina no fa servir. "
    "La pàgina no diu per què: no se’n dedueix que l’actuació existeixi ni que s’hagi suprimit.",
    "Entre el primer y el último número de actuación de la página, los que la página no usa. "
    "La página no dice por qué: no se deduce que la actuación exista ni que se haya suprimido.",
    "Between the first and the last measure number of the page, those that the page does not use. "
    "The page does not say why: it does not follow that such a measure exists or was dropped.",
)
BETWEEN: Final = wording(
    "Número {number}, sense cap actuació entre dues pàgines del pla",
    "Número {number}, sin ninguna actuación entre dos páginas del plan",
    "Number {number}, at which the plan has no measure between two of its pages",
)
BETWEEN_PAGES: Final = wording(
    "Números d’actuació que falten entre les pàgines de «{title}»",
    "Números de actuación que faltan entre las páginas de «{title}»",
    "Measure numbers that are missing between the pages of “{title}”",
)
BETWEEN_PAGES_METHOD: Final = wording(
    "Entre l’últim número d’actuació d’una pàgina i el primer de la següent, els que cap de les "
    "pàgines llegides no fa servir. No se sap si falten al pla o si són d’una pàgina que no s’ha "
    "llegit.",
    "Entre el último número de actuación de una página y el primero de la siguiente, los que "
    "ninguna de las páginas leídas usa. No se sabe si faltan en el plan o si son de una página "
    "que no se ha leído.",
    "Between the last measure number of one page and the first of the next, those that no page "
    "that was read uses. It is not known whether the plan lacks them or whether they are of a page "
    "that was not read.",
)
LINES: Final = wording(
    "Les línies de «{title}», per les pàgines que s’han llegit juntes",
    "Las líneas de «{title}», por las páginas que se han leído juntas",
    "The lines of “{title}”, by the pages that were read together",
)
LINES_METHOD: Final = wording(
    "Qui va importar les pàgines les va donar com a pàgines d’un mateix pla, i la numeració de les "
    "seves actuacions continua d’una a l’altra. Una línia té número mentre no falti cap actuació "
    "des de la primera del pla fins a la seva pàgina.",
    "Quien importó las páginas las dio como páginas de un mismo plan, y la numeración de sus "
    "actuaciones sigue de una a otra. Una línea tiene número mientras no falte ninguna actuación "
    "desde la primera del plan hasta su página.",
    "Whoever imported the pages gave them as pages of one plan, and the numbers of their measures "
    "run on from one to the next. A line has a number as long as no measure is missing between "
    "the pages from the first of the plan to its own.",
)
