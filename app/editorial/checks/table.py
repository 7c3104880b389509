"""Every rule: its id, its family, whether it blocks, and its words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FAMILIES = {
    "completeness": _l("What is missing"),
    "structure": _l("Headings, tables and lists"),
    "links": _l("Links"),
    "dates": _l("Dates and hours"),
    "typography": _l("Typography"),
    "wording": _l("Wording"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the checklist. ``sentence`` is what a finding says, with holes for its words."""

    id: str
    family: str
    is_blocking: bool
    name: LazyString
    sentence: LazyString


def _rules() -> list[Rule]:
    must, may = True, False
    return [
        Rule("title-missing", "completeness", must, _l("Title"), _l("Write a title.")),
        Rule("text-missing", "completeness", must, _l("Text"), _l("Write the text.")),
        Rule("place-missing", "completeness", must, _l("Place"),
             _l("Say where this is from: the place of the dateline.")),
        Rule("date-missing", "completeness", must, _l("Date"),
             _l("Say of which day this is: the date of the dateline.")),
        Rule("alt-missing", "completeness", must, _l("Alternative text"),
             _l("Image %(n)s has no alternative text. Describe it, or mark it as decorative.")),
        Rule("lead-missing", "completeness", may, _l("Lead"),
             _l("There is no lead. Say in one or two sentences what this is about.")),
        Rule("language-missing", "completeness", may, _l("Language versions"), _l("%(lang)s missing")),
        Rule("quote-speaker", "completeness", may, _l("Speakers of quotes"),
             _l("A quote has no speaker. Say who said it.")),
        Rule("table-header", "structure", must, _l("Header rows of tables"),
             _l("A table has no header row. Add one, so that its cells can be understood.")),
        Rule("heading-empty", "structure", may, _l("Headings without words"),
             _l("The heading “%(words)s” has no words.")),
        Rule("heading-alone", "structure", may, _l("Headings without text"),
             _l("Nothing stands under the heading “%(words)s”.")),
        Rule("heading-order", "structure", may, _l("Order of headings"),
             _l("“%(words)s” is a subheading without a heading above it.")),
        Rule("list-missing", "structure", may, _l("Announced lists"),
             _l("“%(words)s” announces something, and no list follows.")),
        Rule("link-bare", "links", may, _l("Bare addresses"),
             _l("“%(words)s” is a bare address. Let words say where it leads.")),
        Rule("link-vague", "links", may, _l("Links named “here”"),
             _l("A link named “%(words)s” does not say where it leads.")),
        Rule("link-broken", "links", may, _l("Broken links"),
             _l("The link “%(words)s” leads to a page that does not exist: %(address)s")),
        Rule("link-private", "links", may, _l("Links that readers cannot follow"),
             _l("The link “%(words)s” leads to a page that readers cannot see: %(address)s")),
        Rule("date-weekday", "dates", may, _l("Weekdays"), _l("%(date)s is a %(weekday)s. Check the date.")),
        Rule("date-dateline", "dates", may, _l("Dates against the dateline"),
             _l("The text says %(a)s; the dateline says %(b)s")),
        Rule("date-relative", "dates", may, _l("Relative time"),
             _l("“%(words)s”: say as of which date. Readers come later, too.")),
        Rule("zone-season", "dates", may, _l("Summer and winter time"),
             _l("“%(words)s” is not the time of %(date)s. Write “%(suggestion)s”.")),
        Rule("typo-apostrophe", "typography", may, _l("Apostrophes"),
             _l("A straight apostrophe: “%(words)s”")),
        Rule("typo-quotes", "typography", may, _l("Quotation marks"),
             _l("Quotation marks of another kind: %(words)s")),
        Rule("typo-space", "typography", may, _l("No-break spaces"),
             _l("The space in “%(words)s” is missing, left over, or could break between two lines.")),
        Rule("typo-marks", "typography", may, _l("Dashes and ellipses"),
             _l("Another mark is usual in “%(words)s”.")),
        Rule("title-long", "wording", may, _l("Length of the title"),
             _l("%(n)s of 300 characters. Above 110, titles are cut in search results.")),
        Rule("word-instead", "wording", may, _l("Words of the house"),
             _l("The house writes “%(suggestion)s”, not “%(words)s”.")),
        Rule("word-avoided", "wording", may, _l("Words to avoid"),
             _l("The house does not write “%(words)s”.")),
    ]  # fmt: skip


RULES: dict[str, Rule] = {rule.id: rule for rule in _rules()}
