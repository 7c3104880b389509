"""What happens later in the newsletter: mails about a subscription, what is forgotten, and files of addresses."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from flask import current_app

from app import clock
from app.database import db
from app.editorial import queries as texts
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.languages import speaking
from app.mail.message import Message
from app.mail.post import Refused
from app.mail.service import post_each, post_once
from app.newsletter import files, headers, mails, queries, rules, service, tokens
from app.newsletter.models import Consent, Subscriber, SuppressionReason
from app.newsletter.returns import ReturnAddresses
from app.newsletter.rules import Wish
from app.newsletter.service.importing import AT_ONCE, RUNNING
from app.newsletter.tokens import CONFIRM_DAYS, Purpose
from app.newsletter.words import KINDS
from app.proving.rules import half_hidden

log = logging.getLogger(__name__)


@sweeps
def end_pauses() -> None:
    """Let those whose pause is over be written to again; look first, as there is mostly nobody."""
    if queries.has_pause_over(clock.now()):
        service.wake()


@sweeps
def forget_what_is_over() -> None:
    """Erase what was typed a week ago, and who never confirmed."""
    now = clock.now()
    while any(
        queries.stale(now - timedelta(days=rules.REQUEST_DAYS), now - timedelta(days=rules.WAITING_DAYS))
    ):
        service.forget_requests()
    if queries.stale_imports(now - timedelta(days=rules.REQUEST_DAYS)):
        service.forget_imports()


@job("newsletter.answer", attempts=8, is_urgent=True)
def answer(progress: Progress, *, request: int) -> None:
    """Write to whoever asked for the newsletter, or for a link. Here alone the address is looked up."""
    found = service.answer(request)
    if found is None:
        return
    message = (
        _confirm(found.subscriber, found.consent, key=f"newsletter/confirm/{request}")
        if found.consent is not None
        else _known(found.subscriber, key=f"newsletter/known/{request}")
    )
    _post(found.subscriber, message)


@job("newsletter.take_in")
def take_in(progress: Progress, *, consent: int) -> None:
    """Let whoever agreed to it with a media account be written to."""
    service.take_in(consent)


@job("newsletter.give_receipt")
def give_receipt(progress: Progress, *, consent: int) -> None:
    """Write down for somebody what they agreed to."""
    agreed = queries.consent(consent)
    subscriber = queries.subscriber(agreed.subscriber_id) if agreed is not None else None
    if agreed is None or subscriber is None or agreed.withdrawn_at is not None:
        return
    if not queries.may_write_to(subscriber.id):
        return
    now, language = clock.now(), subscriber.language
    preferences = headers.preferences_url(subscriber.id, subscriber.token_version, language=language, at=now)
    kinds, topics = _chosen(agreed, language)
    message = mails.receipt(
        preferences=preferences, kinds=kinds, topics=topics, consent=agreed,
        document=f"{preferences}/consent.json", **_around(subscriber, f"newsletter/receipt/{agreed.id}"),
    )  # fmt: skip
    _post(subscriber, message)


@job("newsletter.confirm_address", attempts=8, is_urgent=True)
def confirm_address(progress: Progress, *, change: int) -> None:
    """Ask at another address whether it is the subscriber's."""
    wanted = queries.change(change)
    subscriber = queries.subscriber(wanted.subscriber_id) if wanted is not None else None
    if wanted is None or subscriber is None or wanted.done_at is not None or not wanted.email_key:
        return
    if queries.suppression_of(wanted.email_key) is not None:
        return
    token = tokens.make(Purpose.ADDRESS, wanted.id, at=wanted.asked_at)
    around = _around(subscriber, f"newsletter/address/{wanted.id}") | {"to": wanted.email}
    message = mails.new_address(
        link=f"{_pages(subscriber.language)}/address/{token}",
        until=wanted.asked_at + timedelta(days=CONFIRM_DAYS),
        **around,
    )
    db.session.rollback()
    post_each([message])


@job("newsletter.tell_moved")
def tell_moved(progress: Progress, *, change: int) -> None:
    """Tell the address of before that another took its place."""
    done = queries.change(change)
    subscriber = queries.subscriber(done.subscriber_id) if done is not None else None
    if done is None or subscriber is None or done.done_at is None or not done.email:
        return
    around = _around(subscriber, f"newsletter/moved/{done.id}") | {"to": done.email}
    message = mails.moved(address=half_hidden(subscriber.email), **around)
    db.session.rollback()
    post_each([message])


@job("newsletter.import")
def take_in_file(progress: Progress, *, import_id: int) -> None:
    """Take in a file of addresses, some at a time: a worker that is killed goes on where it stood."""
    kept = queries.subscriber_import(import_id)
    if kept is None or kept.state != RUNNING:
        return
    settings, done, total = kept.settings, kept.done_lines, kept.settings["lines"]
    read = files.lines(kept.content, encoding=settings["encoding"], separator=settings["separator"])
    start = max(done, 1 if settings["has_headings"] else 0)
    db.session.rollback()
    rest = islice(read, start, None)
    while True:
        some = list(islice(rest, AT_ONCE))
        is_last = len(some) < AT_ONCE
        service.import_lines(import_id, some, start=start, is_last=is_last)
        start += len(some)
        progress.beat(done=start, total=max(total, start))
        if is_last:
            return


def _confirm(subscriber: Subscriber, consent: Consent | None, *, key: str) -> Message:
    assert consent is not None
    wish = Wish.of(consent.choices)
    kinds, topics = _chosen(consent, wish.language)
    token = tokens.make(Purpose.CONFIRM, consent.id, at=consent.asked_at)
    around = _around(subscriber, key) | {"language": wish.language}
    return mails.confirm(
        link=f"{_pages(wish.language)}/confirm/{token}",
        kinds=kinds,
        topics=topics,
        until=consent.asked_at + timedelta(days=CONFIRM_DAYS),
        **around,
    )


def _known(subscriber: Subscriber, *, key: str) -> Message:
    link = headers.preferences_url(
        subscriber.id, subscriber.token_version, language=subscriber.language, at=clock.now()
    )
    return mails.known(link=link, **_around(subscriber, key))


def _chosen(consent: Consent, language: str) -> tuple[list[str], list[str]]:
    """Return the kinds and the topics of a consent, in the words of ``language``."""
    wish = Wish.of(consent.choices)
    with speaking(language):
        kinds = [str(KINDS[kind]) for kind in wish.kinds]
    topics = [
        topic.names.get(language) or topic.names["en"] for topic in texts.topics() if topic.id in wish.topics
    ]
    return kinds, topics


def _around(subscriber: Subscriber, key: str) -> dict[str, Any]:
    """Return what each of our mails to ``subscriber`` needs to know."""
    return {
        "key": key,
        "to": subscriber.email,
        "language": subscriber.language,
        "leave": headers.unsubscribe_url(subscriber.id, language=subscriber.language, at=clock.now()),
        "return_path": ReturnAddresses().make(0, subscriber.id),
    }


def _pages(language: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/{language}/newsletter"


def _post(subscriber: Subscriber, message: Message) -> None:
    """Post a mail. An address that is refused for good is suppressed: a mailbox that is not there, or wants nothing."""
    subscriber_id, email = subscriber.id, subscriber.email
    db.session.rollback()  # nobody waits for what was read while the network is slow
    try:
        post_once(message)
    except Refused as refused:
        log.warning("a mail to subscriber %s was refused: %s", subscriber_id, refused.code)
        if refused.code in ADDRESS_REFUSED:
            service.suppress(email, reason=SuppressionReason.BOUNCE, source="smtp", detail=str(refused.code))


ADDRESS_REFUSED: Sequence[int] = (550, 551, 553)  # RFC 5321: no such mailbox, moved, name not allowed
