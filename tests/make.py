"""Real rows for tests, made by the real acts. Oksana writes, Petro translates, Rosa reviews, Amélie publishes,
Max is at the media desk, Nora sends the newsletter, Ada administers. Tom is media.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.accounts import service as accounts
from app.accounts.hashing import hashing
from app.accounts.models import Account
from app.accounts.rules import email_key
from app.accreditation import service as accreditation
from app.accreditation.models import Group
from app.acts import act
from app.database import db
from app.editorial import service
from app.editorial.models import Contact, Edition, State, Topic
from app.editorial.service import Shared, Text
from app.editorial.service.snapshots import shared_of, text_of
from app.events.models import Event
from app.media_users.models import MediaUser
from app.releases.models import Kind, Release
from tests.walked import walked_once

PASSWORD = "Ryba-2025-sonce!"
ROLES = {
    "Oksana": "writer",
    "Petro": "translator",
    "Rosa": "reviewer",
    "Amélie": "publisher",
    "Max": "media_desk",
    "Nora": "newsletter",
    "Ada": "administrator",
}
TITLES = {
    "fr": "Les ministres adoptent une feuille de route",
    "en": "Ministers adopt a road map",
    "uk": "Міністри ухвалили дорожню карту",
}


@walked_once
def officer(name: str = "Oksana", role: str | None = None, language: str = "en") -> Account:
    """Return the officer called ``name``, who is added the first time; ``role`` may name several, with commas."""
    email = f"{name.lower().replace('é', 'e')}@office.test"
    known = db.session.query(Account).filter_by(email=email).one_or_none()
    return known or accounts.add_officer(
        email=email,
        name=name,
        roles=(role or ROLES.get(name, "writer")).split(","),
        language=language,
        password=PASSWORD,
        by=None,
    )


@walked_once
@act
def media_user(
    name: str = "Tom", email: str = "", *, organisation: str = "Daily Globe", language: str = "en"
) -> Account:
    """Return the account of somebody of the media whose address is proven; it is made the first time."""
    address = email or f"{name.lower()}@globe.test"
    known = db.session.query(Account).filter_by(email_key=email_key(address)).one_or_none()
    if known:
        return known
    now = clock.now()
    made = Account(
        email=address, email_key=email_key(address), name=name, roles=[], language=language, is_active=True,
        password_hash=hashing().hash(PASSWORD), created_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add(
        MediaUser(
            account_id=made.id, organisation=organisation, country="BE", conditions="1", accepted_at=now,
            confirmed_at=now,
        )
    )  # fmt: skip
    return made


@walked_once
def group(name: str = "Accredited newsrooms", *domains: str, admits: bool = False) -> Group:
    """Return a new group of media users, which Max makes."""
    names = {"fr": f"{name} (fr)", "en": name, "uk": f"{name} (uk)"}
    return accreditation.make(names, domains=domains, admits_by_domain=admits, by=officer("Max"))


@walked_once
def topic(key: str = "ukraine", **names: str) -> Topic:
    """Return a topic, kept the first time."""
    known = db.session.query(Topic).filter_by(key=key).one_or_none()
    if known:
        return known
    made = Topic(key=key, names=names or {"fr": f"Dossier {key}", "en": f"Topic {key}", "uk": f"Тема {key}"})
    return service.keep_topic(made, by=None)


@walked_once
def contact(key: str = "desk") -> Contact:
    """Return a press contact, kept the first time."""
    known = db.session.query(Contact).filter_by(key=key).one_or_none()
    if known:
        return known
    words = {"fr": "Service de presse", "en": "Press service", "uk": "Пресслужба"}
    made = Contact(
        key=key, names=words, functions={}, hours={}, phone="+32 2 555 01 48", email="press@office.test"
    )
    return service.keep_contact(made, by=None)


def text(language: str = "en", **changes: Any) -> Text:
    """Return complete words in ``language``."""
    known = {
        "title": TITLES[language],
        "lead": {"fr": "Un chapeau.", "en": "A lead.", "uk": "Вступ."}[language],
        "body": {"fr": "<p>Le texte.</p>", "en": "<p>The text.</p>", "uk": "<p>Текст.</p>"}[language],
        "place": {"fr": "Bruxelles", "en": "Brussels", "uk": "Брюссель"}[language],
    }
    return Text(**(known | changes))


def shared(**changes: Any) -> Shared:
    """Return complete facts."""
    return Shared(**({"kind": Kind.NEWS_RELEASE.value, "date": date(2025, 11, 20)} | changes))


@walked_once
def release(
    state: State = State.DRAFT,
    *,
    language: str = "en",
    item: Release | None = None,
    at: datetime | None = None,
    facts: Shared | None = None,
    by: Account | None = None,
    **words: Any,
) -> Edition:
    """Return an edition of a release brought to ``state`` by the acts that lead there.

    Oksana (or ``by``) writes it, Amélie decides. ``at`` is the moment for scheduled and embargo.
    """
    writer, editor = by or officer("Oksana"), officer("Amélie")
    edition = service.start(
        item or Release(), language, text(language, **words), facts or shared(), by=writer
    )
    if state is State.DRAFT:
        return edition
    service.submit(edition, by=writer, reason="It may stay.")
    if state is State.IN_REVIEW:
        return edition
    service.approve(edition, by=editor)
    if state is State.APPROVED:
        return edition
    wanted = at if state in (State.SCHEDULED, State.EMBARGO) else None
    service.publish(edition, by=editor, wanted_at=wanted, is_embargo=state is State.EMBARGO)
    if state is State.WITHDRAWN:
        service.withdraw(edition, reason="Published in error.", by=editor)
    return edition


@walked_once
def again(edition: Edition, kind: str = "update", note: str = "Something is new.", **words: Any) -> Edition:
    """Publish ``edition`` again with other words, and say what that is to readers; Oksana writes, Amélie decides."""
    writer, editor = officer("Oksana"), officer("Amélie")
    shared_now = shared_of(edition.current)
    service.save(edition, text(edition.language, **words), shared_now, base=edition.current.number, by=writer)
    service.submit(edition, by=writer, reason="It may stay.")
    service.approve(edition, by=editor)
    return service.publish(edition, by=editor, kind=kind, note="" if kind == "minor" else note)


def event_facts(*entries: dict[str, Any], **changes: Any) -> Shared:
    """Return the facts of an event on the day after the frozen clock's, with ``entries`` as its programme."""
    known = {
        "starts_at": "2025-11-21T08:00:00+00:00",
        "ends_at": "2025-11-21T16:00:00+00:00",
        "precision": "hour",
        "state": "planned",
        "stream_url": "",
        "accreditation": {"until": None, "url": "", "email": ""},
        "programme": list(entries),
    }
    return Shared(kind="meeting", date=date(2025, 11, 21), facts=known | changes)


def entry(
    key: str = "e0000001", starts_at: str = "2025-11-21T08:00:00+00:00", **changes: Any
) -> dict[str, Any]:
    """Return the facts of an entry of a programme."""
    known = {
        "id": key,
        "starts_at": starts_at,
        "ends_at": None,
        "is_around": False,
        "kind": "working_session",
        "access": "open",
        "state": "planned",
        "languages": [],
        "stream_url": "",
        "results": [],
    }
    return known | changes


@walked_once
def event(
    state: State = State.DRAFT,
    *,
    language: str = "en",
    item: Event | None = None,
    facts: Shared | None = None,
    titles: dict[str, str] | None = None,
    at: datetime | None = None,
    **words: Any,
) -> Edition:
    """Return an edition of an event brought to ``state``; ``titles`` are those of its entries by key."""
    writer, editor = officer("Oksana"), officer("Amélie")
    facts = facts or event_facts()
    named = {each["id"]: {"title": f"Entry {each['id']}"} for each in facts.facts.get("programme", [])}
    named |= {key: {"title": title} for key, title in (titles or {}).items()}
    typed = text(language, **words)
    typed = replace(typed, fields={"programme": named} | typed.fields)
    edition = service.start(item or Event(), language, typed, facts, by=writer)
    if state is State.DRAFT:
        return edition
    service.submit(edition, by=writer, reason="It may stay.")
    if state is State.IN_REVIEW:
        return edition
    service.approve(edition, by=editor)
    if state is State.APPROVED:
        return edition
    wanted = at if state in (State.SCHEDULED, State.EMBARGO) else None
    service.publish(edition, by=editor, wanted_at=wanted, is_embargo=state is State.EMBARGO)
    if state is State.WITHDRAWN:
        service.withdraw(edition, reason="Published in error.", by=editor)
    return edition


@walked_once
def event_again(edition: Edition, shared: Shared | None = None, **words: Any) -> Edition:
    """Save ``edition`` with other facts or words, and publish what comes of it."""
    writer, editor = officer("Oksana"), officer("Amélie")
    old = text_of(edition.current)
    service.save(
        edition,
        replace(old, **words),
        shared or shared_of(edition.current),
        base=edition.current.number,
        by=writer,
    )
    service.submit(edition, by=writer, reason="It may stay.")
    service.approve(edition, by=editor)
    return service.publish(edition, by=editor, kind="update", note="Something has changed.")


@walked_once
def embargoed(*groups: Group, hours: int = 3, **known: Any) -> Edition:
    """Return a release under embargo for so many ``hours``, which ``groups`` may read before."""
    edition = release(State.APPROVED, **known)
    until = clock.now() + timedelta(hours=hours)
    return service.publish(edition, by=officer("Amélie"), wanted_at=until, is_embargo=True, groups=groups)


@walked_once
def published(at: datetime | None = None, **known: Any) -> Edition:
    """Return a published edition, as if ``at`` had been now."""
    if at is None:
        return release(State.PUBLISHED, **known)
    with clock.at(at):
        return release(State.PUBLISHED, **known)


def signed_in(app: Any, name: str = "Oksana", language: str = "en") -> Any:
    """Return a client in which the officer called ``name`` is signed in, with both factors."""
    from tests.signing import sign_in

    return sign_in(app.test_client(), officer(name, language=language))
