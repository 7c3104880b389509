"""Keeping the list of the house's words, which the checks ask about every text."""

from __future__ import annotations

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import rules
from app.editorial.models import HouseWord
from app.editorial.queries import wording
from app.editorial.rules.wording import check_word
from app.editorial.service.turns import wait_our_turn
from app.text import markup


@act
def keep_word(language: str, wrong: str, instead: str = "", *, by: Account) -> HouseWord:
    """Keep that the house writes ``instead`` (which may be nothing) and not ``wrong`` in ``language``.

    An asterisk at the end of ``wrong`` stands for any ending. A word that is on the list gets another
    replacement. Who publishes answers for the words. Raises NotAllowed, or Refusal for what cannot be found.
    """
    rules.check_may(by, "publish")
    wrong, instead = markup.one_line(wrong), markup.one_line(instead)
    wait_our_turn()  # two may add the same word
    others = wording.house_words(language)
    known = next((each for each in others if each.wrong.casefold() == wrong.casefold()), None)
    check_word(language, wrong, instead, known=len(others) - (known is not None))
    if known is None:
        known = HouseWord(language=language, wrong=wrong, instead=instead)
        db.session.add(known)
    elif (known.wrong, known.instead) == (wrong, instead):
        return known
    before = known.instead
    known.wrong, known.instead = wrong, instead
    db.session.flush()
    record(by, "kept", known, label=wrong, language=language, before=before, after=instead)
    return known


@act
def drop_word(word: HouseWord, *, by: Account) -> None:
    """Take a word off the list."""
    rules.check_may(by, "publish")
    record(by, "dropped", word, label=word.wrong, language=word.language, before=word.instead)
    db.session.delete(word)
