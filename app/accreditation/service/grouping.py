"""Making groups, changing them, closing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.accounts.models import Account
from app.accreditation import queries, rules
from app.accreditation.models import Group
from app.accreditation.service.joining import admit_all
from app.acts import act
from app.audit.log import record
from app.database import db
from app.text import slugs

LONGEST_KEY = 40


@act
def make(
    names: Mapping[str, str], *, domains: Iterable[str] = (), admits_by_domain: bool = False, by: Account
) -> Group:
    """Make a group with a name in each language; who has an address at its ``domains`` joins, where it admits them so.

    Raises Refusal for a name that is missing or too long, BadDomain for what is no organisation's own domain.
    """
    rules.check_may(by)
    group = Group(names=rules.check_names(names), admits_by_domain=admits_by_domain)
    group.domains = rules.check_domains(domains, is_needed=admits_by_domain)
    group.key = _free_key(group.names["en"])
    db.session.add(group)
    db.session.flush()
    record(by, "added", group, label=group.names["en"], domains=group.domains, by_domain=admits_by_domain)
    admit_all(group)
    return group


@act
def change(
    group: Group,
    names: Mapping[str, str],
    *,
    domains: Iterable[str],
    admits_by_domain: bool,
    base: str,
    by: Account,
) -> None:
    """Change ``group``; ``base`` is the version that ``by`` looked at. A domain that is new lets in who has it.

    A domain that goes turns nobody out: an officer does that, by name. Raises as make() does, and Changed.
    """
    rules.check_may(by)
    _hold(group)
    if rules.version(group) != base:
        raise rules.Changed
    new = rules.check_names(names), rules.check_domains(domains, is_needed=admits_by_domain), admits_by_domain
    old = group.names, group.domains, group.admits_by_domain
    if new == old:
        return
    group.names, group.domains, group.admits_by_domain = new
    before, after = ([*each[0].values(), *each[1], each[2]] for each in (old, new))
    record(by, "changed", group, label=group.names["en"], before=before, after=after)
    admit_all(group)


@act
def close(group: Group, *, by: Account) -> None:
    """Let ``group`` open nothing from now on, and take nobody in; who is in it is kept."""
    _set_closed(group, is_closed=True, by=by)


@act
def reopen(group: Group, *, by: Account) -> None:
    """Let a group that was closed open texts again, to who was in it and to who has its domains."""
    _set_closed(group, is_closed=False, by=by)
    admit_all(group)


def _set_closed(group: Group, *, is_closed: bool, by: Account) -> None:
    rules.check_may(by)
    _hold(group)
    if group.is_closed != is_closed:
        group.is_closed = is_closed
        record(by, "closed" if is_closed else "opened again", group, label=group.names["en"])


def _hold(group: Group) -> None:
    """Let nobody else change ``group`` before the running act is over."""
    db.session.refresh(group, with_for_update=True)


def _free_key(name: str) -> str:
    """Return a key for a group with this English name that no other has."""
    first = (slugs.slug(name) or "group")[: LONGEST_KEY - 4].strip("-")
    key, number = first, 1
    while queries.is_key_taken(key):
        number += 1
        key = f"{first}-{number}"
    return key
