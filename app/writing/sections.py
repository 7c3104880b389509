"""What a type of text brings to the pages of the desk that all types share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from markupsafe import Markup
from werkzeug.routing import BaseConverter, Map

from app.accounts.models import Account
from app.editorial import service
from app.editorial.models import Edition, Item, Revision
from app.editorial.places import PLACES
from app.editorial.service.snapshots import Shared, Text
from app.languages import gettext as _
from app.text import markup
from app.writing import links, typed


@dataclass(frozen=True)
class Words:
    """What the desk calls a type of text; ``first`` invites to write the first one, ``none`` says there is none."""

    one: Any
    many: Any
    new: Any
    none: Any
    first: Any


@dataclass(frozen=True)
class Part:
    """Some words of a version, under the name by which people know them."""

    label: str
    text: str
    is_html: bool = False


class Section(ABC):
    """A type of text, as the desk's common pages know it.

    ``type`` is that of its items, of the class ``model``; ``form`` is a TextForm with its fields.
    ``folder`` is its address at the desk and the folder of its templates: ``<folder>/desk/edit.html``
    extends ``writing/edit.html``, ``<folder>/desk/article.html`` draws ``page`` as readers will see it.
    ``segment`` begins its public addresses below the language, ``listing`` is where they are listed, if not there.
    ``asks`` are the parameters of "new" that its form begins with.
    """

    type: ClassVar[str]
    folder: ClassVar[str]
    segment: ClassVar[str]
    listing: ClassVar[str] = ""
    asks: ClassVar[tuple[str, ...]] = ()
    model: ClassVar[Any]
    form: ClassVar[Any]
    words: ClassVar[Words]

    def address(self, language: str, path: str) -> str:
        """Return the public address of the edition in ``language`` at ``path``."""
        return f"/{language}/{self.segment}/{path}"

    def prepare(self, form: Any) -> None:
        """Give the form's lists their choices."""
        typed.prepare(form)

    def text(self, form: Any) -> Text:
        """Return one language's words as they were typed; rows left empty are left out."""
        return typed.text(form)

    def shared(self, form: Any) -> Shared:
        """Return the facts that all languages share, as they were typed."""
        return typed.shared(form)

    def typed(self, revision: Revision) -> dict[str, Any]:
        """Return ``revision`` as it would have been typed into the form."""
        return typed.typed(revision)

    def like(self, revision: Revision | None, *, today: date) -> dict[str, Any]:
        """Return the form's start in a new language: the facts shared with ``revision``, and no words yet."""
        return typed.like(revision)

    def start(self, item: Item | None, language: str, form: Any, *, by: Account) -> Edition:
        """Begin ``item`` (a new one when it is None) in ``language`` with what was typed."""
        text, shared = self.text(form), self.shared(form)
        return service.start(item or self.model(), language, text, shared, by=by, once=form.once.data or "")

    def save(self, edition: Edition, form: Any, *, base: int, by: Account) -> Revision | None:
        """Keep what was typed as the next revision of ``edition``, or None when nothing differs."""
        return service.save(edition, self.text(form), self.shared(form), base=base, by=by)

    @abstractmethod
    def draft(self, edition: Edition, interface: str, revision: Revision | None = None) -> Any:
        """Return ``revision`` (the working text, unless told) as its page would show it. For officers only.

        ``interface`` is the language of the words around it.
        """

    def ahead(self, page: Any, edition: Edition, there: Mapping[int, str]) -> Any:
        """Return the ``page`` of a text under embargo with what else its reader may see before its hour.

        ``there`` are the private addresses of such texts, by edition. Most types show nothing of other texts.
        """
        return page

    def as_seen(self, edition: Edition, interface: str, revision: Revision) -> Any:
        """Return a version that readers saw, without what came later and without pictures, which may be gone."""
        page = self.draft(edition, interface, revision)
        now: dict[str, Any] = {"published_at": edition.first_public_at, "updated_at": None, "pictures": []}
        if hasattr(page, "body"):
            now["body"] = Markup(markup.without_pictures(page.body))  # noqa: S704 (cleaned when it was saved)
        for name, value in now.items():
            if hasattr(page, name):
                setattr(page, name, value)
        return page

    def plain(self, page: Any, revision: Revision) -> str:
        """Return ``revision``, whose ``page`` this is, as text: for a wire or a note."""
        found = [markup.plain(part.text) if part.is_html else part.text for part in self.parts(revision)]
        return "\n\n".join(part for part in found if part)

    def parts(self, revision: Revision) -> list[Part]:
        """Return what of ``revision`` is compared with another version, in the order of the page."""
        return [
            Part(_("Title"), revision.title),
            Part(_("Lead"), revision.lead),
            Part(_("Place"), revision.place),
            Part(_("Text"), revision.body, is_html=True),
        ]

    @property
    def edit_template(self) -> str:
        """The page on which it is written."""
        return f"{self.folder}/desk/edit.html"

    @property
    def article_template(self) -> str:
        """What draws ``page`` as readers will see it."""
        return f"{self.folder}/desk/article.html"


_sections: list[Section] = []


def register(section: Section) -> Section:
    """Make ``section`` known to the desk."""
    _sections.append(section)
    PLACES[section.segment] = section.type
    links.FOLDERS[section.type] = section.folder
    return section


def arrange(sections: Sequence[Section]) -> None:
    """Let the desk name ``sections`` in this order, whichever was registered first."""
    _sections.sort(key=lambda section: sections.index(section) if section in sections else len(sections))


def every() -> Sequence[Section]:
    """Return all sections, in the order of the desk's menu."""
    return tuple(_sections)


def of_type(type_: str) -> Section:
    """Return the section whose items are of ``type_``."""
    return next(section for section in _sections if section.type == type_)


def at_desk(type_: str, item_id: int, language: str) -> str:
    """Return where a text is written, with a slash at its end."""
    return f"/desk/{of_type(type_).folder}/{item_id}/{language}/"


class Folder(BaseConverter):
    """A section in an address of the desk."""

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self.regex = "|".join(section.folder for section in _sections)

    def to_python(self, value: str) -> Section:
        """Return the section in that folder."""
        return next(section for section in _sections if section.folder == value)

    def to_url(self, value: Section) -> str:
        """Return the folder of a section."""
        return value.folder
