"""Getting into a group and out of it: by asking, by the domain of an address, by an officer's decision."""

from __future__ import annotations

from typing import Any

from app import clock
from app.accounts.models import Account
from app.accreditation import queries, rules
from app.accreditation.models import Group, Membership, MembershipState
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.refusals import Missing


@act
def ask(group: Group, *, by: Account) -> Membership:
    """Ask to be let in to ``group``: who has an address at its domains is, where it admits them; others wait.

    Who was refused may ask again; the officer sees what was said before. Raises Missing for whoever is no media user,
    Closed, Refusal for who is in or waits already.
    """
    if queries.media_user(by.id) is None:
        raise Missing
    _hold(group)
    known = queries.membership_of(by.id, group.id)
    rules.check_ask(group, known)
    if known is None and rules.lets_in(group, by):
        return _admit(group, by)
    kept = known or Membership(group_id=group.id, account_id=by.id)
    kept.state, kept.asked_at = MembershipState.WAITING, clock.now()
    db.session.add(kept)
    record(by, "asked for access", by, group=group.names["en"])
    return kept


@act
def admit_by_domain(account: Account) -> list[Membership]:
    """Let ``account``, whose address was just proven, in to each group that admits its domain; return these.

    Whom an officer refused or took out stays out.
    """
    if queries.media_user(account.id) is None:
        return []
    found = []
    for group in queries.groups(is_open=True):
        if rules.lets_in(group, account):
            _hold(group)
            if rules.lets_in(group, account) and _may_come(account, group):
                found.append(_admit(group, account))
    return found


def admit_all(group: Group) -> None:
    """Let in, in the running act, everybody whose proven address is at a domain that ``group`` admits."""
    if not group.admits_by_domain or group.is_closed:
        return
    for account in queries.at_domains(group.domains):
        if _may_come(account, group):
            _admit(group, account)


@act
def look_again(account: Account) -> None:
    """Look at the memberships of ``account`` again, whose address is another one since.

    It keeps a group that admits the new domain. Any other waits for an officer again: they had let in somebody at the
    address of before.
    """
    for known in queries.memberships([account.id]).get(account.id, []):
        if known.state == MembershipState.MEMBER and not rules.lets_in(known.group, account):
            known.state, known.asked_at = MembershipState.WAITING, clock.now()
            known.decided_at = known.decided_by_id = None
            record(account, "asked for access", account, group=known.group.names["en"])
    admit_by_domain(account)


@act
def approve(membership: Membership, *, by: Account) -> None:
    """Let in who asked; they are told by mail. Raises Decided unless they still wait, Closed."""
    rules.check_may(by)
    _hold_request(membership)
    if membership.group.is_closed:
        raise rules.Closed
    membership.reason = ""
    _decide(membership, MembershipState.MEMBER, "admitted", by=by)


@act
def refuse(membership: Membership, *, reason: str, by: Account) -> None:
    """Turn down who asked, with a ``reason`` that the mail says. Raises Decided unless they still wait."""
    rules.check_may(by)
    reason = rules.check_reason(reason)
    _hold_request(membership)
    membership.reason = reason
    _decide(membership, MembershipState.REFUSED, "turned down", by=by)


@act
def put_in(account: Account, group: Group, *, by: Account) -> Membership:
    """Let ``account`` in to ``group`` though nobody asked, or though it was turned down before.

    Raises Missing for whoever is no media user, Closed, Decided for who is in it.
    """
    rules.check_may(by)
    if queries.media_user(account.id) is None:
        raise Missing
    _hold(group)
    if group.is_closed:
        raise rules.Closed
    known = queries.membership_of(account.id, group.id)
    if known is not None and known.state == MembershipState.MEMBER:
        raise rules.Decided
    kept = known or Membership(group_id=group.id, account_id=account.id, asked_at=clock.now())
    db.session.add(kept)
    kept.reason = ""
    _decide(kept, MembershipState.MEMBER, "admitted", by=by)
    return kept


@act
def take_out(membership: Membership, *, reason: str, by: Account) -> None:
    """Take somebody out of a group, with a ``reason`` that the mail says. Raises Decided unless they are in it."""
    rules.check_may(by)
    reason = rules.check_reason(reason)
    db.session.refresh(membership, with_for_update=True)
    if membership.state != MembershipState.MEMBER:
        raise rules.Decided
    membership.reason = reason
    _decide(membership, MembershipState.REFUSED, "took out", by=by)


def _hold(group: Group) -> None:
    """Let nobody else get into ``group`` or change it before the running act is over."""
    db.session.refresh(group, with_for_update=True)


def _hold_request(membership: Membership) -> None:
    db.session.refresh(membership, with_for_update=True)
    if membership.state != MembershipState.WAITING:
        raise rules.Decided


def _may_come(account: Account, group: Group) -> bool:
    """Whether a machine may let ``account`` in: it is not in already, and no officer said no."""
    known = queries.membership_of(account.id, group.id)
    return known is None or known.state == MembershipState.WAITING


def _admit(group: Group, account: Account) -> Membership:
    """Let ``account`` in by its domain, in the running act."""
    now = clock.now()
    kept = queries.membership_of(account.id, group.id)
    if kept is None:
        kept = Membership(group_id=group.id, account_id=account.id, asked_at=now)
        db.session.add(kept)
    _decide(kept, MembershipState.MEMBER, "admitted", by=None)
    return kept


def _decide(membership: Membership, state: MembershipState, verb: str, *, by: Account | None) -> None:
    """Keep a decision, write it down, and have its mail written."""
    membership.state = state
    membership.decided_at = clock.now()
    membership.decided_by_id = by.id if by else None
    db.session.flush()
    group = db.session.get_one(Group, membership.group_id)
    person = db.session.get_one(Account, membership.account_id)
    details: dict[str, Any] = {"group": group.names["en"], "group_id": group.id} | (
        {"reason": membership.reason} if membership.reason else {}
    )
    entry = record(by, verb, person, **details)
    announce("media_user.decided", entry=entry.id)
