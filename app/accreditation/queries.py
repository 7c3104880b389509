"""What can be asked about groups, who is in them, and media accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.accreditation.models import Group, Membership, MembershipState
from app.database import db, folded
from app.media_users.models import MediaUser

PAGE = 30
STATES = ("waiting", "member", "suspended", "leaving")

# --- groups ---


def group(group_id: int) -> Group | None:
    """Return the group with this id."""
    return db.session.get(Group, group_id)


def groups(*, is_open: bool = False) -> Sequence[Group]:
    """Return the groups in the order in which they were made, those that are closed last, or not at all."""
    wanted = select(Group).order_by(Group.is_closed, Group.id)
    return db.session.scalars(wanted.where(~Group.is_closed) if is_open else wanted).all()


def is_key_taken(key: str) -> bool:
    """Whether a group has this key."""
    return db.session.scalar(select(Group.id).where(Group.key == key)) is not None


def sizes() -> dict[tuple[int, str], int]:
    """Return how many stand in which state with each group, {(group, state): how many}."""
    counted = select(Membership.group_id, Membership.state, func.count()).group_by(
        Membership.group_id, Membership.state
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(counted)}


# --- who is in them ---


def membership(membership_id: int) -> Membership | None:
    """Return the membership with this id."""
    return db.session.get(Membership, membership_id)


def membership_of(account_id: int, group_id: int) -> Membership | None:
    """Return how somebody stands with a group, or None."""
    return db.session.scalar(
        select(Membership).where(Membership.account_id == account_id, Membership.group_id == group_id)
    )


def memberships(account_ids: Iterable[int]) -> dict[int, list[Membership]]:
    """Return how each of these accounts stands with groups, in the order in which these were made."""
    wanted = select(Membership).where(Membership.account_id.in_(list(account_ids)))
    found: dict[int, list[Membership]] = {}
    for each in db.session.scalars(
        wanted.order_by(Membership.group_id).options(joinedload(Membership.group))
    ):
        found.setdefault(each.account_id, []).append(each)
    return found


def is_let_in() -> ColumnElement[bool]:
    """Return the condition that an account may use what its groups open: it is neither suspended nor leaving."""
    return Account.is_active & MediaUser.suspended_at.is_(None) & MediaUser.leaving_at.is_(None)


def counting() -> Select[int, int]:
    """Return the query for memberships that open something: an account that may, in a group that is open.

    Rows carry the ids of the account and of the group.
    """
    return (
        select(Membership.account_id, Membership.group_id)
        .join(Group, Group.id == Membership.group_id)
        .join(Account, Account.id == Membership.account_id)
        .join(MediaUser, MediaUser.account_id == Membership.account_id)
        .where(Membership.state == MembershipState.MEMBER, ~Group.is_closed, is_let_in())
    )


def members(group_ids: Iterable[int]) -> Sequence[Account]:
    """Return whom these groups let in, each once."""
    within = counting().where(Membership.group_id.in_(list(group_ids))).subquery()
    wanted = select(Account).where(Account.id.in_(select(within.c.account_id)))
    return db.session.scalars(wanted.order_by(Account.id)).all()


def newsrooms(group_ids: Iterable[int]) -> int:
    """Count the organisations whose people these groups let in."""
    within = counting().where(Membership.group_id.in_(list(group_ids))).subquery()
    wanted = select(func.count(folded(MediaUser.organisation).distinct()))
    return db.session.scalar(wanted.where(MediaUser.account_id.in_(select(within.c.account_id)))) or 0


def at_domains(domains: Iterable[str]) -> Sequence[Account]:
    """Return the media users whose proven address is at one of ``domains``."""
    at = [Account.email_key.like(f"%@{domain}") for domain in domains]
    if not at:
        return []
    wanted = select(Account).join(MediaUser, MediaUser.account_id == Account.id)
    return db.session.scalars(wanted.where(or_(*at)).order_by(Account.id)).all()


# --- media accounts ---


@dataclass(frozen=True)
class Asked:
    """What the list of media accounts is narrowed by; empty values narrow nothing.

    ``words`` stand in the name, the organisation or the address; ``state`` is one of STATES, or "none" for who is in
    no group and asks for none.
    """

    words: str = ""
    state: str = ""
    organisation: str = ""
    country: str = ""
    group_id: int | None = None


def _stands(state: MembershipState | None = None, group_id: int | None = None) -> ColumnElement[bool]:
    found = exists().where(Membership.account_id == MediaUser.account_id)
    if state is not None:
        found = found.where(Membership.state == state)
    return found.where(Membership.group_id == group_id) if group_id is not None else found


def _narrowed(wanted: Any, asked: Asked) -> Any:
    is_going = MediaUser.leaving_at.is_not(None)
    states: dict[str, ColumnElement[bool]] = {
        "waiting": _stands(MembershipState.WAITING, asked.group_id),
        "member": _stands(MembershipState.MEMBER, asked.group_id),
        "suspended": MediaUser.suspended_at.is_not(None),
        "leaving": is_going,
    }
    if asked.state in states:
        wanted = wanted.where(states[asked.state])
    if asked.group_id is not None and asked.state not in ("waiting", "member"):
        wanted = wanted.where(_stands(group_id=asked.group_id))
    if asked.organisation:
        wanted = wanted.where(folded(MediaUser.organisation) == asked.organisation.lower())
    if asked.country:
        wanted = wanted.where(MediaUser.country == asked.country)
    for word in asked.words.lower().split()[:8]:
        wanted = wanted.where(
            or_(
                *(
                    folded(column).contains(word, autoescape=True)
                    for column in (Account.name, MediaUser.organisation, Account.email)
                )
            )
        )
    return wanted


def count(asked: Asked) -> int:
    """Return how many media accounts are asked for."""
    wanted = select(func.count()).select_from(MediaUser).join(Account, Account.id == MediaUser.account_id)
    return db.session.scalar(_narrowed(wanted, asked)) or 0


def page(asked: Asked, *, skip: int) -> Sequence[Any]:
    """Return a page of media accounts, last confirmed first. Rows carry the MediaUser and its Account."""
    wanted = select(MediaUser, Account).join(Account, Account.id == MediaUser.account_id)
    ordered = _narrowed(wanted, asked).order_by(MediaUser.confirmed_at.desc(), MediaUser.account_id.desc())
    return db.session.execute(ordered.offset(skip).limit(PAGE)).all()


def media_user(account_id: int) -> MediaUser | None:
    """Return what the office knows of the media account with this id."""
    return db.session.get(MediaUser, account_id)


def countries() -> Sequence[str]:
    """Return the codes of the countries that media accounts name."""
    return db.session.scalars(select(MediaUser.country).distinct()).all()


def waiting() -> tuple[int, Any]:
    """Return how many requests wait for an officer, and since when the oldest does (None without any)."""
    asked = (
        select(func.count(), func.min(Membership.asked_at))
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.state == MembershipState.WAITING, ~Group.is_closed)
    )
    row = db.session.execute(asked).one()
    return row[0], row[1]
