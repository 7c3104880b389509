"""All events of the demonstration: the real meetings, and those around the day on which it is made."""

from __future__ import annotations

from datetime import date, time, timedelta

from app.demo import real_meetings
from app.demo.event_pieces import FLOOR, PRESS_ROOM, QUESTIONS, TRAM, Change, Happening, Line, at, words


def _briefing(today: date) -> Happening:
    speaker = words("Malik Johansson-Ferrero", "Malik Johansson-Ferrero", "Малік Йоганссон-Ферреро")
    return Happening(
        key="briefing",
        kind="briefing",
        first=today,
        told_at=at(today - timedelta(days=2), 10),
        begins=time(9, 30),
        ends=time(17),
        title=words("Points de presse du jour", "The day’s briefings", "Брифінги дня"),
        lead=words(
            "Le porte-parole répond aux questions ; les chiffres du registre sont présentés l’après-midi.",
            "The spokesperson takes questions; the figures of the register are presented in the afternoon.",
            "Речник відповідає на запитання; після обіду представлять дані реєстру.",
        ),
        place=words(
            "Secrétariat international, Bruxelles",
            "International Secretariat, Brussels",
            "Міжнародний секретаріат, Брюссель",
        ),
        body=TRAM,
        topics=("agenda", "secretariat"),
        contact="press-desk",
        lines=(
            Line(
                time(9, 30),
                words("Café avec les correspondants", "Coffee with correspondents", "Кава з кореспондентами"),
                "other",
                "by_invitation",
                ends=time(10, 15),
                place=PRESS_ROOM,
            ),
            Line(
                time(12, 30),
                words("Point de presse du porte-parole", "Briefing by the spokesperson", "Брифінг речника"),
                "press_conference",
                ends=time(13, 15),
                place=PRESS_ROOM,
                people=speaker,
                languages=FLOOR,
                expects=("video", "transcript"),
            ),
            Line(
                time(16),
                words(
                    "Les chiffres du registre des stocks",
                    "The figures of the stock register",
                    "Дані реєстру запасів",
                ),
                "press_conference",
                ends=time(17),
                place=PRESS_ROOM,
                people=words("Davit Moreira-Lang", "Davit Moreira-Lang", "Давіт Морейра-Ланг"),
                is_around=True,
                expects=("text",),
            ),
        ),
    )


def _visit(today: date) -> Happening:
    day = today + timedelta(days=1)
    return Happening(
        key="store",
        kind="visit",
        first=day,
        told_at=at(today - timedelta(days=6), 15),
        begins=time(9),
        ends=time(16),
        title=words("Visite du dépôt de Porto", "Visit to the store in Porto", "Відвідання складу в Порту"),
        lead=words(
            "Une journée pour voir comment un pont de secours se monte, se démonte et se compte.",
            "A day to see how an emergency bridge is put up, taken down and counted.",
            "День, щоб побачити, як аварійний міст складають, розбирають і рахують.",
        ),
        place=words("Dépôt commun, Porto", "Shared store, Porto", "Спільний склад, Порту"),
        body=words(
            "<p>Chaussures fermées. Des casques sont prêtés à l’entrée.</p>",
            "<p>Closed shoes. Helmets are lent at the entrance.</p>",
            "<p>Закрите взуття. Каски видають при вході.</p>",
        ),
        topics=("supply",),
        accreditation=at(today, 18),
        lines=(
            Line(
                time(9),
                words("Accueil et tour du dépôt", "Welcome and tour of the store", "Зустріч і огляд складу"),
                "visit",
                ends=time(10, 30),
            ),
            Line(
                time(11),
                words("Montage du pont", "The bridge is put up", "Складання мосту"),
                "visit",
                "pool",
                ends=time(11, 45),
                place=words("Quai 4", "Quay 4", "Причал 4"),
                conditions=words("Vingt places.", "Twenty places.", "Двадцять місць."),
                expects=("video", "photos"),
            ),
            Line(
                time(13),
                words("Déjeuner avec les équipes", "Lunch with the teams", "Обід із командами"),
                "meal",
                "by_invitation",
                is_around=True,
            ),
            Line(
                time(15),
                QUESTIONS,
                "press_conference",
                ends=time(15, 45),
                place=PRESS_ROOM,
                languages=("en", "pt"),
            ),
        ),
        changes=(
            Change(
                at(today - timedelta(days=1), 17),
                moved={1: (time(11, 30), time(12, 15))},
                cancelled=(2,),
                notes={
                    1: words(
                        "La marée est plus tardive que prévu.",
                        "The tide is later than expected.",
                        "Приплив буде пізніше, ніж очікували.",
                    )
                },
            ),
        ),
    )


def _conference(today: date) -> Happening:
    first = today + timedelta(days=33)
    return Happening(
        key="conference",
        kind="conference",
        first=first,
        last=first + timedelta(days=1),
        told_at=at(today - timedelta(days=4), 11),
        title=words(
            "Conférence sur la préparation civile",
            "Conference on civil preparedness",
            "Конференція з цивільної готовності",
        ),
        lead=words(
            "Deux jours sur l’eau, l’énergie et les abris, avec des villes qui s’entraînent déjà.",
            "Two days on water, energy and shelters, with towns that train already.",
            "Два дні про воду, енергію та укриття — з містами, які вже тренуються.",
        ),
        place=words("Palais des congrès, Liège", "Congress centre, Liège", "Конгрес-центр, Льєж"),
        body=TRAM,
        topics=("preparedness", "energy"),
        accreditation=at(today + timedelta(days=20), 18),
    )


def _ceremony(today: date) -> Happening:
    first = today + timedelta(days=9)
    return Happening(
        key="ceremony",
        kind="ceremony",
        first=first,
        told_at=at(today - timedelta(days=15), 9),
        begins=time(11),
        ends=time(12),
        title=words(
            "Signature de l’accord sur les ponts de secours",
            "Signing of the agreement on emergency bridges",
            "Підписання угоди про аварійні мости",
        ),
        lead=words(
            "Neuf pays mettent en commun leurs ponts démontables.",
            "Nine countries share their bridges that can be taken apart.",
            "Дев’ять країн об’єднують свої розбірні мости.",
        ),
        place=words("Hôtel de ville, Bruxelles", "Town hall, Brussels", "Ратуша, Брюссель"),
        body=words("", "", ""),
        topics=("transport",),
        lines=(Line(time(11), words("Signature", "Signing", "Підписання"), "signing", ends=time(11, 20)),),
        changes=(
            Change(
                at(today - timedelta(days=3), 14),
                is_off=True,
                note=words(
                    "Annulée : la signature aura lieu par correspondance.",
                    "Cancelled: the agreement will be signed by letter.",
                    "Скасовано: угоду підпишуть листуванням.",
                ),
            ),
        ),
    )


def _open_day(today: date) -> Happening:
    first = today - timedelta(days=40)
    return Happening(
        key="open-day",
        kind="visit",
        first=first,
        told_at=at(first - timedelta(days=12), 10),
        begins=time(10),
        ends=time(18),
        title=words(
            "Journée portes ouvertes du Secrétariat",
            "Open day at the Secretariat",
            "День відкритих дверей у Секретаріаті",
        ),
        lead=words(
            "Visites, ateliers et cartes à toucher, pour tous les âges.",
            "Tours, workshops and maps to touch, for every age.",
            "Екскурсії, майстерні й карти на дотик — для будь-якого віку.",
        ),
        place=words(
            "Secrétariat international, Bruxelles",
            "International Secretariat, Brussels",
            "Міжнародний секретаріат, Брюссель",
        ),
        body=TRAM,
        topics=("secretariat", "culture"),
    )


def happenings(today: date) -> list[Happening]:
    """Return all events, as seen on the office's day ``today``."""
    made = (_briefing, _visit, _conference, _ceremony, _open_day)
    return [real_meetings.contact_group(), real_meetings.ministers(), *(make(today) for make in made)]
