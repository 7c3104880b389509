"""Power and signals: the repair hub, a statement before winter, an antenna in the north."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, STATEMENT, Link, Quote, Story, Text, story

HUB_FR = Text(
    title="À Košice, un centre commun pour réparer les réseaux électriques",
    lead="""Transformateurs, disjoncteurs, câbles : le centre de matériel de réparation ouvre avec 1 260 pièces, un
    atelier et une règle simple, expédier en moins de 36 heures.""",
    place="Košice",
    body="""
    <p>Le centre a été ouvert ce jeudi dans une ancienne halle de chemin de fer. Il reçoit du matériel d’occasion
    donné par 41 exploitants, le vérifie, le répare et le tient prêt à partir.</p>
    <h2>De quoi se compose le stock</h2>
    <table>
    <caption>Pièces disponibles à l’ouverture</caption>
    <thead><tr><th scope="col">Matériel</th><th scope="col">Pièces</th></tr></thead>
    <tbody>
    <tr><th scope="row">Transformateurs</th><td>148</td></tr>
    <tr><th scope="row">Disjoncteurs</th><td>602</td></tr>
    <tr><th scope="row">Tourets de câble</th><td>274</td></tr>
    <tr><th scope="row">Groupes électrogènes</th><td>236</td></tr>
    <tr><th scope="row">Total</th><td>1 260</td></tr>
    </tbody>
    </table>
    <p>Chaque pièce porte une fiche en quatre langues : son âge, ses essais, les réseaux auxquels elle convient.
    Faute de normes communes, un transformateur sur trois ne peut servir que dans son pays d’origine.</p>
    <h2>Qui peut demander du matériel</h2>
    <p>Tout exploitant de réseau des 28 pays participants, et tout autre pays touché par une catastrophe, à la
    demande
    de son gouvernement. Le transport est payé par un fonds de 12 millions d’euros par an.</p>
    """,
    quotes=(
        Quote(
            """Une pièce de quarante ans, bien essayée, vaut mieux qu’une pièce neuve commandée pour l’an
            prochain.""",
            "Oleksandra Hrytsenko-Maes",
            "ingénieure en chef du centre",
        ),
    ),
    caption="Contrôle d’un transformateur avant expédition. Illustration.",
)

HUB_EN = Text(
    title="In Košice, a shared hub to repair power grids",
    lead="""Transformers, circuit breakers, cables: the hub for repair equipment opens with 1,260 pieces, a
    workshop and a
    simple rule, to ship in less than 36 hours.""",
    place="Košice",
    body="""
    <p>The hub was opened this Thursday in a former railway shed. It receives used equipment given by 41 operators,
    tests it, repairs it and keeps it ready to go.</p>
    <h2>What the stock is made of</h2>
    <table>
    <caption>Pieces available on opening</caption>
    <thead><tr><th scope="col">Equipment</th><th scope="col">Pieces</th></tr></thead>
    <tbody>
    <tr><th scope="row">Transformers</th><td>148</td></tr>
    <tr><th scope="row">Circuit breakers</th><td>602</td></tr>
    <tr><th scope="row">Cable drums</th><td>274</td></tr>
    <tr><th scope="row">Generators</th><td>236</td></tr>
    <tr><th scope="row">Total</th><td>1,260</td></tr>
    </tbody>
    </table>
    <p>Each piece has a sheet in four languages: its age, its tests, the grids that it fits. For want of common
    standards, one transformer in three can only be used in the country that it came from.</p>
    <h2>Who may ask for equipment</h2>
    <p>Any grid operator of the 28 participating countries, and any other country struck by a disaster, at the
    request
    of its government. A fund of 12 million euros a year pays for transport.</p>
    """,
    quotes=(
        Quote(
            "A part forty years old and well tested is better than a new one ordered for next year.",
            "Oleksandra Hrytsenko-Maes",
            "chief engineer of the hub",
        ),
    ),
    caption="Checking a transformer before it is shipped. Illustration.",
)

HUB_UK = Text(
    title="У Кошицях відкрито спільний центр ремонту електромереж",
    lead="""Трансформатори, вимикачі, кабелі: центр ремонтного обладнання починає роботу, маючи 1 260 одиниць
    техніки,
    майстерню та просте правило — відправляти менш ніж за 36 годин.""",
    place="Кошиці",
    body="""
    <p>Центр відкрили цього четверга в колишньому залізничному депо. Він приймає вживане обладнання, яке передав 41
    оператор, випробовує його, ремонтує і тримає готовим до відправлення.</p>
    <h2>З чого складається запас</h2>
    <table>
    <caption>Одиниць на день відкриття</caption>
    <thead><tr><th scope="col">Обладнання</th><th scope="col">Одиниць</th></tr></thead>
    <tbody>
    <tr><th scope="row">Трансформатори</th><td>148</td></tr>
    <tr><th scope="row">Вимикачі</th><td>602</td></tr>
    <tr><th scope="row">Барабани з кабелем</th><td>274</td></tr>
    <tr><th scope="row">Генератори</th><td>236</td></tr>
    <tr><th scope="row">Разом</th><td>1 260</td></tr>
    </tbody>
    </table>
    <p>До кожної одиниці додано картку чотирма мовами: вік, випробування, мережі, до яких вона підходить. Через брак
    спільних стандартів кожен третій трансформатор придатний лише для країни, з якої прибув.</p>
    <h2>Хто може просити обладнання</h2>
    <p>Будь-який оператор мережі у 28 країнах-учасницях, а також інша країна, що зазнала лиха, — на прохання її
    уряду.
    Перевезення оплачує фонд, розмір якого становить 12 мільйонів євро на рік.</p>
    """,
    quotes=(
        Quote(
            "Добре випробувана деталь сорокарічного віку краща за нову, замовлену на наступний рік.",
            "Олександра Гриценко-Мас",
            "головна інженерка центру",
        ),
    ),
    caption="Перевірка трансформатора перед відправленням. Ілюстрація.",
)

WINTER_FR = Text(
    title="Déclaration commune sur la protection des infrastructures énergétiques",
    lead="""À l’approche de l’hiver, la secrétaire générale et les exploitants de réseaux rappellent quatre
    règles et
    s’engagent à rendre compte, chaque semaine, de l’état des réserves.""",
    place="Bruxelles",
    body="""
    <p>L’électricité, la chaleur et l’eau sont des biens civils. Les attaquer, par les armes ou par l’informatique,
    c’est s’en prendre à des hôpitaux, à des écoles et à des foyers.</p>
    <p>Nous, secrétaire générale du Secrétariat international et exploitants de réseaux de 28 pays, convenons de ce
    qui suit pour l’hiver :</p>
    <ol>
    <li>les équipes de réparation passent les frontières sans attendre ;</li>
    <li>le matériel du centre de Košice part sans contrat préalable, et se règle ensuite ;</li>
    <li>toute panne qui touche plus de 50 000 foyers est annoncée dans l’heure ;</li>
    <li>l’état des réserves est publié chaque vendredi, du 5 décembre 2025 au 27 mars 2026.</li>
    </ol>
    <p>Nous remercions les équipes qui travaillent la nuit, dehors, pour que d’autres aient chaud.</p>
    """,
    links=(
        Link("À Košice, un centre commun pour réparer les réseaux", "story:energy-hub", "fr"),
        Link("L’état des stocks communs à la fin du mois d’octobre 2025", "story:stocks-2025-10", "fr"),
    ),
    caption="Des équipes d’entretien sur un poste électrique. Illustration.",
)

WINTER_EN = Text(
    title="Joint statement on the protection of energy infrastructure",
    lead="""As winter comes, the Secretary General and grid operators recall four rules and undertake to report
    on the
    state of reserves every week.""",
    place="Brussels",
    body="""
    <p>Power, heat and water are civilian goods. To attack them, with arms or through computers, is to strike at
    hospitals, schools and homes.</p>
    <p>We, the Secretary General of the International Secretariat and the grid operators of 28 countries, agree
    on the
    following for the winter:</p>
    <ol>
    <li>repair crews cross borders without waiting;</li>
    <li>equipment from the hub in Košice leaves without a contract, and is settled afterwards;</li>
    <li>any failure that affects more than 50,000 homes is announced within the hour;</li>
    <li>the state of reserves is published every Friday, from 5 December 2025 to 27 March 2026.</li>
    </ol>
    <p>We thank the crews who work outside at night so that others may be warm.</p>
    """,
    links=(
        Link("In Košice, a shared hub to repair power grids", "story:energy-hub", "en"),
        Link("The shared stocks at the end of October 2025", "story:stocks-2025-10", "en"),
    ),
    caption="Maintenance crews at a substation. Illustration.",
)

WINTER_UK = Text(
    title="Спільна заява про захист енергетичної інфраструктури",
    lead="""Напередодні зими генеральна секретарка й оператори мереж нагадують чотири правила та зобов’язуються
    щотижня
    звітувати про стан резервів.""",
    place="Брюссель",
    body="""
    <p>Світло, тепло й вода — цивільні блага. Нападати на них зброєю чи через комп’ютерні мережі означає бити по
    лікарнях, школах і домівках.</p>
    <p>Ми, генеральна секретарка Міжнародного секретаріату та оператори мереж 28 країн, домовилися на зиму про
    таке:</p>
    <ol>
    <li>ремонтні бригади перетинають кордони без зволікань;</li>
    <li>обладнання центру в Кошицях вирушає без попереднього договору, а розрахунки проводять потім;</li>
    <li>про будь-яку аварію, що зачіпає понад 50 000 домівок, оголошують упродовж години;</li>
    <li>стан резервів оприлюднюють щоп’ятниці, від 5 грудня 2025 року до 27 березня 2026 року.</li>
    </ol>
    <p>Дякуємо бригадам, які вночі працюють просто неба, щоб іншим було тепло.</p>
    """,
    links=(
        Link("У Кошицях відкрито спільний центр ремонту електромереж", "story:energy-hub", "uk"),
        Link("Спільні запаси на кінець жовтня 2025 року", "story:stocks-2025-10", "uk"),
    ),
    caption="Ремонтні бригади на підстанції. Ілюстрація.",
)

ANTENNA_FR = Text(
    title="Près de Kiruna, une station relie quarante îles et vallées que le câble n’atteint pas",
    lead="""La station de Kaitum, mise en service aujourd’hui, transmet bulletins météorologiques et appels
    d’urgence à 40
    localités du Nord. Elle fonctionne sans personne six mois par an.""",
    place="Kiruna",
    body="""
    <p>Deux antennes paraboliques et un mât de 60 mètres : la station de Kaitum tient sur un hectare. Il a fallu
    trois
    étés pour la construire, car le sol n’y dégèle que de juin à septembre.</p>
    <h2>Faite pour le froid</h2>
    <ul>
    <li>les antennes se dégivrent seules, avec la chaleur des émetteurs ;</li>
    <li>les batteries tiennent 11 jours sans soleil ni vent ;</li>
    <li>la maison de garde peut abriter six personnes pendant un mois.</li>
    </ul>
    <p>Dans la nuit de mardi à mercredi, par moins 34 degrés, un premier message d’alerte est arrivé partout en
    moins de
    huit secondes.</p>
    """,
    quotes=(
        Quote(
            """Chez nous, la météo n’est pas un sujet de conversation. C’est ce qui décide si le bateau part.""",
            "Aslak Ferreira-Niemi",
            "chef de station",
        ),
    ),
    caption="La station sous une aurore boréale. Illustration.",
)

ANTENNA_EN = Text(
    title="Near Kiruna, a station links forty islands and valleys that no cable reaches",
    lead="""The Kaitum station, which went into service today, carries weather bulletins and emergency calls to
    40 places in
    the North. For six months of the year it works with nobody there.""",
    place="Kiruna",
    body="""
    <p>Two dish antennas and a mast of 60 metres: the Kaitum station fits on one hectare. It took three summers to
    build, for the ground there only thaws from June to September.</p>
    <h2>Made for the cold</h2>
    <ul>
    <li>the antennas clear themselves of ice with the heat of the transmitters;</li>
    <li>the batteries last 11 days without sun or wind;</li>
    <li>the keeper’s house can shelter six people for a month.</li>
    </ul>
    <p>In the night from Tuesday to Wednesday, at minus 34 degrees, a first warning reached every place in less than
    eight seconds.</p>
    """,
    quotes=(
        Quote(
            "Where we live the weather is not small talk. It decides whether the boat leaves.",
            "Aslak Ferreira-Niemi",
            "head of the station",
        ),
    ),
    caption="The station under the northern lights. Illustration.",
)

ANTENNA_UK = Text(
    title="Поблизу Кіруни запрацювала станція для островів і долин, до яких не дістається кабель",
    lead="""Станція Кайтум, введена в дію сьогодні, передає прогнози погоди та екстрені виклики до 40 населених
    пунктів
    Півночі. Шість місяців на рік вона працює без людей.""",
    place="Кіруна",
    body="""
    <p>Дві параболічні антени та щогла заввишки 60 метрів: станція Кайтум уміщується на одному гектарі. Будували
    її три
    літа, адже ґрунт там відтає лише від червня до вересня.</p>
    <h2>Створена для морозів</h2>
    <ul>
    <li>антени самі позбуваються льоду завдяки теплу передавачів;</li>
    <li>батареї витримують 11 днів без сонця й вітру;</li>
    <li>у вартовому будинку шестеро людей можуть прожити місяць.</li>
    </ul>
    <p>У ніч із вівторка на середу, за температури мінус 34 градуси, перше попередження дійшло всюди менш ніж за
    вісім
    секунд.</p>
    """,
    quotes=(
        Quote(
            "У нас погода — не тема для розмови. Від неї залежить, чи вийде човен у море.",
            "Аслак Феррейра-Ніємі",
            "начальник станції",
        ),
    ),
    caption="Станція під полярним сяйвом. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about power and signals."""
    return [
        story(
            "northern-station",
            NEWS_RELEASE,
            "2024-02-15 12:00",
            topics=("space",),
            pictures=("antenna",),
            fr=ANTENNA_FR,
            en=ANTENNA_EN,
            uk=ANTENNA_UK,
        ),
        story(
            "energy-hub",
            NEWS_RELEASE,
            "2024-11-07 14:00",
            topics=("energy", "supply"),
            pictures=("transformer",),
            fr=HUB_FR,
            en=HUB_EN,
            uk=HUB_UK,
        ),
        story(
            "winter-statement",
            STATEMENT,
            "2025-11-28 09:30",
            topics=("energy",),
            pictures=("transformer",),
            fr=WINTER_FR,
            en=WINTER_EN,
            uk=WINTER_UK,
        ),
    ]
