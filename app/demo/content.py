"""All that the demonstration tells: its stories, topics and contacts, and the work left on the desk."""

from __future__ import annotations

from app.demo import (
    contact_group,
    energy,
    learning,
    ministers,
    one_language,
    people,
    preparedness,
    protection,
    secretariat,
    speeches,
    stock_figures,
    supply,
    transport,
    two_languages,
    visits,
    weeks_ahead,
)
from app.demo.desk_work import COMMENT, unfinished
from app.demo.pieces import Contact, Story, Text, Topic
from app.demo.topic_pieces import TopicText
from app.demo.topic_production import PRODUCTION
from app.demo.topic_secretariat import ENERGY, PREPAREDNESS
from app.demo.topic_ukraine import UKRAINE

__all__ = [
    "COMMENT",
    "Contact",
    "Story",
    "Text",
    "Topic",
    "TopicText",
    "contacts",
    "stories",
    "topic_pages",
    "topics",
    "unfinished",
]

_CHAPTERS = (
    contact_group,
    ministers,
    supply,
    preparedness,
    energy,
    protection,
    transport,
    secretariat,
    people,
    learning,
    speeches,
    visits,
    two_languages,
    one_language,
    stock_figures,
    weeks_ahead,
)


def stories() -> list[Story]:
    """Return every story that is public, the oldest first."""
    told = [each for chapter in _CHAPTERS for each in chapter.stories()]
    return sorted(told, key=lambda each: each.published_at)


def topic_pages() -> list[TopicText]:
    """Return the topic pages, the oldest first."""
    return sorted((UKRAINE, PRODUCTION, ENERGY, PREPAREDNESS), key=lambda each: each.published_on)


def topics() -> list[Topic]:
    """Return the topics, in the order of the home page."""
    return [
        Topic(key, {"fr": fr, "en": en, "uk": uk})
        for key, fr, en, uk in (
            ("ukraine", "Soutien à l’Ukraine", "Support for Ukraine", "Підтримка України"),
            ("defence-production", "Production de défense", "Defence production", "Оборонне виробництво"),
            ("supply", "Industrie et approvisionnement", "Industry and supply", "Промисловість і постачання"),
            ("preparedness", "Préparation civile", "Civil preparedness", "Цивільна готовність"),
            ("energy", "Énergie", "Energy", "Енергетика"),
            ("transport", "Transports", "Transport", "Транспорт"),
            ("cyber", "Cybersécurité", "Cyber security", "Кібербезпека"),
            ("space", "Espace et observation", "Space and observation", "Космос і спостереження"),
            ("mine-clearance", "Déminage", "Mine clearance", "Розмінування"),
            ("learning", "Formation", "Learning", "Освіта й підготовка"),
            ("culture", "Culture et langues", "Culture and languages", "Культура й мови"),
            ("secretariat", "Vie du Secrétariat", "The Secretariat", "Життя Секретаріату"),
            ("agenda", "Agenda", "Agenda", "Порядок денний"),
        )
    ]


def contacts() -> list[Contact]:
    """Return whom the press may call; the numbers and addresses are examples."""
    return [
        Contact(
            "press-desk",
            names={"fr": "Service de presse", "en": "Press office", "uk": "Пресслужба"},
            functions={
                "fr": "Bureau de Bruxelles",
                "en": "Brussels office",
                "uk": "Брюссельське бюро",
            },
            hours={"fr": "Jour et nuit", "en": "Day and night", "uk": "Цілодобово"},
            phone="+32 2 555 01 48",
            email="press@example.org",
            languages=("fr", "en", "uk"),
        ),
        Contact(
            "accreditation",
            names={"fr": "Leïla Sørensen-Costa", "en": "Leïla Sørensen-Costa", "uk": "Лейла Серенсен-Коста"},
            functions={
                "fr": "Accréditation et accueil des médias",
                "en": "Accreditation and media services",
                "uk": "Акредитація та послуги для медіа",
            },
            hours={
                "fr": "Du lundi au vendredi, de 9 h 00 à 17 h 00, heure de Bruxelles",
                "en": "Monday to Friday, 9:00 to 17:00, Brussels time",
                "uk": "Від понеділка до п’ятниці, 9:00–17:00, за брюссельським часом",
            },
            phone="+32 2 555 01 49",
            email="accreditation@example.org",
            languages=("en", "fr"),
        ),
        Contact(
            "statistics",
            names={"fr": "Davit Moreira-Lang", "en": "Davit Moreira-Lang", "uk": "Давіт Морейра-Ланг"},
            functions={
                "fr": "Registre des stocks, chiffres et données",
                "en": "Stock register, figures and data",
                "uk": "Реєстр запасів, цифри та дані",
            },
            hours={
                "fr": "Du lundi au vendredi, de 10 h 00 à 16 h 00, heure de Bruxelles",
                "en": "Monday to Friday, 10:00 to 16:00, Brussels time",
                "uk": "Від понеділка до п’ятниці, 10:00–16:00, за брюссельським часом",
            },
            phone="+32 2 555 01 52",
            email="data@example.org",
            languages=("en", "pt", "ka"),
        ),
    ]
