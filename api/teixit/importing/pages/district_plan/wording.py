"""What the importer calls the things that it makes of district plans."""

from typing import Final

from teixit.importing.wording import wording

PLAN: Final = wording(
    "Pla de desenvolupament econòmic de districte: {district}",
    "Plan de desarrollo económico de distrito: {district}",
    "District economic development plan: {district}",
)
LINE: Final = wording(
    "Línia {number} del pla de desenvolupament econòmic de districte: {district}",
    "Línea {number} del plan de desarrollo económico de distrito: {district}",
    "Line {number} of the district economic development plan: {district}",
)
REPORT: Final = wording(
    "Progrés de l’actuació {measure}, segons la seva pàgina",
    "Progreso de la actuación {measure}, según su página",
    "Progress of measure {measure}, according to its page",
)
STATUS: Final = wording("Progrés {level}", "Progreso {level}", "Progress {level}")
SCALE: Final = wording(
    "Progrés en els plans de desenvolupament econòmic de districte",
    "Progreso en los planes de desarrollo económico de distrito",
    "Progress in the district economic development plans",
)
PERIOD: Final = wording("{first}–{last}", "{first}–{last}", "{first}–{last}")
NUMBERING: Final = wording(
    "Línia i lloc de l’actuació «{title}»",
    "Línea y lugar de la actuación «{title}»",
    "Line and place of the measure “{title}”",
)
NUMBERING_METHOD: Final = wording(
    "El número d’una mesura d’aquests plans té el de la seva línia estratègica i el seu lloc en "
    "ella: 8.4, o 084, és la quarta de la línia 8. La pàgina no diu com es diu la línia.",
    "El número de una medida de estos planes tiene el de su línea estratégica y su lugar en ella: "
    "8.4, o 084, es la cuarta de la línea 8. La página no dice cómo se llama la línea.",
    "The number of a measure of these plans holds that of its strategic line and its place in it: "
    "8.4, or 084, is the fourth of line 8. The page does not say what the line is called.",
)
CONCLUSION: Final = wording(
    "Què és «{title}», i de quins anys",
    "Qué es «{title}», y de qué años",
    "What “{title}” is, and of which years",
)
CONCLUSION_METHOD: Final = wording(
    "Cada districte té un pla de desenvolupament econòmic, i la seva pàgina web és la que publica "
    "aquestes mesures. Com a període es pren el que abasten les mesures llegides. Que Barcelona "
    "Activa lidera els plans dels districtes ho diu el Pla d’Impuls de l’Economia Social i "
    "Solidària.",
    "Cada distrito tiene un plan de desarrollo económico, y su página web es la que publica estas "
    "medidas. Como periodo se toma el que abarcan las medidas leídas. Que Barcelona Activa lidera "
    "los planes de los distritos lo dice el Plan de Impulso de la Economía Social y Solidaria.",
    "Each district has an economic development plan, and it is its website that publishes these "
    "measures. The period is taken to be that which the measures read cover. That Barcelona Activa "
    "leads the plans of the districts is said by the Impetus Plan for the Social and Solidarity "
    "Economy.",
)
