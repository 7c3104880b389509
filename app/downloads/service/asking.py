"""Asking for a part, changing one's mind, and asking once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.downloads import queries, rules, sources
from app.downloads.models import Format, Mode, Part, PartRequest, PartState
from app.downloads.sources import Described
from app.jobs.ledger import owe
from app.library.cutting import planning
from app.library.cutting.values import Index, Plan
from app.media_users import queries as media_users
from app.refusals import Missing


@dataclass(frozen=True)
class Wish:
    """What somebody wants of an edition: frames, mode, format, and the language of captions that go with it."""

    edition_id: int
    begins: int
    ends: int
    mode: Mode = Mode.EXACT
    format: Format = Format.MASTER
    captions: str = ""


def quota() -> rules.Quota:
    """Return how much one account may ask for, as the settings say."""
    settings = current_app.config
    return rules.Quota(settings["PARTS_AT_ONCE"], settings["PARTS_DAY"], settings["PART_MINUTES_DAY"])


def check(wish: Wish, described: Described, index: Index | None) -> tuple[Plan, dict[str, Any]]:
    """Return what would be done for ``wish``, and what would stand in the file. Raises what request_part does."""
    if described.master_id is None or index is None:
        raise rules.NotNow
    plan = planning.plan(index, wish.begins, wish.ends, wish.mode.value, wish.format.value)
    rules.check_length(
        plan.out_frame - plan.in_frame,
        rate=float(index.rate.fraction),
        longest_minutes=current_app.config["PART_MINUTES"],
        is_whole=(plan.in_frame, plan.out_frame) == (0, index.frames),
    )
    rules.check_captions(wish.captions, described.captions)
    return plan, described.for_part(wish.begins, wish.ends, wish.captions)


@act
def request_part(wish: Wish, *, by: Account, wants_mail: bool = False) -> PartRequest:
    """Ask for a part for ``by``: it is prepared, unless somebody asked for the same one before.

    Raises Missing for an edition that they may not read now, or that has nothing to take; NotNow for a film that
    nobody has looked at yet; planning.WrongPart, TooShort, TooLong or NoCaptions, each with the field to blame;
    OverQuota, which says when there is room again.
    """
    at = clock.now()
    _hold(by)
    described = sources.find(wish.edition_id, account_id=by.id, at=at)
    if described is None:
        raise Missing
    index = queries.index(described.master_id) if described.master_id is not None else None
    plan, told = check(wish, described, index)
    key = rules.build_key(
        wish.edition_id, wish.format, wish.mode, wish.begins, wish.ends, sources.digest(told)
    )
    part = queries.built(key)
    mine = queries.request_of(part.id, by.id) if part is not None else None
    seconds = ceil(index.rate.seconds(plan.frames)) if index is not None else 0
    if mine is None or mine.cancelled_at is not None or _has_ended(part):
        asked = queries.asked_by(by.id, at=at, besides=part.id if part is not None else None)
        rules.check_quota(asked, quota(), seconds=seconds, at=at)
    if part is None:
        part = _new(key, wish, described, told, plan, at)
    if part.state == PartState.READY:
        part.kept_until = max(part.kept_until or at, _until(at))
    elif part.state not in rules.UNDER_WAY:
        _revive(part, described, at)
    return _wanted(part, by, at, seconds=seconds, wants_mail=wants_mail)


@act
def ask_again(request_id: int, *, by: Account) -> PartRequest:
    """Ask once more for what failed, was cancelled, or is no longer kept.

    Raises Missing for somebody else's request, NotEnded for what is under way or ready, Gone when it is not theirs to
    take any more; and what request_part raises.
    """
    part = own(request_id, by).part
    if not _has_ended(part):
        raise rules.NotEnded
    try:
        return request_part(wish_of(part), by=by)
    except Missing:
        raise rules.Gone from None


@act
def cancel(request_id: int, *, by: Account) -> PartRequest:
    """Let ``by`` not want a part any more; when nobody else does, it is not made, or no longer.

    Raises Missing for somebody else's request, Unready for a part that is not under way.
    """
    mine = own(request_id, by)
    part = queries.part_held(mine.part_id)
    if part is None or part.state not in rules.UNDER_WAY:
        raise rules.Unready
    mine.cancelled_at = clock.now()
    db.session.flush()
    if not queries.wanting(part.id):
        # Whoever is making it sees this within a second, and stops.
        part.state, part.share, part.seconds_left = PartState.CANCELLED, 0, None
    return mine


@act
def want_mail(request_id: int, *, by: Account) -> PartRequest:
    """Write to ``by`` when the part is ready, or has failed. Raises Missing, and Unready for what is not under way."""
    mine = own(request_id, by)
    if mine.part.state not in rules.UNDER_WAY:
        raise rules.Unready
    mine.wants_mail = True
    return mine


def own(request_id: int, by: Account) -> PartRequest:
    """Return a request of ``by``'s own; raise Missing for any other, and for one that they cancelled."""
    found = queries.request(request_id)
    if found is None or found.account_id != by.id or found.cancelled_at is not None:
        raise Missing
    return found


def wish_of(part: Part) -> Wish:
    """Return what would have to be wanted to get ``part``."""
    return Wish(part.edition_id, part.in_frame, part.out_frame, part.mode, part.format, part.captions)


def _hold(by: Account) -> None:
    """Let nobody ask for the same account at the same time: two requests must not share one last place."""
    db.session.execute(select(Account.id).where(Account.id == by.id).with_for_update())


def _has_ended(part: Part | None) -> bool:
    return part is not None and part.state in (PartState.FAILED, PartState.CANCELLED, PartState.EXPIRED)


def _until(at: datetime) -> datetime:
    return at + timedelta(hours=current_app.config["PART_HOURS"])


def _new(key: str, wish: Wish, described: Described, told: dict[str, Any], plan: Plan, at: datetime) -> Part:
    made = Part(
        build_key=key, edition_id=wish.edition_id, revision_id=described.revision_id, master_id=described.master_id,
        in_frame=wish.begins, out_frame=wish.ends, mode=wish.mode, format=wish.format, captions=wish.captions,
        told=told, real_in=plan.real_in, real_out=plan.real_out, size_bytes=plan.size_bytes, asked_at=at,
        state=PartState.WAITING,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # somebody asked for the same in the meantime
        found = queries.built(key)
        if found is None:
            raise
        return found
    owe(queries.MAKE)
    return made


def _revive(part: Part, described: Described, at: datetime) -> None:
    """Let a part that ended wait again. What of its file is left is deleted by the sweep before it is made."""
    part.state, part.share, part.seconds_left, part.problem = PartState.WAITING, 0, None, ""
    part.attempts, part.job_id, part.sha256, part.asked_at = 0, None, "", at
    part.made_at = part.kept_until = part.started_at = None
    part.revision_id = described.revision_id
    owe(queries.MAKE)


def _wanted(part: Part, by: Account, at: datetime, *, seconds: int, wants_mail: bool) -> PartRequest:
    person = media_users.media_user(by.id)
    mine = queries.request_of(part.id, by.id)
    if mine is None:
        mine = PartRequest(part_id=part.id, account_id=by.id)
        db.session.add(mine)
    mine.asked_at, mine.seconds, mine.cancelled_at = at, seconds, None
    mine.conditions = person.conditions if person is not None else ""
    mine.wants_mail = mine.wants_mail or wants_mail
    db.session.flush()
    return mine
