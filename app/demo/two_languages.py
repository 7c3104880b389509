"""Stories that exist in two of the three languages."""

from __future__ import annotations

from app.demo.pieces import NEWS_RELEASE, STATEMENT, Link, Quote, Story, Text, story

ARCHIVES_FR = Text(
    title="Les archives du Secrétariat en ligne : 2 600 heures de voix",
    lead="""Réunions, appels, émissions de radio : les enregistrements de 1961 à 1994 peuvent être écoutés et
    téléchargés. La
    moitié est transcrite.""",
    place="Bruxelles",
    body="""
    <p>Il a fallu quatre ans pour nettoyer, recopier et décrire 3 900 bandes magnétiques. La plus ancienne, du 14
    mars 1961,
    dure neuf secondes : quelqu’un y demande si l’appareil est allumé.</p>
    <h2>Comment chercher</h2>
    <ul>
    <li>par date, par lieu ou par voix ;</li>
    <li>dans le texte, pour les 1 300 heures déjà transcrites ;</li>
    <li>par bruit : sonneries, applaudissements, pluie.</li>
    </ul>
    <p>Les transcriptions sont faites par une machine et relues par des personnes. Un passage qui n’a pas été
    relu est
    signalé.</p>
    """,
    caption="La salle de lecture, où l’on peut aussi écouter. Illustration.",
)

ARCHIVES_EN = Text(
    title="The Secretariat’s archives online: 2,600 hours of voices",
    lead="""Meetings, calls, radio programmes: the recordings of 1961 to 1994 can be listened to and downloaded.
    Half of them
    are transcribed.""",
    place="Brussels",
    body="""
    <p>It took four years to clean, copy and describe 3,900 magnetic tapes. The oldest, of 14 March 1961, lasts
    nine seconds:
    somebody asks whether the machine is on.</p>
    <h2>How to search</h2>
    <ul>
    <li>by date, by place or by voice;</li>
    <li>in the text, for the 1,300 hours that are transcribed already;</li>
    <li>by sound: bells, applause, rain.</li>
    </ul>
    <p>The transcripts are made by a machine and read over by people. A passage that has not been read over is
    marked.</p>
    """,
    caption="The reading room, where one may listen as well. Illustration.",
)

VOLUNTEERS_FR = Text(
    title="Journée des volontaires : déclaration de la secrétaire générale",
    lead="""Ils étaient 14 000 cette année dans les exercices et les dépôts. La secrétaire générale les remercie
    et annonce que
    leurs frais seront remboursés en dix jours.""",
    place="Bruxelles",
    body="""
    <p>On remercie souvent les volontaires. On oublie plus souvent de leur rembourser le train.</p>
    <p>À partir du 1er janvier 2025, leurs frais seront payés dans les dix jours, sur simple photo du billet.
    C’est le moins
    que nous puissions faire pour les 14 000 personnes qui, cette année, ont donné au total 210 000 heures.</p>
    <p>À celles et ceux qui n’ont pas reçu de réponse à leur candidature : écrivez-nous encore. Nous avions trop
    peu de
    monde pour vous lire. Trois d’entre vous viennent d’être engagés pour cela.</p>
    """,
)

VOLUNTEERS_EN = Text(
    title="Volunteer Day: statement by the Secretary General",
    lead="""There were 14,000 of them this year in exercises and stores. The Secretary General thanks them and
    announces that
    their expenses will be paid back within ten days.""",
    place="Brussels",
    body="""
    <p>Volunteers are often thanked. Paying back their train fare is more often forgotten.</p>
    <p>From 1 January 2025 their expenses will be paid within ten days, for a simple photo of the ticket. It is
    the least that
    we can do for the 14,000 people who this year gave 210,000 hours in all.</p>
    <p>To those who had no answer to their application: write to us again. We had too few people to read you.
    Three of you
    have just been hired to do so.</p>
    """,
)

GLOSSARY_EN = Text(
    title="A glossary of 1,150 rescue terms appears in English and Ukrainian",
    lead="""Published for International Mother Language Day, it gives the word that people really use on the
    radio, and the one
    that should not be used.""",
    place="Brussels",
    body="""
    <p>The glossary was written by translators together with paramedics, drivers and crane operators. Each entry
    holds an
    example that was heard, not invented.</p>
    <h2>How an entry is built</h2>
    <ul>
    <li>the term and its pronunciation;</li>
    <li>one sentence from a real conversation;</li>
    <li>false friends, and what they have led to.</li>
    </ul>
    <p>It can be read online and printed in pocket size. Corrections are welcome: 86 had arrived before it was
    published.</p>
    """,
    caption="Interpreters in their booths. Illustration.",
)

GLOSSARY_UK = Text(
    title="Вийшов словник рятувальних термінів англійською та українською: 1 150 слів",
    lead="""Словник, виданий до Міжнародного дня рідної мови, подає слова, які справді звучать в ефірі, — і ті,
    яких краще
    уникати.""",
    place="Брюссель",
    body="""
    <p>Словник укладали перекладачі разом із парамедиками, водіями та кранівниками. У кожній статті є приклад —
    почутий, а не
    вигаданий.</p>
    <h2>Як побудовано статтю</h2>
    <ul>
    <li>термін і його вимова;</li>
    <li>одне речення зі справжньої розмови;</li>
    <li>хибні друзі перекладача й те, до чого вони призвели.</li>
    </ul>
    <p>Словник можна читати в мережі й надрукувати в кишеньковому форматі. Виправлення вітаються: ще до виходу їх
    надійшло
    86.</p>
    """,
    caption="Синхронні перекладачі в кабінах. Ілюстрація.",
)

BLOOD_FR = Text(
    title="Sang : un exercice relie neuf hôpitaux pendant un week-end",
    lead="""Comment partager des réserves qui se gardent 42 jours au plus ? Neuf hôpitaux de trois pays s’y
    essaient de vendredi
    soir à dimanche.""",
    place="Aix-la-Chapelle",
    body="""
    <p>Du vendredi 7 mars au dimanche 9 mars 2025, neuf hôpitaux mettent en commun leurs réserves de sang. Aucun
    patient
    n’attendra : l’exercice porte sur les poches qui dépassent les besoins.</p>
    <h2>Ce qui est mis à l’épreuve</h2>
    <ol>
    <li>un inventaire commun, mis à jour toutes les 15 minutes ;</li>
    <li>des étiquettes que trois systèmes savent lire ;</li>
    <li>le passage des frontières de nuit, en moins de 90 minutes.</li>
    </ol>
    <p>Les résultats seront publiés le lundi 7 avril 2025.</p>
    """,
)

BLOOD_EN = Text(
    title="Blood: an exercise links nine hospitals for a weekend",
    lead="""How can reserves be shared that keep for 42 days at most? Nine hospitals in three countries try it
    from Friday
    evening to Sunday.""",
    place="Aachen",
    body="""
    <p>From Friday 7 March to Sunday 9 March 2025 nine hospitals pool their reserves of blood. No patient will
    wait: the
    exercise is about bags beyond what is needed.</p>
    <h2>What is put to the test</h2>
    <ol>
    <li>a common inventory, brought up to date every 15 minutes;</li>
    <li>labels that three systems can read;</li>
    <li>crossing borders at night in less than 90 minutes.</li>
    </ol>
    <p>The results will be published on Monday 7 April 2025.</p>
    """,
)

GRID_EN = Text(
    title="Grid repair: a course in which nobody works alone",
    lead="""Thirty-two fitters from eleven operators spent two weeks in Košice learning to repair substations in
    mixed teams, in
    two languages and in the dark.""",
    place="Košice",
    body="""
    <p>The course ended today with a night exercise: to bring power back to a training village in less than six
    hours. The
    fastest team needed 4 hours and 10 minutes.</p>
    <h2>What they take home</h2>
    <ul>
    <li>a tool list that fits in one van;</li>
    <li>a page of 60 hand signs;</li>
    <li>the telephone numbers of 31 colleagues.</li>
    </ul>
    <p>The next course begins on Monday 8 September 2025. It is open to operators of all 28 participating
    countries.</p>
    """,
    quotes=(
        Quote(
            "Put two people who share no language before a broken switch: in ten minutes they share one.",
            "Oleksandra Hrytsenko-Maes",
            "chief engineer of the hub",
        ),
    ),
    caption="Engineers at a training transformer. Illustration.",
)

GRID_UK = Text(
    title="Ремонт мереж: курс, на якому ніхто не працює сам",
    lead="""Тридцять два монтери з одинадцяти компаній два тижні вчилися в Кошицях ремонтувати підстанції
    мішаними бригадами,
    двома мовами й у темряві.""",
    place="Кошиці",
    body="""
    <p>Курс завершився сьогодні нічними навчаннями: повернути струм до навчального селища менш ніж за шість
    годин. Найшвидшій
    бригаді знадобилося 4 години 10 хвилин.</p>
    <h2>Що вони везуть додому</h2>
    <ul>
    <li>перелік інструментів, що вміщується в один фургон;</li>
    <li>сторінку з 60 жестами;</li>
    <li>номери телефонів 31 колеги.</li>
    </ul>
    <p>Наступний курс починається в понеділок, 8 вересня 2025 року. Він відкритий для операторів усіх 28
    країн-учасниць.</p>
    """,
    quotes=(
        Quote(
            "Поставте біля зламаного вимикача двох людей без спільної мови: за десять хвилин вона в них буде.",
            "Олександра Гриценко-Мас",
            "головна інженерка центру",
        ),
    ),
    caption="Інженери біля навчального трансформатора. Ілюстрація.",
)

TENDER_FR = Text(
    title="Appel d’offres : 900 tentes chauffées, et la liste de ce que nous ne voulons plus",
    lead="""Le Secrétariat cherche des tentes qui se montent à quatre, sans outil et sous la pluie. Les offres
    sont reçues
    jusqu’au vendredi 12 septembre 2025.""",
    place="Bruxelles",
    body="""
    <p>Le marché porte sur 900 tentes chauffées en trois lots de 300, livrables à Riga, à Košice et à Porto. Il
    dure quatre
    ans.</p>
    <h2>Ce que nous demandons</h2>
    <ul>
    <li>un montage en moins de 20 minutes, par quatre personnes sans formation ;</li>
    <li>une notice en dessins, sans un mot ;</li>
    <li>des pièces de rechange pendant 15 ans.</li>
    </ul>
    <h2>Ce que nous ne voulons plus</h2>
    <p>Des sacs que l’on ne peut pas refermer, des piquets qui ressemblent à d’autres piquets, et des couleurs
    qui se
    confondent la nuit.</p>
    <p>Le coût estimé est de 6,3 millions d’euros. Les offres sont ouvertes en public le lundi 15 septembre 2025 à
    10 h 00.</p>
    """,
    caption="Un dépôt commun avant l’arrivée des tentes. Illustration.",
)

TENDER_EN = Text(
    title="Call for tenders: 900 heated tents, and the list of what we no longer want",
    lead="""The Secretariat is looking for tents that four people can put up without tools and in the rain.
    Tenders are accepted
    until Friday 12 September 2025.""",
    place="Brussels",
    body="""
    <p>The contract is for 900 heated tents in three lots of 300, delivered to Riga, Košice and Porto. It runs
    for four
    years.</p>
    <h2>What we ask for</h2>
    <ul>
    <li>to be put up in less than 20 minutes by four people without training;</li>
    <li>instructions in drawings, without a word;</li>
    <li>spare parts for 15 years.</li>
    </ul>
    <h2>What we no longer want</h2>
    <p>Bags that cannot be closed again, pegs that look like other pegs, and colours that cannot be told apart at
    night.</p>
    <p>The estimated cost is 6.3 million euros. Tenders are opened in public on Monday 15 September 2025 at
    10:00.</p>
    """,
    caption="A shared store before the tents arrive. Illustration.",
)

LOAN_EN = Text(
    title="Water purification units lent for the summer return to store",
    lead="""Eighteen units spent ten weeks on islands where the wells had run low. They come back with a logbook,
    and with a
    lesson about salt.""",
    place="Porto",
    body="""
    <p>The 18 units purified 11 million litres between June and August. On Thursday 28 August 2025 the last of
    them will be
    back in the store in Porto.</p>
    <h2>What the logbooks say</h2>
    <ul>
    <li>filters lasted 40 days, not 60, because the water was saltier than planned;</li>
    <li>7 units ran on sunlight alone;</li>
    <li>one was painted by schoolchildren, and will stay so.</li>
    </ul>
    <p>The register of shared stocks will show them as available again on 1 September 2025.</p>
    """,
    links=(Link("A public register now shows what the shared stores hold", "story:stock-register", "en"),),
)

LOAN_UK = Text(
    title="Установки для очищення води, надані на літо, повертаються на склад",
    lead="""Вісімнадцять установок десять тижнів працювали на островах, де обміліли криниці. Вони повертаються з
    журналом роботи
    та уроком про сіль.""",
    place="Порту",
    body="""
    <p>Від червня до серпня 18 установок очистили 11 мільйонів літрів води. У четвер, 28 серпня 2025 року,
    остання з них
    повернеться на склад у Порту.</p>
    <h2>Про що свідчать журнали</h2>
    <ul>
    <li>фільтри витримали 40 днів, а не 60, бо вода виявилася солонішою, ніж передбачали;</li>
    <li>7 установок працювали лише від сонця;</li>
    <li>одну розмалювали школярі, і такою вона й лишиться.</li>
    </ul>
    <p>Від 1 вересня 2025 року в реєстрі спільних запасів вони знову будуть доступні.</p>
    """,
    links=(
        Link("Відкритий реєстр показує, що зберігається на спільних складах", "story:stock-register", "uk"),
    ),
)


def stories() -> list[Story]:
    """Return the stories that were written in two languages."""
    return [
        story(
            "archives",
            NEWS_RELEASE,
            "2024-08-29 10:30",
            topics=("culture",),
            pictures=("reading-room",),
            fr=ARCHIVES_FR,
            en=ARCHIVES_EN,
        ),
        story(
            "volunteers-statement",
            STATEMENT,
            "2024-12-05 09:00",
            topics=("preparedness",),
            fr=VOLUNTEERS_FR,
            en=VOLUNTEERS_EN,
        ),
        story(
            "glossary",
            NEWS_RELEASE,
            "2025-02-21 10:00",
            topics=("culture", "learning"),
            pictures=("booths",),
            en=GLOSSARY_EN,
            uk=GLOSSARY_UK,
        ),
        story(
            "blood-exercise",
            NEWS_RELEASE,
            "2025-03-06 15:00",
            topics=("preparedness",),
            fr=BLOOD_FR,
            en=BLOOD_EN,
        ),
        story(
            "grid-course",
            NEWS_RELEASE,
            "2025-04-10 13:45",
            topics=("energy", "learning"),
            pictures=("transformer",),
            en=GRID_EN,
            uk=GRID_UK,
        ),
        story(
            "tents-tender",
            NEWS_RELEASE,
            "2025-07-03 11:00",
            topics=("supply",),
            pictures=("warehouse",),
            fr=TENDER_FR,
            en=TENDER_EN,
        ),
        story(
            "water-loan",
            NEWS_RELEASE,
            "2025-08-21 09:45",
            topics=("supply", "preparedness"),
            en=LOAN_EN,
            uk=LOAN_UK,
        ),
    ]
