"""What is missing: words, facts of the dateline, what a picture shows, who said it, a language."""

from __future__ import annotations

from collections.abc import Iterator

from app.editorial.checks.findings import Checked, Context, Finding, found
from app.editorial.checks.reading import Reading
from app.text.characters import is_blank
from app.text.shaping import Block


def findings(text: Checked, context: Context, reading: Reading) -> Iterator[Finding]:
    """Yield what ``text`` lacks, the most important first."""
    if is_blank(text.title):
        yield found("title-missing", "title")
    if not reading.blocks:
        yield found("text-missing", "body")
    if context.has_dateline and is_blank(text.place):
        yield found("place-missing", "place")
    if context.has_dateline and not text.date:
        yield found("date-missing", "date")
    if is_blank(text.lead):
        yield found("lead-missing", "lead")
    for at, picture in enumerate(text.pictures):
        if is_blank(str(picture.get("alt") or "")) and not picture.get("is_decorative"):
            yield found("alt-missing", "pictures", at=at, about=str(picture.get("picture", "")), n=at + 1)
    number = 0
    for at, block in enumerate(reading.blocks):
        for image in _pictures(block):
            number += 1
            if "alt" not in image.attributes:  # an empty one says that the picture is decorative
                yield found("alt-missing", "body", at=at, about=image.attributes["src"], n=number)
    for at, answer in enumerate(reading.answers):
        for n, image in enumerate((image for block in answer for image in _pictures(block)), 1):
            if "alt" not in image.attributes:
                yield found("alt-missing", "faq", at=at, about=image.attributes["src"], n=n)
    for at, quote in enumerate(text.quotes):
        if quote.get("text") and is_blank(str(quote.get("speaker") or "")):
            yield found("quote-speaker", "quotes", str(quote["text"]), at=at)
    for language in context.required:
        if language not in context.languages:
            yield found("language-missing", "languages", language, lang=language.upper())


def _pictures(block: Block) -> Iterator[Block]:
    if block.tag == "img":
        yield block
    for inner in block.blocks:
        yield from _pictures(inner)
