"""Two meetings from the public record. Their hours are not on it: they were made up, and the pages say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from app.demo.event_pieces import (
    ENTRANCE,
    FLOOR,
    HEADQUARTERS,
    MADE_UP,
    PRESS_ROOM,
    QUESTIONS,
    ROOM_1,
    TALKS,
    TRAM,
    VTC,
    Change,
    Happening,
    Line,
    at,
    words,
)


def contact_group() -> Happening:
    """Return this meeting."""
    day = date(2025, 7, 21)
    return Happening(
        key="contact-group",
        kind="meeting",
        first=day,
        told_at=at(date(2025, 7, 17), 12),
        begins=time(14),
        ends=time(17),
        title=words(
            "Réunion du Groupe de contact pour la défense de l’Ukraine",
            "Meeting of the Ukraine Defense Contact Group",
            "Засідання Контактної групи з питань оборони України",
        ),
        lead=words(
            "La réunion, tenue par visioconférence, a pour hôtes les ministres allemand et britannique de la Défense.",
            "The meeting, held by video conference, is hosted by the German and British defence ministers.",
            "Засідання у форматі відеоконференції проводять міністри оборони Німеччини та Великої Британії.",
        ),
        place=VTC,
        body=MADE_UP,
        topics=("ukraine",),
        contact="press-desk",
        links=_linked("story:contact-group"),
        lines=(
            Line(
                time(14),
                words("Mots d’ouverture", "Opening remarks", "Вступне слово"),
                "opening_remarks",
                people=words(
                    "Boris Pistorius, John Healey et Mark Rutte",
                    "Boris Pistorius, John Healey and Mark Rutte",
                    "Борис Пісторіус, Джон Гілі та Марк Рютте",
                ),
                languages=("floor", "en"),
                expects=("text",),
            ),
            Line(time(14, 30), TALKS, "working_session", "closed", ends=time(16, 30)),
        ),
        changes=(Change(at(day, 20), delivered={0: (("text", "story:contact-group"),)}),),
    )


def _linked(url: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    titles = words("Le communiqué", "The news release", "Пресреліз")
    return {language: ((title, url),) for language, title in titles.items()}


def ministers() -> Happening:
    """Return this meeting."""
    day = date(2025, 12, 3)
    return Happening(
        key="ministers",
        kind="meeting",
        first=day,
        told_at=at(date(2025, 11, 26), 11),
        begins=time(8, 30),
        ends=time(18, 30),
        title=words(
            "Réunion des ministres des Affaires étrangères",
            "Meeting of ministers of foreign affairs",
            "Засідання міністрів закордонних справ",
        ),
        lead=words(
            "Les ministres se réunissent à mi-chemin entre les sommets de La Haye (2025) et d’Ankara (2026).",
            "The ministers meet midway between the summits of The Hague (2025) and Ankara (2026).",
            "Міністри зустрічаються на півдорозі між самітами в Гаазі (2025) та Анкарі (2026).",
        ),
        place=HEADQUARTERS,
        body=words(*(MADE_UP[code] + TRAM[code] for code in ("fr", "en", "uk"))),
        topics=("ukraine", "defence-production"),
        accreditation=at(date(2025, 12, 1), 18),
        links=_linked("story:ministers"),
        lines=(
            Line(
                time(8, 30),
                words(
                    "Arrivées et déclarations à l’entrée",
                    "Arrivals and doorstep statements",
                    "Прибуття й заяви при вході",
                ),
                "arrival_doorstep",
                place=ENTRANCE,
                is_around=True,
                expects=("video", "photos"),
            ),
            Line(
                time(9, 45),
                words("Photo de famille", "Family photo", "Спільне фото"),
                "family_photo",
                "pool",
                place=words("Grand hall", "Main hall", "Головна зала"),
                conditions=words(
                    "Six photographes, désignés la veille.",
                    "Six photographers, named the day before.",
                    "Шість фотографів, яких визначать напередодні.",
                ),
                expects=("photos",),
            ),
            Line(
                time(10),
                words(
                    "Mots d’ouverture du secrétaire général",
                    "Opening remarks by the Secretary General",
                    "Вступне слово Генерального секретаря",
                ),
                "opening_remarks",
                "pool",
                ends=time(10, 10),
                place=ROOM_1,
                people=words("Mark Rutte", "Mark Rutte", "Марк Рютте"),
                languages=FLOOR,
                expects=("video", "transcript"),
            ),
            Line(time(10, 10), TALKS, "working_session", "closed", ends=time(12, 30), place=ROOM_1),
            Line(
                time(14),
                words("Conseil OTAN-Ukraine", "NATO-Ukraine Council", "Рада Україна — НАТО"),
                "working_session",
                "closed",
                ends=time(16),
                place=ROOM_1,
                people=words(
                    "Avec Andrii Sybiha et Kaja Kallas",
                    "With Andrii Sybiha and Kaja Kallas",
                    "За участю Андрія Сибіги та Каї Каллас",
                ),
            ),
            Line(
                time(16, 15),
                words("Déclaration à la presse", "Statement to the press", "Заява для преси"),
                "arrival_doorstep",
                place=ENTRANCE,
            ),
            Line(
                time(17),
                QUESTIONS,
                "press_conference",
                ends=time(17, 45),
                place=PRESS_ROOM,
                people=words("Mark Rutte", "Mark Rutte", "Марк Рютте"),
                languages=FLOOR,
                expects=("video", "transcript"),
            ),
        ),
        changes=(
            Change(
                at(date(2025, 12, 2), 16),
                moved={6: (time(17, 30), time(18, 15))},
                cancelled=(5,),
                notes={
                    5: words(
                        "Remplacée par la conférence de presse.",
                        "Replaced by the press conference.",
                        "Замість неї відбудеться пресконференція.",
                    )
                },
            ),
            Change(at(day, 21), delivered={6: (("transcript", "story:ministers"),)}),
        ),
    )
