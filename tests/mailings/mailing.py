"""Issues and their readers for tests: real rows, and mails that a real server takes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.acts import act
from app.database import db
from app.mailings.letters import PREFERENCES_MARK, UNSUBSCRIBE_MARK
from app.newsletter.addresses import digest
from app.newsletter.models import Delivery, Issue, IssueEdition, IssueKind, IssueState, State, Subscriber

HTML = """<!DOCTYPE html><html lang="{language}"><head><title>{subject}</title></head><body><h1>{subject}</h1>
<p>{words}</p><p><a href="https://news.example/{language}/newsletter/unsubscribe/{unsubscribe}">Leave</a>
<a href="https://news.example/{language}/newsletter/preferences/{preferences}">Change</a></p></body></html>"""
TEXT = "{subject}\n\n{words}\n\nhttps://news.example/{language}/newsletter/unsubscribe/{unsubscribe}\n"


@act
def issue(
    kind: IssueKind = IssueKind.HANDMADE,
    *,
    languages: tuple[str, ...] = ("fr", "en", "uk"),
    size: int = 200,
    **known: Any,
) -> Issue:
    """Return an issue that is ready to go, with a text in each of ``languages``."""
    made = Issue(kind=kind, state=IssueState.DRAFT, created_at=clock.now(), **known)
    db.session.add(made)
    db.session.flush()
    for language in languages:
        db.session.add(_edition(made, language, size))
    db.session.flush()
    return made


SUBJECTS = {"fr": "Réunion à Kyïv", "en": "Meeting in Kyiv", "uk": "Зустріч у Києві"}


def _edition(made: Issue, language: str, size: int) -> IssueEdition:
    words = {
        "language": language, "subject": SUBJECTS[language], "words": "Слово і діло. " * (size // 14),
        "unsubscribe": UNSUBSCRIBE_MARK, "preferences": PREFERENCES_MARK,
    }  # fmt: skip
    return IssueEdition(
        issue_id=made.id, language=language, subject=words["subject"], html=HTML.format(**words),
        text=TEXT.format(**words), rendered_at=clock.now(),
    )  # fmt: skip


@act
def edition(made: Issue, language: str) -> None:
    """Add the text in ``language``."""
    db.session.add(_edition(made, language, 100))


@act
def settle(delivery: Delivery, state: str) -> None:
    """Say what became of a delivery, without sending it."""
    delivery.state, delivery.ended_at = state, clock.now()


@act
def settle_all(made: Issue, state: str, only: str = "") -> None:
    """Say the same of all deliveries of an issue, or of those ``only`` that are in one state."""
    whose = update(Delivery).where(Delivery.issue_id == made.id)
    whose = whose.where(Delivery.state == only) if only else whose
    db.session.execute(whose.values(state=state, ended_at=clock.now(), lease_until=None))


@act
def change(email: str, /, **known: Any) -> None:
    """Change a subscriber, as a click somewhere else does."""
    db.session.execute(update(Subscriber).where(Subscriber.email == email).values(known))


@act
def readers(number: int, *, first: int = 0, name: str = "reader", **known: Any) -> None:
    """Add so many active subscribers who want everything at once, quickly."""
    now = clock.now()
    values: dict[str, Any] = {
        "language": "fr", "if_missing": "english", "wants_every": True, "wants_daily": False, "wants_friday": False,
        "wants_advisories": False, "has_all_topics": True, "state": State.ACTIVE, "state_at": now, "token_version": 0,
        "source": "import", "created_at": now, "confirmed_at": now, "left_how": "", "left_reason": "",
    } | known  # fmt: skip
    for begins in range(first, first + number, 5000):
        rows = [
            values
            | {
                "email": f"{name}{n}@example.org",
                "email_key": f"{name}{n}@example.org",
                "address_hash": digest(f"{name}{n}@example.org"),
            }
            for n in range(begins, min(begins + 5000, first + number))
        ]
        db.session.execute(insert(Subscriber), rows)
