"""What is kept of a subscriber, as plain values for JSON: their receipt, and their share of an export."""

from __future__ import annotations

from typing import Any

from app.newsletter import queries
from app.newsletter.models import Consent, Subscriber


def told(subscriber: Subscriber) -> dict[str, Any]:
    """Return all that is kept of ``subscriber``; moments are ISO 8601, in UTC."""
    return {
        "address": subscriber.email,
        "state": subscriber.state,
        "since": subscriber.state_at.isoformat(),
        "paused_until": subscriber.paused_until and subscriber.paused_until.isoformat(),
        "language": subscriber.language,
        "kinds": [str(kind) for kind in subscriber.kinds],
        "topics": _topic_keys(subscriber.id),
        "if_missing": subscriber.if_missing,
        "source": subscriber.source,
        "known_since": subscriber.created_at.isoformat(),
        "left_how": subscriber.left_how,
        "left_reason": subscriber.left_reason,
        "consents": [consent(each) for each in queries.consents_of(subscriber.id)],
        "returned_mails": [
            {"at": each.at.isoformat(), "kind": each.kind, "status": each.status}
            for each in queries.bounces_of(subscriber.id)
        ],
        "mails": [
            {"issue": issue.id, "kind": issue.kind, "state": delivery.state, "language": delivery.language}
            for delivery, issue, _subject in queries.deliveries_of(subscriber.id, limit=1000)
        ],
    }


def consent(row: Consent) -> dict[str, Any]:
    """Return the record of one consent: what was seen, when, where, how it was proven, and when it ended."""
    return {
        "text": row.text,
        "version": row.version,
        "language": row.language,
        "page": row.page,
        "choices": row.choices,
        "asked": row.asked_at.isoformat(),
        "confirmed": row.confirmed_at and row.confirmed_at.isoformat(),
        "how": row.how,
        "withdrawn": row.withdrawn_at and row.withdrawn_at.isoformat(),
        "withdrawn_how": row.withdrawn_how,
    }


def _topic_keys(subscriber_id: int) -> list[str]:
    chosen = set(queries.topics_of(subscriber_id))
    return [topic.key for topic in queries.all_topics() if topic.id in chosen]
