"""Events of the demonstration as the office would have told them: written, reviewed, published, changed in public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from app import clock
from app.accounts.models import Account
from app.demo.event_pieces import (
    CALLED_OFF,
    CHANGED,
    DELIVERED,
    OFFICE,
    UTC,
    Change,
    Happening,
    Words,
    entry_facts,
    hours,
)
from app.demo.happenings import happenings
from app.demo.pieces import SEEN
from app.editorial import service
from app.editorial.models import Edition
from app.editorial.service import Shared, Text
from app.editorial.service.snapshots import shared_of, text_of
from app.events.models import Event

Step = tuple[datetime, Callable[[], Any]]
Resolve = Callable[[str, str], str]  # an address that may be "story:KEY", and a language: the address there


def steps(people: Mapping[str, Account], contacts: Mapping[str, int], resolve: Resolve) -> list[Step]:
    """Return what was done about events, each with its moment; nothing is later than now."""
    today = clock.now().astimezone(OFFICE).date()
    found: list[Step] = []
    for happening in happenings(today):
        editions: list[Edition] = []
        found.append((happening.told_at, partial(_tell, happening, editions, people, contacts)))
        for change in happening.changes:
            found.append((change.at, partial(_change, happening, change, editions, people, resolve)))
    return found


def _key(happening: Happening, number: int) -> str:
    """Return the key of an entry: the same in every demonstration, so that links to it keep."""
    return f"e{sum(happening.key.encode()) % 0xFFF:03x}{number:04x}"


def _tell(
    happening: Happening,
    editions: list[Edition],
    people: Mapping[str, Account],
    contacts: Mapping[str, int],
) -> None:
    """Write the event in its three languages, and publish it."""
    event = Event()
    with clock.at(happening.told_at - timedelta(hours=2)):
        for language in happening.title:
            facts = _shared(happening, contacts[happening.contact])
            words = _text(happening, language)
            editions.append(service.start(event, language, words, facts, by=people["writer"]))
    _publish(editions, happening.told_at, people)


def _publish(
    editions: list[Edition], at: datetime, people: Mapping[str, Account], told: Words | None = None
) -> None:
    """Have the texts approved and published; ``told`` is what readers are told of a later version."""
    with clock.at(at - timedelta(hours=1)):
        for edition in editions:
            service.submit(edition, by=people["writer"], reason=SEEN)
            service.approve(edition, by=people["publisher"])
    with clock.at(at):
        for edition in editions:
            note = told[edition.language] if told else ""
            service.publish(edition, by=people["publisher"], kind="update" if told else "", note=note)


def _shared(happening: Happening, contact_id: int) -> Shared:
    if happening.begins is None:
        last = happening.last or happening.first
        whole = {
            "starts_at": hours(happening.first, time(), None)["starts_at"],
            "ends_at": hours(last + timedelta(days=1), time(), None)["starts_at"],
        }
    else:
        whole = hours(happening.first, happening.begins, happening.ends)
    until = happening.accreditation
    facts = {
        **whole,
        "precision": "hour" if happening.begins else "day",
        "state": "planned",
        "stream_url": "",
        "accreditation": {
            "until": until.astimezone(UTC).isoformat() if until else None,
            "url": "",
            "email": "accreditation@example.org" if until else "",
        },
        "programme": [
            entry_facts(happening, line, _key(happening, number))
            for number, line in enumerate(happening.lines)
        ],
    }
    return Shared(
        kind=happening.kind, date=happening.first, topics=happening.topics, contact_id=contact_id, facts=facts
    )


def _text(happening: Happening, language: str) -> Text:
    words = {
        _key(happening, number): {
            "title": line.title[language],
            **{
                name: getattr(line, name).get(language, "")
                for name in ("place", "people", "conditions", "note")
            },
        }
        for number, line in enumerate(happening.lines)
    }
    return Text(
        title=happening.title[language],
        lead=happening.lead[language],
        body=happening.body[language],
        place=happening.place[language],
        fields={"links": [], "programme": words},
    )


def _change(
    happening: Happening,
    change: Change,
    editions: list[Edition],
    people: Mapping[str, Account],
    resolve: Resolve,
) -> None:
    """Change the facts in all languages and say why in each; publish it."""
    with clock.at(change.at - timedelta(hours=1, minutes=30)):
        for edition in editions:
            current: Any = edition.current
            text, shared = text_of(current), shared_of(current)
            facts = _changed(happening, change, shared.facts, resolve)
            words = dict(text.fields["programme"])
            for number, note in change.notes.items():
                key = _key(happening, number)
                words[key] = words[key] | {"note": note[edition.language]}
            note = change.note.get(edition.language, text.fields["note"])
            fields = text.fields | {"programme": words, "note": note}
            if change.delivered:  # the release is public by then, as it was not when the event was told
                fields["links"] = [
                    {"title": title, "url": resolve(url, edition.language), "language": edition.language}
                    for title, url in happening.links[edition.language]
                ]
            service.save(
                edition, replace(text, fields=fields), replace(shared, facts=facts), base=current.number,
                by=people["writer"],
            )  # fmt: skip
    told = CALLED_OFF if change.is_off else DELIVERED if change.delivered else CHANGED
    _publish(editions, change.at, people, told)


def _changed(happening: Happening, change: Change, facts: dict[str, Any], resolve: Resolve) -> dict[str, Any]:
    programme = []
    for number, entry in enumerate(facts["programme"]):
        line = happening.lines[number]
        if number in change.moved:
            entry = entry | hours(happening.first + timedelta(days=line.day), *change.moved[number])
        if number in change.cancelled:
            entry = entry | {"state": "cancelled"}
        delivered = {kind: resolve(url, "en") for kind, url in change.delivered.get(number, ())}
        results = [
            each
            | ({"state": "delivered", "url": delivered[each["kind"]]} if each["kind"] in delivered else {})
            for each in entry["results"]
        ]
        programme.append(entry | {"results": results})
    state = "cancelled" if change.is_off else facts["state"]
    return facts | {"programme": programme, "state": state}
