"""Culture and learning: a museum, a college, a panel of young people, a prize for translators."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Quote, Story, Text, story

MUSEUM_FR = Text(
    title="Le musée des Cartes rouvre, avec 300 erreurs magnifiques",
    lead="""Fermé trois ans pour travaux, le musée rouvre ce samedi à Ljubljana. Sa première exposition est
    consacrée aux
    cartes fausses et à ceux qui s’y sont fiés.""",
    place="Ljubljana",
    body="""
    <p>Îles qui n’existent pas, fleuves qui remontent leur pente, montagnes placées là pour remplir un vide : la
    nouvelle
    salle réunit 300 cartes dressées entre 1482 et 2009, toutes erronées, toutes prises au sérieux.</p>
    <h2>À ne pas manquer</h2>
    <ul>
    <li>une carte de 1622 où la Californie est une île ;</li>
    <li>le carnet d’un géomètre qui a corrigé 14 fois le même ruisseau ;</li>
    <li>une carte routière de 1987, encore humide de la rivière où elle a conduit son lecteur.</li>
    </ul>
    <p>Les travaux ont coûté 8,4 millions d’euros, dont 2 millions versés par le Secrétariat. Une salle de
    lecture de 70
    places est ouverte à tous, sans inscription.</p>
    <p>L’entrée est gratuite jusqu’au dimanche 2 juin 2024.</p>
    """,
    quotes=(
        Quote(
            """Une carte juste vous dit où vous êtes. Une carte fausse vous dit qui l’a dessinée.""",
            "Theodora Vlachou-Jensen",
            "directrice du musée",
        ),
    ),
    caption="La nouvelle salle de lecture. Illustration.",
)

MUSEUM_EN = Text(
    title="The Museum of Maps reopens, with 300 splendid mistakes",
    lead="""Closed for three years of works, the museum reopens this Saturday in Ljubljana. Its first exhibition
    is about
    maps that were wrong and people who trusted them.""",
    place="Ljubljana",
    body="""
    <p>Islands that do not exist, rivers that flow uphill, mountains put there to fill a gap: the new hall brings
    together
    300 maps drawn between 1482 and 2009, all wrong, all taken seriously.</p>
    <h2>Not to be missed</h2>
    <ul>
    <li>a map of 1622 on which California is an island;</li>
    <li>the notebook of a surveyor who corrected the same brook 14 times;</li>
    <li>a road map of 1987, still damp from the river into which it led its reader.</li>
    </ul>
    <p>The works cost 8.4 million euros, 2 million of which were paid by the Secretariat. A reading room of 70
    seats is
    open to everybody, without registration.</p>
    <p>Entrance is free until Sunday 2 June 2024.</p>
    """,
    quotes=(
        Quote(
            """A map that is right tells you where you are. A map that is wrong tells you who drew it.""",
            "Theodora Vlachou-Jensen",
            "director of the museum",
        ),
    ),
    caption="The new reading room. Illustration.",
)

MUSEUM_UK = Text(
    title="Музей мап знову відчинено: 300 прекрасних помилок",
    lead="""Після трьох років ремонту музей у Любляні відчиняє двері цієї суботи. Перша виставка присвячена
    хибним мапам
    і тим, хто їм повірив.""",
    place="Любляна",
    body="""
    <p>Острови, яких не існує, річки, що течуть угору, гори, намальовані, аби заповнити порожнечу: у новій залі
    зібрано 300
    мап, створених між 1482 і 2009 роками. Усі вони хибні, і до всіх ставилися серйозно.</p>
    <h2>Не проминіть</h2>
    <ul>
    <li>мапу 1622 року, на якій Каліфорнія — острів;</li>
    <li>нотатник землеміра, який 14 разів виправляв той самий струмок;</li>
    <li>дорожню мапу 1987 року, досі вологу від річки, до якої вона привела свого читача.</li>
    </ul>
    <p>Ремонт коштував 8,4 мільйона євро, з них 2 мільйони надав Секретаріат. Читальна зала на 70 місць відкрита
    для всіх,
    записуватися не треба.</p>
    <p>До неділі, 2 червня 2024 року, вхід безплатний.</p>
    """,
    quotes=(
        Quote(
            """Правильна мапа каже, де ви. Хибна мапа каже, хто її намалював.""",
            "Теодора Влаху-Єнсен",
            "директорка музею",
        ),
    ),
    caption="Нова читальна зала. Ілюстрація.",
)

COLLEGE_FR = Text(
    title="L’École civile d’état-major accueille sa vingtième promotion",
    lead="""Cinquante-six maires, médecins, ingénieurs et officiers commencent aujourd’hui un cours de cinq mois
    sur l’art de
    décider à plusieurs, vite, et sans tout savoir.""",
    place="Lyon",
    body="""
    <p>Les 56 participants viennent de 23 pays. La moitié n’a jamais travaillé dans une administration centrale :
    c’est
    voulu.</p>
    <h2>Le programme</h2>
    <ol>
    <li>janvier et février : lire une situation, une carte, un budget ;</li>
    <li>mars et avril : quatre crises simulées, dont une sans téléphone ;</li>
    <li>mai : un mois dans la mairie d’un autre pays.</li>
    </ol>
    <p>Il n’y a pas d’examen. Chaque participant rédige un plan de trois pages pour sa propre ville, qu’un jury
    d’habitants lit et commente.</p>
    <p>Les inscriptions pour la promotion suivante sont ouvertes du lundi 3 mars au vendredi 11 avril 2025.</p>
    """,
    quotes=(
        Quote(
            """Nous n’enseignons pas la certitude. Nous enseignons à dire : voici ce que je sais, voici ce que
            j’ignore,
            voici ce que je fais quand même.""",
            "Wanjiru Eklund",
            "directrice des études",
        ),
    ),
    caption="Un cours sur les itinéraires de secours. Illustration.",
)

COLLEGE_EN = Text(
    title="The civil staff college welcomes its twentieth class",
    lead="""Fifty-six mayors, doctors, engineers and officers begin today a course of five months in the art of
    deciding
    together, fast, and without knowing everything.""",
    place="Lyon",
    body="""
    <p>The 56 participants come from 23 countries. Half of them have never worked in a central administration:
    that is
    intended.</p>
    <h2>The programme</h2>
    <ol>
    <li>January and February: to read a situation, a map, a budget;</li>
    <li>March and April: four simulated crises, one of them without telephones;</li>
    <li>May: a month in the town hall of another country.</li>
    </ol>
    <p>There is no examination. Each participant writes a plan of three pages for a city of their own, which a
    jury of
    inhabitants reads and comments on.</p>
    <p>Registration for the next class is open from Monday 3 March to Friday 11 April 2025.</p>
    """,
    quotes=(
        Quote(
            """We do not teach certainty. We teach people to say: this is what I know, this is what I do not
            know, this is
            what I shall do all the same.""",
            "Wanjiru Eklund",
            "director of studies",
        ),
    ),
    caption="A class on relief routes. Illustration.",
)

COLLEGE_UK = Text(
    title="Школа цивільного штабу приймає двадцятий набір",
    lead="""П’ятдесят шість міських голів, лікарів, інженерів та офіцерів починають сьогодні п’ятимісячний курс:
    як ухвалювати
    рішення разом, швидко й не знаючи всього.""",
    place="Ліон",
    body="""
    <p>56 учасників приїхали з 23 країн. Половина з них ніколи не працювала в центральних органах влади: так і
    задумано.</p>
    <h2>Програма</h2>
    <ol>
    <li>січень і лютий — читати ситуацію, мапу, бюджет;</li>
    <li>березень і квітень — чотири змодельовані кризи, одна з них без телефонів;</li>
    <li>травень — місяць у міській раді іншої країни.</li>
    </ol>
    <p>Іспиту немає. Кожен учасник пише для свого міста план на три сторінки, який читає й обговорює журі з
    тамтешніх мешканців.</p>
    <p>Записатися до наступного набору можна від понеділка, 3 березня, до п’ятниці, 11 квітня 2025 року.</p>
    """,
    quotes=(
        Quote(
            """Ми не вчимо певності. Ми вчимо казати: ось що я знаю, ось чого не знаю, а ось що я все одно
            зроблю.""",
            "Ванджіру Еклунд",
            "керівниця навчальної частини",
        ),
    ),
    caption="Заняття про маршрути допомоги. Ілюстрація.",
)

YOUTH_FR = Text(
    title="Trente jeunes de moins de vingt-cinq ans réécrivent le guide des premières 72 heures",
    lead="""Le comité des jeunes a remis aujourd’hui sa version du guide que chaque foyer devrait avoir. Elle est
    deux fois
    plus courte, et se lit sur un téléphone déchargé : elle tient sur une carte.""",
    place="Aarhus",
    body="""
    <p>Les 30 membres du comité ont entre 16 et 24 ans. Tirés au sort parmi 4 700 volontaires, ils ont travaillé six
    week-ends, avec deux secouristes et une graphiste.</p>
    <h2>Ce qu’ils ont changé</h2>
    <ul>
    <li>la liste du sac d’urgence passe de 44 objets à 12 ;</li>
    <li>la première page dit qui aller voir, et non quoi acheter ;</li>
    <li>les dessins montrent des appartements, pas seulement des maisons à jardin.</li>
    </ul>
    <p>Le guide sera imprimé sur une carte pliée de la taille d’un billet, en 31 langues. Les villes peuvent la
    commander à
    partir du lundi 2 juin 2025.</p>
    """,
    quotes=(
        Quote(
            """L’ancien guide supposait une cave, une voiture et un adulte calme. Beaucoup d’entre nous n’ont
            aucun des
            trois.""",
            "Zofia Nwosu",
            "19 ans, rapporteuse du comité",
        ),
    ),
    caption="Séance de travail du comité des jeunes. Illustration.",
)

YOUTH_EN = Text(
    title="Thirty people under twenty-five rewrite the guide to the first 72 hours",
    lead="""The youth panel today handed over its version of the guide that every household should have. It is
    half as long,
    and can be read on a dead telephone: it fits on a card.""",
    place="Aarhus",
    body="""
    <p>The 30 members of the panel are between 16 and 24 years old. Drawn by lot among 4,700 volunteers, they
    worked for six
    weekends with two first-aiders and a graphic designer.</p>
    <h2>What they changed</h2>
    <ul>
    <li>the list for the emergency bag goes from 44 things to 12;</li>
    <li>the first page says whom to go and see, not what to buy;</li>
    <li>the drawings show flats, not only houses with gardens.</li>
    </ul>
    <p>The guide will be printed on a folded card the size of a banknote, in 31 languages. Cities may order it
    from Monday 2
    June 2025.</p>
    """,
    quotes=(
        Quote(
            """The old guide took for granted a cellar, a car and a calm adult. Many of us have none of the
            three.""",
            "Zofia Nwosu",
            "19, rapporteur of the panel",
        ),
    ),
    caption="The youth panel at work. Illustration.",
)

YOUTH_UK = Text(
    title="Тридцятеро молодих людей до двадцяти п’яти років переписали порадник на перші 72 години",
    lead="""Молодіжна рада сьогодні передала свій варіант порадника, який має бути в кожній оселі. Він удвічі
    коротший, і його
    можна прочитати навіть на розрядженому телефоні: він уміщується на картці.""",
    place="Орхус",
    body="""
    <p>30 учасникам ради від 16 до 24 років. Їх визначили жеребкуванням серед 4 700 охочих, і вони працювали
    шість вихідних
    разом із двома рятувальниками та графічною дизайнеркою.</p>
    <h2>Що вони змінили</h2>
    <ul>
    <li>перелік речей у тривожній валізі скоротився з 44 до 12;</li>
    <li>перша сторінка каже, до кого йти, а не що купувати;</li>
    <li>на малюнках є квартири, а не лише будинки із садком.</li>
    </ul>
    <p>Порадник надрукують на складаній картці завбільшки з банкноту 31 мовою. Міста зможуть замовляти її від
    понеділка, 2
    червня 2025 року.</p>
    """,
    quotes=(
        Quote(
            """Старий порадник виходив із того, що є льох, авто і спокійний дорослий. Багато хто з нас не має
            жодного з трьох.""",
            "Зофія Нвосу",
            "19 років, доповідачка ради",
        ),
    ),
    caption="Робоче засідання молодіжної ради. Ілюстрація.",
)

PRIZE_FR = Text(
    title="Prix de la traduction : Marta Szabó-Diallo récompensée pour une notice de pompe",
    lead="""Le jury a préféré un mode d’emploi de douze pages à six romans. Traduit du finnois en ukrainien, il a
    permis de
    remettre en marche 80 pompes en une semaine.""",
    place="Bruxelles",
    body="""
    <p>Le prix, remis aujourd’hui pour la Journée mondiale de la traduction, distingue chaque année un texte
    utile. Il est
    doté de 10 000 euros.</p>
    <h2>Pourquoi cette notice</h2>
    <ul>
    <li>elle nomme chaque pièce comme l’appellent les mécaniciens, et non comme le dictionnaire ;</li>
    <li>elle remplace 9 avertissements par un seul, à la bonne page ;</li>
    <li>elle corrige deux erreurs de l’original, signalées au fabricant.</li>
    </ul>
    <p>Deux mentions ont été décernées : à Ilias Brandt-Okoye, pour des sous-titres, et à Yaryna Lototska-Weiss,
    pour un
    lexique de la météorologie marine.</p>
    """,
    quotes=(
        Quote(
            """On ne m’a jamais autant relue que ces mécaniciens : s’ils avaient mal compris, l’eau serait restée
            dans la
            cave.""",
            "Marta Szabó-Diallo",
            "traductrice, lauréate du prix",
        ),
    ),
    caption="Des interprètes au travail pendant la cérémonie. Illustration.",
)

PRIZE_EN = Text(
    title="Translation prize: Marta Szabó-Diallo rewarded for the manual of a pump",
    lead="""The jury preferred a manual of twelve pages to six novels. Translated from Finnish into Ukrainian, it
    made it
    possible to restart 80 pumps in a week.""",
    place="Brussels",
    body="""
    <p>The prize, awarded today for International Translation Day, singles out a useful text every year. It is
    worth 10,000
    euros.</p>
    <h2>Why this manual</h2>
    <ul>
    <li>it calls each part what mechanics call it, not what the dictionary does;</li>
    <li>it replaces 9 warnings by a single one, on the right page;</li>
    <li>it corrects two mistakes of the original, of which the maker was told.</li>
    </ul>
    <p>Two special mentions were given: to Ilias Brandt-Okoye, for subtitles, and to Yaryna Lototska-Weiss, for a
    glossary of
    marine weather.</p>
    """,
    quotes=(
        Quote(
            """Nobody ever read me as closely as those mechanics: had they misunderstood, the water would have
            stayed in the
            cellar.""",
            "Marta Szabó-Diallo",
            "translator, winner of the prize",
        ),
    ),
    caption="Interpreters at work during the ceremony. Illustration.",
)

PRIZE_UK = Text(
    title="Перекладацька премія: Марту Сабо-Діалло відзначено за інструкцію до насоса",
    lead="""Шістьом романам журі віддало перевагу дванадцятисторінкову інструкцію. Завдяки перекладу з фінської
    українською
    за тиждень вдалося запустити 80 насосів.""",
    place="Брюссель",
    body="""
    <p>Премію, вручену сьогодні до Міжнародного дня перекладу, щороку присуджують за корисний текст. Її розмір —
    10 000
    євро.</p>
    <h2>Чому саме ця інструкція</h2>
    <ul>
    <li>кожну деталь у ній названо так, як кажуть механіки, а не так, як у словнику;</li>
    <li>замість 9 попереджень у ній одне, зате на потрібній сторінці;</li>
    <li>у ній виправлено дві помилки оригіналу, про які повідомили виробника.</li>
    </ul>
    <p>Дві відзнаки отримали Іліас Брандт-Окоє за субтитри та Ярина Лотоцька-Вайс за словник морської
    метеорології.</p>
    """,
    quotes=(
        Quote(
            """Ніхто ще не читав мене так уважно, як ці механіки: якби вони зрозуміли хибно, вода лишилася б
            у підвалі.""",
            "Марта Сабо-Діалло",
            "перекладачка, лауреатка премії",
        ),
    ),
    caption="Синхронні перекладачі під час церемонії. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about culture and learning."""
    return [
        story(
            "map-museum",
            NEWS_RELEASE,
            "2024-05-18 10:00",
            topics=("culture",),
            pictures=("reading-room",),
            fr=MUSEUM_FR,
            en=MUSEUM_EN,
            uk=MUSEUM_UK,
        ),
        story(
            "staff-college",
            NEWS_RELEASE,
            "2025-01-16 09:30",
            topics=("learning",),
            pictures=("classroom",),
            fr=COLLEGE_FR,
            en=COLLEGE_EN,
            uk=COLLEGE_UK,
        ),
        story(
            "youth-panel",
            NEWS_RELEASE,
            "2025-05-09 14:30",
            topics=("preparedness", "learning"),
            pictures=("classroom",),
            fr=YOUTH_FR,
            en=YOUTH_EN,
            uk=YOUTH_UK,
        ),
        story(
            "translation-prize",
            NEWS_RELEASE,
            "2025-09-30 18:00",
            topics=("culture",),
            pictures=("booths",),
            fr=PRIZE_FR,
            en=PRIZE_EN,
            uk=PRIZE_UK,
        ),
    ]
