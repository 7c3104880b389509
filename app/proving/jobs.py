"""What happens to proofs later: their mails, and that they are erased."""

from __future__ import annotations

from flask import current_app

from app import clock
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.database import db
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.mail.message import Message
from app.mail.post import Away, Refused, greet, post
from app.mail.service import post_each
from app.proving import codes, mails, queries, rules, service
from app.proving.models import MailState, Proof, Purpose


@job("proving.send_code", attempts=8, is_urgent=True)
def send_code(progress: Progress, *, proof: int, number: int) -> None:
    """Write to the address of a proof. Here alone it is looked up, and here digits and key are born.

    Where there is nothing to write (a new password for an address without an account) the mail server is
    greeted all the same: whether it answers must not tell who is known.
    """
    asked = queries.by_id(proof)
    if asked is None:
        return
    known = accounts.by_key(asked.email_key)
    opens = _opens(asked, known)
    made = service.make(proof, number, opens=opens)
    if made is None:
        return
    message = _message(asked, known, number, made) if opens or asked.purpose != Purpose.RESET else None
    db.session.rollback()  # nobody waits for what was read while the network is slow
    try:
        if message is None:
            greet()
        else:
            post(message)
    except Refused as refused:
        service.note_mail(proof, number, MailState.REFUSED, answer=refused.code)
    except Away as away:
        service.note_mail(proof, number, MailState.LATE, answer=away.code)
        raise
    else:
        service.note_mail(proof, number, MailState.HANDED)


@job("proving.tell_change")
def tell_change(progress: Progress, *, proof: int) -> None:
    """Tell the old address that another is to take its place."""
    asked = queries.by_id(proof)
    account = accounts.by_id(asked.account_id) if asked is not None and asked.account_id else None
    if asked is None or account is None:
        return
    notice = mails.address_changing(
        key=f"change/{proof}/notice", to=account.email, language=account.language, at=asked.created_at,
        address=rules.half_hidden(asked.email), forgot=_page(account.language, "forgot"),
    )  # fmt: skip
    post_each([notice])


@sweeps
def erase_lapsed() -> None:
    """Erase what was not confirmed in time, and what is over."""
    while queries.lapsed(clock.now(), 1):
        service.erase()


def _opens(asked: Proof, known: Account | None) -> bool:
    """Whether the code of this mail proves anything."""
    if asked.purpose != Purpose.RESET:
        return known is None
    if known is not None:
        return known.is_active
    return queries.open_registration(asked.email_key, at=clock.now()) is not None


def _message(asked: Proof, known: Account | None, number: int, made: service.Made) -> Message:
    """Return what to write to the address of a proof."""
    digest = codes.digest_of(asked.id, number, made.digits)
    key = f"code/{asked.id}/{number}/{digest[:16]}"
    if asked.purpose != Purpose.RESET and known is not None:
        return mails.known_address(
            key=key, to=known.email, language=known.language, is_change=asked.purpose == Purpose.CHANGE,
            login=_page(known.language, "login"), forgot=_page(known.language, "forgot"),
        )  # fmt: skip
    return mails.code(
        key=key, to=known.email if known is not None else asked.email, language=asked.language,
        digits=made.digits, until=made.until, reason=_reason(asked, known),
        link=f"{_page(asked.language, 'code')}?for={asked.purpose}#{made.digits}.{made.key}",
    )  # fmt: skip


def _reason(asked: Proof, known: Account | None) -> str:
    return "confirm" if asked.purpose == Purpose.RESET and known is None else asked.purpose


def _page(language: str, name: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/{language}/account/{name}"
