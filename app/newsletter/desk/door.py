"""The door of the subscribers' pages."""

from __future__ import annotations

from flask import Blueprint, abort

from app.newsletter import queries
from app.newsletter.models import Subscriber

desk = Blueprint("subscribers", __name__, url_prefix="/desk/newsletter/subscribers")


def subscriber_of(subscriber_id: int) -> Subscriber:
    """Return the subscriber with this id, or answer that there is none."""
    found = queries.subscriber(subscriber_id)
    if found is None:
        abort(404)
    return found
