"""The life of the Secretariat: its languages, its budget, its year."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Link, Quote, Story, Text, story

UKRAINIAN_FR = Text(
    title="La salle de presse parle désormais ukrainien",
    lead="""À partir d’aujourd’hui, les communiqués du Secrétariat paraissent en français, en anglais et en
    ukrainien,
    à la même heure. Les textes plus anciens seront traduits peu à peu.""",
    place="Bruxelles",
    body="""
    <p>L’ukrainien est la troisième langue de la salle de presse. Les communiqués importants paraîtront ensemble
    dans les trois langues ; les autres dans celles dont leurs lecteurs ont besoin.</p>
    <h2>Ce que vous remarquerez</h2>
    <ul>
    <li>un bouton, en haut de chaque page, pour changer de langue sans perdre sa page ;</li>
    <li>la mention de la langue du texte, lorsqu’il n’existe pas dans la vôtre ;</li>
    <li>un flux d’actualités par langue.</li>
    </ul>
    <p>Trois traductrices et un réviseur ont rejoint l’équipe. Chaque texte est lu par deux personnes avant d’être
    publié, dans chaque langue.</p>
    <p>Une phrase vous paraît maladroite ? Écrivez-nous : les corrections sont faites dans la journée et signalées
    sur la page.</p>
    """,
    links=(
        Link("Malik Johansson-Ferrero becomes spokesperson of the Secretariat", "story:spokesperson", "en"),
    ),
    caption="L’entrée du siège, à Bruxelles. Illustration.",
)

UKRAINIAN_EN = Text(
    title="The newsroom now speaks Ukrainian",
    lead="""From today the Secretariat’s releases appear in French, English and Ukrainian at the same hour. Older
    texts
    will be translated little by little.""",
    place="Brussels",
    body="""
    <p>Ukrainian is the third language of the newsroom. Major releases will appear in all three languages together;
    others in those that their readers need.</p>
    <h2>What you will notice</h2>
    <ul>
    <li>a switch at the top of each page, which changes the language and keeps the page;</li>
    <li>a note that names the language of a text when it does not exist in yours;</li>
    <li>a news feed for each language.</li>
    </ul>
    <p>Three translators and a reviser have joined the team. Every text is read by two people before it is
    published, in every language.</p>
    <p>Does a sentence strike you as clumsy? Write to us: corrections are made the same day and noted on the
    page.</p>
    """,
    links=(
        Link("Malik Johansson-Ferrero becomes spokesperson of the Secretariat", "story:spokesperson", "en"),
    ),
    caption="The entrance of the headquarters in Brussels. Illustration.",
)

UKRAINIAN_UK = Text(
    title="Пресцентр заговорив українською",
    lead="""Від сьогодні пресрелізи Секретаріату виходять французькою, англійською та українською водночас. Давніші
    тексти перекладатимуть поступово.""",
    place="Брюссель",
    body="""
    <p>Українська стала третьою мовою пресцентру. Найважливіші пресрелізи виходитимуть одразу трьома мовами, решта —
    тими, яких потребують читачі.</p>
    <h2>Що ви помітите</h2>
    <ul>
    <li>перемикач угорі кожної сторінки, який змінює мову, але не сторінку;</li>
    <li>позначку з мовою тексту, якщо вашою мовою його немає;</li>
    <li>стрічку новин для кожної мови.</li>
    </ul>
    <p>До команди долучилися три перекладачки й редактор. Перед публікацією кожен текст кожною мовою читають двоє
    людей.</p>
    <p>Якесь речення видалося вам незграбним? Напишіть нам: виправлення вносять того самого дня і позначають на
    сторінці.</p>
    """,
    links=(
        Link("Malik Johansson-Ferrero becomes spokesperson of the Secretariat", "story:spokesperson", "en"),
    ),
    caption="Вхід до штаб-квартири в Брюсселі. Ілюстрація.",
)

BUDGET_FR = Text(
    title="Budget 2025 : 318 millions d’euros, dont un tiers pour les dépôts communs",
    lead="""Les 28 pays participants ont adopté le budget du Secrétariat pour 2025. Il augmente de 6 % ; les
    dépenses de
    fonctionnement, elles, n’augmentent pas.""",
    place="Bruxelles",
    body="""
    <p>Le budget pour 2025 s’élève à 318 millions d’euros, contre 300 millions en 2024. La hausse va tout entière
    aux
    dépôts et aux exercices.</p>
    <h2>Où va l’argent</h2>
    <table>
    <caption>Budget adopté, en millions d’euros</caption>
    <thead><tr><th scope="col">Poste</th><th scope="col">2024</th><th scope="col">2025</th></tr></thead>
    <tbody>
    <tr><th scope="row">Dépôts communs</th><td>94</td><td>106</td></tr>
    <tr><th scope="row">Exercices et formation</th><td>61</td><td>67</td></tr>
    <tr><th scope="row">Réseaux et observation</th><td>72</td><td>72</td></tr>
    <tr><th scope="row">Fonctionnement</th><td>73</td><td>73</td></tr>
    <tr><th scope="row">Total</th><td>300</td><td>318</td></tr>
    </tbody>
    </table>
    <p>Chaque pays contribue selon son revenu. La plus petite contribution est de 410 000 euros, la plus grande
    de 47
    millions.</p>
    <h2>Contrôle</h2>
    <p>Les comptes sont vérifiés par trois cours des comptes, tirées au sort chaque année. Leurs observations sont
    publiées en entier, avec nos réponses.</p>
    """,
    quotes=(
        Quote(
            """Un budget est une suite de promesses chiffrées. Nous dirons en juin lesquelles nous sommes en
            train de
            tenir.""",
            "Birgitte Amrani",
            "directrice financière",
        ),
    ),
    caption="Le siège du Secrétariat, où le budget a été adopté. Illustration.",
)

BUDGET_EN = Text(
    title="Budget 2025: 318 million euros, a third of it for the shared stores",
    lead="""The 28 participating countries have adopted the Secretariat’s budget for 2025. It grows by 6%;
    running costs
    do not grow.""",
    place="Brussels",
    body="""
    <p>The budget for 2025 is 318 million euros, compared with 300 million in 2024. The whole increase goes to
    stores
    and exercises.</p>
    <h2>Where the money goes</h2>
    <table>
    <caption>Adopted budget, in million euros</caption>
    <thead><tr><th scope="col">Item</th><th scope="col">2024</th><th scope="col">2025</th></tr></thead>
    <tbody>
    <tr><th scope="row">Shared stores</th><td>94</td><td>106</td></tr>
    <tr><th scope="row">Exercises and training</th><td>61</td><td>67</td></tr>
    <tr><th scope="row">Networks and observation</th><td>72</td><td>72</td></tr>
    <tr><th scope="row">Running costs</th><td>73</td><td>73</td></tr>
    <tr><th scope="row">Total</th><td>300</td><td>318</td></tr>
    </tbody>
    </table>
    <p>Each country contributes according to its income. The smallest contribution is 410,000 euros, the largest 47
    million.</p>
    <h2>Control</h2>
    <p>The accounts are checked by three courts of auditors, drawn by lot each year. Their remarks are published in
    full, with our answers.</p>
    """,
    quotes=(
        Quote(
            """A budget is a list of promises in figures. In June we shall say which ones we are keeping.""",
            "Birgitte Amrani",
            "Chief Financial Officer",
        ),
    ),
    caption="The headquarters of the Secretariat, where the budget was adopted. Illustration.",
)

BUDGET_UK = Text(
    title="Бюджет 2025 року: 318 мільйонів євро, третина з них — на спільні склади",
    lead="""28 країн-учасниць ухвалили бюджет Секретаріату на 2025 рік. Він зростає на 6 %, а видатки на утримання
    не зростають.""",
    place="Брюссель",
    body="""
    <p>Бюджет на 2025 рік становить 318 мільйонів євро проти 300 мільйонів у 2024 році. Весь приріст піде на склади
    та навчання.</p>
    <h2>На що підуть кошти</h2>
    <table>
    <caption>Ухвалений бюджет, мільйонів євро</caption>
    <thead><tr><th scope="col">Стаття</th><th scope="col">2024</th><th scope="col">2025</th></tr></thead>
    <tbody>
    <tr><th scope="row">Спільні склади</th><td>94</td><td>106</td></tr>
    <tr><th scope="row">Навчання та підготовка</th><td>61</td><td>67</td></tr>
    <tr><th scope="row">Мережі та спостереження</th><td>72</td><td>72</td></tr>
    <tr><th scope="row">Утримання</th><td>73</td><td>73</td></tr>
    <tr><th scope="row">Разом</th><td>300</td><td>318</td></tr>
    </tbody>
    </table>
    <p>Внесок кожної країни залежить від її доходу. Найменший становить 410 000 євро, найбільший — 47
    мільйонів.</p>
    <h2>Контроль</h2>
    <p>Рахунки перевіряють три рахункові палати, які щороку визначають жеребкуванням. Їхні зауваження публікують
    повністю, разом із нашими відповідями.</p>
    """,
    quotes=(
        Quote(
            """Бюджет — це перелік обіцянок у цифрах. У червні ми скажемо, яких із них дотримуємося.""",
            "Біргітте Амрані",
            "фінансова директорка",
        ),
    ),
    caption="Штаб-квартира Секретаріату, де ухвалили бюджет. Ілюстрація.",
)

YEAR_FR = Text(
    title="2025 en chiffres : ce que nous avions promis, ce que nous avons fait",
    lead="""Douze engagements avaient été pris en janvier. Neuf sont tenus, deux le sont à moitié, un ne l’est
    pas. Voici
    lesquels, et pourquoi.""",
    place="Bruxelles",
    body="""
    <p>Le compte rendu annuel du Secrétariat paraît aujourd’hui. Il compare, ligne à ligne, les engagements de
    janvier
    et les résultats de décembre.</p>
    <h2>Les résultats</h2>
    <table>
    <caption>Engagements pour 2025</caption>
    <thead><tr><th scope="col">Domaine</th><th scope="col">Pris</th><th scope="col">Tenus</th></tr></thead>
    <tbody>
    <tr><th scope="row">Dépôts et transports</th><td>5</td><td>4</td></tr>
    <tr><th scope="row">Exercices et formation</th><td>4</td><td>4</td></tr>
    <tr><th scope="row">Information du public</th><td>3</td><td>1</td></tr>
    <tr><th scope="row">Total</th><td>12</td><td>9</td></tr>
    </tbody>
    </table>
    <h2>Ce qui n’a pas marché</h2>
    <ul>
    <li>Le modèle unique de déclaration pour les vols de secours n’est pas prêt : il est reporté à février
    2026.</li>
    <li>Les archives sonores ne sont en ligne que pour moitié.</li>
    <li>La page qui devait traduire les alertes en vingt langues n’en traduit que onze.</li>
    </ul>
    <p>Les engagements pour 2026 seront publiés en janvier. Ils seront moins nombreux.</p>
    """,
    quotes=(
        Quote(
            """Je préfère devoir expliquer un retard que raconter un succès. On écoute mieux la première
            histoire.""",
            "Hélène Vasseur-Lindqvist",
            "secrétaire générale",
        ),
    ),
    links=(
        Link("Un pont aérien d’essai livre 62 tonnes de matériel en une nuit", "story:airlift", "fr"),
        Link("Les archives du Secrétariat en ligne", "story:archives", "fr"),
    ),
    caption="Le siège, un jour de ciel clair. Illustration.",
)

YEAR_EN = Text(
    title="2025 in figures: what we had promised, what we did",
    lead="""Twelve commitments were made in January. Nine are kept, two are half kept, one is not. Here is which,
    and
    why.""",
    place="Brussels",
    body="""
    <p>The Secretariat’s annual account appears today. It compares, line by line, the commitments of January and the
    results of December.</p>
    <h2>The results</h2>
    <table>
    <caption>Commitments for 2025</caption>
    <thead><tr><th scope="col">Field</th><th scope="col">Made</th><th scope="col">Kept</th></tr></thead>
    <tbody>
    <tr><th scope="row">Stores and transport</th><td>5</td><td>4</td></tr>
    <tr><th scope="row">Exercises and training</th><td>4</td><td>4</td></tr>
    <tr><th scope="row">Informing the public</th><td>3</td><td>1</td></tr>
    <tr><th scope="row">Total</th><td>12</td><td>9</td></tr>
    </tbody>
    </table>
    <h2>What did not work</h2>
    <ul>
    <li>The single form of declaration for relief flights is not ready: it is put off to February 2026.</li>
    <li>Only half of the sound archives are online.</li>
    <li>The page that was to translate warnings into twenty languages translates them into eleven.</li>
    </ul>
    <p>The commitments for 2026 will be published in January. There will be fewer of them.</p>
    """,
    quotes=(
        Quote(
            """I would rather have to explain a delay than tell of a success. People listen better to the first
            story.""",
            "Hélène Vasseur-Lindqvist",
            "Secretary General",
        ),
    ),
    links=(
        Link("A trial airlift delivers 62 tonnes of equipment in one night", "story:airlift", "en"),
        Link("The Secretariat’s archives online", "story:archives", "en"),
    ),
    caption="The headquarters on a clear day. Illustration.",
)

YEAR_UK = Text(
    title="2025 рік у цифрах: що ми обіцяли і що зробили",
    lead="""У січні ми взяли дванадцять зобов’язань. Дев’ять виконано, два — наполовину, одне не виконано. Ось
    які саме
    і чому.""",
    place="Брюссель",
    body="""
    <p>Сьогодні виходить річний звіт Секретаріату. Він рядок за рядком порівнює січневі зобов’язання з грудневими
    результатами.</p>
    <h2>Результати</h2>
    <table>
    <caption>Зобов’язання на 2025 рік</caption>
    <thead><tr><th scope="col">Напрям</th><th scope="col">Узято</th><th scope="col">Виконано</th></tr></thead>
    <tbody>
    <tr><th scope="row">Склади й перевезення</th><td>5</td><td>4</td></tr>
    <tr><th scope="row">Навчання та підготовка</th><td>4</td><td>4</td></tr>
    <tr><th scope="row">Інформування людей</th><td>3</td><td>1</td></tr>
    <tr><th scope="row">Разом</th><td>12</td><td>9</td></tr>
    </tbody>
    </table>
    <h2>Що не вдалося</h2>
    <ul>
    <li>Єдина форма декларації для рейсів із допомогою не готова: її відкладено до лютого 2026 року.</li>
    <li>Звукові архіви викладено в мережу лише наполовину.</li>
    <li>Сторінка, що мала перекладати попередження двадцятьма мовами, перекладає їх одинадцятьма.</li>
    </ul>
    <p>Зобов’язання на 2026 рік оприлюднять у січні. Їх буде менше.</p>
    """,
    quotes=(
        Quote(
            """Краще пояснювати затримку, ніж розповідати про успіх. Перше слухають уважніше.""",
            "Елен Вассер-Ліндквіст",
            "генеральна секретарка",
        ),
    ),
    links=(
        Link("Пробний повітряний міст: 62 тонни обладнання за одну ніч", "story:airlift", "uk"),
        Link("The Secretariat’s archives online", "story:archives", "en"),
    ),
    caption="Штаб-квартира ясного дня. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about the house itself."""
    return [
        story(
            "ukrainian-edition",
            NEWS_RELEASE,
            "2024-01-24 10:00",
            topics=("secretariat",),
            pictures=("entrance",),
            fr=UKRAINIAN_FR,
            en=UKRAINIAN_EN,
            uk=UKRAINIAN_UK,
        ),
        story(
            "budget-2025",
            NEWS_RELEASE,
            "2024-12-12 15:30",
            topics=("secretariat",),
            pictures=("entrance",),
            fr=BUDGET_FR,
            en=BUDGET_EN,
            uk=BUDGET_UK,
        ),
        story(
            "year-2025",
            NEWS_RELEASE,
            "2025-12-18 10:00",
            topics=("secretariat",),
            pictures=("entrance",),
            fr=YEAR_FR,
            en=YEAR_EN,
            uk=YEAR_UK,
        ),
    ]
