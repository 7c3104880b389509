"""The page on which readers search."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from app.editorial import naming
from app.languages import LANGUAGES, OWN_NAMES, current
from app.releases import presenting
from app.search import asking, queries
from app.search.marking import excerpt, marked
from app.web import public as pages
from app.web.paging import Paging, page_number

public = Blueprint("search", __name__)

PAGE = 20
EVERYWHERE = "all"


@public.route("/search/")
def index() -> Response:
    """Show the releases in which the words stand that were typed, newest first.

    In the language of the page, or in all with ``?language=all``. Nothing typed shows the form alone.
    """
    is_everywhere = request.args.get("language") == EVERYWHERE
    question = asking.asked(request.args.get("q", ""), LANGUAGES if is_everywhere else (current(),))
    found = queries.found(question, type_="release")
    is_more, found = len(found) > queries.MOST, found[: queries.MOST]
    query = (("q", question.text), *([("language", EVERYWHERE)] if is_everywhere else []))
    number = page_number(request.args.get("page"))
    paging = Paging(number or 0, len(found), PAGE, request.path, query if question.text else ())
    if not paging.exists:
        abort(404)
    address = paging.url(paging.number)
    scope = query[:1] if is_everywhere else (*query, ("language", EVERYWHERE))
    return pages.page(
        "search/index.html",
        question=question,
        rows=_rows(found[paging.skip : paging.skip + PAGE], question),
        count=len(found),
        is_more=is_more,
        pages=paging,
        is_everywhere=is_everywhere,
        scope_url=Paging(1, 0, PAGE, request.path, scope).url(1),
        topics=[] if found else list(naming.topics(current()).values()),
        names=OWN_NAMES,
        # The switch keeps the words: people look for the same thing in another language.
        alternates={code: Paging(1, 0, PAGE, f"/{code}/search/", paging.query).url(1) for code in LANGUAGES},
        canonical_path=address,
        is_indexed=False,
    )


def _rows(ids: list[int], question: asking.Question) -> list[presenting.ListRow]:
    """Return rows for a list, the words looked for marked in the title, and in the lead or wherever they stand."""
    found = queries.rows(ids) if ids else []
    return [
        row._replace(
            title=marked(row.title, question, row.language),
            lead=excerpt(row.lead, question, row.language)
            or excerpt(known.text, question, row.language)
            or row.lead,
        )
        for row, known in zip(presenting.rows(found), found, strict=True)
    ]
