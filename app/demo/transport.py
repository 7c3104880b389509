"""Roads and rails: the corridor from north to south."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Quote, Story, Text, story

CORRIDOR_FR = Text(
    title="De Gdańsk à Constanța, un corridor où les convois de secours ne s’arrêtent plus",
    lead="""Quatre pays, 1 870 kilomètres, un seul document de bord : le corridor ouvert aujourd’hui ramène de
    six jours à
    trois le trajet d’un convoi lourd entre la Baltique et la mer Noire.""",
    place="Gdańsk",
    body="""
    <p>Le premier convoi, 22 camions chargés de ponts modulaires, a quitté Gdańsk ce matin à 7 h 00. Il est
    attendu à
    Constanța dimanche 6 octobre 2024, en fin d’après-midi.</p>
    <h2>Cinq tronçons</h2>
    <table>
    <caption>Longueur et durée prévue</caption>
    <thead><tr><th scope="col">Tronçon</th><th scope="col">Kilomètres</th><th scope="col">Heures</th></tr></thead>
    <tbody>
    <tr><th scope="row">Gdańsk – Kraków</th><td>590</td><td>13</td></tr>
    <tr><th scope="row">Kraków – Košice</th><td>250</td><td>9</td></tr>
    <tr><th scope="row">Košice – Debrecen</th><td>170</td><td>6</td></tr>
    <tr><th scope="row">Debrecen – Brașov</th><td>450</td><td>16</td></tr>
    <tr><th scope="row">Brașov – Constanța</th><td>410</td><td>12</td></tr>
    <tr><th scope="row">Total</th><td>1 870</td><td>56</td></tr>
    </tbody>
    </table>
    <h2>Ce qui a changé</h2>
    <ul>
    <li>31 ponts ont été mesurés et leur charge maximale affichée ;</li>
    <li>les quatre administrations acceptent le même document, en version électronique ou sur papier ;</li>
    <li>4 aires de repos offrent carburant, atelier et interprète.</li>
    </ul>
    <p>Le corridor sert aux secours. Hors alerte, il est ouvert à tous les transports lourds, qui paient un péage et
    entretiennent ainsi la route.</p>
    """,
    quotes=(
        Quote(
            """Trois jours de gagnés, dont deux et demi passés jusqu’ici à attendre une signature.""",
            "Anneli Kask-Moreau",
            "directrice des transports",
        ),
    ),
    caption="Un convoi de secours sur un pont du corridor. Illustration.",
)

CORRIDOR_EN = Text(
    title="From Gdańsk to Constanța, a corridor where relief convoys no longer stop",
    lead="""Four countries, 1,870 kilometres, a single document on board: the corridor that opens today cuts the
    journey of
    a heavy convoy between the Baltic and the Black Sea from six days to three.""",
    place="Gdańsk",
    body="""
    <p>The first convoy, 22 lorries loaded with modular bridges, left Gdańsk this morning at 7:00. It is expected in
    Constanța on Sunday 6 October 2024, late in the afternoon.</p>
    <h2>Five sections</h2>
    <table>
    <caption>Length and planned time</caption>
    <thead><tr><th scope="col">Section</th><th scope="col">Kilometres</th><th scope="col">Hours</th></tr></thead>
    <tbody>
    <tr><th scope="row">Gdańsk – Kraków</th><td>590</td><td>13</td></tr>
    <tr><th scope="row">Kraków – Košice</th><td>250</td><td>9</td></tr>
    <tr><th scope="row">Košice – Debrecen</th><td>170</td><td>6</td></tr>
    <tr><th scope="row">Debrecen – Brașov</th><td>450</td><td>16</td></tr>
    <tr><th scope="row">Brașov – Constanța</th><td>410</td><td>12</td></tr>
    <tr><th scope="row">Total</th><td>1,870</td><td>56</td></tr>
    </tbody>
    </table>
    <h2>What has changed</h2>
    <ul>
    <li>31 bridges were measured, and the heaviest load for each is posted;</li>
    <li>the four administrations accept the same document, electronic or on paper;</li>
    <li>4 rest areas offer fuel, a workshop and an interpreter.</li>
    </ul>
    <p>The corridor serves relief. When there is no alert it is open to all heavy transport, which pays a toll
    and so
    keeps up the road.</p>
    """,
    quotes=(
        Quote(
            """Three days saved, two and a half of which used to be spent waiting for a signature.""",
            "Anneli Kask-Moreau",
            "Director of Transport",
        ),
    ),
    caption="A relief convoy on a bridge of the corridor. Illustration.",
)

CORRIDOR_UK = Text(
    title="Від Гданська до Констанци: коридор, де колони з допомогою більше не зупиняються",
    lead="""Чотири країни, 1 870 кілометрів, один супровідний документ: коридор, відкритий сьогодні, скорочує
    шлях важкої
    колони між Балтійським і Чорним морями з шести діб до трьох.""",
    place="Гданськ",
    body="""
    <p>Перша колона, 22 вантажівки з модульними мостами, вирушила з Гданська сьогодні о 7:00. У Констанці її чекають
    у неділю, 6 жовтня 2024 року, надвечір.</p>
    <h2>П’ять ділянок</h2>
    <table>
    <caption>Довжина й запланований час</caption>
    <thead><tr><th scope="col">Ділянка</th><th scope="col">Кілометрів</th><th scope="col">Годин</th></tr></thead>
    <tbody>
    <tr><th scope="row">Гданськ — Краків</th><td>590</td><td>13</td></tr>
    <tr><th scope="row">Краків — Кошиці</th><td>250</td><td>9</td></tr>
    <tr><th scope="row">Кошиці — Дебрецен</th><td>170</td><td>6</td></tr>
    <tr><th scope="row">Дебрецен — Брашов</th><td>450</td><td>16</td></tr>
    <tr><th scope="row">Брашов — Констанца</th><td>410</td><td>12</td></tr>
    <tr><th scope="row">Разом</th><td>1 870</td><td>56</td></tr>
    </tbody>
    </table>
    <h2>Що змінилося</h2>
    <ul>
    <li>обстежено 31 міст, і на кожному вказано найбільше навантаження;</li>
    <li>чотири адміністрації приймають той самий документ, електронний чи паперовий;</li>
    <li>4 стоянки мають пальне, майстерню та перекладача.</li>
    </ul>
    <p>Коридор призначено для допомоги. Коли немає тривоги, ним може користуватися весь важкий транспорт: він
    сплачує за
    проїзд і так утримує дорогу.</p>
    """,
    quotes=(
        Quote(
            """Заощаджено три доби. Дві з половиною з них раніше минали в очікуванні підпису.""",
            "Аннелі Каск-Моро",
            "директорка з питань транспорту",
        ),
    ),
    caption="Колона з допомогою на мосту коридору. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the story about the corridor."""
    return [
        story(
            "transport-corridor",
            NEWS_RELEASE,
            "2024-10-03 09:00",
            topics=("transport",),
            pictures=("convoy", "route-map"),
            fr=CORRIDOR_FR,
            en=CORRIDOR_EN,
            uk=CORRIDOR_UK,
        ),
    ]
