"""Texts that are still on the desk: a draft, one in review, one sent back, one approved, one under embargo."""

from __future__ import annotations

from app.demo.pieces import MEDIA_ADVISORY, NEWS_RELEASE, STATEMENT, Story, Text, story

# What the second pair of eyes wrote to the author of the text that was sent back.
COMMENT = {
    "fr": "Qui a compté les lampes ? Il faut la source et la date du chiffre, puis c’est prêt.",
    "en": "Who counted the lamps? The figure needs its source and its date; then it is ready.",
    "uk": "Хто порахував лампи? Додайте джерело й дату цифри — і текст готовий.",
}

CHORUS = Text(
    title="Un chœur de secouristes en tournée dans six ports",
    lead="Ils chantent comme ils travaillent : à quatre voix, et par tous les temps.",
    place="Bruxelles",
    body="""
    <p>Le chœur réunit 32 secouristes de neuf pays. Ils répètent par radio, le dimanche soir, chacun à son
    poste.</p>
    <h2>Les étapes</h2>
    <ul>
    <li>Riga ;</li>
    <li>Aarhus ;</li>
    <li>Porto.</li>
    </ul>
    """,
)

LAMPS = Text(
    title="Тисяча ліхтарів для гірських рятувальників",
    lead="Спільні склади передають ліхтарі, які світять дві доби й плавають у воді.",
    place="Брюссель",
    body="""
    <p>Ліхтарі випробували на трьох перевалах. Рятувальники попросили змінити лише одне: колір ремінця, щоб його
    було видно
    на снігу.</p>
    """,
)

ROOF_EN = Text(
    title="A roof of solar panels for the store in Porto",
    lead="From this spring the store will make more power than it uses, and lend the rest to the port.",
    place="Porto",
    body="""
    <p>The roof covers 6,800 square metres. It carries 3,100 panels, and beneath them the first workshop of the
    Secretariat
    where no cable leads outside.</p>
    <p>What the store does not use goes to the cranes of the port, by an agreement that fits on two pages.</p>
    """,
    caption="A shared store. Illustration.",
)

VISIT_FR = Text(
    title="Avis aux médias : visite du dépôt de Košice",
    lead="Vingt places, une matinée, et un pont monté sous vos yeux en quarante minutes.",
    place="Košice",
    body="""
    <p>La visite est ouverte aux photographes et aux équipes de tournage. Chaussures fermées obligatoires : le
    sol est celui
    d’un atelier.</p>
    <h2>Programme</h2>
    <ul>
    <li><strong>9 h 00</strong> – accueil ;</li>
    <li><strong>9 h 30</strong> – montage d’un pont modulaire ;</li>
    <li><strong>11 h 00</strong> – questions aux équipes.</li>
    </ul>
    """,
    caption="Un convoi du centre de Košice. Illustration.",
)

VISIT_EN = Text(
    title="Media advisory: visit to the store in Košice",
    lead="Twenty places, one morning, and a bridge put together before your eyes in forty minutes.",
    place="Košice",
    body="""
    <p>The visit is open to photographers and film crews. Closed shoes are a must: the floor is that of a
    workshop.</p>
    <h2>Programme</h2>
    <ul>
    <li><strong>9:00</strong> – welcome;</li>
    <li><strong>9:30</strong> – a modular bridge is put together;</li>
    <li><strong>11:00</strong> – questions to the crews.</li>
    </ul>
    """,
    caption="A convoy from the hub in Košice. Illustration.",
)

WATER_FR = Text(
    title="Déclaration sur l’accès à l’eau",
    lead="La secrétaire générale appelle les villes à publier l’emplacement de leurs points d’eau de secours.",
    place="Bruxelles",
    body="""
    <p>Un point d’eau que personne ne connaît n’est pas un point d’eau. Nous demandons à chaque ville de publier
    les siens,
    sur une carte que l’on peut imprimer.</p>
    <p>Le Secrétariat publie les siens aujourd’hui, y compris les deux qui ne fonctionnent pas.</p>
    """,
    caption="Un point d’eau de secours. Illustration.",
)

WATER_EN = Text(
    title="Statement on access to water",
    lead="The Secretary General calls on cities to publish where their emergency water points are.",
    place="Brussels",
    body="""
    <p>A water point that nobody knows is not a water point. We ask every city to publish its own, on a map that
    can be
    printed.</p>
    <p>The Secretariat publishes its own today, including the two that do not work.</p>
    """,
    caption="An emergency water point. Illustration.",
)

WATER_UK = Text(
    title="Заява про доступ до води",
    lead="Генеральна секретарка закликає міста оприлюднити розташування своїх запасних пунктів роздачі води.",
    place="Брюссель",
    body="""
    <p>Пункт роздачі, про який ніхто не знає, — це не пункт роздачі. Просимо кожне місто оприлюднити свої пункти
    на мапі, яку
    можна надрукувати.</p>
    <p>Секретаріат оприлюднює свої сьогодні, разом із двома, що не працюють.</p>
    """,
    caption="Запасний пункт роздачі води. Ілюстрація.",
)


def unfinished() -> list[tuple[Story, str]]:
    """Return the texts on the desk, each with how far it has come.

    Their dates do not count: what is unfinished is unfinished today, whenever the newsroom was set up.
    """
    day = "2025-12-19 09:00"
    return [
        (story("chorus", NEWS_RELEASE, day, topics=("culture",), fr=CHORUS), "draft"),
        (story("lamps", NEWS_RELEASE, day, topics=("supply",), uk=LAMPS), "returned"),
        (
            story("solar-roof", NEWS_RELEASE, day, topics=("energy",), pictures=("warehouse",), en=ROOF_EN),
            "in_review",
        ),
        (
            story(
                "store-visit",
                MEDIA_ADVISORY,
                day,
                topics=("supply",),
                contact="accreditation",
                pictures=("convoy",),
                fr=VISIT_FR,
                en=VISIT_EN,
            ),
            "approved",
        ),
        (
            story(
                "water-statement",
                STATEMENT,
                day,
                topics=("preparedness",),
                pictures=("water-point",),
                fr=WATER_FR,
                en=WATER_EN,
                uk=WATER_UK,
            ),
            "embargo",
        ),
    ]
