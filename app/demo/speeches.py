"""Two speeches of the Secretary General in three languages."""

from __future__ import annotations

from app.demo.pieces import SPEECH, Link, Quote, Story, Text, story

NEW_YEAR_FR = Text(
    title="Vœux à la presse : « Demandez-nous ce qui manque »",
    lead="""Allocution de la secrétaire générale, Hélène Vasseur-Lindqvist, devant les journalistes accrédités, à
    l’occasion de la nouvelle année. Seul le prononcé fait foi.""",
    place="Bruxelles",
    body="""
    <p>Mesdames, Messieurs, bonjour. On m’a prévenue que des vœux réussis durent quatre minutes. Je vais donc
    essayer.</p>
    <p>L’année dernière, vous nous avez posé 6 212 questions. Nous avons répondu à 5 870 d’entre elles, dont la
    moitié en
    moins de trois heures. Il en reste 342. Certaines étaient difficiles ; d’autres se sont perdues, et c’est notre
    faute.</p>
    <h2>Trois promesses</h2>
    <ol>
    <li>Une question aura toujours une réponse, même si la réponse est : nous ne savons pas.</li>
    <li>Un chiffre sera toujours donné avec sa date.</li>
    <li>Une erreur sera corrigée à l’endroit où elle a été faite.</li>
    </ol>
    <h2>Une demande</h2>
    <p>Vous nous demandez ce que nous faisons. Demandez-nous plutôt ce qui manque. Ce qui va bien s’annonce tout
    seul ; ce
    qui manque ne se découvre qu’une nuit de tempête, et c’est trop tard.</p>
    <p>Je vous souhaite une année sans nuit de tempête. Et si elle vient, je vous souhaite de nous trouver prêts.
    Merci.</p>
    """,
    caption="La salle de presse du siège. Illustration.",
)

NEW_YEAR_EN = Text(
    title="New Year address to the press: “Ask us what is missing”",
    lead="""Address by the Secretary General, Hélène Vasseur-Lindqvist, to accredited journalists for the New
    Year. Check
    against delivery.""",
    place="Brussels",
    body="""
    <p>Ladies and gentlemen, good morning. I was warned that good New Year wishes last four minutes. So I shall
    try.</p>
    <p>Last year you asked us 6,212 questions. We answered 5,870 of them, half of those in less than three hours.
    That leaves
    342. Some were hard; others got lost, and that is our fault.</p>
    <h2>Three promises</h2>
    <ol>
    <li>A question will always have an answer, even if the answer is: we do not know.</li>
    <li>A figure will always be given with its date.</li>
    <li>A mistake will be corrected in the place where it was made.</li>
    </ol>
    <h2>One request</h2>
    <p>You ask us what we are doing. Ask us rather what is missing. What goes well announces itself; what is
    missing is only
    discovered on a night of storm, and that is too late.</p>
    <p>I wish you a year without a night of storm. And if it comes, I wish you to find us ready. Thank you.</p>
    """,
    caption="The press room of the headquarters. Illustration.",
)

NEW_YEAR_UK = Text(
    title="Новорічне звернення до преси: «Питайте нас, чого бракує»",
    lead="""Промова генеральної секретарки Елен Вассер-Ліндквіст перед акредитованими журналістами з нагоди
    Нового року.
    Виголошений текст може відрізнятися.""",
    place="Брюссель",
    body="""
    <p>Пані та панове, добрий день. Мене попередили, що вдалі побажання тривають чотири хвилини. Тож спробую.</p>
    <p>Торік ви поставили нам 6 212 запитань. Ми відповіли на 5 870, на половину з них — менш ніж за три години.
    Лишається
    342. Деякі були складні, інші загубилися, і це наша провина.</p>
    <h2>Три обіцянки</h2>
    <ol>
    <li>На запитання завжди буде відповідь, навіть якщо вона така: ми не знаємо.</li>
    <li>Кожну цифру ми подаватимемо з датою.</li>
    <li>Помилку виправлятимемо там, де її зробили.</li>
    </ol>
    <h2>Одне прохання</h2>
    <p>Ви питаєте нас, що ми робимо. Питайте краще, чого бракує. Те, що вдається, говорить саме за себе; те, чого
    бракує,
    виявляють лише буряної ночі, а тоді вже запізно.</p>
    <p>Бажаю вам року без буряних ночей. А якщо така ніч настане, бажаю, щоб ви побачили нас готовими. Дякую.</p>
    """,
    caption="Зала для преси в штаб-квартирі. Ілюстрація.",
)

DATA_FR = Text(
    title="« Une donnée que l’on cache vieillit seule » : discours sur l’ouverture des données",
    lead="""Discours de la secrétaire générale à l’ouverture de la conférence sur les données publiques, à
    Lisbonne. Seul le
    prononcé fait foi.""",
    place="Lisbonne",
    body="""
    <p>Il y a quinze mois, nous avons ouvert le registre des stocks communs. On nous avait annoncé trois malheurs
    : les
    voleurs viendraient, les journalistes se moqueraient, et personne ne lirait.</p>
    <p>Les voleurs ne sont pas venus. Les journalistes se sont moqués, deux fois, et ils avaient raison. Quant
    aux lecteurs,
    ils sont 91 000 par mois.</p>
    <h2>Ce que nous avons appris</h2>
    <ul>
    <li>Une donnée que l’on cache vieillit seule : personne ne la corrige.</li>
    <li>Un tableau sans date est une opinion.</li>
    <li>Ceux qui réutilisent vos données sont vos meilleurs relecteurs.</li>
    </ul>
    <p>Une lycéenne de Braga nous a signalé que nos ponts modulaires étaient comptés deux fois. Elle avait treize
    ans. Nous
    l’avons remerciée, et nous avons corrigé 17 lignes.</p>
    <h2>Ce que nous ferons</h2>
    <p>À partir du mardi 1er juillet 2025, les données de nos exercices seront publiées trente jours après leur
    fin, échecs
    compris. Je sais que ce sera inconfortable. C’est à cela que nous reconnaîtrons que c’est utile.</p>
    """,
    quotes=(
        Quote(
            """Un tableau sans date est une opinion.""",
            "Hélène Vasseur-Lindqvist",
            "secrétaire générale",
        ),
    ),
    links=(Link("Le registre des stocks communs", "story:stock-register", "fr"),),
    caption="Un pupitre avant l’ouverture d’une conférence. Illustration.",
)

DATA_EN = Text(
    title="“Data that you hide grows old alone”: a speech on open data",
    lead="""Speech by the Secretary General at the opening of the conference on public data in Lisbon. Check against
    delivery.""",
    place="Lisbon",
    body="""
    <p>Fifteen months ago we opened the register of shared stocks. Three misfortunes had been foretold: thieves
    would come,
    journalists would laugh, and nobody would read it.</p>
    <p>The thieves did not come. The journalists laughed, twice, and they were right. As for readers, there are
    91,000 of them
    a month.</p>
    <h2>What we have learnt</h2>
    <ul>
    <li>Data that you hide grows old alone: nobody corrects it.</li>
    <li>A table without a date is an opinion.</li>
    <li>Those who reuse your data are your best proofreaders.</li>
    </ul>
    <p>A schoolgirl from Braga told us that our modular bridges were counted twice. She was thirteen. We thanked
    her, and
    corrected 17 lines.</p>
    <h2>What we shall do</h2>
    <p>From Tuesday 1 July 2025 the data of our exercises will be published thirty days after they end, failures
    included. I
    know that this will be uncomfortable. That is how we shall know that it is useful.</p>
    """,
    quotes=(
        Quote(
            """A table without a date is an opinion.""",
            "Hélène Vasseur-Lindqvist",
            "Secretary General",
        ),
    ),
    links=(Link("The register of shared stocks", "story:stock-register", "en"),),
    caption="A lectern before the opening of a conference. Illustration.",
)

DATA_UK = Text(
    title="«Приховані дані старіють на самоті»: промова про відкриті дані",
    lead="""Промова генеральної секретарки на відкритті конференції про публічні дані в Лісабоні. Виголошений
    текст може
    відрізнятися.""",
    place="Лісабон",
    body="""
    <p>П’ятнадцять місяців тому ми відкрили реєстр спільних запасів. Нам пророкували три біди: прийдуть злодії,
    сміятимуться
    журналісти, і ніхто цього не читатиме.</p>
    <p>Злодії не прийшли. Журналісти посміялися, двічі, і мали рацію. А читачів у нас 91 000 на місяць.</p>
    <h2>Чого ми навчилися</h2>
    <ul>
    <li>Приховані дані старіють на самоті: їх ніхто не виправляє.</li>
    <li>Таблиця без дати — це чиясь думка.</li>
    <li>Ті, хто користується вашими даними, — ваші найкращі коректори.</li>
    </ul>
    <p>Школярка з Браги повідомила, що наші модульні мости пораховано двічі. Їй було тринадцять. Ми подякували їй і
    виправили 17 рядків.</p>
    <h2>Що ми зробимо</h2>
    <p>Від вівторка, 1 липня 2025 року, дані наших навчань оприлюднюватимуть через тридцять днів після їх
    завершення, разом
    із невдачами. Знаю, що це буде незручно. Саме так ми й зрозуміємо, що це корисно.</p>
    """,
    quotes=(
        Quote(
            """Таблиця без дати — це чиясь думка.""",
            "Елен Вассер-Ліндквіст",
            "генеральна секретарка",
        ),
    ),
    links=(Link("Відкритий реєстр спільних запасів", "story:stock-register", "uk"),),
    caption="Трибуна перед відкриттям конференції. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the speeches that exist in three languages."""
    return [
        story(
            "new-year-address",
            SPEECH,
            "2025-01-08 11:30",
            topics=("secretariat",),
            pictures=("podium",),
            fr=NEW_YEAR_FR,
            en=NEW_YEAR_EN,
            uk=NEW_YEAR_UK,
        ),
        story(
            "open-data-speech",
            SPEECH,
            "2025-06-05 10:15",
            topics=("supply", "secretariat"),
            pictures=("podium",),
            fr=DATA_FR,
            en=DATA_EN,
            uk=DATA_UK,
        ),
    ]
