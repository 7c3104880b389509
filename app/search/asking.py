"""What somebody typed, as a question to the index.

Only letters and digits get past here, so nothing that is typed can be syntax. A question is a list of
terms which must all be met; a term is met by any of its choices; a choice is words that must all be
there (two, in the name of The Hague).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.languages import LANGUAGES
from app.search import places
from app.search.stems import forms, stem, words
from app.text.markup import one_line

LONGEST = 200  # characters of what is typed
MOST_WORDS = 8
SHORTEST_BEGINNING = 3  # letters with which a last word also finds longer ones
_SHORTEST_MARKED = 4  # letters of a word in a name of several that is worth a mark: "Hague", not "the"

Choice = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One thing looked for: any of ``choices``, or any word that begins with ``beginning``."""

    choices: tuple[Choice, ...]
    beginning: str | None = None


@dataclass(frozen=True)
class Question:
    """What was typed (``text``, fit to be shown), and what is looked for in texts in ``languages``.

    ``is_cut``: more was typed than counts.
    """

    text: str
    languages: tuple[str, ...] = LANGUAGES
    terms: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is a word to look for."""
        return bool(self.terms)

    def is_met_by(self, word: str, language: str) -> bool:
        """Whether a folded ``word`` of a text in ``language`` is among what is looked for."""
        known = forms(word, language)
        for term in self.terms:
            if term.beginning and word.startswith(term.beginning):
                return True
            for choice in term.choices:
                for wanted in choice:
                    if wanted in known and (len(choice) == 1 or len(word) >= _SHORTEST_MARKED):
                        return True
        return False


def asked(typed: str, languages: Sequence[str] = LANGUAGES) -> Question:
    """Return the question that ``typed`` asks of texts in ``languages``.

    It is cut to LONGEST characters and MOST_WORDS words. Single letters do not count beside whole
    words: the l of "l’OTAN" is not in every text about it.
    """
    text = one_line(typed[:LONGEST])
    found = words(text)
    if any(len(word) > 1 for word in found):
        found = [word for word in found if len(word) > 1 or word.isdigit()]
    is_cut = len(typed.strip()) > LONGEST or len(found) > MOST_WORDS
    return Question(text, tuple(languages), tuple(_terms(found[:MOST_WORDS], languages)), is_cut)


def _terms(found: list[str], languages: Sequence[str]) -> Iterable[Term]:
    at = 0
    while at < len(found):
        name, taken = _name(found, at)
        at += taken
        last = found[at - 1]
        has_beginning = at == len(found) and taken == 1 and len(last) >= SHORTEST_BEGINNING
        choices = dict.fromkeys(
            tuple(stem(word, language) for word in each) for each in name for language in languages
        )
        yield Term(tuple(choices), last if has_beginning else None)


def _name(found: list[str], at: int) -> tuple[tuple[Choice, ...], int]:
    """Return the spellings of the longest name that begins at ``at``, or the word there, and how many words it took."""
    for length in range(places.MOST_WORDS, 0, -1):
        known = places.NAMES.get(tuple(found[at : at + length]))
        if known and at + length <= len(found):
            return known, length
    return ((found[at],),), 1


def language_word(code: str) -> str:
    """Return the word that stands in the index with every text in this language, and that nobody can type."""
    return f"§{code}"


def for_sqlite(question: Question, marks: Iterable[str] = ()) -> str:
    """Return ``question`` in the language of FTS5; ``marks`` are words of the index to be met besides."""
    return _written(question, marks, " AND ", " OR ", '"{}"', '"{}" *')


def for_postgresql(question: Question, marks: Iterable[str] = ()) -> str:
    """Return ``question`` as a tsquery; ``marks`` are words of the index to be met besides."""
    return _written(question, marks, " & ", " | ", "'{}'", "'{}':*")


def _written(
    question: Question, marks: Iterable[str], both: str, either: str, word: str, beginning: str
) -> str:
    terms = [word.format(each) for each in marks]
    if len(question.languages) == 1:
        terms.append(word.format(language_word(question.languages[0])))
    for term in question.terms:
        choices = [both.join(word.format(each) for each in choice) for choice in term.choices]
        choices += [beginning.format(term.beginning)] if term.beginning else []
        terms.append(f"({either.join(f'({choice})' for choice in choices)})")
    return both.join(terms)
