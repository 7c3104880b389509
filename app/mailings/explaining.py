"""What became of an issue with one address: a sentence, for whoever is asked "why did I get nothing?".

The address itself stands in none of them: what is said of it may be kept in a log. They are for the server's console,
so in English.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select

from app import clock
from app.accounts.rules import email_key
from app.database import db
from app.languages import speaking
from app.mailings import rules
from app.mailings.service import audience
from app.mailings.wording import answer_words
from app.newsletter import queries
from app.newsletter.models import (
    Bounce,
    Delivery,
    DeliveryState,
    IfMissing,
    Issue,
    IssueKind,
    IssueState,
    State,
    Subscriber,
    Suppression,
)  # fmt: skip
from app.newsletter.words import BOUNCE_WORDS, LEFT_WORDS, SUPPRESSION_WORDS

MISSING = {
    IfMissing.WAIT: "the subscriber waits until it is there",
    IfMissing.SKIP: "the subscriber wants nothing in its place",
    IfMissing.ENGLISH: "there is none in English in its place either",
}


class Explained(NamedTuple):
    """A sentence, and whether there were such an issue and such a subscriber at all."""

    sentence: str
    is_known: bool = True


def explain(email: str, issue_id: int) -> Explained:
    """Say what became of the issue with this id for the subscriber with this address. Raises BadAddress."""
    key = email_key(email)
    with speaking("en"):
        issue = db.session.get(Issue, issue_id)
        if issue is None:
            return Explained(f"There is no issue {issue_id}.", False)
        blocked, reader = queries.suppression_of(key), queries.by_key(key)
        if reader is None:
            return Explained(f"Nobody has subscribed with this address{_blocked(blocked)}.", False)
        delivery = db.session.get(Delivery, (issue_id, reader.id))
        if delivery is not None:
            return Explained(_OF_STATE[DeliveryState(delivery.state)](delivery, issue, reader))
        return Explained(_not_yet(issue, reader) or _why_not(issue, reader, blocked))


def _when(moment: datetime | None) -> str:
    return (
        f"{moment.astimezone(current_app.config['ZONE']):%Y-%m-%d %H:%M %Z}" if moment else "an unknown day"
    )


def _blocked(found: Suppression | None) -> str:
    if found is None:
        return ""
    # An officer's own words may repeat the address.
    detail = f" ({found.detail})" if found.detail and found.source != "desk" else ""
    return f", which is blocked since {_when(found.at)}: {_small(SUPPRESSION_WORDS[found.reason])}{detail}"


def _small(words: Any) -> str:
    said = str(words).rstrip(".")
    return said[:1].lower() + said[1:]


# --- with a delivery ---


def _answer(delivery: Delivery) -> str:
    """Return what the mail server said last: its numbers, as its words repeat the address."""
    if not delivery.answer_code:
        return "the mail server gave no answer"
    numbers = _numbers(delivery)
    if delivery.answer_code < 400:
        return f"the mail server answered {numbers}"
    words = _small(answer_words(delivery.answer_code, delivery.answer_status))
    return f"the mail server answered {numbers}, {words}"


def _numbers(delivery: Delivery) -> str:
    return f"{delivery.answer_code or ''} {delivery.answer_status}".strip()


def _queued(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    if issue.state == IssueState.PAUSED:
        return "Queued: it goes out when the sending, which is paused, is let go on."
    return f"Queued: it may be sent from {_when(delivery.next_try_at)} on."


def _carried(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    return f"Being carried to the mail server; what becomes of it is known by {_when(delivery.lease_until)}."


def _accepted(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    bounce = db.session.scalar(
        select(Bounce)
        .where(Bounce.subscriber_id == reader.id, Bounce.issue_id == issue.id)
        .order_by(Bounce.id.desc())
        .limit(1)
    )
    came_back = ""
    if bounce is not None:
        status = f" ({bounce.status})" if bounce.status else ""
        came_back = f"; it came back on {_when(bounce.at)}: {_small(BOUNCE_WORDS[bounce.kind])}{status}"
    return f"Accepted on {_when(delivery.ended_at)}: {_answer(delivery)}{came_back}."


def _deferred(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    tries = f"{delivery.attempts} {'try' if delivery.attempts == 1 else 'tries'}"
    return f"Put off after {tries}: {_answer(delivery)}; the next try is at {_when(delivery.next_try_at)}."


def _refused(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    return f"Refused on {_when(delivery.ended_at)}: {_answer(delivery)}."


def _suppressed(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    found = queries.suppression(str(reader.address_hash))
    why = _blocked(found) if found else ", which was blocked then and is no more"
    return f"Not sent on {_when(delivery.ended_at)}: nobody was to write to the address{why}."


def _left(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    since = ""
    if reader.state != State.ACTIVE and delivery.ended_at and reader.state_at <= delivery.ended_at:
        since = f" ({_standing(reader)})"
    return f"Not sent on {_when(delivery.ended_at)}: the subscriber had left or paused before its turn came{since}."


def _stopped(delivery: Delivery, issue: Issue, reader: Subscriber) -> str:
    when = _when(delivery.ended_at)
    if rules.is_given_up(delivery.attempts) or delivery.repeats > rules.MOST_REPEATS:
        last = _numbers(delivery) or "none"
        return f"Given up on {when} after {delivery.attempts} tries: the last answer was {last}."
    is_withdrawn = issue.pause_reason == rules.WITHDRAWN
    if (
        issue.state == IssueState.STOPPED
        and not is_withdrawn
        and _is_since(delivery.ended_at, issue.finished_at)
    ):
        return f"Not sent: the sending was stopped for good on {when}, before its turn came."
    return f"Not sent: what it would have told was withdrawn on {when}, before its turn came."


def _is_since(moment: datetime | None, earlier: datetime | None) -> bool:
    return moment is not None and earlier is not None and moment >= earlier


_OF_STATE: dict[DeliveryState, Callable[[Delivery, Issue, Subscriber], str]] = {
    DeliveryState.QUEUED: _queued,
    DeliveryState.LEASED: _carried,
    DeliveryState.SENDING: _carried,
    DeliveryState.ACCEPTED: _accepted,
    DeliveryState.DEFERRED: _deferred,
    DeliveryState.REFUSED: _refused,
    DeliveryState.SUPPRESSED: _suppressed,
    DeliveryState.LEFT: _left,
    DeliveryState.STOPPED: _stopped,
}


# --- without one ---


def _not_yet(issue: Issue, reader: Subscriber) -> str:
    """Say that planning has not come to ``reader``, if so."""
    if issue.state == IssueState.SKIPPED:
        return "Nobody got this issue: there was nothing to tell."
    if issue.state == IssueState.SCHEDULED:
        return f"This issue is not planned yet: it goes out on {_when(issue.send_at)}."
    if issue.started_at is None:
        return "This issue is not planned yet: it is a draft."
    is_begun = issue.state in (IssueState.PLANNING, IssueState.PAUSED, IssueState.STOPPED)
    if is_begun and reader.id > issue.planned_until_id:
        if issue.state == IssueState.STOPPED:
            return "Not planned: the sending was stopped before planning came to this subscriber."
        return "Not planned yet: planning has not come to this subscriber."
    return ""


def _standing(reader: Subscriber) -> str:
    since = _when(reader.state_at)
    if reader.state == State.LEFT:
        how = LEFT_WORDS.get(reader.left_how)
        return f"left since {since}{f', {how}' if how else ''}"
    if reader.state == State.PAUSED:
        return f"paused since {since}, until {_when(reader.paused_until)}"
    return {State.WAITING: f"not confirmed, asked since {since}"}.get(
        State(reader.state), f"refused since {since}"
    )


def _why_not(issue: Issue, reader: Subscriber, blocked: Suppression | None) -> str:
    """Say why planning made no delivery for ``reader``: the first reason that holds."""
    why = _not_written_to(issue, reader, blocked) or _not_for(issue, reader)
    if not why:
        is_away = f", and since then {_standing(reader)}" if reader.state != State.ACTIVE else ""
        why = (
            f"nothing of today speaks against it{is_away}: the choices, or the texts, were others at planning"
        )
    return f"Not planned: {why}."


def _not_written_to(issue: Issue, reader: Subscriber, blocked: Suppression | None) -> str:
    """Say what kept all mails from ``reader`` when the issue was planned."""
    planned = issue.started_at or clock.now()
    if blocked is not None and blocked.at <= planned:
        return f"nobody is to write to the address{_blocked(blocked)}"
    if reader.state == State.WAITING:
        return f"the address was never confirmed (asked since {_when(reader.state_at)})"
    if reader.confirmed_at is not None and reader.confirmed_at > planned:
        return f"the address was confirmed on {_when(reader.confirmed_at)}, after the planning of {_when(planned)}"
    if reader.state == State.ACTIVE and reader.state_at > planned:
        return f"nothing was sent at the planning of {_when(planned)}: active again since {_when(reader.state_at)}"
    if reader.state != State.ACTIVE and reader.state_at <= planned:
        return f"nothing is sent to this subscriber ({_standing(reader)})"
    return ""


def _not_for(issue: Issue, reader: Subscriber) -> str:
    """Say what of the issue does not fit what ``reader`` chose."""
    if issue.kind == IssueKind.CORRECTION:
        before = db.session.get(Delivery, (issue.corrects_id, reader.id)) if issue.corrects_id else None
        if before is None or before.state != DeliveryState.ACCEPTED:
            return f"it corrects issue {issue.corrects_id}, which this subscriber did not get"
        if _asked(reader, audience.language_of(issue)) is None:
            return f"it corrects issue {issue.corrects_id} in another language than {before.language}"
        return ""
    content = [] if issue.kind == IssueKind.HANDMADE else audience.contents(issue.id)
    if issue.kind != IssueKind.HANDMADE and not content:
        return "nothing of it can be read any more"
    wanted = audience.wanted_kinds(issue, content)
    if not set(wanted) & set(reader.kinds):
        chose = ", ".join(reader.kinds) or "nothing"
        return f"it is for who asked for {' or '.join(wanted)}, and this subscriber asked for {chose}"
    return _not_of_topic(issue, reader, content) or _not_in_language(issue, reader)


def _not_of_topic(issue: Issue, reader: Subscriber, content: list[audience.Content]) -> str:
    if issue.kind != IssueKind.HANDMADE:
        fits = bool(_asked(reader, audience.matching(content)))
    else:
        topics = audience.narrowed_topics(issue)
        fits = not topics or reader.has_all_topics or bool(_asked(reader, audience.chose(topics)))
    return "" if fits else "it is about other topics than this subscriber chose"


def _not_in_language(issue: Issue, reader: Subscriber) -> str:
    narrowed = audience.narrowed_languages(issue) if issue.kind == IssueKind.HANDMADE else []
    if narrowed and reader.language not in narrowed:
        return f"it is for readers of {' or '.join(narrowed)}, and this subscriber reads {reader.language}"
    rule = MISSING[IfMissing(reader.if_missing)]
    if _asked(reader, audience.language_of(issue, with_old=True)) is None:
        return f"it has no edition in {reader.language}, and {rule}"
    if issue.kind == IssueKind.ALERT:  # its editions all show its only text
        return ""
    found = audience.audience_of(issue)
    if found is not None and _asked(reader, found.items) == 0 and not _asked(reader, found.conditions[-1]):
        return f"its texts are not there in {reader.language}, and {rule}"
    return ""


def _asked(reader: Subscriber, words: Any) -> Any:
    """Return what the database says of ``words`` about ``reader``, as at planning."""
    return db.session.scalar(select(words).select_from(Subscriber).where(Subscriber.id == reader.id))
