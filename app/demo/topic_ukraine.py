"""The topic page on support for Ukraine, from the public record, with a date for each figure."""

from __future__ import annotations

from datetime import date

from app.demo.topic_pieces import Question as Q
from app.demo.topic_pieces import TopicText
from app.demo.topic_pieces import Words as W

BASICS = W("L’essentiel", "The basics", "Головне")
SUPPORT = W("Le soutien", "Support", "Підтримка")
SECURITY = W("Sécurité", "Security", "Безпека")
NATO = ("https://www.nato.int/", "NATO: official website")

UKRAINE = TopicText(
    subject="ukraine",
    published_on=date(2025, 10, 20),
    title=W("Soutien à l’Ukraine", "Support for Ukraine", "Підтримка України"),
    lead=W(
        "Qui aide l’Ukraine à se défendre, par quels moyens, et ce que l’on nous demande le plus souvent. Chaque "
        "chiffre porte sa date.",
        "Who helps Ukraine to defend itself, by which means, and what we are asked most often. Each figure carries "
        "its date.",
        "Хто допомагає Україні захищатися, якими засобами, і про що нас запитують найчастіше. Кожна цифра має свою "
        "дату.",
    ),
    body=W(
        """<h2>Les principaux axes du soutien</h2>
<ul><li>des équipements, achetés ou donnés par les Alliés ;</li><li>l’initiative PURL, par laquelle des Alliés
européens et le
Canada paient du matériel américain ;</li><li>la coordination de l’aide et de la formation par la NSATU,
commandée depuis Wiesbaden ;</li>
<li>le centre commun JATEC, à Bydgoszcz, où l’on tire ensemble les leçons de la guerre.</li></ul>
<h2>Qui décide</h2><p>Chaque pays décide lui-même de ce qu’il donne. L’OTAN coordonne, et le Conseil
OTAN-Ukraine réunit
tous les Alliés et l’Ukraine autour d’une même table.</p>
<h2>Le but</h2><p>L’aide doit contribuer à ce que la guerre prenne fin bientôt, d’une manière juste et
durable.</p>""",
        """<h2>The main strands of support</h2>
<ul><li>equipment, bought or given by Allies;</li><li>the PURL initiative, through which European Allies and
Canada pay for
American equipment;</li><li>the coordination of aid and training by NSATU, commanded from Wiesbaden;</li>
<li>the joint centre JATEC, in Bydgoszcz, where lessons of the war are drawn together.</li></ul>
<h2>Who decides</h2><p>Each country decides for itself what it gives. NATO coordinates, and the NATO-Ukraine
Council brings
all Allies and Ukraine around one table.</p>
<h2>The aim</h2><p>The aid is to help end the war soon, in a just and lasting way.</p>""",
        """<h2>Основні напрями підтримки</h2>
<ul><li>техніка, яку союзники купують або передають;</li><li>ініціатива PURL: європейські союзники й Канада оплачують
американське обладнання;</li><li>координація допомоги й підготовки, яку веде NSATU з Вісбадена;</li>
<li>спільний центр JATEC у Бидгощі, де разом вивчають уроки війни.</li></ul>
<h2>Хто вирішує</h2><p>Кожна країна сама вирішує, що надавати. НАТО координує, а Рада Україна — НАТО збирає за
одним столом
усіх союзників і Україну.</p>
<h2>Мета</h2><p>Допомога має сприяти тому, щоб війна закінчилася якнайшвидше, справедливо й надовго.</p>""",
    ),
    questions=(
        Q(
            BASICS,
            W("Qu’est-ce que l’OTAN ?", "What is NATO?", "Що таке НАТО?"),
            W(
                "Une alliance de défense de 32 pays d’Europe et d’Amérique du Nord (décembre 2025). Ses membres se "
                "sont engagés à se défendre les uns les autres.",
                "A defensive alliance of 32 countries of Europe and North America (December 2025). Its members have "
                "pledged to defend one another.",
                "Оборонний союз 32 країн Європи та Північної Америки (грудень 2025 року). Його члени зобов’язалися "
                "захищати одне одного.",
            ),
            links=(NATO,),
        ),
        Q(
            BASICS,
            W("L’Ukraine en est-elle membre ?", "Is Ukraine a member?", "Чи є Україна членом?"),
            W(
                "Non. Elle est un pays partenaire. Les Alliés et l’Ukraine se réunissent au sein du Conseil "
                "OTAN-Ukraine, où chacun siège au même titre.",
                "No. It is a partner country. Allies and Ukraine meet in the NATO-Ukraine Council, where all sit as "
                "equals.",
                "Ні. Вона країна-партнер. Союзники й Україна зустрічаються в Раді Україна — НАТО, де всі рівні.",
            ),
            links=("ministers",),
        ),
        Q(
            BASICS,
            W("Le deviendra-t-elle ?", "Will it become one?", "Чи стане нею?"),
            W(
                "La décision appartient aux Alliés et à l’Ukraine. Elle demande l’accord de tous les membres et des "
                "conditions remplies ; aucune date n’est fixée.",
                "That is for the Allies and Ukraine to decide. It takes the agreement of all members and conditions "
                "that are met; no date is set.",
                "Це вирішують союзники й Україна. Потрібна згода всіх членів і виконані умови; дати не визначено.",
            ),
            checked_on=date(2025, 10, 1),
        ),
        Q(
            SUPPORT,
            W("Qu’a-t-on fait depuis 2014 ?", "What has been done since 2014?", "Що зроблено від 2014 року?"),
            W(
                "D’abord du conseil et de la formation. Depuis l’invasion de 2022 s’y ajoutent des équipements, "
                "leur entretien, leur transport et une coordination permanente.",
                "First advice and training. Since the invasion of 2022, equipment, its upkeep, its transport and a "
                "permanent coordination have been added.",
                "Спочатку — поради й підготовка. Після вторгнення 2022 року додалися техніка, її обслуговування, "
                "перевезення та постійна координація.",
            ),
        ),
        Q(
            SUPPORT,
            W(
                "Combien les Alliés ont-ils donné en 2024 ?",
                "How much did Allies give in 2024?",
                "Скільки союзники надали 2024 року?",
            ),
            W(
                "Plus de 50 milliards d’euros d’aide à la sécurité en 2024, dont près de 60 % venaient des Alliés "
                "européens et du Canada.",
                "More than 50 billion euros of security assistance in 2024, nearly 60% of it from European Allies "
                "and Canada.",
                "Понад 50 мільярдів євро безпекової допомоги за 2024 рік, із них майже 60 % від європейських "
                "союзників і Канади.",
            ),
            checked_on=date(2025, 9, 15),
        ),
        Q(
            SUPPORT,
            W("Et en 2025 ?", "And in 2025?", "А 2025 року?"),
            W(
                "À la mi-2025, 35 milliards d’euros de plus étaient promis.",
                "By the middle of 2025, 35 billion euros more had been pledged.",
                "На середину 2025 року обіцяли ще 35 мільярдів євро.",
            ),
            checked_on=date(2025, 9, 15),
        ),
        Q(
            SUPPORT,
            W("Qu’est-ce que PURL ?", "What is PURL?", "Що таке PURL?"),
            W(
                "Une liste de besoins prioritaires de l’Ukraine. Des Alliés paient des lots de matériel américain, "
                "défense aérienne comprise. À l’automne 2025, deux milliards de dollars étaient réunis.\n\nLes "
                "premiers lots, en août 2025 : les Pays-Bas ; le Danemark, la Norvège et la Suède ensemble, 500 "
                "millions de dollars ; l’Allemagne, 500 millions ; le Canada, 500 millions.",
                "A list of what Ukraine needs first. Allies pay for packages of American equipment, air defence "
                "among them. By the autumn of 2025 two billion dollars had been raised.\n\nThe first packages, in "
                "August 2025: the Netherlands; Denmark, Norway and Sweden together, 500 million dollars; Germany, "
                "500 million; Canada, 500 million.",
                "Перелік найнагальніших потреб України. Союзники оплачують пакети американського обладнання, "
                "зокрема протиповітряної оборони. До осені 2025 року зібрали два мільярди доларів.\n\nПерші пакети, "
                "серпень 2025 року: Нідерланди; Данія, Норвегія та Швеція разом — 500 мільйонів доларів; Німеччина "
                "— 500 мільйонів; Канада — 500 мільйонів.",
            ),
            links=("contact-group", "ministers"),
        ),
        Q(
            SUPPORT,
            W("Que fait la NSATU ?", "What does NSATU do?", "Що робить NSATU?"),
            W(
                "Elle organise depuis Wiesbaden l’aide en équipements et la formation, avec des centres logistiques "
                "sur le flanc oriental. Près de 700 personnes y travaillent (2025).",
                "From Wiesbaden it organises equipment and training, with logistics hubs on the eastern flank. "
                "Almost 700 people work there (2025).",
                "З Вісбадена вона організовує передання техніки й підготовку, має логістичні центри на східному "
                "фланзі. Там працює майже 700 людей (2025 рік).",
            ),
            links=("contact-group",),
        ),
        Q(
            SUPPORT,
            W("Que fait le JATEC ?", "What does JATEC do?", "Що робить JATEC?"),
            W(
                "Ce centre de Bydgoszcz, en Pologne, travaille depuis février 2025. Alliés et Ukrainiens y étudient "
                "ensemble ce que la guerre apprend.",
                "This centre in Bydgoszcz, Poland, has been at work since February 2025. Allies and Ukrainians "
                "study there together what the war teaches.",
                "Цей центр у Бидгощі (Польща) працює з лютого 2025 року. Союзники й українці разом вивчають там "
                "досвід війни.",
            ),
        ),
        Q(
            SECURITY,
            W(
                "Pourquoi pas de zone d’exclusion aérienne ?",
                "Why is there no no-fly zone?",
                "Чому немає безпольотної зони?",
            ),
            W(
                "Il faudrait la faire respecter, donc abattre des appareils russes. Les Alliés soutiennent "
                "l’Ukraine sans devenir parties à la guerre.",
                "It would have to be enforced, that is, by shooting down Russian aircraft. Allies support Ukraine "
                "without becoming a party to the war.",
                "Її довелося б забезпечувати, тобто збивати російські літаки. Союзники підтримують Україну, не "
                "стаючи стороною війни.",
            ),
        ),
        Q(
            SECURITY,
            W(
                "Que fait-on pour protéger les Alliés ?",
                "What is done to protect Allies?",
                "Що роблять для захисту союзників?",
            ),
            W(
                "Plus de troupes et de surveillance à l’est, des plans de défense tenus à jour, et davantage "
                "d’investissements : 5 % du PIB d’ici à 2035, selon la décision prise à La Haye en juin 2025.",
                "More troops and watchfulness in the east, defence plans that are kept current, and more "
                "investment: 5% of GDP by 2035, as decided in The Hague in June 2025.",
                "Більше військ і спостереження на сході, актуальні плани оборони й більші інвестиції: 5 % ВВП до "
                "2035 року, як вирішили в Гаазі в червні 2025 року.",
            ),
            links=("ministers",),
        ),
        Q(
            SECURITY,
            W(
                "Que répond-on aux menaces nucléaires ?",
                "What is the answer to nuclear threats?",
                "Що відповідають на ядерні погрози?",
            ),
            W(
                "De telles paroles sont jugées irresponsables. L’Alliance observe, reste prête, et ne change pas de "
                "conduite sous la menace.",
                "Such words are held to be irresponsible. The Alliance watches, stays ready, and does not change "
                "its conduct under threat.",
                "Такі слова вважають безвідповідальними. Альянс спостерігає, лишається готовим і не змінює "
                "поведінки під тиском погроз.",
            ),
        ),
        Q(
            SECURITY,
            W("Qui décide des sanctions ?", "Who decides on sanctions?", "Хто вирішує щодо санкцій?"),
            W(
                "Les États et l’Union européenne. L’OTAN elle-même n’impose pas de sanctions ; ses membres en "
                "discutent entre eux.",
                "States and the European Union. NATO itself imposes no sanctions; its members talk about them with "
                "one another.",
                "Держави та Європейський Союз. Саме НАТО санкцій не запроваджує; його члени обговорюють їх між "
                "собою.",
            ),
        ),
        Q(
            SECURITY,
            W("Et ceux qui aident la Russie ?", "And those who help Russia?", "А ті, хто допомагає Росії?"),
            W(
                "Les Alliés demandent à tous les pays de ne fournir ni armes ni composants qui prolongent la "
                "guerre, et le rappellent dans leurs réunions.",
                "Allies call on all countries to supply neither weapons nor parts that prolong the war, and say so "
                "again at their meetings.",
                "Союзники закликають усі країни не постачати ні зброї, ні деталей, що подовжують війну, і "
                "повторюють це на своїх зустрічах.",
            ),
            checked_on=date(2025, 10, 1),
        ),
    ),
    related=("ukraine", "defence-production"),
    pictures=("round-table",),
    more=(
        (W("Communiqués", "Releases", "Пресрелізи"), ("contact-group", "ministers")),
        (W("Sites officiels", "Official sites", "Офіційні сайти"), (NATO,)),
    ),
)
