"""Typography that the machine does not put right by itself at every save, each with what could stand instead.

What is proposed is found again when it is accepted, from the text as it then is: a proposal that
no longer fits changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from app.editorial.checks.findings import Checked, Context, Finding, found, key
from app.editorial.checks.reading import Passage, Reading, read
from app.text.quotes import PAIRS
from app.text.runs import Run
from app.text.shaping import html_of
from app.text.typography import NBSP, NNBSP, put_right_runs

_WORD = re.compile(r"[^\W_ʼ]+")
_APOSTROPHES = frozenset("'’ʼ`´‘")
_QUOTES = frozenset('"«»“”„')
_AROUND = 24  # characters beside a correction that are shown with it, at most
_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŻČŠŽА-ЯҐЄІЇ"
# Not before the words that begin sentences: in "see annex B. The" B is nobody's name.
_INITIAL = re.compile(
    rf"(?<![\w.])[{_CAPITAL}]\.(?P<gap> )(?=[{_CAPITAL}](?:\.|[\w’'-]))"
    r"(?!(?:The|This|These|It|In|On|At|He|She|We|They|A|An|And|But|If|For|To|Le|La|Les|Un|Une|Il|Elle|Ils|Elles|"
    r"Ce|Cette|Ces|En|Au|Aux|Du|Des|Et|Mais|Це|Ці|Він|Вона|Вони|Ми|У|В|На|За|До|І|Й|Та|Але)(?!\w))"
)
_COURTESY = re.compile(rf"(?<!\w)(?:MM\.|Mmes?|Mlles?|Dr)(?P<gap> )(?=[{_CAPITAL}])")
_STRAIGHT = re.compile(r"(?<!\d)\"|(?<=[^\W\d_])'|(?<![\w'])'(?=[^\W\d_])")
_CURLY = re.compile("[«»“”„]")
_CLOSES = {"«": "»", "“": "”", "„": "“"}
_SPACES = " \u00a0\u202f"

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be put right in a passage: ``edits`` replace what stands between two places of its text."""

    rule: str
    passage: Passage
    edits: tuple[Edit, ...]
    words: str
    suggestion: str

    @property
    def key(self) -> str:
        """The key of its finding; two proposals with the same one are accepted together."""
        return key(self.rule, self.words, self.suggestion)


def findings(text: Checked, context: Context, reading: Reading) -> Iterator[Finding]:
    """Yield each correction once, however often it can be made in its passage."""
    for proposal in _proposals(text, reading):
        where = proposal.passage
        yield found(
            proposal.rule,
            where.field,
            proposal.words,
            at=where.at,
            about=proposal.suggestion,
            suggestion=proposal.suggestion,
        )


def accepted(text: Checked, keys: Collection[str] | None = None) -> Checked:
    """Return ``text`` with the corrections of the findings that have ``keys`` made; with all of them when None.

    A key stands for every place with these very words. What is not of this family is left alone.
    """
    reading = read(text)
    wanted = None if keys is None else {":".join(each.split(":")[:2]) for each in keys}
    by_passage: dict[int, tuple[Passage, list[Edit]]] = {}
    for proposal in _proposals(text, reading):
        if proposal.edits and (wanted is None or proposal.key in wanted):
            edits = by_passage.setdefault(id(proposal.passage), (proposal.passage, []))[1]
            edits += proposal.edits
    changed: dict[str, Any] = {}
    answers: set[int] = set()
    for passage, edits in by_passage.values():
        texts = _edited([run.text for run in passage.runs], edits)
        if passage.block is not None:
            passage.block.runs = [
                Run(new, run.marks) for new, run in zip(texts, passage.runs, strict=True) if new
            ]
            if passage.field == "body":
                changed["body"] = None
            elif passage.at is not None:
                answers.add(passage.at)
        elif passage.at is None:
            changed[passage.field] = "".join(texts)
        else:
            rows = changed.setdefault(passage.field, [dict(row) for row in getattr(text, passage.field)])
            rows[passage.at][passage.name] = "".join(texts)
    if "body" in changed:
        changed["body"] = html_of(reading.blocks)
    if answers:
        rows = changed.setdefault("faq", [dict(row) for row in text.faq])
        for at in answers:
            rows[at]["answer"] = html_of(reading.answers[at])
    return replace(text, **changed)


def _edited(texts: Sequence[str], edits: Iterable[Edit]) -> list[str]:
    """Return ``texts``, which are read as one, with ``edits`` made; what is new goes where its edit begins.

    Of two edits of the same place the first is made.
    """
    made: list[list[str]] = [[] for _ in texts]
    ends = list(accumulate(map(len, texts)))
    at, run, done = 0, 0, -1
    for start, end, new in [*sorted(edits), (ends[-1], ends[-1], "")]:
        if start <= done and new:
            continue
        while at < start:
            while at >= ends[run]:
                run += 1
            upto = min(start, ends[run])
            began = ends[run] - len(texts[run])
            made[run].append(texts[run][at - began : upto - began])
            at = upto
        while run + 1 < len(texts) and at >= ends[run]:
            run += 1
        made[run].append(new)
        at = done = max(done, end)
    return ["".join(pieces) for pieces in made]


def _proposals(text: Checked, reading: Reading) -> Iterator[Proposal]:
    read_aloud = [each for each in reading.passages if each.field != "links"]
    for passage in read_aloud:
        known: dict[tuple[str, str, str], list[Edit]] = {}
        for rule, edits in (*_put_right(passage), *_no_break(passage)):
            words, suggestion = _shown(passage.text, edits)
            known.setdefault((rule, words, suggestion), []).extend(edits)
        for (rule, words, suggestion), edits in known.items():
            yield Proposal(rule, passage, tuple(edits), words, suggestion)
    yield from _mixed(text, read_aloud)


def _put_right(passage: Passage) -> Iterator[tuple[str, list[Edit]]]:
    """Yield what putting the typography right would change: quotation marks together, the rest one by one."""
    before = [run.text for run in passage.runs]
    after = put_right_runs(list(zip(before, passage.languages, strict=True)))
    if before == after:
        return
    quotes: list[Edit] = []
    start = 0
    for old, new in zip(before, after, strict=True):
        for at, end, instead in _gaps(old, new):
            edit, was = (start + at, start + end, instead), old[at:end]
            rule = _kind(was, instead)
            if rule == "typo-quotes":
                quotes.append(edit)
            else:
                yield rule, [edit]
        start += len(old)
    if quotes:
        yield "typo-quotes", quotes


def _gaps(old: str, new: str) -> Iterator[Edit]:
    """Yield what differs between the words of two texts that have the same words."""
    if old == new:
        return
    mine, theirs = [m.span() for m in _WORD.finditer(old)], [m.span() for m in _WORD.finditer(new)]
    if len(mine) != len(theirs):
        yield 0, len(old), new
        return
    x, y = 0, 0
    for (start, end), (other, other_end) in zip(
        [*mine, (len(old), len(old))], [*theirs, (len(new), len(new))], strict=True
    ):
        if old[x:start] != new[y:other]:
            yield x, start, new[y:other]
        x, y = end, other_end


def _kind(old: str, new: str) -> str:
    bare, other = ("".join(each.split()) for each in (old, new))
    if bare == other:
        return "typo-space"
    if (set(old) | set(new)) & _QUOTES:
        return "typo-quotes"
    return "typo-apostrophe" if set(old) & _APOSTROPHES else "typo-marks"


def _no_break(passage: Passage) -> Iterator[tuple[str, list[Edit]]]:
    """Yield the spaces behind initials, and in French behind forms of address, that could break."""
    start = 0
    for piece, language in passage.spoken:
        patterns = {"fr": (_INITIAL, _COURTESY), "en": (_INITIAL,), "uk": (_INITIAL,)}.get(language, ())
        for pattern in patterns:
            for match in pattern.finditer(piece):
                at = start + match.start("gap")
                yield "typo-space", [(at, at + 1, NBSP)]
        start += len(piece)


def _shown(text: str, edits: Sequence[Edit]) -> tuple[str, str]:
    """Return the words around ``edits``, as they stand and as they would."""
    first, last = edits[0][0], edits[-1][1]
    start = max(text.rfind(" ", max(0, first - _AROUND), first) + 1, first - _AROUND, 0)
    space = text.find(" ", last, last + _AROUND)
    end = space if space >= 0 else min(len(text), last + _AROUND)
    pieces, at = [], start
    for a, b, new in edits:
        pieces += [text[at:a], new]
        at = b
    return text[start:end], "".join([*pieces, text[at:end]])


def _mixed(text: Checked, passages: Sequence[Passage]) -> Iterator[Proposal]:
    """Yield quotation marks of a kind that is not the rest's, and straight ones that have no partner."""
    quoted: list[tuple[str, Passage, int, int]] = []
    has_curly = any(_CURLY.search(passage.text) or "’" in passage.text for passage in passages)
    for passage in passages:
        start = 0
        for piece, language in passage.spoken:
            if language == text.language and language in PAIRS:
                quoted += [(mark, passage, start + a, start + b) for mark, a, b in _outermost(piece)]
                straight = list(_STRAIGHT.finditer(piece)) if has_curly else []
                if straight and put_right_runs([(piece, language)])[0] == piece:
                    for match in straight:
                        rule = "typo-quotes" if match[0] == '"' else "typo-apostrophe"
                        at = start + match.start()
                        words, _ = _shown(passage.text, [(at, at + 1, "")])
                        yield Proposal(rule, passage, (), words, "")
            start += len(piece)
    if len({mark for mark, *_ in quoted}) < 2:
        return
    (opening, closing), _inner = PAIRS[text.language]
    space = NNBSP if text.language == "fr" else ""
    for mark, passage, a, b in quoted:
        if mark != opening:
            inside = passage.text[a + 1 : b]
            left = len(inside) - len(inside.lstrip(_SPACES))
            right = len(inside) - len(inside.rstrip(_SPACES))
            edits = ((a, a + 1 + left, opening + space), (b - right, b + 1, space + closing))
            yield Proposal(
                "typo-quotes",
                passage,
                edits,
                passage.text[a : b + 1],
                opening + space + inside.strip(_SPACES) + space + closing,
            )


def _outermost(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the opening mark, the start and the end of each quotation that stands in no other."""
    opened: list[tuple[str, int]] = []
    for match in _CURLY.finditer(text):
        mark = match[0]
        if opened and _CLOSES[opened[-1][0]] == mark:
            opening, start = opened.pop()
            if not opened and match.start() > start + 1:
                yield opening, start, match.start()
        elif mark in _CLOSES and len(opened) < 8:
            opened.append((mark, match.start()))
