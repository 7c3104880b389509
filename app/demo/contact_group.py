"""The meeting of the contact group on Ukraine, 21 July 2025: a real event, told from the public record."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Link, Story, Text, story

FR = Text(
    title="Le Groupe de contact pour la défense de l’Ukraine se réunit par visioconférence",
    lead="""Le secrétaire général de l’OTAN, Mark Rutte, a participé le lundi 21 juillet 2025 à la réunion
    organisée par l’Allemagne et le Royaume-Uni. Il est revenu sur l’initiative par laquelle les Alliés
    européens et le Canada paient du matériel américain supplémentaire pour l’Ukraine.""",
    place="Visioconférence",
    body="""
    <p>Le Groupe de contact pour la défense de l’Ukraine (UDCG) s’est réuni par visioconférence. La séance
    était organisée par le ministre allemand de la Défense, Boris Pistorius, et par le ministre britannique
    de la Défense, John Healey. Le secrétaire général de l’OTAN, Mark Rutte, y a pris part.</p>
    <p>M. Rutte est revenu sur l’initiative annoncée la semaine précédente avec le président des États-Unis,
    Donald J. Trump. Le principe en est simple : les Alliés européens et le Canada paient du matériel
    américain supplémentaire, destiné à l’Ukraine.</p>
    <h2>Comment fonctionne l’initiative</h2>
    <p>Chaque Allié reste libre de sa décision. L’initiative se résume en quatre points :</p>
    <ul>
    <li><strong>Elle est volontaire.</strong> Aucun Allié n’est tenu d’y participer ; beaucoup avaient déjà
    fait part de leur intérêt.</li>
    <li><strong>Les Alliés européens et le Canada paient.</strong> Le matériel vient des États-Unis.</li>
    <li><strong>Elle s’ajoute à l’existant.</strong> Les dispositifs d’aide déjà en place se
    poursuivent.</li>
    <li><strong>L’OTAN coordonne.</strong> Elle s’appuie pour cela sur sa structure d’assistance à la
    sécurité et de formation pour l’Ukraine (NSATU).</li>
    </ul>
    <p>Le Groupe de contact, pour sa part, conserve son rôle.</p>
    <h2>De Wiesbaden au flanc oriental</h2>
    <p>La NSATU est commandée depuis Wiesbaden, en Allemagne. Elle dispose de centres logistiques sur le
    flanc oriental de l’Alliance. C’est sur cette organisation, commandement d’un côté et acheminement de
    l’autre, que repose la part de l’OTAN dans l’initiative.</p>
    <h2>Trois décisions du sommet de La Haye</h2>
    <p>La réunion a eu lieu quelques semaines après le sommet de La Haye, tenu en juin 2025. Trois
    décisions prises à ce sommet en forment le contexte :</p>
    <ol>
    <li>investir davantage dans la défense ;</li>
    <li>produire davantage pour la défense ;</li>
    <li>soutenir l’Ukraine.</li>
    </ol>
    <p>L’objectif fixé à La Haye est de consacrer 5 % du produit intérieur brut à la défense d’ici à 2035 :
    au moins 3,5 % pour les besoins essentiels de défense et jusqu’à 1,5 % pour la sécurité au sens large.</p>
    <p>L’aide à l’Ukraine a un but : contribuer à ce que la guerre prenne fin bientôt, d’une manière juste
    et durable.</p>
    <h2>Repères</h2>
    <table>
    <caption>Investir, produire, soutenir : les étapes</caption>
    <thead><tr><th scope="col">Date</th><th scope="col">Lieu ou cadre</th><th scope="col">Étape</th></tr></thead>
    <tbody>
    <tr><th scope="row">2014</th><td>Sommet du pays de Galles</td><td>Objectif de 2 % d’ici à 2024, dont 20 %
    pour les équipements majeurs</td></tr>
    <tr><th scope="row">2023</th><td>Sommet de Vilnius</td><td>Plan d’action pour la production de
    défense</td></tr>
    <tr><th scope="row">2024</th><td>Sommet de Washington</td><td>Engagement à accroître les capacités
    industrielles</td></tr>
    <tr><th scope="row">Février 2025</th><td>Ministres de la Défense</td><td>Approbation du plan d’action
    actualisé</td></tr>
    <tr><th scope="row">Juin 2025</th><td>Sommet de La Haye</td><td>Objectif de 5 % d’ici à 2035</td></tr>
    <tr><th scope="row">21 juillet 2025</th><td>Visioconférence</td><td>Réunion du Groupe de contact</td></tr>
    </tbody>
    </table>
    """,
    links=(
        Link("Les ministres des Affaires étrangères confirment trois priorités", "story:ministers", "fr"),
        Link("NATO: official website", "https://www.nato.int/", "en"),
    ),
    caption="""Une réunion par visioconférence. Illustration réalisée pour cette démonstration : elle ne
    représente aucun des participants.""",
)

EN = Text(
    title="Ukraine Defense Contact Group meets by video conference",
    lead="""NATO Secretary General Mark Rutte took part on Monday 21 July 2025 in the meeting hosted by
    Germany and the United Kingdom. He came back to the initiative under which European Allies and Canada
    pay for additional US equipment for Ukraine.""",
    place="Video conference",
    body="""
    <p>The Ukraine Defense Contact Group (UDCG) met by video conference. Its hosts were the German defence
    minister, Boris Pistorius, and the UK defence secretary, John Healey. The NATO Secretary General, Mark
    Rutte, took part.</p>
    <p>Mr Rutte came back to the initiative announced the week before with the President of the United
    States, Donald J. Trump. Its principle is simple: European Allies and Canada pay for additional US
    equipment, which is meant for Ukraine.</p>
    <h2>How the initiative works</h2>
    <p>Each Ally remains free to decide. The initiative comes down to four points:</p>
    <ul>
    <li><strong>It is voluntary.</strong> No Ally is obliged to take part; many had already said that they
    were interested.</li>
    <li><strong>European Allies and Canada pay.</strong> The equipment comes from the United States.</li>
    <li><strong>It adds to what exists.</strong> The arrangements that were already in place
    continue.</li>
    <li><strong>NATO coordinates.</strong> To do so it draws on NATO Security Assistance and Training for
    Ukraine (NSATU).</li>
    </ul>
    <p>The Contact Group, for its part, keeps its role.</p>
    <h2>From Wiesbaden to the eastern flank</h2>
    <p>NSATU is commanded from Wiesbaden, in Germany. It has logistics hubs on the eastern flank of the
    Alliance. NATO’s share in the initiative rests on this organisation: command at one end, delivery at
    the other.</p>
    <h2>Three decisions of The Hague summit</h2>
    <p>The meeting took place a few weeks after the summit of The Hague, held in June 2025. Three decisions
    of that summit are its context:</p>
    <ol>
    <li>to invest more in defence;</li>
    <li>to produce more for defence;</li>
    <li>to support Ukraine.</li>
    </ol>
    <p>The aim set in The Hague is to spend 5% of gross domestic product on defence by 2035: at least 3.5%
    on core defence needs and up to 1.5% on wider security.</p>
    <p>The aid to Ukraine has a purpose: to help end the war soon, in a just and lasting way.</p>
    <h2>Milestones</h2>
    <table>
    <caption>Investing, producing, supporting: the steps</caption>
    <thead><tr><th scope="col">Date</th><th scope="col">Place or setting</th><th scope="col">Step</th></tr></thead>
    <tbody>
    <tr><th scope="row">2014</th><td>Wales summit</td><td>Aim of 2% by 2024, of which 20% on major
    equipment</td></tr>
    <tr><th scope="row">2023</th><td>Vilnius summit</td><td>Defence Production Action Plan</td></tr>
    <tr><th scope="row">2024</th><td>Washington summit</td><td>Pledge to expand industrial
    capacity</td></tr>
    <tr><th scope="row">February 2025</th><td>Defence ministers</td><td>Updated action plan
    approved</td></tr>
    <tr><th scope="row">June 2025</th><td>Summit of The Hague</td><td>Aim of 5% by 2035</td></tr>
    <tr><th scope="row">21 July 2025</th><td>Video conference</td><td>Meeting of the Contact Group</td></tr>
    </tbody>
    </table>
    """,
    links=(
        Link("Foreign ministers confirm three priorities", "story:ministers", "en"),
        Link("NATO: official website", "https://www.nato.int/", "en"),
    ),
    caption="""A meeting by video conference. Illustration made for this demonstration: it shows none of the
    participants.""",
)

UK = Text(
    title="Контактна група з питань оборони України провела засідання у форматі відеоконференції",
    lead="""Генеральний секретар НАТО Марк Рютте взяв участь у засіданні, яке в понеділок, 21 липня 2025 року,
    провели Німеччина та Велика Британія. Він повернувся до ініціативи, за якою європейські союзники
    й Канада оплачують додаткову американську техніку для України.""",
    place="Відеоконференція",
    body="""
    <p>Контактна група з питань оборони України (UDCG) зібралася у форматі відеоконференції. Засідання
    провели міністр оборони Німеччини Борис Пісторіус і міністр оборони Великої Британії Джон Гілі. Участь
    у ньому взяв генеральний секретар НАТО Марк Рютте.</p>
    <p>Пан Рютте повернувся до ініціативи, оголошеної тижнем раніше разом із президентом Сполучених Штатів
    Дональдом Дж. Трампом. Її суть проста: європейські союзники й Канада оплачують додаткову американську
    техніку, призначену для України.</p>
    <h2>Як працює ініціатива</h2>
    <p>Кожен союзник ухвалює рішення самостійно. Ініціативу можна звести до чотирьох положень:</p>
    <ul>
    <li><strong>Вона добровільна.</strong> Жоден союзник не зобов’язаний брати участь; багато з них уже
    заявили про свою зацікавленість.</li>
    <li><strong>Платять європейські союзники й Канада.</strong> Техніка надходить зі Сполучених Штатів.</li>
    <li><strong>Вона доповнює наявне.</strong> Механізми допомоги, які вже діяли, працюють і
    далі.</li>
    <li><strong>Координує НАТО.</strong> Для цього Альянс спирається на свою структуру безпекової допомоги
    й підготовки для України (NSATU).</li>
    </ul>
    <p>Контактна група, зі свого боку, зберігає свою роль.</p>
    <h2>Від Вісбадена до східного флангу</h2>
    <p>Командування NSATU розташоване у Вісбадені, в Німеччині. На східному фланзі Альянсу вона має
    логістичні центри. Саме на цій організації, де з одного боку командування, а з другого — доправлення
    вантажів, тримається участь НАТО в ініціативі.</p>
    <h2>Три рішення Гаазького саміту</h2>
    <p>Засідання відбулося за кілька тижнів після саміту в Гаазі, що пройшов у червні 2025 року. Його
    контекст визначають три рішення саміту:</p>
    <ol>
    <li>більше інвестувати в оборону;</li>
    <li>більше виробляти для оборони;</li>
    <li>підтримувати Україну.</li>
    </ol>
    <p>Мета, визначена в Гаазі, — до 2035 року витрачати на оборону 5 % валового внутрішнього продукту:
    щонайменше 3,5 % на основні оборонні потреби та до 1,5 % на безпеку в ширшому розумінні.</p>
    <p>Допомога Україні має чітку мету: сприяти тому, щоб війна якнайшвидше завершилася, справедливо й назавжди.</p>
    <h2>Основні віхи</h2>
    <table>
    <caption>Інвестувати, виробляти, підтримувати: етапи</caption>
    <thead><tr><th scope="col">Дата</th><th scope="col">Місце чи формат</th><th scope="col">Подія</th></tr></thead>
    <tbody>
    <tr><th scope="row">2014</th><td>Саміт в Уельсі</td><td>Мета — 2 % до 2024 року, з них 20 % на основні
    види техніки</td></tr>
    <tr><th scope="row">2023</th><td>Саміт у Вільнюсі</td><td>План дій з оборонного виробництва</td></tr>
    <tr><th scope="row">2024</th><td>Саміт у Вашингтоні</td><td>Зобов’язання розширити промислові
    потужності</td></tr>
    <tr><th scope="row">Лютий 2025</th><td>Міністри оборони</td><td>Схвалено оновлений план
    дій</td></tr>
    <tr><th scope="row">Червень 2025</th><td>Саміт у Гаазі</td><td>Мета — 5 % до 2035 року</td></tr>
    <tr><th scope="row">21 липня 2025</th><td>Відеоконференція</td><td>Засідання Контактної групи</td></tr>
    </tbody>
    </table>
    """,
    links=(
        Link("Міністри закордонних справ підтвердили три пріоритети", "story:ministers", "uk"),
        Link("NATO: official website", "https://www.nato.int/", "en"),
    ),
    caption="""Засідання у форматі відеоконференції. Ілюстрацію створено для цієї демонстрації: на ній не
    зображено жодного з учасників.""",
)


def stories() -> list[Story]:
    """Return the one story of this meeting."""
    return [
        story(
            "contact-group",
            NEWS_RELEASE,
            "2025-07-21 17:30",
            topics=("ukraine", "defence-production"),
            pictures=("video-wall",),
            fr=FR,
            en=EN,
            uk=UK,
        )
    ]
