"""Typography of French, English and Ukrainian, put right by machine; twice is the same as once.

Only what is certain is changed, and never a letter or a digit: marks, and the spaces beside them.
Addresses, e-mail addresses and names of files are left alone, and so is a colon without a space
behind it (15:00, 16:9). Text in any other language is returned as it came.

NNBSP is U+202F, NBSP is U+00A0:

======================  =====================  ==================  =====================
what                    fr                     en                  uk
======================  =====================  ==================  =====================
straight quotes         « » with NNBSP inside  “ ”                 « »
such quotes in quotes   “ ”                    ‘ ’                 „ “
apostrophes             ’                      ’                   ’
before ; ! ?            NNBSP                  nothing             nothing
before :                NBSP                   nothing             nothing
number and %            NBSP                   nothing             NBSP
number and unit         NBSP                   NBSP                NBSP
thousands               NNBSP                  as typed            NBSP
" - " between words     " – "                  " – "               NBSP, "— "
======================  =====================  ==================  =====================

In each of them "..." is "…", and ranges of years, days, hours and shares have an en dash.

Turned down: no-break spaces after the one-letter words of Ukrainian (з, в, у, і). Browsers set
lines well enough without them, and agencies paste our text into systems that show every one.
Curly quotes of a foreign fashion are left as well: they may be a quotation's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from app.text.quotes import straight_quotes

NBSP, NNBSP = "\u00a0", "\u202f"
_S = "[ \u00a0\u202f\u2009]"
_LETTER = r"[^\W\d_]"

# Stands for each character that no rule may touch, and is a letter to all of them. A letter that
# Cyrillic scribes drew a few times in the fifteenth century; where it is meant, it is put back, too.
_MASK = "\ua66e"
_GAP = "\u2003"  # the same for white space: a space to all rules, but none that they change
_ADDRESS = re.compile(r"\b(?:https?://|ftp://|www\.|mailto:|tel:)[^\s<>«»“”\"]++")
_MAIL = re.compile(r"(?<![\w.+'’-])[\w.+'’-]++@[\w-]++(?:\.[\w-]++)+")
_DOTTED = re.compile(r"(?<![\w@.-])[\w-]++(?:\.[\w-]++)*\.[A-Za-z][\w-]++(?:/[^\s<>«»“”\"]*+)?")
_TRAILING = ".,;:!?…)]}'’"

_MASKS = frozenset({_MASK, _GAP})
# No rule begins without one of these.
_WORTH_A_LOOK = re.compile("[\"'ʼ`´‘«».:;!?%‰€$£№°0-9—–-]")
_OPENING = frozenset("«“„‘")
_MOST_ROUNDS = 4  # one is enough for what people write

Edit = tuple[int, int, str]
Rule = Callable[[str], Iterable[Edit]]


def put_right(text: str, language: str) -> str:
    """Return plain ``text`` with its typography put right for ``language``."""
    return put_right_runs([(text, language)])[0]


def put_right_runs(runs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the texts of ``runs`` (text, language) put right, as many as there were.

    They are read as one: a quotation may begin in one run and end in another. What a rule puts
    between two runs goes to the second, or to the first behind an opening mark.
    """
    texts = [text for text, _language in runs]
    for language in _RULES:
        if any(one == language for _text, one in runs):
            texts = _in_language(texts, [one == language for _text, one in runs], language)
    return texts


def _in_language(texts: list[str], is_spoken: list[bool], language: str) -> list[str]:
    """Put right those of ``texts`` that are in ``language``; the others are only what stands beside them."""
    whole = "".join(texts)
    hidden = [text if spoken else _hidden(text) for text, spoken in zip(texts, is_spoken, strict=True)]
    masked = _masked("".join(hidden))
    if not _WORTH_A_LOOK.search(masked):
        return texts
    line = _Line(masked, _ends(texts))
    kept = [character for character, shown in zip(whole, line.text, strict=True) if shown in _MASKS]
    for _ in range(_MOST_ROUNDS):
        before = line.text
        for rule in _RULES[language]:
            line.apply(rule(line.text))
        if line.text == before:
            break
    back = iter(kept)
    return line.split("".join(next(back) if character in _MASKS else character for character in line.text))


def _hidden(text: str) -> str:
    return "".join(_GAP if character.isspace() else _MASK for character in text)


def _masked(text: str) -> str:
    for pattern in (_ADDRESS, _MAIL, _DOTTED):
        text = pattern.sub(_mask, text)
    return text


def _mask(match: re.Match[str]) -> str:
    address = match[0].rstrip(_TRAILING)
    return _MASK * len(address) + match[0][len(address) :]


def _ends(texts: Sequence[str]) -> list[int]:
    at, ends = 0, []
    for text in texts:
        at += len(text)
        ends.append(at)
    return ends


class _Line:
    """A text that is edited while it is known where each of its runs ends."""

    def __init__(self, text: str, ends: list[int]) -> None:
        self.text = text
        self.ends = ends

    def apply(self, edits: Iterable[Edit]) -> None:
        """Replace what stands between the start and the end of each edit."""
        pieces: list[str] = []
        at, grown, run = 0, 0, 0
        ends = self.ends
        edits = sorted(edits)
        if not edits:
            return
        for start, end, new in edits:
            while run < len(ends) and (
                ends[run] < start or (ends[run] == start and not self._is_ended_by(start, end))
            ):
                ends[run] += grown
                run += 1
            pieces += [self.text[at:start], new]
            # Runs that end within what is replaced: it belongs to the first of them.
            while run < len(ends) and start <= ends[run] < end:
                ends[run] = start + grown + len(new)
                run += 1
            grown += len(new) - (end - start)
            at = end
        for later in range(run, len(ends)):
            ends[later] += grown
        self.text = "".join([*pieces, self.text[at:]])

    def _is_ended_by(self, start: int, end: int) -> bool:
        return start == end and self.text[start - 1 : start] in _OPENING

    def split(self, text: str) -> list[str]:
        """Cut ``text``, which is as long as this line, where the runs end."""
        starts = [0, *self.ends[:-1]]
        return [text[start:end] for start, end in zip(starts, self.ends, strict=True)]


def _rule(pattern: str, new: str) -> Rule:
    """Return the rule that puts ``new`` wherever ``pattern`` matches."""
    compiled = re.compile(pattern)
    return lambda text: [(m.start(), m.end(), new) for m in compiled.finditer(text) if m[0] != new]


def _rule_within(pattern: str, old: str, new: str, *, if_rising: bool = False) -> Rule:
    """Return the rule that turns ``old`` into ``new`` inside of what ``pattern`` matches."""
    compiled, inner = re.compile(pattern), re.compile(old)

    def rule(text: str) -> Iterable[Edit]:
        for match in compiled.finditer(text):
            if if_rising and int(match["low"]) >= int(match["high"]):
                continue
            for place in inner.finditer(text, match.start(), match.end()):
                if place[0] != new:
                    yield place.start(), place.end(), new

    return rule


def _quotes(language: str) -> Rule:
    return lambda text: straight_quotes(text, language)


# Not before an apostrophe: in "en 2025 l’Alliance" there are no litres.
_UNITS = r"(?:[kcdm]?m|k?g|t|l|ha|h|min|s|[kMG]Wh?|[kMG]?Hz|°[CF])(?![\w’'])"
_UNITS_UK = r"(?:[ксдм]?м|к?г|т|л|га|год|хв|с|млн|млрд|тис|грн|рр?)(?![\w’'])"
_MONTHS = (
    r"(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листоп|груд)"
)
_STOPS = r"(?:[!?]+(?:[\s.,…)\]»”\u2019]|$)|;(?:[\s»”]|$))"
_WORDS = r"(?<=[\w%‰€$£»”’…)\]])"
_GROUPS = rf"(?<![\d.,:/+-])(?<!\d{_S})(?<!\+{_S})[1-9]\d{{0,2}}(?:{_S}\d{{3}})+(?!{_S}?\d)"


def _dash(dash: str) -> Rule:
    """Between words, a hyphen with spaces around it was meant as a dash; between numbers, perhaps a minus."""
    return _rule(rf"(?:(?<=[^\s\d]{_S})--?(?={_S}\S)|(?<=\d{_S})--?(?={_S}[^\s\d]))", dash)


_ANYWHERE: list[Rule] = [
    _rule(r"(?<!\.)\.\.\.(?!\.)", "…"),
    _rule(rf"(?<={_LETTER})['ʼ`´‘](?={_LETTER})", "’"),
    _rule_within(
        r"(?<![\w.,:/–-])(?P<low>(?:19|20)\d\d)-(?P<high>(?:19|20)\d\d)(?![\w/–-])", "-", "–", if_rising=True
    ),
    _rule_within(
        rf"(?<![\w.,:/–-])(?P<low>\d{{1,2}})-(?P<high>\d{{1,2}})(?={_S}{_MONTHS})", "-", "–", if_rising=True
    ),
    _rule_within(
        rf"(?<![\w.,:/–-])(?P<low>\d{{1,3}})-(?P<high>\d{{1,3}})(?={_S}?[%€])", "-", "–", if_rising=True
    ),
    _rule(r"(?<=\d[:h]\d\d)-(?=\d{1,2}[:h]\d\d(?![\w:-]))", "–"),
]
_NO_SPACE_BEFORE_STOPS = [
    _rule(rf"{_WORDS}{_S}+(?={_STOPS})", ""),
    _rule(rf"{_WORDS}{_S}+(?=:(?:\s|$))", ""),
]
_RULES: dict[str, list[Rule]] = {
    "fr": [
        *_ANYWHERE,
        _rule(r"(?:(?<=\b[cdjlmnstCDJLMNST])|(?<=\b[Qq]u))'(?=[\d«\"“])", "’"),
        _quotes("fr"),
        _rule(rf"(?<=«){_S}*(?=[^\s])", NNBSP),
        _rule(rf"(?<=[^\s]){_S}*(?=»)", NNBSP),
        _rule(rf"(?<=[^\s(\[{{«“„‘;!?¡¿]){_S}*(?={_STOPS})", NNBSP),
        _rule(rf"(?<=[^\s(\[:]){_S}*(?=:(?:\s|$))", NBSP),
        _rule_within(_GROUPS, _S, NNBSP),
        _rule(rf"(?<=\d){_S}*(?=[%‰€$£](?![\w%>]))", NBSP),
        _rule(rf"(?<=\d){_S}(?=(?:{_UNITS}|millions?\b|milliards?\b))", NBSP),
        _rule(rf"(?<=\d{NBSP}h){_S}(?=\d\d(?!\d))", NBSP),
        _rule(rf"(?<=\b[Nn]°){_S}*(?=\d)", NBSP),
        _dash("–"),
    ],
    "en": [
        *_ANYWHERE,
        _rule(r"(?<=\d)'(?=s\b)", "’"),
        _rule(r"(?<![\w'])'(?=\d0s\b|(?:tis|twas|em|til|cause)\b)", "’"),
        _quotes("en"),
        _rule(rf"(?<={_LETTER})'", "’"),
        *_NO_SPACE_BEFORE_STOPS,
        _rule(rf"(?<=\d){_S}+(?=%(?![\w%>]))", ""),
        _rule(rf"(?<=\d){_S}(?=(?:{_UNITS}|[mb]illion\b))", NBSP),
        _dash("–"),
    ],
    "uk": [
        *_ANYWHERE,
        _quotes("uk"),
        _rule(rf"(?<=«){_S}+(?=[^\s])", ""),
        _rule(rf"(?<=[^\s]){_S}+(?=»)", ""),
        *_NO_SPACE_BEFORE_STOPS,
        _rule_within(_GROUPS, _S, NBSP),
        _rule(rf"(?<=\d){_S}*(?=[%‰](?![\w%>]))", NBSP),
        _rule(rf"(?<=\d){_S}(?=(?:{_UNITS}|{_UNITS_UK}|[€$£]))", NBSP),
        _rule(rf"(?<=№){_S}*(?=\d)", NBSP),
        _dash("—"),
        _rule(rf"(?<=[^\s]){_S}(?=[—–]\s)", NBSP),
    ],
}
