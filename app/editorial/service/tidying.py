"""What a type of text makes of what was typed, before it is kept."""

from __future__ import annotations

from dataclasses import replace

from app import clock
from app.editorial import queries, rules
from app.editorial.models import Edition
from app.editorial.queries import afterwards
from app.editorial.service.snapshots import Shared, Text


def tidied(edition: Edition, text: Text, shared: Shared) -> tuple[Text, Shared]:
    """Return what was typed as the type of the text keeps it. Raises what its rules refuse."""
    if edition.type not in rules.TIDIES:
        return text, shared
    before = edition.current
    known = before or next(
        (each.current for each in queries.editions_of(edition.item_id) if each.current is not None), None
    )
    typed = rules.Typed(
        facts=shared.facts,
        fields=text.fields,
        language=edition.language,
        old_facts=known.facts if known else {},
        old_fields=before.fields if before else {},
        seen=afterwards.seen_facts(edition.item_id),
        at=clock.now(),
    )
    facts, fields = rules.TIDIES[edition.type](typed)
    return replace(text, fields=fields), replace(shared, facts=facts)
