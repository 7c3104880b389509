"""The page on which readers search."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, request

from app.editorial import naming
from app.editorial.remembered import home, remembered
from app.languages import LANGUAGES, OWN_NAMES, current
from app.languages import gettext as _
from app.search import asking, presenting, queries
from app.search.facts import KINDS
from app.search.words import counted, kind_names
from app.web import public as pages
from app.web.days import midnight
from app.web.narrowing import Select, active, selects
from app.web.paging import Paging, page_number

public = Blueprint("search", __name__)

PAGE = 20
FEW = 5  # results of each kind where there are several kinds
EVERYWHERE = "all"
FILTERS = ("type", "topic", "year", "language")


@public.route("/search/")
def index() -> Response:
    """Show in what readers may read the words stand that were typed: each kind by itself, newest first.

    In the language of the page, unless another is asked for, or all of them. Nothing typed shows the form
    alone. Results of one kind are shown page by page, of several kinds the newest few of each.
    """
    topics = naming.topics(current())
    asked = _asked(topics)
    language = asked.get("language", current())
    languages = LANGUAGES if language == EVERYWHERE else (language,)
    question = asking.asked(request.args.get("q", ""), languages)
    found = {
        kind: ids
        for kind in ([asked["type"]] if "type" in asked else KINDS)
        if (ids := queries.found(question, kind, _narrowed(asked)))
    }
    query = (("q", question.text), *asked.items())
    number = page_number(request.args.get("page"))
    only = next(iter(found)) if len(found) == 1 else None
    count = min(len(found[only]), queries.MOST) if only else 0
    paging = Paging(number or 0, count, PAGE, request.path, query if question.text else ())
    if not paging.exists:
        abort(404)
    shown = slice(paging.skip, paging.skip + PAGE) if only else slice(FEW)
    return pages.page(
        "search/index.html",
        question=question,
        groups=[_group(kind, ids, shown, question, query) for kind, ids in found.items()],
        counted=[counted(kind, len(ids), queries.MOST) for kind, ids in found.items()],
        pages=paging,
        selects=_selects(asked, topics) if question.text else (),
        active=active(request.path, asked, _words(topics), q=question.text),
        clear_url=Paging(1, 0, PAGE, request.path, query[:1]).url(1),
        is_everywhere=language == EVERYWHERE,
        scope_url=_scope(asked, question, language),
        topics=[] if found else list(topics.values()),
        names=OWN_NAMES,
        # The switch keeps the words: people look for the same thing in another language.
        alternates={code: Paging(1, 0, PAGE, f"/{code}/search/", paging.query).url(1) for code in LANGUAGES},
        canonical_path=paging.url(paging.number),
        is_indexed=False,
    )


def _asked(topics: dict[str, Any]) -> dict[str, str]:
    """Return what results are to be narrowed by; what is not known narrows nothing."""
    asked = pages.only(request.args, FILTERS)
    known = {
        "type": set(KINDS),
        "topic": set(topics),
        "year": {str(year) for year in _years()},
        "language": {EVERYWHERE, *LANGUAGES} - {current()},
    }
    return {name: asked[name] for name in FILTERS if asked.get(name) in known[name]}


def _years() -> range:
    return remembered("years of everything", queries.years, home=home())


def _narrowed(asked: dict[str, str]) -> queries.Narrowed:
    if "year" not in asked:
        return queries.Narrowed(asked.get("topic", ""))
    year = int(asked["year"])
    start, end = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
    return queries.Narrowed(asked.get("topic", ""), start, end)


def _group(
    kind: str, ids: list[int], shown: slice, question: asking.Question, query: tuple[tuple[str, str], ...]
) -> presenting.Group:
    """Return the results of one kind, and where all of them are."""
    is_more, few = len(ids) > queries.MOST, ids[: queries.MOST]
    all_of_it = (*(pair for pair in query if pair[0] != "type"), ("type", kind))
    url = Paging(1, 0, PAGE, request.path, all_of_it).url(1)
    rows = presenting.rows(few[shown], kind, question)
    return presenting.Group(kind, kind_names()[kind], len(few), is_more, rows, url)


def _scope(asked: dict[str, str], question: asking.Question, language: str) -> str:
    """Return where the same words are looked for in all languages, or back in that of the page."""
    rest = {name: value for name, value in asked.items() if name != "language"}
    scope = rest if language == EVERYWHERE else rest | {"language": EVERYWHERE}
    return Paging(1, 0, PAGE, request.path, (("q", question.text), *scope.items())).url(1)


def _selects(asked: dict[str, str], topics: dict[str, Any]) -> tuple[Select, ...]:
    return selects(
        asked,
        (
            ("type", _("Type"), _("All types"), kind_names().items()),
            ("topic", _("Topic"), _("All topics"), ((topic.key, topic.name) for topic in topics.values())),
            ("year", _("Year"), _("All years"), ((str(year), str(year)) for year in _years())),
            (
                "language",
                _("Language of the text"),
                OWN_NAMES[current()],
                (
                    *((code, OWN_NAMES[code]) for code in LANGUAGES if code != current()),
                    (EVERYWHERE, _("All languages")),
                ),
            ),
        ),
    )


def _words(topics: dict[str, Any]) -> dict[str, Any]:
    """Return what the values of the filters are called."""
    return {
        "type": kind_names().__getitem__,
        "topic": lambda key: topics[key].name,
        "year": str,
        "language": lambda code: _("All languages") if code == EVERYWHERE else OWN_NAMES[code],
    }
