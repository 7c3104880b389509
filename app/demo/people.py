"""People of the Secretariat: an appointment, a death."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, STATEMENT, Quote, Story, Text, story

DEPUTY_FR = Text(
    title="Tomasz Abebe-Kowalczyk nommé secrétaire général adjoint",
    lead="""Économiste des transports, ancien directeur du port fluvial de Wrocław, il prendra ses fonctions le
    1er septembre 2024 pour un mandat de quatre ans.""",
    place="Bruxelles",
    body="""
    <p>Les représentants des 28 pays participants ont nommé ce matin Tomasz Abebe-Kowalczyk au poste de secrétaire
    général adjoint. Il succède à Margit Oduya, qui quitte le Secrétariat après huit années de service.</p>
    <h2>Son parcours</h2>
    <ul>
    <li>2003 : diplôme d’économie des transports ;</li>
    <li>2009 : responsable des itinéraires de secours dans une organisation humanitaire ;</li>
    <li>2015 : directeur d’un port fluvial ;</li>
    <li>2021 : conseiller du Secrétariat pour les corridors de transport.</li>
    </ul>
    <p>Il sera chargé du budget, des dépôts communs et des relations avec les villes.</p>
    """,
    quotes=(
        Quote(
            """J’ai appris sur les quais qu’un bon plan tient sur une page et qu’il faut la plastifier.""",
            "Tomasz Abebe-Kowalczyk",
            "secrétaire général adjoint désigné",
        ),
    ),
    caption="La salle de presse, où la nomination a été annoncée. Illustration.",
)

DEPUTY_EN = Text(
    title="Tomasz Abebe-Kowalczyk appointed Deputy Secretary General",
    lead="""A transport economist and former director of the river port of Wrocław, he will take office on 1
    September
    2024 for a term of four years.""",
    place="Brussels",
    body="""
    <p>The representatives of the 28 participating countries this morning appointed Tomasz Abebe-Kowalczyk Deputy
    Secretary General. He succeeds Margit Oduya, who leaves the Secretariat after eight years of service.</p>
    <h2>His career</h2>
    <ul>
    <li>2003: degree in transport economics;</li>
    <li>2009: in charge of relief routes at a humanitarian organisation;</li>
    <li>2015: director of a river port;</li>
    <li>2021: adviser to the Secretariat on transport corridors.</li>
    </ul>
    <p>He will be responsible for the budget, the shared stores and relations with cities.</p>
    """,
    quotes=(
        Quote(
            """On the quays I learnt that a good plan fits on one page, and that the page should be laminated.""",
            "Tomasz Abebe-Kowalczyk",
            "Deputy Secretary General designate",
        ),
    ),
    caption="The press room where the appointment was announced. Illustration.",
)

DEPUTY_UK = Text(
    title="Томаша Абебе-Ковальчика призначено заступником генеральної секретарки",
    lead="""Економіст транспорту, колишній директор річкового порту Вроцлава обійме посаду 1 вересня 2024 року на
    чотири роки.""",
    place="Брюссель",
    body="""
    <p>Представники 28 країн-учасниць сьогодні вранці призначили Томаша Абебе-Ковальчика заступником генеральної
    секретарки. Він змінить Маргіт Одую, яка залишає Секретаріат після восьми років роботи.</p>
    <h2>Його шлях</h2>
    <ul>
    <li>2003 — диплом економіста транспорту;</li>
    <li>2009 — відповідальний за маршрути допомоги в гуманітарній організації;</li>
    <li>2015 — директор річкового порту;</li>
    <li>2021 — радник Секретаріату з питань транспортних коридорів.</li>
    </ul>
    <p>Він відповідатиме за бюджет, спільні склади та зв’язки з містами.</p>
    """,
    quotes=(
        Quote(
            """На причалах я навчився, що добрий план уміщується на одній сторінці — і що її треба
            заламінувати.""",
            "Томаш Абебе-Ковальчик",
            "призначений заступник генеральної секретарки",
        ),
    ),
    caption="Зала для преси, де оголосили про призначення. Ілюстрація.",
)

CONDOLENCES_FR = Text(
    title="Décès d’Aurelio Santamarta, ancien secrétaire général",
    lead="""Aurelio Santamarta est mort hier, à Saragosse, à l’âge de 81 ans. Il avait dirigé le Secrétariat de
    1998 à
    2006. Les drapeaux du siège sont en berne jusqu’à samedi soir.""",
    place="Bruxelles",
    body="""
    <p>Aurelio Santamarta aimait rappeler qu’il avait commencé comme standardiste. De cette première année il avait
    gardé une habitude : rappeler lui-même, le soir, ceux à qui personne n’avait répondu.</p>
    <p>On lui doit les dépôts communs, que beaucoup jugeaient impossibles, et une règle qui porte son nom dans la
    maison : une demande de secours se traite avant de se discuter.</p>
    <p>Nous pensons à son épouse, Leonor, à leurs deux fils et à ceux qui l’ont servi et contredit, ce qu’il
    demandait
    avec la même insistance.</p>
    <p>Un registre de condoléances est ouvert dans le hall du siège jusqu’au vendredi 14 février 2025, de 9 h 00 à
    18 h 00.</p>
    """,
    quotes=(
        Quote(
            """Il nous a appris à nous méfier des grands mots et à tenir les petits engagements.""",
            "Hélène Vasseur-Lindqvist",
            "secrétaire générale",
        ),
    ),
    caption="Drapeaux en berne devant le siège. Illustration.",
)

CONDOLENCES_EN = Text(
    title="Death of Aurelio Santamarta, former Secretary General",
    lead="""Aurelio Santamarta died yesterday in Zaragoza at the age of 81. He had led the Secretariat from 1998
    to 2006.
    The flags of the headquarters fly at half-mast until Saturday evening.""",
    place="Brussels",
    body="""
    <p>Aurelio Santamarta liked to recall that he had begun as a switchboard operator. From that first year he
    kept a
    habit: in the evening he would himself call back those whom nobody had answered.</p>
    <p>To him we owe the shared stores, which many thought impossible, and a rule that bears his name in the
    house: a
    call for help is dealt with before it is debated.</p>
    <p>Our thoughts are with his wife, Leonor, with their two sons, and with those who served and contradicted
    him, both
    of which he asked for with equal insistence.</p>
    <p>A book of condolence is open in the hall of the headquarters until Friday 14 February 2025, from 9:00 to
    18:00.</p>
    """,
    quotes=(
        Quote(
            """He taught us to distrust great words and to keep small commitments.""",
            "Hélène Vasseur-Lindqvist",
            "Secretary General",
        ),
    ),
    caption="Flags at half-mast before the headquarters. Illustration.",
)

CONDOLENCES_UK = Text(
    title="Помер Ауреліо Сантамарта, колишній генеральний секретар",
    lead="""Ауреліо Сантамарта помер учора в Сарагосі у віці 81 року. Він очолював Секретаріат від 1998 до 2006
    року.
    Прапори штаб-квартири приспущено до вечора суботи.""",
    place="Брюссель",
    body="""
    <p>Ауреліо Сантамарта любив згадувати, що починав телефоністом. Від того першого року він зберіг звичку: увечері
    сам передзвонював тим, кому ніхто не відповів.</p>
    <p>Йому ми завдячуємо спільними складами, які багато хто вважав неможливими, і правилом, що носить у нас його
    ім’я:
    на прохання про допомогу спершу відповідають, а вже потім його обговорюють.</p>
    <p>Наші думки — з його дружиною Леонор, з двома їхніми синами і з тими, хто йому служив і йому заперечував: він
    просив про те й друге з однаковою наполегливістю.</p>
    <p>Книга співчуттів відкрита в холі штаб-квартири до п’ятниці, 14 лютого 2025 року, від 9:00 до
    18:00.</p>
    """,
    quotes=(
        Quote(
            """Він навчив нас не довіряти гучним словам і дотримуватися малих обіцянок.""",
            "Елен Вассер-Ліндквіст",
            "генеральна секретарка",
        ),
    ),
    caption="Приспущені прапори перед штаб-квартирою. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about people."""
    return [
        story(
            "deputy-appointed",
            NEWS_RELEASE,
            "2024-06-27 12:30",
            topics=("secretariat",),
            pictures=("podium",),
            fr=DEPUTY_FR,
            en=DEPUTY_EN,
            uk=DEPUTY_UK,
        ),
        story(
            "condolences",
            STATEMENT,
            "2025-02-06 08:45",
            topics=("secretariat",),
            pictures=("half-mast",),
            fr=CONDOLENCES_FR,
            en=CONDOLENCES_EN,
            uk=CONDOLENCES_UK,
        ),
    ]
