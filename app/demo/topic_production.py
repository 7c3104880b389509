"""The topic page on defence production, from the public record."""

from __future__ import annotations

from datetime import date

from app.demo.topic_pieces import Question as Q
from app.demo.topic_pieces import TopicText
from app.demo.topic_pieces import Words as W

GOALS = W("Objectifs", "Aims", "Цілі")
BODIES = W("Organes", "Bodies", "Органи")

PRODUCTION = TopicText(
    subject="defence-production",
    published_on=date(2025, 6, 27),
    title=W("Production de défense", "Defence production", "Оборонне виробництво"),
    lead=W(
        "Comment les Alliés achètent ensemble, produisent davantage, et font travailler leurs systèmes les uns avec "
        "les autres.",
        "How Allies buy together, produce more, and make their systems work with one another.",
        "Як союзники купують разом, виробляють більше й узгоджують свої системи.",
    ),
    body=W(
        """<h2>Acheter ensemble</h2><p>L’OTAN aide les Alliés à reconnaître ce qui leur manque et à l’acquérir.
Une commande
groupée coûte moins cher, et des matériels semblables se réparent l’un avec l’autre.</p>
<h2>Le plan d’action</h2><p>Adopté à Vilnius en 2023, il poursuit trois buts : grouper la demande, répondre aux
difficultés de
l’industrie, améliorer l’interopérabilité. Les ministres de la Défense en ont approuvé une version actualisée en
février 2025.</p>
<h2>Les sommets</h2><table><caption>Ce qui a été décidé</caption><tr><th>Sommet</th><th>Décision</th></tr>
<tr><th>Pays de Galles, 2014</th><td>2 % du PIB d’ici à 2024, dont 20 % pour les équipements majeurs</td></tr>
<tr><th>Washington, 2024</th><td>accroître les capacités industrielles</td></tr>
<tr><th>La Haye, 2025</th><td>5 % du PIB d’ici à 2035</td></tr></table>""",
        """<h2>Buying together</h2><p>NATO helps Allies to see what they lack and to acquire it. An order
placed together costs
less, and equipment that is alike can be mended with parts of the other.</p>
<h2>The action plan</h2><p>Agreed in Vilnius in 2023, it has three aims: to aggregate demand, to address the
difficulties of
industry, to improve interoperability. Defence ministers approved an updated version in February 2025.</p>
<h2>The summits</h2><table><caption>What was decided</caption><tr><th>Summit</th><th>Decision</th></tr>
<tr><th>Wales, 2014</th><td>2% of GDP by 2024, 20% of it on major equipment</td></tr>
<tr><th>Washington, 2024</th><td>expand industrial capacity</td></tr>
<tr><th>The Hague, 2025</th><td>5% of GDP by 2035</td></tr></table>""",
        """<h2>Купувати разом</h2><p>НАТО допомагає союзникам побачити, чого їм бракує, і придбати це. Спільне
замовлення
дешевше, а подібну техніку можна ремонтувати деталями одна одної.</p>
<h2>План дій</h2><p>Його ухвалили у Вільнюсі 2023 року з трьома цілями: об’єднати попит, подолати труднощі
промисловості,
поліпшити взаємосумісність. Оновлену версію міністри оборони схвалили в лютому 2025 року.</p>
<h2>Саміти</h2><table><caption>Що вирішили</caption><tr><th>Саміт</th><th>Рішення</th></tr>
<tr><th>Уельс, 2014</th><td>2 % ВВП до 2024 року, з них 20 % на основну техніку</td></tr>
<tr><th>Вашингтон, 2024</th><td>розширити промислові потужності</td></tr>
<tr><th>Гаага, 2025</th><td>5 % ВВП до 2035 року</td></tr></table>""",
    ),
    questions=(
        Q(
            GOALS,
            W("Que recouvrent les 5 % ?", "What do the 5% cover?", "Що охоплюють 5 %?"),
            W(
                "Au moins 3,5 % du PIB pour les besoins essentiels de défense, et jusqu’à 1,5 % pour la sécurité au "
                "sens large, d’ici à 2035.",
                "At least 3.5% of GDP for core defence, and up to 1.5% for wider security, by 2035.",
                "Щонайменше 3,5 % ВВП на основні потреби оборони та до 1,5 % на безпеку загалом, до 2035 року.",
            ),
            links=("ministers",),
        ),
        Q(
            GOALS,
            W("Quel était l’objectif auparavant ?", "What was the aim before?", "Якою була мета раніше?"),
            W(
                "Consacrer 2 % du PIB à la défense avant 2024, dont un cinquième aux équipements majeurs : la "
                "décision datait du sommet du pays de Galles, en 2014.",
                "To spend 2% of GDP on defence by 2024, a fifth of it on major equipment: that was decided at the "
                "Wales summit of 2014.",
                "Витрачати на оборону 2 % ВВП до 2024 року, з них п’яту частину на основну техніку: так вирішили на "
                "саміті в Уельсі 2014 року.",
            ),
        ),
        Q(
            GOALS,
            W(
                "Pourquoi grouper les commandes ?",
                "Why place orders together?",
                "Навіщо об’єднувати замовлення?",
            ),
            W(
                "Les séries sont plus longues, le prix baisse, et l’industrie sait pour combien d’années elle peut "
                "investir.",
                "Runs are longer, prices fall, and industry knows for how many years it can invest.",
                "Серії більші, ціни нижчі, а промисловість знає, на скільки років може інвестувати.",
            ),
        ),
        Q(
            GOALS,
            W(
                "Quelles munitions achète-t-on ensemble ?",
                "Which munitions are bought together?",
                "Які боєприпаси купують разом?",
            ),
            W(
                "Des obus de 155 mm, des munitions de mortier de 120 mm, des missiles sol-air. Les contrats passés "
                "par la NSPA valent plusieurs milliards d’euros.",
                "155 mm shells, 120 mm mortar rounds, surface-to-air missiles. The contracts placed by NSPA are "
                "worth several billion euros.",
                "Снаряди калібру 155 мм, мінометні постріли 120 мм, зенітні ракети. Контракти NSPA сягають кількох "
                "мільярдів євро.",
            ),
        ),
        Q(
            BODIES,
            W("Qu’est-ce que la CNAD ?", "What is CNAD?", "Що таке CNAD?"),
            W(
                "La Conférence des directeurs nationaux des armements : ceux qui achètent, dans chaque pays, s’y "
                "accordent.",
                "The Conference of National Armaments Directors: those who buy, in each country, agree there.",
                "Конференція національних директорів з озброєнь: там домовляються ті, хто в кожній країні "
                "відповідає за закупівлі.",
            ),
        ),
        Q(
            BODIES,
            W("Qu’est-ce que le DIPB ?", "What is DIPB?", "Що таке DIPB?"),
            W(
                "Le Comité de la production industrielle de défense, créé en décembre 2023, suit la mise en œuvre "
                "du plan d’action.",
                "The Defence Industrial Production Board, set up in December 2023, follows how the action plan is "
                "put into practice.",
                "Рада з оборонно-промислового виробництва, створена в грудні 2023 року; вона стежить за виконанням "
                "плану дій.",
            ),
        ),
        Q(
            BODIES,
            W("Comment l’industrie est-elle entendue ?", "How is industry heard?", "Як чують промисловість?"),
            W(
                "Par le NIAG, un groupe d’industriels qui conseille les Alliés sur ce qui peut être produit, et "
                "quand.",
                "Through NIAG, a group of industry that advises Allies on what can be produced, and when.",
                "Через NIAG, групу промисловців, яка радить союзникам, що й коли можна виробити.",
            ),
        ),
        Q(
            BODIES,
            W("Qui passe les contrats ?", "Who places the contracts?", "Хто укладає контракти?"),
            W(
                "La NSPA, l’agence d’acquisition, achète pour plusieurs pays à la fois ; chacun garde le droit "
                "d’acheter seul.",
                "NSPA, the procurement agency, buys for several countries at once; each keeps the right to buy "
                "alone.",
                "NSPA, агентство із закупівель, купує одразу для кількох країн; кожна може й далі купувати "
                "самостійно.",
            ),
            links=("contact-group",),
        ),
    ),
    related=("ukraine", "supply"),
    more=((W("Communiqués", "Releases", "Пресрелізи"), ("contact-group", "ministers")),),
)
