"""What the weeks held: entries of the agenda, and a sentence for the head of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple


class Entry(NamedTuple):
    """Something that happens: the day of the week (0 is Monday), the hour in Brussels, who may attend, and what."""

    day: int
    at: time
    access: str
    what: Mapping[str, str]


class Week(NamedTuple):
    """A week: its Monday, its lead in each language that it is written in, its entries."""

    monday: date
    leads: Mapping[str, str]
    entries: tuple[Entry, ...]


def _at(number: int, hour: int, minute: int, access: str, fr: str, en: str, uk: str = "") -> Entry:
    return Entry(number, time(hour, minute), access, {"fr": fr, "en": en, "uk": uk})


WEEKS = (
    Week(
        date(2024, 9, 9),
        {"en": "Certificates for deminers in Mostar, and the new Deputy Secretary General meets the press."},
        (
            _at(
                0, 15, 0, "open",
                "Première rencontre du secrétaire général adjoint avec la presse, salle de presse",
                "The Deputy Secretary General, Tomasz Abebe-Kowalczyk, meets the press, press room",
            ),
            _at(
                3, 11, 0, "open",
                "Remise des certificats aux stagiaires du cours de déminage, Mostar",
                "Certificates are handed to the trainees of the mine clearance course, Mostar",
            ),
            _at(
                4, 9, 30, "closed",
                "Réunion des directeurs des dépôts communs, par visioconférence",
                "Meeting of the managers of the shared stores, by video conference",
            ),
        ),
    ),
    Week(
        date(2024, 11, 4),
        {
            "fr": """Le centre de matériel de réparation ouvre à Košice ; à Bruxelles, les auditeurs
                rendent leur rapport.""",
            "en": "The hub for repair equipment opens in Košice; in Brussels the auditors hand in their report.",
        },
        (
            _at(
                1, 10, 0, "pool",
                "Remise du rapport des auditeurs à la secrétaire générale, siège",
                "The auditors hand their report to the Secretary General, headquarters",
            ),
            _at(
                3, 14, 0, "open",
                "Ouverture du centre de matériel de réparation, Košice",
                "Opening of the hub for repair equipment, Košice",
            ),
            _at(
                3, 15, 30, "open",
                "Visite de l’atelier avec Oleksandra Hrytsenko-Maes, ingénieure en chef, Košice",
                "Tour of the workshop with Oleksandra Hrytsenko-Maes, chief engineer, Košice",
            ),
        ),
    ),
    Week(
        date(2025, 1, 13),
        {"en": "A new class at the civil staff college, and the stocks after the holidays."},
        (
            _at(
                0, 9, 0, "closed",
                "Réunion des représentants des 28 pays participants, siège",
                "Meeting of the representatives of the 28 participating countries, headquarters",
            ),
            _at(
                3, 9, 30, "open",
                "Rentrée de la vingtième promotion de l’École civile d’état-major, Lyon",
                "The twentieth class of the civil staff college begins, Lyon",
            ),
            _at(
                4, 14, 0, "pool",
                "Visite de la secrétaire générale au centre de crise de la ville, Lyon",
                "The Secretary General visits the crisis centre of the city, Lyon",
            ),
        ),
    ),
    Week(
        date(2025, 3, 17),
        {
            "fr": """Trente équipes défendent un pays imaginaire à Tallinn. Les journalistes peuvent
                assister à la dernière matinée.""",
            "en": "Thirty teams defend an imaginary country in Tallinn. Journalists may watch the last morning.",
        },
        (
            _at(
                1, 8, 0, "closed",
                "Début de l’exercice « Toile d’hiver », Tallinn",
                "The exercise “Winter Web” begins, Tallinn",
            ),
            _at(
                3, 9, 0, "open",
                "Dernière matinée de l’exercice, vue depuis la galerie, Tallinn",
                "Last morning of the exercise, seen from the gallery, Tallinn",
            ),
            _at(
                3, 16, 0, "open",
                "Premier bilan par Ruxandra Demirel, directrice de la cybersécurité, Tallinn",
                "First findings by Ruxandra Demirel, Director of Cyber Security, Tallinn",
            ),
            _at(
                4, 10, 30, "pool",
                "Signature d’un accord avec trois écoles d’ingénieurs, siège",
                "Signing of an agreement with three engineering schools, headquarters",
            ),
        ),
    ),
    Week(
        date(2025, 5, 12),
        {
            "fr": """La semaine s’achève par la journée portes ouvertes du samedi 17 mai 2025. Les médias
                entrent dès 8 h 30.""",
            "en": "The week ends with the open day of Saturday 17 May 2025. Media may enter from 8:30.",
            "uk": """Тиждень завершиться днем відчинених дверей у суботу, 17 травня 2025 року. Медіа можуть
                увійти від 8:30.""",
        },
        (
            _at(
                2, 11, 0, "closed",
                "Comité des transports, siège",
                "Transport committee, headquarters",
                "Засідання транспортного комітету, штаб-квартира",
            ),
            _at(
                4, 15, 0, "pool",
                "Répétition du montage d’un pont modulaire, esplanade du siège",
                "Rehearsal: a modular bridge is put together, square of the headquarters",
                "Репетиція складання модульного мосту, площа перед штаб-квартирою",
            ),
            _at(
                5, 10, 0, "open",
                "Ouverture des portes par la secrétaire générale, entrée nord",
                "The Secretary General opens the doors, north entrance",
                "Генеральна секретарка відчиняє двері, північний вхід",
            ),
        ),
    ),
    Week(
        date(2025, 6, 30),
        {
            "fr": """Les données des exercices deviennent publiques mardi ; jeudi, un appel d’offres pour
                900 tentes.""",
            "en": """The data of the exercises become public on Tuesday; on Thursday, a call for tenders
                for 900 tents.""",
        },
        (
            _at(
                1, 10, 0, "open",
                "Présentation des données des exercices par l’équipe du registre, salle de presse",
                "The register team presents the data of the exercises, press room",
            ),
            _at(
                3, 11, 0, "open",
                "Publication de l’appel d’offres sur les tentes chauffées, suivie de questions",
                "The call for tenders on heated tents is published, followed by questions",
            ),
            _at(
                6, 16, 0, "open",
                "Concert de fin de saison dans le hall du siège, entrée libre",
                "Concert at the end of the season in the hall of the headquarters, free entrance",
            ),
        ),
    ),
    Week(
        date(2025, 9, 8),
        {
            "fr": """Rentrée du cours de réparation des réseaux, et dernière ligne droite avant l’exercice
                « Eau claire ».""",
            "en": "The grid repair course begins, and the exercise “Clear Water” enters its last preparations.",
            "uk": "Починається курс із ремонту мереж, і тривають останні приготування до навчань «Чиста вода».",
        },
        (
            _at(
                0, 10, 0, "open",
                "Accueil des participants au cours de réparation des réseaux, Košice",
                "Welcome of the participants in the grid repair course, Košice",
                "Зустріч учасників курсу з ремонту мереж, Кошиці",
            ),
            _at(
                2, 14, 0, "open",
                "Présentation de l’exercice par Joaquim Teixeira Lund, hôtel de ville, Gand",
                "Joaquim Teixeira Lund presents the exercise, town hall, Ghent",
                "Жуакім Тейшейра Лунд презентує навчання, ратуша, Гент",
            ),
            _at(
                4, 17, 0, "closed",
                "Clôture de l’appel d’offres sur les tentes chauffées",
                "The call for tenders on heated tents closes",
                "Завершується тендер на опалювані намети",
            ),
        ),
    ),
    Week(
        date(2025, 9, 29),
        {
            "fr": "Mardi, le prix de la traduction ; jeudi, les interprètes ouvrent leurs cabines aux caméras.",
            "en": "On Tuesday, the translation prize; on Thursday, interpreters open their booths to cameras.",
            "uk": "У вівторок — перекладацька премія; у четвер синхронні перекладачі впускають камери до кабін.",
        },
        (
            _at(
                1, 17, 0, "open",
                "Remise du prix de la traduction, grande salle du siège",
                "Award of the translation prize, main hall of the headquarters",
                "Вручення перекладацької премії, велика зала штаб-квартири",
            ),
            _at(
                3, 10, 0, "pool",
                "Tournage dans les cabines des interprètes, sur inscription",
                "Filming in the interpreters’ booths, on registration",
                "Знімання в кабінах перекладачів, за попереднім записом",
            ),
            _at(
                5, 11, 0, "open",
                "Atelier ouvert : traduire une notice, salle de lecture",
                "Open workshop: translating a manual, reading room",
                "Відкритий семінар: як перекласти інструкцію, читальна зала",
            ),
        ),
    ),
    Week(
        date(2025, 11, 24),
        {
            "fr": "Les exploitants de réseaux signent vendredi une déclaration commune pour l’hiver.",
            "en": "On Friday grid operators sign a joint statement for the winter.",
        },
        (
            _at(
                0, 11, 0, "closed",
                "Réunion préparatoire des exploitants de réseaux, siège",
                "Preparatory meeting of the grid operators, headquarters",
            ),
            _at(
                2, 15, 30, "pool",
                "Visite de la secrétaire générale à la salle de conduite d’un réseau, Gand",
                "The Secretary General visits the control room of a grid, Ghent",
            ),
            _at(
                4, 9, 30, "open",
                "Signature de la déclaration commune et conférence de presse, siège",
                "Signing of the joint statement and press conference, headquarters",
            ),
        ),
    ),
    Week(
        date(2025, 12, 8),
        {
            "fr": "Mercredi, réunion des ministres des 28 pays participants sur les chaînes d’approvisionnement.",
            "en": "On Wednesday the ministers of the 28 participating countries meet about supply chains.",
            "uk": "У середу міністри 28 країн-учасниць збираються на зустріч щодо ланцюгів постачання.",
        },
        (
            _at(
                1, 18, 0, "closed",
                "Dîner de travail des ministres",
                "Working dinner of the ministers",
                "Робоча вечеря міністрів",
            ),
            _at(
                2, 8, 15, "open",
                "Arrivées et déclarations, entrée nord",
                "Arrivals and statements, north entrance",
                "Прибуття та заяви, північний вхід",
            ),
            _at(
                2, 13, 30, "open",
                "Conférence de presse de la secrétaire générale, salle de presse",
                "Press conference of the Secretary General, press room",
                "Пресконференція генеральної секретарки, зала для преси",
            ),
            _at(
                4, 10, 0, "open",
                "Visite guidée du dépôt de Riga pour les médias, sur inscription",
                "Guided tour of the store in Riga for media, on registration",
                "Екскурсія складом у Ризі для медіа, за попереднім записом",
            ),
        ),
    ),
)  # fmt: skip
