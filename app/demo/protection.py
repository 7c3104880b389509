"""Nets and fields: the cyber exercise and the mine clearance course."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Quote, Story, Text, story

CYBER_FR = Text(
    title="Exercice cyber : trente équipes défendent un pays imaginaire pendant 40 heures",
    lead="""Hôpitaux, trains, station d’épuration : tout était faux, sauf la fatigue. L’équipe la mieux classée
    n’est pas
    celle qui a bloqué le plus d’attaques, mais celle qui a prévenu le plus vite.""",
    place="Tallinn",
    body="""
    <p>L’exercice « Toile d’hiver » a réuni du mardi 18 au jeudi 20 mars 2025 trente équipes venues de 24 pays. Leur
    mission : tenir debout la Corvalie, pays imaginaire de 2 millions d’habitants, face à 1 900 attaques préparées
    à l’avance.</p>
    <h2>Comment se gagnent les points</h2>
    <ul>
    <li>40 % pour les services restés en marche ;</li>
    <li>35 % pour la rapidité de l’alerte donnée aux voisins ;</li>
    <li>25 % pour la clarté des messages adressés aux habitants.</li>
    </ul>
    <p>La panne la plus longue a duré 7 heures : un hôpital avait sauvegardé ses dossiers, mais sur le réseau que
    les
    assaillants occupaient déjà.</p>
    <h2>Ce qui sera publié</h2>
    <p>Les 60 scénarios de l’exercice seront remis aux écoles d’ingénieurs qui en feront la demande. Les outils
    d’attaque ne le seront pas.</p>
    """,
    quotes=(
        Quote(
            """On apprend plus d’une alerte donnée pour rien que d’un silence. Appelez votre voisin, même si vous
            n’êtes
            pas sûr.""",
            "Ruxandra Demirel",
            "directrice de la cybersécurité",
        ),
    ),
    caption="La salle d’opérations pendant la deuxième nuit de l’exercice. Illustration.",
)

CYBER_EN = Text(
    title="Cyber exercise: thirty teams defend an imaginary country for 40 hours",
    lead="""Hospitals, trains, a sewage works: everything was false except the weariness. The team ranked first
    is not the
    one that stopped most attacks, but the one that gave warning soonest.""",
    place="Tallinn",
    body="""
    <p>From Tuesday 18 to Thursday 20 March 2025 the exercise “Winter Web” brought together thirty teams from 24
    countries. Their task: to keep Corvalia, an imaginary country of 2 million people, on its feet against 1,900
    attacks
    prepared beforehand.</p>
    <h2>How points are won</h2>
    <ul>
    <li>40% for services that kept running;</li>
    <li>35% for how fast neighbours were warned;</li>
    <li>25% for how clear the messages to the public were.</li>
    </ul>
    <p>The longest failure lasted 7 hours: a hospital had backed up its files, but on the network that the attackers
    already held.</p>
    <h2>What will be published</h2>
    <p>The 60 scenarios of the exercise will be given to engineering schools that ask for them. The tools of
    attack will
    not.</p>
    """,
    quotes=(
        Quote(
            """More is learnt from a false alarm than from a silence. Call your neighbour, even if you are not
            sure.""",
            "Ruxandra Demirel",
            "Director of Cyber Security",
        ),
    ),
    caption="The operations room during the second night of the exercise. Illustration.",
)

CYBER_UK = Text(
    title="Кібернавчання: тридцять команд 40 годин захищають уявну країну",
    lead="""Лікарні, потяги, очисні споруди: усе було несправжнім, окрім утоми. Перше місце посіла не та команда, що
    зупинила найбільше атак, а та, що найшвидше попередила інших.""",
    place="Таллінн",
    body="""
    <p>Від вівторка, 18 березня, до четверга, 20 березня 2025 року, навчання «Зимова мережа» зібрали тридцять
    команд із
    24 країн. Їхнє завдання: втримати Корвалію, уявну країну з населенням 2 мільйони людей, під натиском 1 900
    заздалегідь
    підготовлених атак.</p>
    <h2>За що нараховують бали</h2>
    <ul>
    <li>40 % за служби, що не припинили роботи;</li>
    <li>35 % за швидкість, з якою попередили сусідів;</li>
    <li>25 % за зрозумілість повідомлень для людей.</li>
    </ul>
    <p>Найдовший збій тривав 7 годин: лікарня мала резервні копії, але в тій самій мережі, яку вже захопили
    нападники.</p>
    <h2>Що буде оприлюднено</h2>
    <p>Усі 60 сценаріїв навчань отримають інженерні школи, які про це попросять. Засобів нападу не передаватимуть
    нікому.</p>
    """,
    quotes=(
        Quote(
            """Хибна тривога вчить більше, ніж мовчання. Телефонуйте сусідові, навіть якщо не певні.""",
            "Руксандра Демірель",
            "директорка з кібербезпеки",
        ),
    ),
    caption="Операційна зала під час другої ночі навчань. Ілюстрація.",
)

MINES_FR = Text(
    title="Déminage : quarante-huit stagiaires achèvent une formation de douze semaines",
    lead="""Apprendre à chercher lentement : à Mostar, la sixième promotion a nettoyé, sous contrôle, 5 200
    mètres carrés de
    terrain véritable avant de recevoir son certificat.""",
    place="Mostar",
    body="""
    <p>Les 48 stagiaires, dont 19 femmes, viennent de neuf pays. Ils rejoindront dès octobre des équipes civiles qui
    rendent des champs, des vergers et des cours d’école à ceux qui y vivent.</p>
    <h2>Douze semaines en trois temps</h2>
    <ol>
    <li>quatre semaines de premiers secours et de lecture du terrain ;</li>
    <li>cinq semaines de recherche au détecteur, sur des pistes d’exercice ;</li>
    <li>trois semaines sur un terrain réel, deux instructeurs pour six stagiaires.</li>
    </ol>
    <p>Un démineur expérimenté contrôle environ 25 mètres carrés par jour. C’est peu. C’est la vitesse à laquelle
    on ne
    se trompe pas.</p>
    <p>Depuis 2019, 271 personnes ont suivi la formation. Aucun accident n’y a été déploré.</p>
    """,
    quotes=(
        Quote(
            """Le plus difficile à enseigner n’est pas le détecteur. C’est de s’arrêter cinq minutes avant d’être
            fatigué.""",
            "Samir Petrović",
            "instructeur principal",
        ),
    ),
    caption="Exercice de recherche dans un couloir balisé. Illustration.",
)

MINES_EN = Text(
    title="Mine clearance: forty-eight trainees complete a course of twelve weeks",
    lead="""Learning to search slowly: in Mostar the sixth class cleared, under supervision, 5,200 square metres
    of real
    ground before receiving its certificate.""",
    place="Mostar",
    body="""
    <p>The 48 trainees, 19 of them women, come from nine countries. From October they will join civilian teams
    that give
    fields, orchards and school yards back to those who live there.</p>
    <h2>Twelve weeks in three parts</h2>
    <ol>
    <li>four weeks of first aid and reading the ground;</li>
    <li>five weeks of searching with a detector, on practice lanes;</li>
    <li>three weeks on real ground, with two instructors for six trainees.</li>
    </ol>
    <p>An experienced deminer checks about 25 square metres a day. That is little. It is the speed at which no
    mistake is
    made.</p>
    <p>Since 2019, 271 people have taken the course. There has been no accident.</p>
    """,
    quotes=(
        Quote(
            """The hardest thing to teach is not the detector. It is to stop five minutes before you are tired.""",
            "Samir Petrović",
            "lead instructor",
        ),
    ),
    caption="Search practice in a marked lane. Illustration.",
)

MINES_UK = Text(
    title="Розмінування: сорок вісім слухачів завершили дванадцятитижневий курс",
    lead="""Навчитися шукати повільно: у Мостарі шостий випуск під наглядом інструкторів очистив 5 200 квадратних
    метрів
    справжньої землі, перш ніж отримати свідоцтва.""",
    place="Мостар",
    body="""
    <p>48 слухачів, серед яких 19 жінок, приїхали з дев’яти країн. Від жовтня вони працюватимуть у цивільних
    групах, які
    повертають поля, сади й шкільні подвір’я людям, що там живуть.</p>
    <h2>Дванадцять тижнів у трьох частинах</h2>
    <ol>
    <li>чотири тижні — перша допомога та вміння читати місцевість;</li>
    <li>п’ять тижнів — пошук із детектором на навчальних смугах;</li>
    <li>три тижні — справжня земля, два інструктори на шістьох слухачів.</li>
    </ol>
    <p>Досвідчений сапер перевіряє за день близько 25 квадратних метрів. Це мало. Але з такою швидкістю не
    помиляються.</p>
    <p>Від 2019 року курс пройшла 271 особа. Нещасних випадків не було.</p>
    """,
    quotes=(
        Quote(
            """Найважче навчити не роботи з детектором, а вміння зупинитися за п’ять хвилин до втоми.""",
            "Самір Петрович",
            "старший інструктор",
        ),
    ),
    caption="Навчальний пошук у позначеному коридорі. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about protection, of networks and of fields."""
    return [
        story(
            "mine-clearance",
            NEWS_RELEASE,
            "2024-09-12 13:00",
            topics=("mine-clearance", "learning"),
            pictures=("field",),
            fr=MINES_FR,
            en=MINES_EN,
            uk=MINES_UK,
        ),
        story(
            "cyber-exercise",
            NEWS_RELEASE,
            "2025-03-20 17:00",
            topics=("cyber", "preparedness"),
            pictures=("operations",),
            fr=CYBER_FR,
            en=CYBER_EN,
            uk=CYBER_UK,
        ),
    ]
