"""Naming a version, and bringing an older one back."""

from __future__ import annotations

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.editorial import rules as editorial
from app.editorial.models import Edition, Revision
from app.editorial.service.snapshots import is_same, shared_of, text_of, with_facts
from app.editorial.service.tidying import tidied
from app.editorial.service.turns import hold
from app.editorial.service.writing import keep_revision, share
from app.teamwork import rules
from app.text import markup


@act
def name_version(edition: Edition, revision: Revision, *, name: str, by: Account) -> None:
    """Give a version a name by which it is found again, or take its name away (an empty one).

    A version that saved itself becomes one that somebody wanted. Raises Refusal for too long a name.
    """
    rules.check_may(by, "write")
    name = markup.one_line(name)
    rules.check_milestone(name)
    if revision.milestone == name:
        return
    revision.milestone = name
    revision.is_autosave = revision.is_autosave and not name
    record(by, "named a version", edition, label=revision.title, revision=revision.number, name=name)


@act
def restore(
    edition: Edition, revision: Revision, *, base: int, by: Account, with_shared: bool = False
) -> Revision | None:
    """Make a new version that says what ``revision`` said; None when the working text says it already.

    It is a change like any other: whatever was decided is void. What all languages share comes back only
    ``with_shared``, and then in each of them. Raises Stale when the text is no longer ``base``, and what the
    rules of its type refuse: an older programme may lack an entry that readers have seen since.
    """
    rules.check_may(by, "write")
    hold(edition)
    current = edition.current
    if current is None or revision.edition_id != edition.id:
        raise editorial.WrongState
    if current.number != base:
        raise editorial.Stale(current)
    text, shared = tidied(edition, text_of(revision), shared_of(revision if with_shared else current))
    made = with_facts(revision, shared)
    made.fields = text.fields
    words = {each["picture"]: each for each in current.pictures}
    made.pictures = [each if len(each) > 1 else words.get(each["picture"], each) for each in made.pictures]
    if is_same(current, made):
        return None
    share(edition, shared, by=by)
    keep_revision(edition, made, by=by)
    record(by, "restored", edition, label=made.title, revision=made.number, source=revision.number)
    return made
