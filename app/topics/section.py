"""What makes a text a topic page, for the pages of the desk that all types share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from app.accounts.guards import me
from app.accounts.models import Account
from app.accounts.rules import may
from app.editorial.models import Edition, Item, Revision
from app.editorial.service.snapshots import Text
from app.languages import LANGUAGES, current
from app.text.numbers import number
from app.topics import presenting, queries, service
from app.topics.forms import NEW, TopicForm
from app.topics.models import TopicPage
from app.writing import links, told, typed
from app.writing.sections import Part, Section, Words, register


class Topics(Section):
    """Pages that answer for a long time, each of one subject."""

    type = "topic"
    folder = "topics"
    segment = "topics"
    model = TopicPage
    form = TopicForm
    words = Words(
        one=_l("Topic page"),
        many=_l("Topic pages"),
        new=_l("New topic page"),
        none=_l("No topic page has been written yet."),
        first=_l("Write the first one"),
    )

    def prepare(self, form: Any) -> None:
        """Give the lists their choices: of subjects those without a page, and a new one for who may make it."""
        typed.prepare(form)
        names = [
            (str(each.id), each.names.get(current()) or each.names["en"]) for each in queries.free_subjects()
        ]
        new = [(NEW, _("A new subject, named below"))] if may(me(), "contacts") else []
        form.subject.choices = [SelectChoice(*each) for each in [("", _("Not chosen yet")), *names, *new]]

    def text(self, form: Any) -> Text:
        """Return the words; the lists of links, each under its heading."""
        lists: dict[str, list[dict[str, Any]]] = {}
        for entry in form.links:
            if entry.form.url.data:
                lists.setdefault(entry.form.group.data or "", []).append(links.kept(entry.form))
        more = [{"title": title, "links": rows} for title, rows in lists.items()]
        text = typed.text(form)
        return replace(text, fields={"links": [], "more": more})

    def typed(self, revision: Revision) -> dict[str, Any]:
        """Return a topic page as it would have been typed."""
        rows = [
            links.typed(link, revision.edition.language) | {"group": each["title"]}
            for each in revision.fields.get("more", [])
            for link in each["links"]
        ]
        return typed.typed(revision) | {"links": rows}

    def start(self, item: Item | None, language: str, form: Any, *, by: Account) -> Edition:
        """Begin a page, with its subject if one is named."""
        subject = {} if item and item.subject_id else _subject(form)
        more: dict[str, Any] = {"once": form.once.data or ""} | subject
        return service.start(item, language, self.text(form), self.shared(form), by=by, **more)

    def save(self, edition: Edition, form: Any, *, base: int, by: Account) -> Revision | None:
        """Keep the words; the questions stay as they are."""
        return service.save(edition, self.text(form), self.shared(form), base=base, by=by, **_subject(form))

    def parts(self, revision: Revision) -> list[Part]:
        """Return what is compared with another version: the text, then each question with its answer."""
        told = [part for part in super().parts(revision) if part.label != _("Place")]
        labels = {part.label for part in told}
        for entry in revision.fields.get("faq", []):
            label = entry["question"] or _("No question yet")
            label = label if label not in labels else f"{label} ({entry['id']})"
            labels.add(label)
            told.append(Part(label, entry["answer"], is_html=True))
        return told

    def as_seen(self, edition: Edition, interface: str, revision: Revision) -> presenting.Page:
        """Return a version that readers saw; its answers come without pictures, too."""
        page: presenting.Page = super().as_seen(edition, interface, revision)
        page.groups = [presenting.without_pictures(group) for group in page.groups]
        return page

    def draft(self, edition: Edition, interface: str, revision: Revision | None = None) -> presenting.Page:
        """Return the topic page as it would be shown."""
        return presenting.draft(edition, interface, revision)


def _subject(form: Any) -> dict[str, Any]:
    """Return the subject that was chosen, or the names of a new one."""
    chosen = form.subject.data or ""
    if chosen == NEW:
        return {"names": {code: form[f"names_{code}"].data or "" for code in LANGUAGES}}
    return {"subject_id": number(chosen)} if number(chosen) else {}


told.COVERED.add("faq")
topics = register(Topics())
