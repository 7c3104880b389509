"""The videos of the demonstration: bars with a running timecode and a tone, made at set-up and described like footage.

The files hold no real pictures, and say so; shotlists, captions and restrictions read like an office's. They come in as
files do: kept under what they hold, read and prepared by the jobs of the library, then described, reviewed, published.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import service
from app.editorial.service import Shared, Text
from app.jobs.ledger import owe
from app.jobs.turns import perform
from app.library import ffmpeg
from app.library.cues import Cue, write
from app.library.models import Master, MasterState, MediaKind
from app.library.service import preparing
from app.storage import keeping
from app.text.moments import UTC
from app.videos import captioning
from app.videos.models import Video

LANGUAGES = ("fr", "en", "uk")
RATE = 25
CREDIT = {
    "fr": "Secrétariat international (démonstration)",
    "en": "International Secretariat (demonstration)",
    "uk": "Міжнародний секретаріат (демонстрація)",
}
FREE = {
    "fr": "Libre pour un usage rédactionnel, avec mention de la source.",
    "en": "Free for editorial use with credit.",
    "uk": "Вільно для редакційного використання із зазначенням авторства.",
}

Words = tuple[str, str, str]  # in French, English, Ukrainian


@dataclass(frozen=True)
class Shot:
    """A line of a shotlist: how many seconds, what kind, and its words."""

    seconds: int
    kind: str
    words: Words
    language: str = ""
    speaker: Words = ("", "", "")
    function: Words = ("", "", "")


@dataclass(frozen=True)
class Film:
    """A video of the demonstration; ``related`` is the key of a release that it goes with, if there is one."""

    name: str
    tone: int
    recorded_on: date
    published_at: datetime
    titles: Words
    leads: Words
    bodies: Words
    places: Words
    sound: tuple[str, ...]
    shots: tuple[Shot, ...]
    people: tuple[Words, ...] = ()
    topics: tuple[str, ...] = ()
    restriction: tuple[int, int, Words] | None = None
    related: str = ""

    @property
    def seconds(self) -> int:
        """How long it is."""
        return sum(shot.seconds for shot in self.shots)


FILMS = (
    Film(
        name="supply-chains.mp4",
        tone=330,
        recorded_on=date(2025, 11, 18),
        published_at=datetime(2025, 11, 18, 15, 0, tzinfo=UTC),
        titles=(
            "Chaînes d’approvisionnement : session des ministres et conférence de presse",
            "Supply chains: session of ministers and press conference",
            "Ланцюги постачання: сесія міністрів і пресконференція",
        ),
        leads=(
            "Arrivées, ouverture de la session, déclaration de la secrétaire générale et photo de famille.",
            "Arrivals, opening of the session, statement by the Secretary General and family photo.",
            "Прибуття, початок сесії, заява генеральної секретарки та спільне фото.",
        ),
        bodies=(
            "<p>Les ministres se sont réunis à Bruxelles pour adopter une feuille de route pour des chaînes "
            "d’approvisionnement plus sûres. Images de démonstration : mire et timecode.</p>",
            "<p>Ministers met in Brussels to adopt a road map for safer supply chains. Demonstration pictures: bars "
            "and a running timecode.</p>",
            "<p>Міністри зібралися в Брюсселі, щоб ухвалити дорожню карту безпечніших ланцюгів постачання. "
            "Демонстраційне зображення: тестова таблиця й таймкод.</p>",
        ),
        places=("Bruxelles", "Brussels", "Брюссель"),
        sound=("floor", "en", "fr"),
        shots=(
            Shot(3, "card", ("Carton de titre", "Title card", "Титр")),
            Shot(4, "scene", ("Siège, façade, drapeaux (2 plans)", "Headquarters, exterior, flags (2 shots)",
                              "Штаб-квартира, фасад, прапори (2 плани)")),
            Shot(5, "scene", ("Arrivée des ministres, entrée principale", "Arrival of ministers, main entrance",
                              "Прибуття міністрів, головний вхід")),
            Shot(2, "cutaway", ("Photographes", "Photographers", "Фотографи")),
            Shot(9, "soundbite",
                 ("« Une chaîne n’est sûre que si chaque maillon est connu. »",
                  "“A supply chain is only safe when every link in it is known.”",
                  "«Ланцюг надійний лише тоді, коли відома кожна його ланка»."), "en",
                 ("Hélène Vasseur-Lindqvist",) * 2 + ("Елен Вассер-Ліндквіст",),
                 ("secrétaire générale", "Secretary General", "генеральна секретарка")),
            Shot(4, "scene", ("Applaudissements, plan large", "Applause, wide", "Оплески, загальний план")),
            Shot(5, "scene", ("Photo de famille, escalier de l’atrium", "Family photo, stairs of the atrium",
                              "Спільне фото, сходи атріуму")),
        ),
        people=(("Hélène Vasseur-Lindqvist", "Hélène Vasseur-Lindqvist", "Елен Вассер-Ліндквіст"),),
        restriction=(
            14, 23,
            ("Pas d’usage publicitaire de la déclaration.", "The statement may not be used in advertising.",
             "Заяву не можна використовувати в рекламі."),
        ),
    ),
    Film(
        name="foreign-ministers.mp4",
        tone=440,
        recorded_on=date(2025, 12, 3),
        published_at=datetime(2025, 12, 3, 17, 30, tzinfo=UTC),
        titles=(
            "Ministres des affaires étrangères : images de la journée",
            "Foreign ministers: pictures of the day",
            "Міністри закордонних справ: кадри дня",
        ),
        leads=(
            "Réunion du 3 décembre 2025 au siège de l’OTAN : arrivées, photo de famille, session et Conseil "
            "OTAN-Ukraine.",
            "Meeting of 3 December 2025 at NATO Headquarters: arrivals, family photo, session and NATO-Ukraine "
            "Council.",
            "Зустріч 3 грудня 2025 року в штаб-квартирі НАТО: прибуття, спільне фото, засідання та Рада "
            "Україна – НАТО.",
        ),
        bodies=(
            "<p>À mi-chemin entre les sommets de La Haye et d’Ankara, les ministres ont parlé de la menace que "
            "représente la Russie et du soutien à l’Ukraine. Images de démonstration : mire et timecode.</p>",
            "<p>Midway between the summits of The Hague and Ankara, ministers spoke of the threat from Russia and of "
            "support for Ukraine. Demonstration pictures: bars and a running timecode.</p>",
            "<p>На півдорозі між самітами в Гаазі та Анкарі міністри говорили про загрозу з боку Росії та підтримку "
            "України. Демонстраційне зображення: тестова таблиця й таймкод.</p>",
        ),
        places=("Bruxelles", "Brussels", "Брюссель"),
        sound=("nat",),
        shots=(
            Shot(3, "card", ("Carton de titre", "Title card", "Титр")),
            Shot(6, "scene", ("Arrivées et déclarations à l’entrée", "Arrivals and doorstep statements",
                              "Прибуття й заяви біля входу")),
            Shot(5, "scene", ("Photo de famille", "Family photo", "Спільне фото")),
            Shot(6, "scene", ("Session de travail, plans larges (3 plans)", "Working session, wide (3 shots)",
                              "Робоче засідання, загальні плани (3 плани)")),
            Shot(5, "scene", ("Conseil OTAN-Ukraine", "NATO-Ukraine Council", "Рада Україна – НАТО")),
        ),
        topics=("ukraine",),
    ),
    Film(
        name="contact-group.mp4",
        tone=523,
        recorded_on=date(2025, 7, 21),
        published_at=datetime(2025, 7, 21, 16, 0, tzinfo=UTC),
        titles=(
            "Groupe de contact pour la défense de l’Ukraine : images de la visioconférence",
            "Ukraine Defense Contact Group: pictures of the video conference",
            "Контактна група з питань оборони України: кадри відеоконференції",
        ),
        leads=(
            "Le 21 juillet 2025, le groupe s’est réuni par visioconférence, à l’invitation des ministres allemand et "
            "britannique de la défense.",
            "On 21 July 2025 the group met by video conference, hosted by the German and British defence ministers.",
            "21 липня 2025 року група зібралася на відеоконференцію на запрошення міністрів оборони Німеччини та "
            "Великої Британії.",
        ),
        bodies=(
            "<p>Plans de la salle et des écrans. Images de démonstration : mire et timecode.</p>",
            "<p>Views of the room and of the screens. Demonstration pictures: bars and a running timecode.</p>",
            "<p>Кадри зали та екранів. Демонстраційне зображення: тестова таблиця й таймкод.</p>",
        ),
        places=("Bruxelles", "Brussels", "Брюссель"),
        sound=("nat",),
        shots=(
            Shot(3, "card", ("Carton de titre", "Title card", "Титр")),
            Shot(7, "scene", ("La salle avant la réunion", "The room before the meeting", "Зала перед зустріччю")),
            Shot(6, "scene", ("Les participants à l’écran", "The participants on the screen", "Учасники на екрані")),
            Shot(4, "cutaway", ("Cabines d’interprétation", "Interpreters’ booths", "Кабіни перекладачів")),
        ),
        topics=("ukraine",),
    ),
)  # fmt: skip


def publish(app: Flask, writer: Account, publisher: Account, contact_id: int | None) -> int:
    """Make every film, let the jobs prepare it, describe it in three languages and publish it; return how many."""
    with tempfile.TemporaryDirectory() as folder:
        received = [_received(_made(film, Path(folder)), film, writer) for film in FILMS]
    for _master_id, job_id in received:
        if job_id is not None:
            perform(app, job_id)  # these alone: the worker does what else is due, once there is one
    masters = [master_id for master_id, _job_id in received]
    db.session.expire_all()
    done = 0
    for film, master_id in sorted(zip(FILMS, masters, strict=True), key=lambda each: each[0].published_at):
        if db.session.scalar(select(Master.state).where(Master.id == master_id)) is not MasterState.READY:
            continue  # a machine that cannot prepare films has a demonstration without them
        with clock.at(film.published_at - timedelta(minutes=40)):
            _describe(film, master_id, writer, publisher, contact_id)
        done += 1
    return done


def _made(film: Film, folder: Path) -> Path:
    """Make the file: bars whose pictures bear their number, and a tone."""
    path = folder / film.name
    pictures = f"testsrc2=size=640x360:rate={RATE}:duration={film.seconds}"
    tone = f"sine=frequency={film.tone}:beep_factor=3:sample_rate=48000:duration={film.seconds}"
    subprocess.run(
        [
            ffmpeg.binary(), "-y", "-loglevel", "error", "-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", tone,
            "-c:v", "libx264", "-preset", "ultrafast", "-g", str(2 * RATE), "-pix_fmt", "yuv420p", "-c:a", "aac",
            "-movflags", "+faststart", str(path),
        ],
        check=True,
    )  # fmt: skip
    return path


def _received(path: Path, film: Film, by: Account) -> tuple[int, int | None]:
    with path.open("rb") as file:
        content = keeping.keep(file, "masters", "mp4")
    with clock.at(film.published_at - timedelta(hours=1)):
        return _noted(content, film.name, by=by)


@act
def _noted(content: keeping.Content, name: str, *, by: Account) -> tuple[int, int | None]:
    master = Master(
        kind=MediaKind.VIDEO, sha256=content.sha256, size_bytes=content.size, mimetype="video/mp4", extension="mp4",
        original_name=name, added_at=clock.now(), added_by_id=by.id,
    )  # fmt: skip
    db.session.add(master)
    db.session.flush()
    record(by, "added", master, label=name)
    return master.id, owe(preparing.JOB, master_id=master.id)


def _describe(
    film: Film, master_id: int, writer: Account, publisher: Account, contact_id: int | None
) -> None:
    video = Video()
    editions = []
    for place, language in enumerate(LANGUAGES):
        text = Text(
            title=film.titles[place],
            lead=film.leads[place],
            body=film.bodies[place],
            place=film.places[place],
            fields=_fields(film, place, language),
        )
        shared = Shared(
            date=film.recorded_on, topics=film.topics, contact_id=contact_id, facts=_facts(film, master_id)
        )
        editions.append(service.start(video, language, text, shared, by=writer))
    for edition in editions:
        service.submit(edition, by=writer, reason="Demonstration.")
        service.approve(edition, by=publisher)
    for edition in editions:
        service.publish(edition, by=publisher)


def _facts(film: Film, master_id: int) -> dict[str, Any]:
    shots, begins = [], 0
    for number, shot in enumerate(film.shots, 1):
        ends = begins + shot.seconds * RATE
        shots.append(
            {"id": f"s{number:07x}", "in": begins, "out": ends, "kind": shot.kind, "language": shot.language}
        )
        begins = ends
    restrictions: list[dict[str, Any]] = [{"id": "r0000001", "in": None, "out": None}]
    if film.restriction:
        restrictions.append(
            {"id": "r0000002", "in": film.restriction[0] * RATE, "out": film.restriction[1] * RATE}
        )
    return {
        "master": master_id,
        "recorded_on": film.recorded_on.isoformat(),
        "source": "International Secretariat",
        "event": None,
        "sound": list(film.sound),
        "shots": shots,
        "restrictions": restrictions,
    }


def _fields(film: Film, place: int, language: str) -> dict[str, Any]:
    words = {}
    cues, at = [], 0
    for number, shot in enumerate(film.shots, 1):
        said = "words" if shot.kind == "soundbite" else "description"
        words[f"s{number:07x}"] = {
            said: shot.words[place],
            "speaker": shot.speaker[place],
            "function": shot.function[place],
        }
        name = shot.speaker[place]
        spoken = f"<v {name}>{shot.words[place]}" if name else f"[{shot.words[place]}]"
        cues.append(Cue(at * 1000, (at + shot.seconds) * 1000 - 40, spoken))
        at += shot.seconds
    key = captioning.bring(write(cues).encode(), None).key
    restrictions = {"r0000001": FREE[language]}
    if film.restriction:
        restrictions["r0000002"] = film.restriction[2][place]
    return {
        "credit": CREDIT[language],
        "people": [each[place] for each in film.people],
        "shots": words,
        "restrictions": restrictions,
        "captions": key,
        "transcript": captioning.transcript(captioning.kept(key) or []),
        "links": [],
    }
