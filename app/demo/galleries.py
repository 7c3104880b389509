"""The photos of the demonstration: drawn like its pictures, with what their files say of themselves, and described.

They come as an officer's would: uploaded, read and made ready by the jobs, begun with what the files say, described,
reviewed and published.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from multiprocessing import get_context

from flask import Flask, current_app

from app import clock
from app.accounts.models import Account
from app.demo import pictures
from app.demo.pieces import SEEN
from app.editorial import queries as texts
from app.editorial import service as editorial
from app.editorial.models import Edition, Item
from app.editorial.service import Text
from app.editorial.service.snapshots import shared_of, text_of
from app.jobs.sweep import do_due
from app.library.uploads import queries as uploads
from app.library.uploads import service as uploading
from app.photos import service
from app.photos.rules import Described

LANGUAGES = ("en", "fr", "uk")
CREATOR = "Mira Solberg"
CREDIT = "International Secretariat"
TERMS = {
    "en": "Free for editorial use with the credit. Not for advertising. Drawings of a demonstration: no real event.",
    "fr": (
        "Libre pour un usage éditorial, avec le crédit. Pas de publicité. Dessins de démonstration : aucun événement "
        "réel."
    ),
    "uk": (
        "Вільне редакційне використання із зазначенням авторства. Не для реклами. Малюнки для демонстрації: жодної "
        "реальної події."
    ),
}


@dataclass(frozen=True)
class DemoPhoto:
    """A drawn photo: the scene, its captions in LANGUAGES, and who is seen, from left to right."""

    scene: str
    captions: tuple[str, str, str]
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoSet:
    """Photos that are published together; titles, leads and places are in LANGUAGES."""

    titles: tuple[str, str, str]
    leads: tuple[str, str, str]
    places: tuple[str, str, str]
    topics: tuple[str, ...]
    days_ago: int
    photos: tuple[DemoPhoto, ...]


SETS = (
    DemoSet(
        titles=(
            "Ministers discuss support for the power grid",
            "Les ministres discutent du soutien au réseau électrique",
            "Міністри обговорюють підтримку енергомережі",
        ),
        leads=(
            "Arrivals, the round table and the press conference of the ministerial meeting.",
            "Arrivées, table ronde et conférence de presse de la réunion ministérielle.",
            "Прибуття, круглий стіл і пресконференція зустрічі міністрів.",
        ),
        places=("Brussels", "Bruxelles", "Брюссель"),
        topics=("ukraine",),
        days_ago=2,
        photos=(
            DemoPhoto(
                "entrance",
                (
                    "The entrance of the secretariat on the morning of the meeting.",
                    "L’entrée du secrétariat au matin de la réunion.",
                    "Вхід до секретаріату вранці в день зустрічі.",
                ),
            ),
            DemoPhoto(
                "apron",
                (
                    "A delegation arrives at the military airport.",
                    "Une délégation arrive à l’aéroport militaire.",
                    "Делегація прибуває на військовий аеродром.",
                ),
            ),
            DemoPhoto(
                "round-table",
                (
                    "The ministers around the table at the opening of the session.",
                    "Les ministres autour de la table à l’ouverture de la session.",
                    "Міністри за столом на початку засідання.",
                ),
                ("Helena Marsh", "Kari Lind", "Oleh Tkachuk"),
            ),
            DemoPhoto(
                "booths",
                (
                    "Interpreters follow the session from their booths.",
                    "Les interprètes suivent la session depuis leurs cabines.",
                    "Перекладачі стежать за засіданням зі своїх кабін.",
                ),
            ),
            DemoPhoto(
                "video-wall",
                (
                    "Two ministers take part by video link.",
                    "Deux ministres participent par visioconférence.",
                    "Двоє міністрів беруть участь відеозв’язком.",
                ),
            ),
            DemoPhoto(
                "podium",
                (
                    "The press room before the closing press conference.",
                    "La salle de presse avant la conférence de presse finale.",
                    "Зала для преси перед підсумковою пресконференцією.",
                ),
                ("Helena Marsh",),
            ),
        ),
    ),
    DemoSet(
        titles=(
            "Repairs and relief after the strikes",
            "Réparations et secours après les frappes",
            "Ремонт і допомога після ударів",
        ),
        leads=(
            "Crews at work on substations, water supply and roads.",
            "Des équipes à l’œuvre sur les postes électriques, l’eau et les routes.",
            "Бригади працюють на підстанціях, водопостачанні й дорогах.",
        ),
        places=("Kharkiv", "Kharkiv", "Харків"),
        topics=("ukraine",),
        days_ago=9,
        photos=(
            DemoPhoto(
                "transformer",
                (
                    "A transformer is lifted into place at a substation.",
                    "Un transformateur est mis en place dans un poste électrique.",
                    "Трансформатор установлюють на підстанції.",
                ),
            ),
            DemoPhoto(
                "field",
                (
                    "Deminers search a field beside a power line.",
                    "Des démineurs fouillent un champ près d’une ligne électrique.",
                    "Сапери обстежують поле біля лінії електропередачі.",
                ),
            ),
            DemoPhoto(
                "water-point",
                (
                    "Residents queue for drinking water in the evening.",
                    "Des habitants font la queue pour l’eau potable, le soir.",
                    "Мешканці ввечері стоять у черзі по питну воду.",
                ),
            ),
            DemoPhoto(
                "convoy",
                (
                    "Lorries with generators on their way east.",
                    "Des camions chargés de générateurs en route vers l’est.",
                    "Вантажівки з генераторами їдуть на схід.",
                ),
            ),
            DemoPhoto(
                "warehouse",
                (
                    "Spare parts are sorted in a warehouse.",
                    "Des pièces de rechange sont triées dans un entrepôt.",
                    "У складі сортують запасні частини.",
                ),
            ),
            DemoPhoto(
                "operations",
                (
                    "Operators follow the state of the grid through the night.",
                    "Des opérateurs suivent l’état du réseau toute la nuit.",
                    "Оператори стежать за станом мережі впродовж ночі.",
                ),
                ("Iryna Bilyk", "Marko Hnatiuk"),
            ),
        ),
    ),
    DemoSet(
        titles=("Flags at half-mast", "Drapeaux en berne", "Приспущені прапори"),
        leads=(
            "The flags in front of the secretariat on the day of remembrance.",
            "Les drapeaux devant le secrétariat au jour du souvenir.",
            "Прапори перед секретаріатом у день пам’яті.",
        ),
        places=("Brussels", "Bruxelles", "Брюссель"),
        topics=(),
        days_ago=20,
        photos=(
            DemoPhoto(
                "half-mast",
                (
                    "The flags stand at half-mast until the evening.",
                    "Les drapeaux restent en berne jusqu’au soir.",
                    "Прапори приспущено до вечора.",
                ),
            ),
        ),
    ),
)


def publish(people: dict[str, Account], contact_id: int | None) -> int:
    """Upload, describe and publish every photo, and return how many there are."""
    known = {each.key: each for each in pictures.pictures()}
    now = clock.now()
    wanted = [(one, photo) for one in SETS for photo in one.photos]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        drawn = list(pool.map(pictures.photo, *zip(*(_told(*each, now) for each in wanted), strict=True)))
    ids = []
    for (_one, photo), data in zip(wanted, drawn, strict=True):
        upload = uploading.take_whole(f"{photo.scene}.jpg", BytesIO(data), len(data), by=people["writer"])
        ids.append(upload.id)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    while do_due(app):  # they are read, and their sizes are made
        pass
    masters = [_master(upload_id) for upload_id in ids]
    taken = iter(masters)
    for one in SETS:
        _publish(one, [next(taken) for _photo in one.photos], people, known, contact_id, now)
    return len(wanted)


def _master(upload_id: int) -> int:
    upload = uploads.by_id(upload_id)
    if upload is None or upload.master_id is None:
        raise RuntimeError("the demonstration could not read a photo of its own")
    return upload.master_id


def _told(one: DemoSet, photo: DemoPhoto, now: datetime) -> tuple[str, dict[str, object]]:
    """Return the scene of a photo, and what its file says of itself: in English, as an agency would."""
    day = _day(one, now)
    return photo.scene, {
        "caption": photo.captions[0],
        "creator": CREATOR,
        "credit": CREDIT,
        "copyright": f"© {CREDIT} {day.year}",
        "usage_terms": TERMS["en"],
        "persons": list(photo.people),
        "city": one.places[0],
        "date": day.isoformat(),
    }


def _day(one: DemoSet, now: datetime) -> date:
    return (now - timedelta(days=one.days_ago)).date()


def _publish(
    one: DemoSet,
    masters: Sequence[int],
    people: dict[str, Account],
    known: dict[str, pictures.DemoPicture],
    contact_id: int | None,
    now: datetime,
) -> None:
    at = now - timedelta(days=one.days_ago)
    editions: list[Edition] = []
    with clock.at(at - timedelta(hours=2)):
        first = service.begin(masters, LANGUAGES[0], by=people["writer"])
        for number, language in enumerate(LANGUAGES):
            edition = first if number == 0 else _begun(first.item, language, people["writer"])
            _describe(edition, one, number, known, contact_id, people["writer"])
            editions.append(edition)
        for edition in editions:
            editorial.submit(edition, by=people["writer"], reason=SEEN)
    with clock.at(at - timedelta(hours=1)):
        for edition in editions:
            editorial.approve(edition, by=people["publisher"])
    with clock.at(at):
        for edition in editions:
            editorial.publish(edition, by=people["publisher"])


def _begun(item: Item, language: str, by: Account) -> Edition:
    first = next(each.current for each in texts.editions_of(item.id) if each.current is not None)
    return editorial.start(item, language, Text(), shared_of(first), by=by)


def _describe(
    edition: Edition,
    one: DemoSet,
    number: int,
    known: dict[str, pictures.DemoPicture],
    contact_id: int | None,
    by: Account,
) -> None:
    """Say in one language what the set and each of its photos is."""
    now = edition.current
    if now is None:
        raise RuntimeError("the demonstration could not begin its photos")
    typed = {
        entry["id"]: Described(
            caption=photo.captions[number],
            alt=known[photo.scene].alts[edition.language],
            people=photo.people,
            creator=CREATOR,
        )
        for entry, photo in zip(now.facts["photos"], one.photos, strict=True)
    }
    now = service.describe(edition, typed, base=now.number, by=by) or now
    text, shared = text_of(now), shared_of(now)
    text = replace(
        text,
        title=one.titles[number],
        lead=one.leads[number],
        place=one.places[number],
        fields=text.fields | {"terms": TERMS[edition.language]},
    )
    shared = replace(
        shared,
        topics=one.topics,
        contact_id=contact_id,
        date=_day(one, clock.now() + timedelta(hours=2, days=one.days_ago)),
        facts=shared.facts | {"credit": CREDIT, "copyright": f"© {CREDIT}"},
    )
    service.save(edition, text, shared, base=now.number, by=by)
