"""The foreign ministers’ meeting of 3 December 2025: a real event, told from the public record."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, Link, Story, Text, story

FR = Text(
    title="Les ministres des Affaires étrangères confirment trois priorités, entre La Haye et Ankara",
    lead="""Réunis le mercredi 3 décembre 2025 au siège de l’OTAN, à Bruxelles, les ministres des Affaires
    étrangères ont confirmé leur intention d’investir davantage, de produire davantage et de soutenir
    l’Ukraine. De nouvelles contributions ont été annoncées.""",
    place="Bruxelles",
    body="""
    <p>Les ministres des Affaires étrangères se sont retrouvés au siège de l’OTAN, à mi-chemin entre deux
    sommets : celui de La Haye, en 2025, et celui d’Ankara, en 2026. L’Alliance compte 32 pays membres.
    Les ministres ont confirmé trois priorités :</p>
    <ul>
    <li>investir davantage dans la défense ;</li>
    <li>produire davantage ;</li>
    <li>soutenir l’Ukraine.</li>
    </ul>
    <h2>La situation de sécurité</h2>
    <p>Le secrétaire général, Mark Rutte, a parlé de la menace que représente la Russie, de la guerre menée
    contre l’Ukraine et d’actes irresponsables visant des Alliés : violations de leur espace aérien et
    cyberattaques. Les ministres ont également discuté des menaces hybrides.</p>
    <p>M. Rutte a conclu sur une Alliance plus forte et plus agile, à même de « défendre chaque centimètre
    carré de son territoire ».</p>
    <h2>Une trajectoire crédible vers 5 %</h2>
    <p>Les ministres ont parlé d’une trajectoire crédible pour porter les dépenses de défense à 5 % du
    produit intérieur brut d’ici à 2035. Le soutien apporté à l’Ukraine entre dans ce calcul.</p>
    <p>L’objectif avait été fixé à La Haye : au moins 3,5 % pour les besoins essentiels de défense et jusqu’à
    1,5 % pour la sécurité au sens large. Le précédent, fixé au pays de Galles en 2014, était de 2 % d’ici
    à 2024.</p>
    <h2>Le Conseil OTAN-Ukraine</h2>
    <p>Le Conseil OTAN-Ukraine s’est réuni avec la haute représentante de l’Union européenne, Kaja Kallas. Le
    ministre ukrainien des Affaires étrangères, Andrii Sybiha, y a rendu compte de la situation et des
    besoins urgents de son pays. Le secrétaire général a salué les efforts du président Trump en faveur
    d’une paix juste.</p>
    <p>Par la liste des besoins prioritaires de l’Ukraine (PURL), les Alliés livrent des capacités
    essentielles, dont la défense aérienne. De nouvelles contributions ont été annoncées pendant la réunion
    et le secrétaire général en a demandé d’autres pour 2026.</p>
    <p>Les premiers lots ont été financés en août 2025 : par les Pays-Bas ; par le Danemark, la Norvège
    et la Suède, pour 500 millions de dollars ; par l’Allemagne, pour 500 millions ; par le Canada, pour
    500 millions.</p>
    <h2>Deux structures au travail</h2>
    <p>L’aide passe aussi par des structures permanentes. La NSATU, commandée depuis Wiesbaden et dotée de
    centres logistiques sur le flanc oriental, réunit près de 700 personnes ; c’est sur elle que l’OTAN
    s’appuie pour coordonner. Le centre JATEC, à Bydgoszcz, travaille depuis février 2025.</p>
    <h2>Le soutien à l’Ukraine, chiffres datés</h2>
    <table>
    <caption>Aide en matière de sécurité et contributions</caption>
    <thead><tr><th scope="col">Date</th><th scope="col">Objet</th><th scope="col">Montant</th></tr></thead>
    <tbody>
    <tr><th scope="row">2024</th><td>Aide fournie, dont près de 60 % par les Alliés européens et le
    Canada</td><td>plus de 50 milliards d’euros</td></tr>
    <tr><th scope="row">Mi-2025</th><td>Contributions supplémentaires promises</td><td>35 milliards
    d’euros</td></tr>
    <tr><th scope="row">Automne 2025</th><td>Fonds réunis par la liste PURL</td><td>2 milliards de
    dollars</td></tr>
    </tbody>
    </table>
    """,
    links=(
        Link("Réunion du Groupe de contact, 21 juillet 2025", "story:contact-group", "fr"),
        Link("NATO: official website", "https://www.nato.int/", "en"),
    ),
    caption="""Une table ronde ministérielle. Illustration réalisée pour cette démonstration : elle ne
    représente aucun des participants.""",
)

EN = Text(
    title="Foreign ministers confirm three priorities, midway between The Hague and Ankara",
    lead="""Meeting at NATO Headquarters in Brussels on Wednesday 3 December 2025, ministers of foreign affairs
    confirmed their intention to invest more, to produce more and to support Ukraine. New pledges were
    announced.""",
    place="Brussels",
    body="""
    <p>The ministers of foreign affairs met at NATO Headquarters, midway between two summits: that of The
    Hague, in 2025, and that of Ankara, in 2026. The Alliance has 32 member countries. The ministers
    confirmed three priorities:</p>
    <ul>
    <li>to invest more in defence;</li>
    <li>to produce more;</li>
    <li>to support Ukraine.</li>
    </ul>
    <h2>The security situation</h2>
    <p>The Secretary General, Mark Rutte, spoke of the threat from Russia, of the war against Ukraine and of
    reckless acts against Allies: violations of their airspace and cyber attacks. The ministers also
    discussed hybrid threats.</p>
    <p>Mr Rutte closed with a stronger and more agile Alliance, able to defend every square centimetre of its
    territory.</p>
    <h2>A credible path to 5%</h2>
    <p>The ministers spoke of a credible path to spending 5% of gross domestic product on defence by 2035.
    Support for Ukraine counts towards it.</p>
    <p>The aim was set in The Hague: at least 3.5% on core defence needs and up to 1.5% on wider security.
    The one before it, set in Wales in 2014, was 2% by 2024.</p>
    <h2>The NATO-Ukraine Council</h2>
    <p>The NATO-Ukraine Council met with the High Representative of the European Union, Kaja Kallas. The
    Ukrainian foreign minister, Andrii Sybiha, reported there on the situation and on his country’s urgent
    needs. The Secretary General welcomed President Trump’s efforts for a just peace.</p>
    <p>Through the Prioritised Ukraine Requirements List (PURL), Allies deliver essential capabilities, air
    defence among them. New pledges were announced during the meeting, and the Secretary General asked for
    more for 2026.</p>
    <p>The first packages were paid for in August 2025: by the Netherlands; by Denmark, Norway and Sweden,
    for 500 million dollars; by Germany, for 500 million; by Canada, for 500 million.</p>
    <h2>Two structures at work</h2>
    <p>Support also goes through permanent structures. NSATU, commanded from Wiesbaden and with logistics hubs
    on the eastern flank, has almost 700 people; NATO draws on it to coordinate. The JATEC centre, in
    Bydgoszcz, has been at work since February 2025.</p>
    <h2>Support for Ukraine, figures with a date</h2>
    <table>
    <caption>Security assistance and pledges</caption>
    <thead><tr><th scope="col">Date</th><th scope="col">Subject</th><th scope="col">Amount</th></tr></thead>
    <tbody>
    <tr><th scope="row">2024</th><td>Assistance given, nearly 60% of it by European Allies and
    Canada</td><td>more than 50 billion euros</td></tr>
    <tr><th scope="row">Mid-2025</th><td>Further contributions pledged</td><td>35 billion euros</td></tr>
    <tr><th scope="row">Autumn 2025</th><td>Funds raised through PURL</td><td>2 billion dollars</td></tr>
    </tbody>
    </table>
    """,
    links=(
        Link("Meeting of the contact group, 21 July 2025", "story:contact-group", "en"),
        Link("NATO: official website", "https://www.nato.int/", "en"),
    ),
    caption="""A round table of ministers. Illustration made for this demonstration: it shows none of the
    participants.""",
)

UK = Text(
    title="Міністри закордонних справ підтвердили три пріоритети на півдорозі між Гаагою та Анкарою",
    lead="""У середу, 3 грудня 2025 року, у штаб-квартирі НАТО в Брюсселі міністри закордонних справ підтвердили
    намір більше інвестувати, більше виробляти й підтримувати Україну. Було оголошено про нові
    внески.""",
    place="Брюссель",
    body="""
    <p>Міністри закордонних справ зустрілися у штаб-квартирі НАТО на півдорозі між двома самітами: Гаазьким
    2025 року та Анкарським 2026 року. До Альянсу входять 32 країни. Міністри підтвердили три
    пріоритети:</p>
    <ul>
    <li>більше інвестувати в оборону;</li>
    <li>більше виробляти;</li>
    <li>підтримувати Україну.</li>
    </ul>
    <h2>Безпекова ситуація</h2>
    <p>Генеральний секретар Марк Рютте говорив про загрозу з боку Росії, про війну проти України та про
    безвідповідальні дії проти союзників: порушення їхнього повітряного простору й кібератаки. Міністри
    обговорили також гібридні загрози.</p>
    <p>Завершив пан Рютте словами про сильніший і гнучкіший Альянс, здатний захистити кожен квадратний
    сантиметр своєї території.</p>
    <h2>Реалістичний шлях до 5 %</h2>
    <p>Міністри говорили про реалістичний шлях до того, щоб до 2035 року витрачати на оборону 5 % валового
    внутрішнього продукту. Підтримка України входить до цього показника.</p>
    <p>Цю мету визначили в Гаазі: щонайменше 3,5 % на основні оборонні потреби та до 1,5 % на безпеку
    в ширшому розумінні. Попередня, визначена в Уельсі 2014 року, становила 2 % до 2024 року.</p>
    <h2>Рада Україна — НАТО</h2>
    <p>Засідання Ради Україна — НАТО відбулося за участю Високої представниці Європейського Союзу Каї Каллас.
    Міністр закордонних справ України Андрій Сибіга доповів про ситуацію та нагальні потреби своєї країни.
    Генеральний секретар привітав зусилля президента Трампа заради справедливого миру.</p>
    <p>Через Перелік пріоритетних потреб України (PURL) союзники постачають найнеобхідніші засоби, серед них
    засоби протиповітряної оборони. Під час засідання оголосили про нові внески, а генеральний секретар
    попросив про внески на 2026 рік.</p>
    <p>Перші пакети профінансували в серпні 2025 року: Нідерланди; Данія, Норвегія та Швеція — на суму
    500 мільйонів доларів; Німеччина — 500 мільйонів; Канада — 500 мільйонів.</p>
    <h2>Дві структури в дії</h2>
    <p>Допомогу надають і постійні структури. У NSATU, командування якої розташоване у Вісбадені, а логістичні
    центри — на східному фланзі, працює майже 700 людей; саме на неї спирається НАТО, щоб координувати. Центр
    JATEC у Бидгощі діє з лютого 2025 року.</p>
    <h2>Підтримка України: цифри з датами</h2>
    <table>
    <caption>Безпекова допомога та внески</caption>
    <thead><tr><th scope="col">Дата</th><th scope="col">Предмет</th><th scope="col">Сума</th></tr></thead>
    <tbody>
    <tr><th scope="row">2024</th><td>Надана допомога, з неї майже 60 % — від європейських союзників
    і Канади</td><td>понад 50 мільярдів євро</td></tr>
    <tr><th scope="row">Середина 2025</th><td>Додатково обіцяні внески</td><td>35 мільярдів євро</td></tr>
    <tr><th scope="row">Осінь 2025</th><td>Кошти, зібрані через PURL</td><td>2 мільярди доларів</td></tr>
    </tbody>
    </table>
    """,
    links=(
        Link("Засідання Контактної групи 21 липня 2025 року", "story:contact-group", "uk"),
        Link("NATO: official website", "https://www.nato.int/", "en"),
    ),
    caption="""Міністерське засідання за круглим столом. Ілюстрацію створено для цієї демонстрації: на ній не
    зображено жодного з учасників.""",
)


def stories() -> list[Story]:
    """Return the one story of this meeting."""
    return [
        story(
            "ministers",
            NEWS_RELEASE,
            "2025-12-03 18:30",
            topics=("ukraine", "defence-production"),
            pictures=("round-table",),
            fr=FR,
            en=EN,
            uk=UK,
        )
    ]
