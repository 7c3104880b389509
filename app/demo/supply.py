"""Stocks and supply: the register of shared stocks, the roadmap for safer chains, the harbour exercise."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Link, Quote, Story, Text, story

REGISTER_FR = Text(
    title="Un registre public dit désormais ce que contiennent les dépôts communs",
    lead="""Groupes électrogènes, transformateurs, ponts modulaires : depuis ce matin, chacun peut savoir ce que
    les 28 pays participants tiennent en réserve, où, et depuis quand.""",
    place="Bruxelles",
    body="""
    <p>Le Secrétariat international a ouvert aujourd’hui le registre des stocks communs. Il décrit le contenu
    de trois dépôts, à Riga, à Košice et à Porto, et sera mis à jour chaque mois.</p>
    <h2>Ce que l’on y trouve</h2>
    <ul>
    <li>le nombre d’unités disponibles, par dépôt et par type de matériel ;</li>
    <li>les entrées, les prêts et les retours du mois ;</li>
    <li>la date du dernier contrôle de chaque lot.</li>
    </ul>
    <p>L’emplacement exact des rayonnages et les itinéraires de livraison ne sont pas publiés.</p>
    <h2>Pourquoi le publier</h2>
    <p>Jusqu’ici, chaque pays tenait sa propre liste. Lors des crues de 2023, deux convois étaient partis
    chercher les mêmes pompes, tandis que d’autres, disponibles à moins de 200 kilomètres, restaient
    inutilisées.</p>
    <p>Le registre a coûté 640 000 euros. Il est tenu par une équipe de six personnes et vérifié deux fois par
    an par un auditeur extérieur.</p>
    """,
    quotes=(
        Quote(
            """Un stock que personne ne connaît ne sert à personne. Nous montrons aussi les rayons vides : c’est là
            que le registre est le plus utile.""",
            "Nadia Benyahia-Holm",
            "directrice des approvisionnements",
        ),
    ),
    caption="Le dépôt de Riga compte parmi les trois dépôts décrits dans le registre. Illustration.",
)

REGISTER_EN = Text(
    title="A public register now shows what the shared stores hold",
    lead="""Generators, transformers, modular bridges: from this morning anybody can see what the 28 participating
    countries keep in reserve, where, and since when.""",
    place="Brussels",
    body="""
    <p>The International Secretariat today opened the register of shared stocks. It describes what is kept in
    three stores, in Riga, Košice and Porto, and will be brought up to date every month.</p>
    <h2>What it contains</h2>
    <ul>
    <li>how many units are available, by store and by type of equipment;</li>
    <li>what came in, what was lent and what was returned during the month;</li>
    <li>the date on which each lot was last inspected.</li>
    </ul>
    <p>The exact place of the racks and the delivery routes are not published.</p>
    <h2>Why publish it</h2>
    <p>Until now each country kept a list of its own. During the floods of 2023 two convoys set out for the same
    pumps, while others, available less than 200 kilometres away, stood idle.</p>
    <p>The register cost 640,000 euros. It is kept by a team of six and checked twice a year by an outside
    auditor.</p>
    """,
    quotes=(
        Quote(
            """A stock that nobody knows of is of use to nobody. We show the empty shelves too: that is where the
            register is most useful.""",
            "Nadia Benyahia-Holm",
            "Director of Supply",
        ),
    ),
    caption="The store in Riga is one of the three that the register describes. Illustration.",
)

REGISTER_UK = Text(
    title="Відкритий реєстр показує, що зберігається на спільних складах",
    lead="""Генератори, трансформатори, модульні мости: від сьогоднішнього ранку кожен може дізнатися, які запаси
    мають 28 країн-учасниць, де саме й відколи.""",
    place="Брюссель",
    body="""
    <p>Міжнародний секретаріат сьогодні відкрив реєстр спільних запасів. Він описує вміст трьох складів —
    у Ризі, Кошицях і Порту — та оновлюватиметься щомісяця.</p>
    <h2>Що в ньому є</h2>
    <ul>
    <li>скільки одиниць доступно на кожному складі, за видами обладнання;</li>
    <li>що за місяць надійшло, що надали в користування і що повернули;</li>
    <li>коли востаннє перевіряли кожну партію.</li>
    </ul>
    <p>Точне розташування стелажів і маршрути доставлення не публікуються.</p>
    <h2>Навіщо його оприлюднювати</h2>
    <p>Досі кожна країна вела власний список. Під час повеней 2023 року дві колони вирушили по ті самі насоси,
    тоді як інші, менш ніж за 200 кілометрів звідти, простоювали.</p>
    <p>Реєстр коштував 640 000 євро. Його веде команда з шести людей, а двічі на рік перевіряє незалежний
    аудитор.</p>
    """,
    quotes=(
        Quote(
            """Запас, про який ніхто не знає, нікому не допоможе. Ми показуємо й порожні полиці: саме там реєстр
            найкорисніший.""",
            "Надя Беньяхія-Гольм",
            "директорка з питань постачання",
        ),
    ),
    caption="Склад у Ризі — один із трьох, описаних у реєстрі. Ілюстрація.",
)

ROADMAP_FR = Text(
    title="Les ministres adoptent une feuille de route pour des chaînes d’approvisionnement plus sûres",
    lead="""Réunis à Bruxelles, les ministres des 28 pays participants se sont accordés sur un calendrier commun, un
    fonds de 1,2 milliard d’euros et un suivi public tous les six mois.""",
    place="Bruxelles",
    body="""
    <p>Les ministres ont adopté ce matin la feuille de route pour la sécurité des chaînes d’approvisionnement
    essentielles. Le texte recense 11 matières et composants dont la rupture mettrait à l’arrêt une production
    en moins de 90 jours, et répartit entre les pays la constitution de stocks communs.</p>
    <p>Pour chacune de ces matières, un pays est chargé de tenir l’inventaire et un autre de le vérifier.</p>
    <h2>Ce qui change, et quand</h2>
    <p>Trois engagements prennent effet à des dates différentes. Chacun fera l’objet d’un compte rendu public en
    juin et en décembre.</p>
    <table>
    <caption>Calendrier et budget</caption>
    <thead><tr><th scope="col">Engagement</th><th scope="col">Début</th><th scope="col">Millions
    d’euros</th></tr></thead>
    <tbody>
    <tr><th scope="row">Stocks communs</th><td>1er mars 2026</td><td>740</td></tr>
    <tr><th scope="row">Contrats pluriannuels</th><td>1er juillet 2026</td><td>390</td></tr>
    <tr><th scope="row">Registre des fournisseurs</th><td>1er janvier 2027</td><td>70</td></tr>
    <tr><th scope="row">Total</th><td></td><td>1 200</td></tr>
    </tbody>
    </table>
    <h2>La suite</h2>
    <p>La prochaine réunion se tiendra au printemps. D’ici là, un groupe d’experts examinera trois
    questions :</p>
    <ol>
    <li>la situation des fournisseurs uniques, en particulier pour l’énergie et les communications ;</li>
    <li>les délais de transport en cas de fermeture d’un port ;</li>
    <li>la part des matières recyclées dans les stocks.</li>
    </ol>
    """,
    quotes=(
        Quote(
            """Une chaîne d’approvisionnement n’est sûre que si chacun de ses maillons est connu. Nous publierons
            donc
            l’état des stocks, y compris lorsqu’il ne nous est pas favorable.""",
            "Hélène Vasseur-Lindqvist",
            "secrétaire générale",
        ),
    ),
    links=(
        Link("Le registre des stocks communs", "story:stock-register", "fr"),
        Link("Accréditation et programme de la réunion", "story:meeting-advisory", "fr"),
        Link("Keeping ports open: statement by the Director of Transport", "story:ports-statement", "en"),
    ),
    caption="Un port à conteneurs, maillon de plusieurs des chaînes examinées. Illustration.",
)

ROADMAP_EN = Text(
    title="Ministers adopt a roadmap for safer supply chains",
    lead="""Meeting in Brussels, the ministers of the 28 participating countries agreed on a common timetable, a
    fund
    of 1.2 billion euros and a public review every six months.""",
    place="Brussels",
    body="""
    <p>The ministers this morning adopted the roadmap for the safety of essential supply chains. It lists 11
    materials and components whose absence would stop production somewhere in less than 90 days, and shares out
    among the countries the building of common stocks.</p>
    <p>For each of these materials one country keeps the inventory and another checks it.</p>
    <h2>What changes, and when</h2>
    <p>Three commitments take effect on different dates. Each will be reported on publicly in June and in
    December.</p>
    <table>
    <caption>Timetable and budget</caption>
    <thead><tr><th scope="col">Commitment</th><th scope="col">Start</th><th scope="col">Million
    euros</th></tr></thead>
    <tbody>
    <tr><th scope="row">Common stocks</th><td>1 March 2026</td><td>740</td></tr>
    <tr><th scope="row">Contracts of several years</th><td>1 July 2026</td><td>390</td></tr>
    <tr><th scope="row">Register of suppliers</th><td>1 January 2027</td><td>70</td></tr>
    <tr><th scope="row">Total</th><td></td><td>1,200</td></tr>
    </tbody>
    </table>
    <h2>What comes next</h2>
    <p>The next meeting will be held in spring. Until then a group of experts will look into three
    questions:</p>
    <ol>
    <li>the situation of sole suppliers, above all for energy and communications;</li>
    <li>how long transport takes when a port is closed;</li>
    <li>the share of recycled materials in the stocks.</li>
    </ol>
    """,
    quotes=(
        Quote(
            """A supply chain is safe only if each of its links is known. So we shall publish the state of the
            stocks,
            even when it does not flatter us.""",
            "Hélène Vasseur-Lindqvist",
            "Secretary General",
        ),
    ),
    links=(
        Link("The register of shared stocks", "story:stock-register", "en"),
        Link("Accreditation and programme of the meeting", "story:meeting-advisory", "en"),
        Link("Keeping ports open: statement by the Director of Transport", "story:ports-statement", "en"),
    ),
    caption="A container port, a link in several of the chains under review. Illustration.",
)

ROADMAP_UK = Text(
    title="Міністри ухвалили дорожню карту безпечніших ланцюгів постачання",
    lead="""На зустрічі в Брюсселі міністри 28 країн-учасниць домовилися про спільний графік, фонд обсягом
    1,2 мільярда євро та публічний звіт кожні шість місяців.""",
    place="Брюссель",
    body="""
    <p>Сьогодні вранці міністри ухвалили дорожню карту безпеки найважливіших ланцюгів постачання. Документ
    визначає 11 матеріалів і компонентів, без яких виробництво зупинилося б менш ніж за 90 днів, і розподіляє
    між країнами створення спільних запасів.</p>
    <p>Для кожного з цих матеріалів одна країна веде облік, а інша його перевіряє.</p>
    <h2>Що зміниться і коли</h2>
    <p>Три зобов’язання набувають чинності в різний час. Про виконання кожного публічно звітуватимуть у червні
    та в грудні.</p>
    <table>
    <caption>Графік і бюджет</caption>
    <thead><tr><th scope="col">Зобов’язання</th><th scope="col">Початок</th><th scope="col">Мільйонів
    євро</th></tr></thead>
    <tbody>
    <tr><th scope="row">Спільні запаси</th><td>1 березня 2026 року</td><td>740</td></tr>
    <tr><th scope="row">Багаторічні контракти</th><td>1 липня 2026 року</td><td>390</td></tr>
    <tr><th scope="row">Реєстр постачальників</th><td>1 січня 2027 року</td><td>70</td></tr>
    <tr><th scope="row">Разом</th><td></td><td>1 200</td></tr>
    </tbody>
    </table>
    <h2>Що далі</h2>
    <p>Наступна зустріч відбудеться навесні. До того часу група експертів вивчить три
    питання:</p>
    <ol>
    <li>становище єдиних постачальників, насамперед в енергетиці та зв’язку;</li>
    <li>тривалість перевезень у разі закриття порту;</li>
    <li>частка перероблених матеріалів у запасах.</li>
    </ol>
    """,
    quotes=(
        Quote(
            """Ланцюг постачання безпечний лише тоді, коли відома кожна його ланка. Тому ми оприлюднюватимемо стан
            запасів, навіть якщо він не на нашу користь.""",
            "Елен Вассер-Ліндквіст",
            "генеральна секретарка",
        ),
    ),
    links=(
        Link("Реєстр спільних запасів", "story:stock-register", "uk"),
        Link("Акредитація та програма зустрічі", "story:meeting-advisory", "uk"),
        Link("Keeping ports open: statement by the Director of Transport", "story:ports-statement", "en"),
    ),
    caption="Контейнерний порт — ланка кількох розглянутих ланцюгів. Ілюстрація.",
)

HARBOUR_FR = Text(
    title="Une nuit sans grues : le port de Trieste s’exerce à décharger à la main",
    lead="""Pendant 14 heures, dockers, douaniers et pilotes ont travaillé comme si le réseau électrique du terminal
    avait été coupé. L’exercice a montré ce qui tient, et ce qui manque.""",
    place="Trieste",
    body="""
    <p>L’exercice « Môle obscur » s’est achevé ce matin à 6 h 30. Un porte-conteneurs chargé de 420 conteneurs
    d’essai avait accosté la veille ; le courant a été coupé à 16 h 30.</p>
    <p>Avec des grues mobiles et trois groupes électrogènes venus du dépôt de Košice, les équipes ont déchargé 118
    conteneurs, dont tous ceux qui portaient des médicaments.</p>
    <h2>Trois enseignements</h2>
    <ol>
    <li>Les listes de cargaison doivent exister sur papier : les retrouver a pris 50 minutes.</li>
    <li>Les prises des groupes électrogènes ne sont pas les mêmes dans tous les ports.</li>
    <li>Les radios ont tenu toute la nuit ; les lampes frontales, non.</li>
    </ol>
    <p>Le rapport complet sera remis aux 28 pays participants avant l’été. Un second port, dont le nom sera tiré
    au sort, se prêtera à l’exercice en 2025.</p>
    """,
    quotes=(
        Quote(
            """Nous savions décharger sans électricité, nos grands-parents le faisaient. Ce que nous avions oublié,
            c’est comment nous écrire.""",
            "Costin Almeida",
            "capitaine de port adjoint",
        ),
    ),
    caption="Les grues d’un terminal à conteneurs au lever du jour. Illustration.",
)

HARBOUR_EN = Text(
    title="A night without cranes: the port of Trieste practises unloading by hand",
    lead="""For 14 hours dockers, customs officers and pilots worked as if the power of the terminal had been
    cut. The
    exercise showed what holds, and what is missing.""",
    place="Trieste",
    body="""
    <p>The exercise “Dark Pier” ended this morning at 6:30. A ship with 420 test containers had come alongside the
    day before; the power was cut at 16:30.</p>
    <p>With mobile cranes and three generators from the store in Košice, the teams unloaded 118 containers, among
    them all those that carried medicines.</p>
    <h2>Three lessons</h2>
    <ol>
    <li>Cargo lists must exist on paper: finding them took 50 minutes.</li>
    <li>The sockets of generators are not the same in every port.</li>
    <li>The radios lasted all night; the head lamps did not.</li>
    </ol>
    <p>The full report will be handed to the 28 participating countries before summer. A second port, to be drawn
    by lot, will hold the exercise in 2025.</p>
    """,
    quotes=(
        Quote(
            """We knew how to unload without power, our grandparents did. What we had forgotten was how to write to
            one another.""",
            "Costin Almeida",
            "deputy harbour master",
        ),
    ),
    caption="The cranes of a container terminal at daybreak. Illustration.",
)

HARBOUR_UK = Text(
    title="Ніч без кранів: порт Трієста вчиться розвантажувати вручну",
    lead="""Протягом 14 годин докери, митники й лоцмани працювали так, ніби термінал залишився без струму. Навчання
    показали, що витримує, а чого бракує.""",
    place="Трієст",
    body="""
    <p>Навчання «Темний причал» завершилися сьогодні вранці о 6:30. Напередодні до причалу підійшло судно,
    на борту якого було 420 випробувальних контейнерів; струм вимкнули о 16:30.</p>
    <p>За допомогою мобільних кранів і трьох генераторів зі складу в Кошицях бригади вивантажили 118 контейнерів,
    зокрема всі, в яких були ліки.</p>
    <h2>Три уроки</h2>
    <ol>
    <li>Переліки вантажів мають існувати на папері: на їхній пошук пішло 50 хвилин.</li>
    <li>Роз’єми генераторів у різних портах неоднакові.</li>
    <li>Радіостанції витримали всю ніч, а налобні ліхтарі — ні.</li>
    </ol>
    <p>Повний звіт передадуть 28 країнам-учасницям до початку літа. Ще один порт, який визначать жеребкуванням,
    проведе такі навчання у 2025 році.</p>
    """,
    quotes=(
        Quote(
            """Розвантажувати без електрики ми вміли, це робили ще наші діди. Ми забули інше: як писати одне
            одному.""",
            "Костін Алмейда",
            "заступник капітана порту",
        ),
    ),
    caption="Крани контейнерного термінала на світанку. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about stocks and supply."""
    return [
        story(
            "stock-register",
            NEWS_RELEASE,
            "2024-03-06 10:00",
            topics=("supply",),
            pictures=("warehouse",),
            fr=REGISTER_FR,
            en=REGISTER_EN,
            uk=REGISTER_UK,
        ),
        story(
            "harbour-exercise",
            NEWS_RELEASE,
            "2024-04-25 11:15",
            topics=("preparedness", "transport"),
            pictures=("harbour",),
            fr=HARBOUR_FR,
            en=HARBOUR_EN,
            uk=HARBOUR_UK,
        ),
        story(
            "supply-roadmap",
            NEWS_RELEASE,
            "2025-12-10 15:00",
            topics=("supply",),
            pictures=("harbour",),
            fr=ROADMAP_FR,
            en=ROADMAP_EN,
            uk=ROADMAP_UK,
        ),
    ]
