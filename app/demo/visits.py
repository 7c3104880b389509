"""Invitations: the open day, and the meeting of ministers on supply chains."""

from __future__ import annotations

from app.demo.pieces import MEDIA_ADVISORY, Story, Text, story

OPEN_DAY_FR = Text(
    title="Avis aux médias : journée portes ouvertes, samedi 17 mai 2025",
    lead="""Le siège ouvre ses portes au public de 10 h 00 à 17 h 00. Les équipes de tournage peuvent entrer dès
    8 h 30 et
    filmer dans toutes les salles signalées par un point vert.""",
    place="Bruxelles",
    body="""
    <h2>Programme</h2>
    <ul>
    <li><strong>8 h 30</strong> – accueil des médias, entrée nord ;</li>
    <li><strong>10 h 00</strong> – ouverture des portes par la secrétaire générale ;</li>
    <li><strong>11 h 00</strong> – visite de la salle d’opérations, 25 places, images sans le son ;</li>
    <li><strong>14 h 00</strong> – démonstration de montage d’un pont modulaire sur l’esplanade ;</li>
    <li><strong>16 h 00</strong> – questions du public à la secrétaire générale, interprétées en 3 langues.</li>
    </ul>
    <p>Les horaires sont en heure de Bruxelles (UTC+2).</p>
    <h2>Accréditation</h2>
    <p>Inscription jusqu’au mercredi 14 mai 2025 à 12 h 00, à accreditation@example.org. Les porteurs d’une carte
    annuelle
    n’ont aucune démarche à faire.</p>
    <p>L’entrée, les ascenseurs et la salle de presse sont accessibles en fauteuil roulant. Des boucles
    magnétiques sont
    disponibles à l’accueil.</p>
    """,
    caption="L’entrée du siège un jour de fête. Illustration.",
)

OPEN_DAY_EN = Text(
    title="Media advisory: open day on Saturday 17 May 2025",
    lead="""The headquarters open their doors to the public from 10:00 to 17:00. Film crews may enter from 8:30
    and film in
    every room marked with a green dot.""",
    place="Brussels",
    body="""
    <h2>Programme</h2>
    <ul>
    <li><strong>8:30</strong> – welcome of the media, north entrance;</li>
    <li><strong>10:00</strong> – the Secretary General opens the doors;</li>
    <li><strong>11:00</strong> – visit to the operations room, 25 places, pictures without sound;</li>
    <li><strong>14:00</strong> – a modular bridge is put together on the square;</li>
    <li><strong>16:00</strong> – questions from the public to the Secretary General, interpreted into 3
    languages.</li>
    </ul>
    <p>Times are Brussels time (UTC+2).</p>
    <h2>Accreditation</h2>
    <p>Register by Wednesday 14 May 2025 at 12:00, at accreditation@example.org. Holders of a yearly card need do
    nothing.</p>
    <p>The entrance, the lifts and the press room are accessible in a wheelchair. Hearing loops are available at the
    reception.</p>
    """,
    caption="The entrance of the headquarters on a festive day. Illustration.",
)

OPEN_DAY_UK = Text(
    title="Повідомлення для медіа: день відчинених дверей у суботу, 17 травня 2025 року",
    lead="""Штаб-квартира відчинена для всіх від 10:00 до 17:00. Знімальні групи можуть увійти від 8:30 і знімати
    в усіх
    приміщеннях, позначених зеленою крапкою.""",
    place="Брюссель",
    body="""
    <h2>Програма</h2>
    <ul>
    <li><strong>8:30</strong> — зустріч медіа, північний вхід;</li>
    <li><strong>10:00</strong> — генеральна секретарка відчиняє двері;</li>
    <li><strong>11:00</strong> — відвідання операційної зали, 25 місць, знімання без звуку;</li>
    <li><strong>14:00</strong> — складання модульного мосту на площі;</li>
    <li><strong>16:00</strong> — запитання відвідувачів до генеральної секретарки з перекладом 3 мовами.</li>
    </ul>
    <p>Час брюссельський (UTC+2).</p>
    <h2>Акредитація</h2>
    <p>Зареєструватися можна до середи, 14 травня 2025 року, до 12:00, за адресою accreditation@example.org.
    Власникам річних
    карток нічого робити не треба.</p>
    <p>Вхід, ліфти та зала для преси пристосовані для крісел колісних. На рецепції є індукційні петлі для людей із
    вадами слуху.</p>
    """,
    caption="Вхід до штаб-квартири святкового дня. Ілюстрація.",
)

MEETING_FR = Text(
    title="Avis aux médias : réunion des ministres sur l’approvisionnement, mercredi 10 décembre 2025",
    lead="""Les ministres des 28 pays participants se réunissent à Bruxelles le mercredi 10 décembre 2025.
    Programme, accès
    et date limite d’accréditation.""",
    place="Bruxelles",
    body="""
    <h2>Programme prévu</h2>
    <table>
    <caption>Mercredi 10 décembre 2025, heure de Bruxelles (UTC+1)</caption>
    <thead><tr><th scope="col">Heure</th><th scope="col">Moment</th><th scope="col">Accès</th></tr></thead>
    <tbody>
    <tr><th scope="row">8 h 15</th><td>Arrivées et déclarations, entrée nord</td><td>Ouvert aux médias</td></tr>
    <tr><th scope="row">9 h 20</th><td>Photo de groupe</td><td>Pool uniquement</td></tr>
    <tr><th scope="row">9 h 30</th><td>Mots d’ouverture</td><td>Pool uniquement</td></tr>
    <tr><th scope="row">9 h 45</th><td>Séance de travail</td><td>Fermé à la presse</td></tr>
    <tr><th scope="row">13 h 30</th><td>Conférence de presse</td><td>Ouvert aux médias</td></tr>
    </tbody>
    </table>
    <p>Les mots d’ouverture et la conférence de presse sont diffusés en direct, en français, en anglais et en
    ukrainien.</p>
    <h2>Accréditation</h2>
    <p>Les demandes sont reçues jusqu’au lundi 8 décembre 2025 à 18 h 00, à accreditation@example.org. Les cartes se
    retirent à l’entrée nord, sur présentation d’une pièce d’identité.</p>
    <h2>Sur place</h2>
    <ul>
    <li>120 places de travail, réseau filaire et sans fil ;</li>
    <li>4 cabines de son et 2 plateaux de télévision, à réserver ;</li>
    <li>stationnement des véhicules de transmission à partir de 6 h 00.</li>
    </ul>
    """,
    caption="La salle de presse, prête pour la conférence. Illustration.",
)

MEETING_EN = Text(
    title="Media advisory: ministers’ meeting on supply, Wednesday 10 December 2025",
    lead="""The ministers of the 28 participating countries meet in Brussels on Wednesday 10 December 2025.
    Programme, access
    and deadline for accreditation.""",
    place="Brussels",
    body="""
    <h2>Planned programme</h2>
    <table>
    <caption>Wednesday 10 December 2025, Brussels time (UTC+1)</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Access</th></tr></thead>
    <tbody>
    <tr><th scope="row">8:15</th><td>Arrivals and statements, north entrance</td><td>Open to media</td></tr>
    <tr><th scope="row">9:20</th><td>Group photo</td><td>Pool only</td></tr>
    <tr><th scope="row">9:30</th><td>Opening remarks</td><td>Pool only</td></tr>
    <tr><th scope="row">9:45</th><td>Working session</td><td>Closed to media</td></tr>
    <tr><th scope="row">13:30</th><td>Press conference</td><td>Open to media</td></tr>
    </tbody>
    </table>
    <p>The opening remarks and the press conference are broadcast live in French, English and Ukrainian.</p>
    <h2>Accreditation</h2>
    <p>Requests are accepted until Monday 8 December 2025 at 18:00, at accreditation@example.org. Badges are
    collected at the
    north entrance on presentation of an identity document.</p>
    <h2>On site</h2>
    <ul>
    <li>120 working places, wired and wireless network;</li>
    <li>4 sound booths and 2 television sets, to be booked;</li>
    <li>parking for transmission vehicles from 6:00.</li>
    </ul>
    """,
    caption="The press room, ready for the conference. Illustration.",
)

MEETING_UK = Text(
    title="Повідомлення для медіа: зустріч міністрів щодо постачання, середа, 10 грудня 2025 року",
    lead="""У середу, 10 грудня 2025 року, в Брюсселі зустрічаються міністри 28 країн-учасниць. Програма, доступ
    і кінцевий
    строк акредитації.""",
    place="Брюссель",
    body="""
    <h2>Запланована програма</h2>
    <table>
    <caption>Середа, 10 грудня 2025 року, час брюссельський (UTC+1)</caption>
    <thead><tr><th scope="col">Час</th><th scope="col">Подія</th><th scope="col">Доступ</th></tr></thead>
    <tbody>
    <tr><th scope="row">8:15</th><td>Прибуття та заяви, північний вхід</td><td>Відкрито для медіа</td></tr>
    <tr><th scope="row">9:20</th><td>Спільне фото</td><td>Лише пул</td></tr>
    <tr><th scope="row">9:30</th><td>Вступне слово</td><td>Лише пул</td></tr>
    <tr><th scope="row">9:45</th><td>Робоче засідання</td><td>Закрито для медіа</td></tr>
    <tr><th scope="row">13:30</th><td>Пресконференція</td><td>Відкрито для медіа</td></tr>
    </tbody>
    </table>
    <p>Вступне слово та пресконференцію транслюватимуть наживо французькою, англійською та українською.</p>
    <h2>Акредитація</h2>
    <p>Заявки приймають до понеділка, 8 грудня 2025 року, до 18:00, за адресою accreditation@example.org.
    Перепустки видають
    біля північного входу за документом, що посвідчує особу.</p>
    <h2>На місці</h2>
    <ul>
    <li>120 робочих місць, дротова й бездротова мережа;</li>
    <li>4 звукові кабіни та 2 телевізійні студії, які треба бронювати;</li>
    <li>стоянка для машин супутникового зв’язку від 6:00.</li>
    </ul>
    """,
    caption="Зала для преси, готова до пресконференції. Ілюстрація.",
)


def stories() -> list[Story]:
    """Return the invitations that exist in three languages."""
    return [
        story(
            "open-day",
            MEDIA_ADVISORY,
            "2025-05-06 09:00",
            topics=("secretariat",),
            contact="accreditation",
            pictures=("entrance",),
            fr=OPEN_DAY_FR,
            en=OPEN_DAY_EN,
            uk=OPEN_DAY_UK,
        ),
        story(
            "meeting-advisory",
            MEDIA_ADVISORY,
            "2025-12-01 10:00",
            topics=("supply",),
            contact="accreditation",
            pictures=("podium",),
            fr=MEETING_FR,
            en=MEETING_EN,
            uk=MEETING_UK,
        ),
    ]
