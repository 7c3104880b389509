"""Stories that exist in one language only: the others show them with a note, or not at all."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, SPEECH, STATEMENT, Link, Quote, Story, Text, story

SPOKESPERSON = Text(
    title="Malik Johansson-Ferrero becomes spokesperson of the Secretariat",
    lead="""A former radio journalist, he takes over a press office that is open day and night, and an index card
    on which
    his predecessor wrote: “Call back.”""",
    place="Brussels",
    body="""
    <p>Malik Johansson-Ferrero spent sixteen years at a regional radio station, the last five as head of its
    night desk. He
    begins on Monday 15 January 2024.</p>
    <p>He inherits a team of eleven and three habits that he means to keep:</p>
    <ul>
    <li>somebody answers the telephone at every hour;</li>
    <li>a figure is never given without its date;</li>
    <li>a correction is as easy to find as the mistake.</li>
    </ul>
    <p>His predecessor, Anouk Rahimi-Delvaux, leaves for the Secretariat’s office in Tartu.</p>
    """,
)

EXHIBITION = Text(
    title="« Ceux qui attendent » : cinquante photographies dans le hall du siège",
    lead="""L’exposition montre ce que l’on voit rarement d’un secours : les heures passées à attendre un camion,
    une marée,
    une signature. Entrée libre jusqu’au vendredi 28 juin 2024.""",
    place="Bruxelles",
    body="""
    <p>La photographe Solène Mbarki-Nyström a suivi pendant deux ans des équipes de secours. Elle a gardé les
    images que les
    rédactions ne prennent pas : un chauffeur qui dort, une infirmière qui compte, un chien qui regarde la
    pluie.</p>
    <h2>Visites</h2>
    <ul>
    <li>du lundi au vendredi, de 9 h 00 à 18 h 00 ;</li>
    <li>visite avec l’artiste le jeudi 18 avril 2024 à 12 h 30 ;</li>
    <li>visite en langue des signes le jeudi 16 mai 2024 à 12 h 30.</li>
    </ul>
    <p>Les images peuvent être reproduites gratuitement pour rendre compte de l’exposition.</p>
    """,
    quotes=(
        Quote(
            "Le courage ressemble beaucoup à de la patience. C’est moins facile à photographier.",
            "Solène Mbarki-Nyström",
            "photographe",
        ),
    ),
    caption="Le hall donne sur l’esplanade du siège. Illustration.",
)

BUILDING = Text(
    title="Le siège a réduit sa consommation d’énergie de 31 % en trois ans",
    lead="""Éteindre, isoler, puis seulement remplacer : le Secrétariat publie ce qu’il a fait, ce que cela a
    coûté et ce
    qu’il aurait dû faire autrement.""",
    place="Bruxelles",
    body="""
    <p>Entre 2020 et 2023, la consommation du bâtiment est passée de 9 400 à 6 486 mégawattheures par an. Les
    deux tiers de
    l’économie viennent de mesures qui n’ont presque rien coûté.</p>
    <h2>Dans l’ordre</h2>
    <ol>
    <li>la ventilation s’arrête la nuit dans les étages vides ;</li>
    <li>le chauffage est réglé sur 19 degrés, sauf à la crèche ;</li>
    <li>les fenêtres du côté nord ont été changées ;</li>
    <li>les chaudières ont été remplacées en dernier, par de plus petites.</li>
    </ol>
    <p>L’erreur : avoir commencé par les ampoules. Leur remplacement a pris un an et compte pour un vingtième du
    résultat.</p>
    """,
)

PORTS = Text(
    title="Keeping ports open: statement by the Director of Transport",
    lead="""After the storm that closed four harbours of the northern coast this week, Anneli Kask-Moreau thanks
    the pilots and
    announces a joint watch from next autumn.""",
    place="Brussels",
    body="""
    <p>Since Monday 8 July 2024 four harbours have been closed by wind, and two of them have reopened. No one was
    hurt. That
    is due to pilots who refused to sail, and to harbour masters who backed them.</p>
    <p>Food and medicines meant for three islands are travelling by a longer way. The last delivery will be made
    on Saturday
    13 July 2024.</p>
    <p>From 1 October 2024 the ports of the 28 participating countries will keep a joint weather watch. A port
    that closes
    will tell the others at once, and say when it hopes to open again. It sounds simple. It has not existed until
    now.</p>
    """,
    caption="Cranes in the mist. Illustration.",
)

TALLINN = Text(
    title="“Rehearse the dull parts”: speech by the Deputy Secretary General in Tallinn",
    lead="""In his first speech since he took office, Tomasz Abebe-Kowalczyk spoke to students of logistics about
    forms, keys
    and car parks. Check against delivery.""",
    place="Tallinn",
    body="""
    <p>Thank you for coming. I was told to speak of the future. I shall speak of car parks.</p>
    <p>In every exercise that I have seen, the lorries arrived, and nobody knew where to put them. People
    rehearse the rescue;
    nobody rehearses the parking. So the rescue waits in the street.</p>
    <h2>Three dull things</h2>
    <ul>
    <li>A form that fits on one page saves an hour for each convoy.</li>
    <li>A key that hangs in the same place in every store saves a night.</li>
    <li>A car park drawn on the map saves a friendship between two mayors.</li>
    </ul>
    <p>You will be tempted by what is new. Be brave, and look after what is dull. When the night comes, it is the
    dull things
    that hold.</p>
    """,
    quotes=(
        Quote(
            "People rehearse the rescue; nobody rehearses the parking.",
            "Tomasz Abebe-Kowalczyk",
            "Deputy Secretary General",
        ),
    ),
)

LIEGE = Text(
    title="« La confiance se range au même endroit que les clés » : discours à Liège",
    lead="""Devant les étudiants en sciences politiques, la secrétaire générale a parlé de la confiance, du temps
    qu’elle
    demande et de la vitesse à laquelle elle s’en va. Seul le prononcé fait foi.""",
    place="Liège",
    body="""
    <p>Vous m’avez posé, par écrit, une question difficile : pourquoi vous croirait-on ? J’ai trois réponses, et
    aucune ne me
    satisfait tout à fait.</p>
    <p>La première est que nous publions nos erreurs. C’est vrai depuis peu. La deuxième est que nos chiffres
    peuvent être
    refaits par d’autres. La troisième est que nous rappelons.</p>
    <h2>Ce que j’ai appris d’un concierge</h2>
    <p>Lors d’une inondation, le concierge d’une école avait laissé les clés de la cantine chez la boulangère.
    Personne ne
    l’avait écrit. Tout le monde le savait. Ce soir-là, 200 personnes ont mangé chaud.</p>
    <p>La confiance se range au même endroit que les clés : chez quelqu’un que l’on connaît, et pas trop loin.
    Nos plans
    doivent partir de là.</p>
    """,
    quotes=(
        Quote(
            "La confiance se range au même endroit que les clés : chez quelqu’un que l’on connaît.",
            "Hélène Vasseur-Lindqvist",
            "secrétaire générale",
        ),
    ),
    caption="Un pupitre avant l’arrivée du public. Illustration.",
)

LECTURES = Text(
    title="Секретаріат запрошує на цикл відкритих лекцій українською",
    lead="""Від грудня до березня в Брюсселі та в мережі — вісім лекцій про мапи, воду, енергію та переклад. Вхід
    вільний,
    запис не потрібен.""",
    place="Брюссель",
    body="""
    <p>Перша лекція відбудеться у вівторок, 3 грудня 2024 року, о 18:30 у читальній залі штаб-квартири. Олександра
    Гриценко-Мас розповість, як лагодять трансформатори, яким понад сорок років.</p>
    <h2>Теми перших лекцій</h2>
    <ul>
    <li>вівторок, 3 грудня — чого нас учать старі трансформатори;</li>
    <li>вівторок, 17 грудня — як читати мапу повені;</li>
    <li>вівторок, 14 січня — чому інструкції треба перекладати.</li>
    </ul>
    <p>Усі лекції можна буде переглянути в записі з субтитрами. Запитання для лекторів надсилайте на адресу
    press@example.org.</p>
    """,
    caption="Читальна зала, де відбудуться лекції. Ілюстрація.",
)

SCHOOL = Text(
    title="Заява генеральної секретарки до початку навчального року",
    lead="""Сьогодні до шкіл повертаються мільйони дітей. Елен Вассер-Ліндквіст дякує тим, хто підготував для них
    світло,
    тепло й укриття.""",
    place="Брюссель",
    body="""
    <p>Школа — це перше, що люди відновлюють після лиха, і перше, про що вони питають. Тому серед прохань, які
    надходять до
    спільних складів, шкільні ми розглядаємо першими.</p>
    <p>За літо школи отримали зі складів генератори, опалювані намети та установки для очищення води. Перелік за
    громадами
    опубліковано в реєстрі спільних запасів.</p>
    <p>Дякуємо завідувачкам, майстрам, водіям і батькам, які провели серпень із фарбою та викруткою. Усім, хто
    сьогодні
    вперше сідає за парту, бажаємо цікавих запитань.</p>
    """,
    links=(Link("Відкритий реєстр спільних запасів", "story:stock-register", "uk"),),
)


def stories() -> list[Story]:
    """Return the stories that were written in one language."""
    return [
        story("spokesperson", NEWS_RELEASE, "2024-01-11 11:00", topics=("secretariat",), en=SPOKESPERSON),
        story(
            "exhibition",
            NEWS_RELEASE,
            "2024-03-21 10:00",
            topics=("culture",),
            pictures=("entrance",),
            fr=EXHIBITION,
        ),
        story(
            "building-energy",
            NEWS_RELEASE,
            "2024-04-11 09:00",
            topics=("energy", "secretariat"),
            fr=BUILDING,
        ),
        story(
            "ports-statement",
            STATEMENT,
            "2024-07-11 16:00",
            topics=("transport",),
            pictures=("harbour",),
            en=PORTS,
        ),
        story("tallinn-speech", SPEECH, "2024-09-19 17:30", topics=("transport", "learning"), en=TALLINN),
        story(
            "liege-speech",
            SPEECH,
            "2024-10-17 18:15",
            topics=("learning",),
            pictures=("podium",),
            fr=LIEGE,
        ),
        story(
            "ukrainian-lectures",
            NEWS_RELEASE,
            "2024-11-21 12:00",
            topics=("culture", "learning"),
            pictures=("reading-room",),
            uk=LECTURES,
        ),
        story("school-statement", STATEMENT, "2025-09-01 08:00", topics=("learning",), uk=SCHOOL),
    ]
