"""Two topic pages of the invented International Secretariat: energy, and civil preparedness."""

from __future__ import annotations

from datetime import date

from app.demo.topic_pieces import Question as Q
from app.demo.topic_pieces import TopicText
from app.demo.topic_pieces import Words as W

HUB = W("Le centre de Košice", "The hub in Košice", "Центр у Кошицях")
ASKING = W("Demander de l’aide", "Asking for help", "Як попросити допомогу")
HOME = W("Chez soi", "At home", "Удома")
TOWN = W("En ville", "In town", "У місті")

ENERGY = TopicText(
    subject="energy",
    published_on=date(2025, 11, 28),
    title=W("Énergie : réparer vite", "Energy: quick repairs", "Енергетика: швидкий ремонт"),
    lead=W(
        "Un stock commun, des équipes formées ensemble, et une règle : une pièce demandée part en moins de 36 "
        "heures.",
        "A shared store, crews trained together, and one rule: a part that is asked for leaves within 36 hours.",
        "Спільний запас, бригади зі спільною підготовкою та одне правило: деталь вирушає менш ніж за 36 годин після "
        "запиту.",
    ),
    body=W(
        """<h2>Un stock pour tous</h2><p>Le centre de Košice reçoit des pièces données par 41 exploitants, les
vérifie, les répare
et les tient prêtes. Il a ouvert avec 1 260 pièces (novembre 2024).</p>
<h2>Des équipes pour chacun</h2><p>Un cours apprend à travailler à plusieurs pays sur un même poste, sans que personne
n’y travaille seul.</p>""",
        """<h2>A store for all</h2><p>The hub in Košice takes parts given by 41 operators, tests them, repairs
them and keeps them
ready. It opened with 1,260 parts (November 2024).</p>
<h2>Crews for each</h2><p>A course teaches crews of several countries to work on one substation, with nobody working
alone.</p>""",
        """<h2>Запас для всіх</h2><p>Центр у Кошицях приймає деталі від 41 оператора, перевіряє, ремонтує й тримає їх
напоготові. Він відкрився з 1260 деталями (листопад 2024 року).</p>
<h2>Бригади для кожного</h2><p>Курс навчає бригади кількох країн працювати на одній підстанції так, щоб ніхто не
працював
сам.</p>""",
    ),
    questions=(
        Q(
            HUB,
            W("Qu’y a-t-il en stock ?", "What is in store?", "Що є в запасі?"),
            W(
                "À l’ouverture : 148 transformateurs, 602 disjoncteurs, 274 tourets de câble et 236 groupes "
                "électrogènes.",
                "When it opened: 148 transformers, 602 circuit breakers, 274 drums of cable and 236 generators.",
                "На час відкриття: 148 трансформаторів, 602 вимикачі, 274 барабани кабелю та 236 генераторів.",
            ),
            links=("energy-hub",),
            checked_on=date(2025, 11, 3),
        ),
        Q(
            HUB,
            W("D’où viennent les pièces ?", "Where do the parts come from?", "Звідки деталі?"),
            W(
                "D’exploitants qui remplacent leur matériel avant qu’il soit usé. Chaque pièce est essayée avant "
                "d’entrer en stock.",
                "From operators who replace their equipment before it is worn out. Each part is tested before it "
                "goes into store.",
                "Від операторів, які замінюють обладнання ще не зношеним. Кожну деталь випробовують, перш ніж "
                "прийняти.",
            ),
        ),
        Q(
            HUB,
            W("Sont-elles sûres ?", "Are they safe?", "Чи вони безпечні?"),
            W(
                "Oui. Une fiche en quatre langues dit leur âge, leurs essais, et les réseaux auxquels elles "
                "conviennent.",
                "Yes. A sheet in four languages tells their age, their tests, and the grids for which they are fit.",
                "Так. У паспорті чотирма мовами вказано вік, випробування та мережі, для яких деталь придатна.",
            ),
        ),
        Q(
            HUB,
            W("Peut-on visiter le centre ?", "Can one visit the hub?", "Чи можна відвідати центр?"),
            W(
                "Les médias, sur demande au service de presse, deux jours ouvrés à l’avance. Chaussures fermées "
                "obligatoires.",
                "Media can, on request to the press office two working days ahead. Closed shoes are a must.",
                "Медіа — так, за запитом до пресслужби за два робочі дні. Потрібне закрите взуття.",
            ),
        ),
        Q(
            ASKING,
            W("Qui peut demander une pièce ?", "Who can ask for a part?", "Хто може просити деталь?"),
            W(
                "Tout exploitant des 28 pays participants, et tout autre pays touché par une catastrophe, si son "
                "gouvernement le demande.",
                "Any operator of the 28 participating countries, and any other country struck by a disaster, if its "
                "government asks.",
                "Будь-який оператор із 28 країн-учасниць, а також інша країна, що постраждала від лиха, за запитом "
                "її уряду.",
            ),
            links=("energy-hub",),
        ),
        Q(
            ASKING,
            W("Qui paie le transport ?", "Who pays for transport?", "Хто платить за перевезення?"),
            W(
                "Un fonds commun de 12 millions d’euros par an.",
                "A common fund of 12 million euros a year.",
                "Спільний фонд: 12 мільйонів євро на рік.",
            ),
        ),
        Q(
            ASKING,
            W("Combien de temps faut-il ?", "How long does it take?", "Скільки це триває?"),
            W(
                "La pièce quitte le centre moins de 36 heures après la demande. Le trajet dépend de la distance et "
                "des formalités.",
                "The part leaves the hub within 36 hours of the request. The way there depends on distance and "
                "formalities.",
                "Деталь залишає центр менш ніж за 36 годин після запиту. Дорога залежить від відстані та "
                "формальностей.",
            ),
        ),
        Q(
            ASKING,
            W("Où apprend-on ce métier ?", "Where is this work taught?", "Де навчають цієї роботи?"),
            W(
                "Au centre même, par équipes de plusieurs pays. Le compte rendu du cours n’existe pas dans toutes "
                "les langues.",
                "At the hub itself, in crews of several countries. The report on the course is not there in every "
                "language.",
                "У самому центрі, бригадами з кількох країн. Звіт про курс є не всіма мовами.",
            ),
            links=("grid-course", "building-energy"),
        ),
    ),
    related=("supply", "preparedness"),
    pictures=("transformer",),
    more=(
        (W("Communiqués", "Releases", "Пресрелізи"), ("winter-statement", "energy-hub", "building-energy")),
    ),
)

PREPAREDNESS = TopicText(
    subject="preparedness",
    published_on=date(2025, 10, 20),
    title=W(
        "Se préparer aux 72 premières heures", "Ready for the first 72 hours", "Готові до перших 72 годин"
    ),
    lead=W(
        "Ce que chacun peut faire chez soi, ce que font les villes, et ce que les exercices ont appris.",
        "What everybody can do at home, what towns do, and what the exercises have taught.",
        "Що кожен може зробити вдома, що роблять міста і чого навчили навчання.",
    ),
    body=W(
        """<h2>Trois jours</h2><p>Après une inondation ou une panne, l’aide arrive à tous en 72 heures au plus.
Qui peut tenir
jusque-là laisse les secours aller d’abord vers ceux qui ne le peuvent pas.</p>""",
        """<h2>Three days</h2><p>After a flood or a power cut, help reaches everybody within 72 hours. Those
who can hold out until
then let the rescuers go first to those who cannot.</p>""",
        """<h2>Три дні</h2><p>Після повені чи знеструмлення допомога дістається до всіх щонайбільше за 72
години. Хто може
протриматися, дає рятувальникам змогу спершу дістатися до тих, хто не може.</p>""",
    ),
    questions=(
        Q(
            HOME,
            W(
                "Combien d’eau faut-il garder ?",
                "How much water should be kept?",
                "Скільки води тримати вдома?",
            ),
            W(
                "Deux litres par personne et par jour pour boire, plus de quoi se laver : comptez neuf litres par "
                "personne pour trois jours.",
                "Two litres a person a day to drink, and something to wash with: reckon on nine litres a person for "
                "three days.",
                "Два літри на людину на день для пиття і ще трохи для миття: дев’ять літрів на людину на три дні.",
            ),
            links=("water-exercise",),
        ),
        Q(
            HOME,
            W("Que mettre de côté ?", "What should be put aside?", "Що відкласти?"),
            W(
                "De l’eau, des vivres qui se mangent froids, une lampe, une radio à piles, les médicaments de la "
                "semaine, des copies des papiers.",
                "Water, food that can be eaten cold, a lamp, a battery radio, medicines for a week, copies of "
                "papers.",
                "Воду, їжу, яку можна їсти холодною, ліхтар, радіо на батарейках, ліки на тиждень, копії документів.",
            ),
        ),
        Q(
            HOME,
            W("Existe-t-il un guide ?", "Is there a guide?", "Чи є посібник?"),
            W(
                "Oui. Trente personnes de moins de vingt-cinq ans l’ont réécrit au printemps 2025, pour qu’il se "
                "lise en dix minutes.",
                "Yes. Thirty people under twenty-five rewrote it in the spring of 2025, so that it can be read in "
                "ten minutes.",
                "Так. Навесні 2025 року його переписали тридцять людей, молодших за двадцять п’ять років, щоб "
                "прочитати за десять хвилин.",
            ),
            links=("youth-panel",),
        ),
        Q(
            HOME,
            W("Et les animaux ?", "What about animals?", "А тварини?"),
            W(
                "Prévoyez leur eau et leur nourriture. L’exercice de Gand, en septembre 2025, avait oublié leur eau.",
                "Plan for their water and food. The exercise in Ghent, in September 2025, had forgotten their water.",
                "Подбайте про воду й корм для них. На навчаннях у Генті у вересні 2025 року про воду для тварин "
                "забули.",
            ),
            checked_on=date(2025, 9, 30),
        ),
        Q(
            TOWN,
            W(
                "Où trouver de l’eau en cas de panne ?",
                "Where is there water when the taps are dry?",
                "Де взяти воду, коли її немає в крані?",
            ),
            W(
                "Aux points d’eau de secours de votre ville. Demandez leur emplacement avant d’en avoir besoin.",
                "At the emergency water points of your town. Ask where they are before you need them.",
                "У запасних пунктах роздачі вашого міста. Дізнайтеся, де вони, заздалегідь.",
            ),
            links=("water-exercise", "water-loan"),
        ),
        Q(
            TOWN,
            W(
                "Qu’a appris l’exercice de Gand ?",
                "What did the exercise in Ghent teach?",
                "Чого навчили навчання в Генті?",
            ),
            W(
                "Que les messages doivent être donnés en quatre langues, et que deux points d’eau sur neuf "
                "n’étaient pas accessibles en fauteuil roulant.",
                "That messages are needed in four languages, and that two water points of nine could not be reached "
                "in a wheelchair.",
                "Повідомлення потрібні чотирма мовами, а до двох із дев’яти пунктів роздачі неможливо дістатися на "
                "візку.",
            ),
            links=("water-exercise",),
        ),
        Q(
            TOWN,
            W(
                "Comment sait-on où va l’eau d’une crue ?",
                "How is it known where flood water goes?",
                "Як дізнаються, куди піде вода?",
            ),
            W(
                "Des satellites, dont deux radars qui voient à travers les nuages, donnent des cartes. En mai 2025, "
                "elles ont été en main en moins de deux heures.",
                "Satellites, two of them with radar that sees through cloud, give maps. In May 2025 rescuers had "
                "them within two hours.",
                "Карти дають супутники, два з них із радарами, що бачать крізь хмари. У травні 2025 року вони були "
                "готові менш ніж за дві години.",
            ),
            links=("flood-maps",),
        ),
        Q(
            TOWN,
            W("Comment devenir volontaire ?", "How does one become a volunteer?", "Як стати волонтером?"),
            W(
                "Adressez-vous à votre commune : c’est elle qui forme et assure les volontaires. Le Secrétariat ne "
                "recrute pas lui-même.",
                "Ask your municipality: it trains and insures volunteers. The Secretariat does not recruit any "
                "itself.",
                "Зверніться до своєї громади: саме вона навчає та страхує волонтерів. Секретаріат сам нікого не "
                "набирає.",
            ),
            links=("volunteers-statement", "blood-exercise"),
        ),
    ),
    related=("energy", "space"),
    pictures=("water-point",),
    more=((W("Exercices", "Exercises", "Навчання"), ("water-exercise", "flood-maps", "blood-exercise")),),
)
