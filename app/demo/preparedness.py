"""Being ready: three days without mains, maps of a flood, an airlift."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Link, Quote, Story, Text, story

WATER_FR = Text(
    title="Trois jours sans eau courante : 9 000 habitants de Gand se sont prêtés à l’exercice",
    lead="""Du vendredi 19 au dimanche 21 septembre 2025, un quartier de Gand a vécu 72 heures sans eau au robinet.
    Premier bilan : les points d’eau ont suffi, l’information beaucoup moins.""",
    place="Gand",
    body="""
    <p>L’exercice « Eau claire » était volontaire. Sur les 11 400 habitants du quartier, 9 000 se sont inscrits et
    ont laissé les techniciens fermer leur compteur.</p>
    <p>Neuf points d’eau ont été ouverts le vendredi 19 septembre à 18 h 00. Chaque foyer recevait 15 litres par
    personne et par jour, pastilles de purification comprises.</p>
    <h2>Ce qui a été mesuré</h2>
    <table>
    <caption>Les trois jours en chiffres</caption>
    <thead><tr><th scope="col">Jour</th><th scope="col">Litres distribués</th><th scope="col">Attente moyenne,
    minutes</th></tr></thead>
    <tbody>
    <tr><th scope="row">Vendredi 19 septembre</th><td>48 300</td><td>41</td></tr>
    <tr><th scope="row">Samedi 20 septembre</th><td>127 900</td><td>22</td></tr>
    <tr><th scope="row">Dimanche 21 septembre</th><td>119 600</td><td>13</td></tr>
    <tr><th scope="row">Total</th><td>295 800</td><td></td></tr>
    </tbody>
    </table>
    <h2>Ce qu’il faut corriger</h2>
    <ul>
    <li>Les messages n’étaient diffusés qu’en une langue ; il en faudra quatre.</li>
    <li>Deux points d’eau sur neuf n’étaient pas accessibles en fauteuil roulant.</li>
    <li>Personne n’avait prévu d’eau pour les animaux.</li>
    </ul>
    <p>Le guide tiré de l’exercice paraîtra en janvier 2026. Il sera remis à toutes les communes des 28 pays
    participants qui en feront la demande.</p>
    """,
    quotes=(
        Quote(
            """La meilleure réserve d’eau, c’est un voisin qui sait où se trouve le camion. Cela ne s’achète pas,
            cela
            s’exerce.""",
            "Joaquim Teixeira Lund",
            "chef de la préparation civile",
        ),
    ),
    caption="Un point d’eau sur une place, au soir du premier jour. Illustration.",
)

WATER_EN = Text(
    title="Three days without running water: 9,000 people in Ghent took part in the exercise",
    lead="""From Friday 19 to Sunday 21 September 2025 a district of Ghent lived for 72 hours without water from the
    tap. First findings: the water points were enough, the information was not.""",
    place="Ghent",
    body="""
    <p>The exercise “Clear Water” was voluntary. Of the 11,400 people of the district, 9,000 signed up and let the
    technicians close their meter.</p>
    <p>Nine water points opened on Friday 19 September at 18:00. Each household received 15 litres a person a day,
    with tablets to purify more.</p>
    <h2>What was measured</h2>
    <table>
    <caption>The three days in figures</caption>
    <thead><tr><th scope="col">Day</th><th scope="col">Litres given out</th><th scope="col">Average wait,
    minutes</th></tr></thead>
    <tbody>
    <tr><th scope="row">Friday 19 September</th><td>48,300</td><td>41</td></tr>
    <tr><th scope="row">Saturday 20 September</th><td>127,900</td><td>22</td></tr>
    <tr><th scope="row">Sunday 21 September</th><td>119,600</td><td>13</td></tr>
    <tr><th scope="row">Total</th><td>295,800</td><td></td></tr>
    </tbody>
    </table>
    <h2>What has to be put right</h2>
    <ul>
    <li>Messages went out in one language only; four are needed.</li>
    <li>Two water points of nine could not be reached in a wheelchair.</li>
    <li>Nobody had thought of water for animals.</li>
    </ul>
    <p>The guide drawn from the exercise will appear in January 2026. It will be given to every municipality of the
    28 participating countries that asks for it.</p>
    """,
    quotes=(
        Quote(
            """The best reserve of water is a neighbour who knows where the lorry stands. That cannot be bought,
            it has
            to be practised.""",
            "Joaquim Teixeira Lund",
            "Head of Civil Preparedness",
        ),
    ),
    caption="A water point on a square, on the evening of the first day. Illustration.",
)

WATER_UK = Text(
    title="Три дні без водогону: у навчаннях узяли участь 9 000 мешканців Гента",
    lead="""Від п’ятниці, 19 вересня, до неділі, 21 вересня 2025 року, один із районів Гента прожив 72 години без
    води
    з крана. Перші висновки: пунктів роздачі вистачило, інформації — ні.""",
    place="Гент",
    body="""
    <p>Навчання «Чиста вода» були добровільними. Із 11 400 мешканців району зголосилися 9 000: вони дозволили
    технікам перекрити їхні лічильники.</p>
    <p>Дев’ять пунктів роздачі відкрили в п’ятницю, 19 вересня, о 18:00. Кожна родина отримувала 15 літрів води на
    людину на день і таблетки для очищення.</p>
    <h2>Що виміряли</h2>
    <table>
    <caption>Три дні в цифрах</caption>
    <thead><tr><th scope="col">День</th><th scope="col">Роздано літрів</th><th scope="col">Середнє очікування,
    хвилин</th></tr></thead>
    <tbody>
    <tr><th scope="row">П’ятниця, 19 вересня</th><td>48 300</td><td>41</td></tr>
    <tr><th scope="row">Субота, 20 вересня</th><td>127 900</td><td>22</td></tr>
    <tr><th scope="row">Неділя, 21 вересня</th><td>119 600</td><td>13</td></tr>
    <tr><th scope="row">Разом</th><td>295 800</td><td></td></tr>
    </tbody>
    </table>
    <h2>Що треба виправити</h2>
    <ul>
    <li>Повідомлення лунали лише однією мовою, а потрібно чотирма.</li>
    <li>До двох пунктів із дев’яти не можна було дістатися в кріслі колісному.</li>
    <li>Ніхто не подумав про воду для тварин.</li>
    </ul>
    <p>Посібник за підсумками навчань вийде в січні 2026 року. Його отримають усі громади 28 країн-учасниць, які
    про це попросять.</p>
    """,
    quotes=(
        Quote(
            """Найкращий запас води — це сусід, який знає, де стоїть автоцистерна. Цього не купиш, цьому треба
            вчитися.""",
            "Жуакім Тейшейра Лунд",
            "керівник відділу цивільної готовності",
        ),
    ),
    caption="Пункт роздачі води на площі ввечері першого дня. Ілюстрація.",
)

FLOOD_FR = Text(
    title="Crues de la Veslava : des cartes par satellite remises aux secours en 94 minutes",
    lead="""Entre la demande des secours et la première carte, il s’est écoulé 94 minutes. Lors de la crue
    précédente, en 2021, il avait fallu deux jours.""",
    place="Bruxelles",
    body="""
    <p>Lundi 12 mai 2025, à 5 h 10, le centre de crise de la vallée de la Veslava a demandé des images. À 6 h 44,
    une première carte des terrains inondés était entre ses mains. Sept autres ont suivi jusqu’à mercredi.</p>
    <p>Les images viennent de cinq satellites, dont deux à radar, qui voient à travers les nuages. Elles ont été
    interprétées par une équipe de garde du Secrétariat, à Bruxelles et à Tartu.</p>
    <h2>À quoi les cartes ont servi</h2>
    <ul>
    <li>à choisir les 3 routes encore praticables pour les ambulances ;</li>
    <li>à poser les pompes prêtées par le dépôt de Porto ;</li>
    <li>à prévenir 2 villages une heure avant l’arrivée de l’eau.</li>
    </ul>
    <p>Les cartes et les données dont elles sont tirées sont publiées. Chacun peut les réutiliser, à condition d’en
    citer la source et l’heure : une carte de crue vieille de six heures peut être fausse.</p>
    """,
    quotes=(
        Quote(
            """Une image ne sauve personne. Une image lue par quelqu’un qui connaît la vallée, remise avant
            l’aube, peut
            le faire.""",
            "Ingrid Fonseca",
            "responsable de l’observation de la Terre",
        ),
    ),
    links=(Link("L’état des stocks communs à la fin du mois d’avril 2025", "story:stocks-2025-04", "fr"),),
    caption="Un satellite d’observation au-dessus d’une vallée inondée. Illustration.",
)

FLOOD_EN = Text(
    title="Floods on the Veslava: satellite maps in the hands of rescuers after 94 minutes",
    lead="""Between the rescuers’ request and the first map 94 minutes went by. In the last flood, in 2021, it
    had taken
    two days.""",
    place="Brussels",
    body="""
    <p>On Monday 12 May 2025, at 5:10, the crisis centre of the Veslava valley asked for images. At 6:44 it had a
    first map of the flooded land. Seven more followed until Wednesday.</p>
    <p>The images come from five satellites, two of them with radar, which sees through cloud. A team on duty at the
    Secretariat, in Brussels and Tartu, interpreted them.</p>
    <h2>What the maps were used for</h2>
    <ul>
    <li>to choose the 3 roads that ambulances could still use;</li>
    <li>to place the pumps lent by the store in Porto;</li>
    <li>to warn 2 villages an hour before the water came.</li>
    </ul>
    <p>The maps and the data behind them are published. Anybody may reuse them, provided that they name the source
    and the hour: a flood map that is six hours old may be wrong.</p>
    """,
    quotes=(
        Quote(
            """An image saves nobody. An image read by somebody who knows the valley, and delivered before dawn, may
            do so.""",
            "Ingrid Fonseca",
            "Head of Earth Observation",
        ),
    ),
    links=(Link("The shared stocks at the end of April 2025", "story:stocks-2025-04", "en"),),
    caption="An observation satellite above a flooded valley. Illustration.",
)

FLOOD_UK = Text(
    title="Повінь на Веславі: рятувальники отримали супутникові мапи за 94 хвилини",
    lead="""Від запиту рятувальників до першої мапи минуло 94 хвилини. Під час попередньої повені, 2021 року, на це
    пішло дві доби.""",
    place="Брюссель",
    body="""
    <p>У понеділок, 12 травня 2025 року, о 5:10 кризовий центр долини Веслави попросив про знімки. О 6:44 він уже
    мав першу мапу затоплених земель. До середи надійшло ще сім.</p>
    <p>Знімки зробили п’ять супутників, два з них радарні: вони бачать крізь хмари. Опрацювала їх чергова група
    Секретаріату в Брюсселі та Тарту.</p>
    <h2>Для чого знадобилися мапи</h2>
    <ul>
    <li>щоб вибрати 3 дороги, якими ще могли проїхати машини екстреної допомоги;</li>
    <li>щоб поставити насоси, надані складом у Порту;</li>
    <li>щоб попередити 2 села за годину до приходу води.</li>
    </ul>
    <p>Мапи та дані, на яких вони побудовані, опубліковано. Користуватися ними може кожен, якщо вкаже джерело
    й час: мапа повені, зроблена шість годин тому, може бути хибною.</p>
    """,
    quotes=(
        Quote(
            """Знімок нікого не рятує. Знімок, який прочитала людина, що знає долину, і передала до світанку, — може
            врятувати.""",
            "Інгрід Фонсека",
            "керівниця групи спостереження Землі",
        ),
    ),
    links=(Link("Спільні запаси на кінець квітня 2025 року", "story:stocks-2025-04", "uk"),),
    caption="Супутник спостереження над затопленою долиною. Ілюстрація.",
)

AIRLIFT_FR = Text(
    title="Un pont aérien d’essai livre 62 tonnes de matériel en une nuit",
    lead="""Six vols, trois pays d’arrivée, une seule liste de cargaison : l’exercice mené dans la nuit du 14 au
    15 octobre a permis de chronométrer chaque étape, du rayonnage à la piste.""",
    place="Porto",
    body="""
    <p>Partis de Porto entre 20 h 15 et 3 h 40, six avions de transport ont livré 62 tonnes de matériel,
    dont 120 tentes chauffées. Le dernier a été déchargé à 7 h 05.</p>
    <h2>Le temps de chaque étape</h2>
    <ul>
    <li>du rayonnage au camion : 38 minutes ;</li>
    <li>du camion à l’avion : 1 heure et 12 minutes ;</li>
    <li>formalités à l’arrivée : 2 heures et 26 minutes.</li>
    </ul>
    <p>C’est donc sur le papier, et non dans les airs, que l’on peut gagner le plus. Un modèle unique de déclaration
    sera proposé aux 28 pays participants en février 2026.</p>
    <p>Le matériel a servi à un exercice de protection civile dans chacun des trois pays. Il regagnera le dépôt
    avant
    la fin du mois.</p>
    """,
    links=(Link("Water purification units lent for the summer return to store", "story:water-loan", "en"),),
    caption="Chargement d’un avion de transport à la tombée du jour. Illustration.",
)

AIRLIFT_EN = Text(
    title="A trial airlift delivers 62 tonnes of equipment in one night",
    lead="""Six flights, three countries of arrival, a single cargo list: the exercise held in the night of 14 to
    15 October put a time on every step, from the rack to the runway.""",
    place="Porto",
    body="""
    <p>Leaving Porto between 20:15 and 3:40, six transport aircraft delivered 62 tonnes of equipment,
    among it 120 heated tents. The last was unloaded at 7:05.</p>
    <h2>How long each step took</h2>
    <ul>
    <li>from the rack to the lorry: 38 minutes;</li>
    <li>from the lorry to the aircraft: 1 hour and 12 minutes;</li>
    <li>formalities on arrival: 2 hours and 26 minutes.</li>
    </ul>
    <p>So it is on paper, and not in the air, that most time can be saved. A single form of declaration will be put
    to the 28 participating countries in February 2026.</p>
    <p>The equipment was used for a civil protection exercise in each of the three countries. It will be back in
    store before the end of the month.</p>
    """,
    links=(Link("Water purification units lent for the summer return to store", "story:water-loan", "en"),),
    caption="Loading a transport aircraft at dusk. Illustration.",
)

AIRLIFT_UK = Text(
    title="Пробний повітряний міст: 62 тонни обладнання за одну ніч",
    lead="""Шість рейсів, три країни призначення, один перелік вантажів: навчання в ніч із 14 на 15 жовтня дали
    змогу
    виміряти кожен етап — від стелажа до злітної смуги.""",
    place="Порту",
    body="""
    <p>Шість транспортних літаків, що вилетіли з Порту між 20:15 і 3:40, доправили 62 тонни обладнання,
    зокрема 120 опалюваних наметів. Останній розвантажили о 7:05.</p>
    <h2>Скільки тривав кожен етап</h2>
    <ul>
    <li>від стелажа до вантажівки: 38 хвилин;</li>
    <li>від вантажівки до літака: 1 година 12 хвилин;</li>
    <li>формальності після прибуття: 2 години 26 хвилин.</li>
    </ul>
    <p>Отже, найбільше часу можна заощадити не в повітрі, а на папері. Єдину форму декларації запропонують 28
    країнам-учасницям у лютому 2026 року.</p>
    <p>Обладнання використали під час навчань із цивільного захисту в кожній із трьох країн. На склад воно
    повернеться до
    кінця місяця.</p>
    """,
    links=(
        Link("Установки для очищення води, надані на літо, повертаються на склад", "story:water-loan", "uk"),
    ),
    caption="Завантаження транспортного літака в сутінках. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the stories about being ready."""
    return [
        story(
            "flood-maps",
            NEWS_RELEASE,
            "2025-05-14 16:45",
            topics=("space", "preparedness"),
            pictures=("satellite",),
            fr=FLOOD_FR,
            en=FLOOD_EN,
            uk=FLOOD_UK,
        ),
        story(
            "water-exercise",
            NEWS_RELEASE,
            "2025-09-24 10:30",
            topics=("preparedness",),
            pictures=("water-point",),
            fr=WATER_FR,
            en=WATER_EN,
            uk=WATER_UK,
        ),
        story(
            "airlift",
            NEWS_RELEASE,
            "2025-10-16 11:00",
            topics=("preparedness", "transport"),
            pictures=("apron",),
            fr=AIRLIFT_FR,
            en=AIRLIFT_EN,
            uk=AIRLIFT_UK,
        ),
    ]
