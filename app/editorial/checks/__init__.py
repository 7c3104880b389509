"""Checks: what somebody should look at again before readers see a text.

``of`` reads one revision and answers findings: each a rule of ``RULES``, the place, the words and a
sentence. A blocking one has to be mended; any other can be passed with a reason, which is kept
under the finding's ``key``. The key is made of the rule and the words, not of the place, so that a
reason given once holds while the text around changes, and lapses when these very words do.

A module for each family: ``completeness`` (what is missing), ``structure`` (headings, tables,
lists), ``links``, ``dates`` (weekdays, "today", summer time), ``typography`` (with corrections that
``accepted`` puts into the text), ``wording`` (length of the title, the house's words). All are pure
functions of the words and of a ``Context``, which the caller looks up: no database and no request,
so that the same checks run at a save, in the editor and in a test. Each takes a time that grows
with the length of the text only; there are at most ``MOST`` findings of one rule, because nobody
reads more.

Turned down: putting everything right by machine (what is certain is put right at every save, by
app/text/typography.py; here are the doubtful cases), and a language model or a dictionary (they
would have to be read by people, too).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from app.editorial.checks import completeness, dates, links, structure, typography, wording
from app.editorial.checks.findings import Checked, Context, Finding
from app.editorial.checks.reading import Reading, read
from app.editorial.checks.table import FAMILIES, RULES, Rule
from app.editorial.checks.typography import accepted

__all__ = ["FAMILIES", "MOST", "RULES", "Checked", "Context", "Finding", "Rule", "accepted", "of"]

MOST = 100  # findings of one rule

Family = Callable[[Checked, Context, Reading], Iterable[Finding]]
_ASKED: tuple[Family, ...] = (
    completeness.findings,
    structure.findings,
    links.findings,
    dates.findings,
    typography.findings,
    wording.findings,
)


def of(text: Checked, context: Context) -> list[Finding]:
    """Return what is to be looked at in ``text``: first what blocks, then family by family, in the order of the text.

    Two findings of the same rule about the same words have different keys (":2" at the end of the
    second), so that a reason for one is none for the next.
    """
    reading = read(text)
    counts: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    found = []
    for family in _ASKED:
        for finding in family(text, context, reading):
            counts[finding.rule] += 1
            if counts[finding.rule] > MOST:
                continue
            keys[finding.key] += 1
            if keys[finding.key] > 1:
                finding = replace(finding, key=f"{finding.key}:{keys[finding.key]}")
            found.append(finding)
    return sorted(found, key=lambda finding: not finding.is_blocking)
