"""What is kept: ``people`` (who is written to, and why we may), ``issues`` (what is written, and what became of it)."""

from app.newsletter.models.issues import (
    Delivery,
    DeliveryState,
    Issue,
    IssueEdition,
    IssueItem,
    IssueKind,
    IssueState,
)
from app.newsletter.models.people import (
    AddressChange,
    Bounce,
    BounceKind,
    Consent,
    IfMissing,
    Kind,
    State,
    Subscriber,
    SubscriberImport,
    SubscriberTopic,
    SubscriptionRequest,
    Suppression,
    SuppressionReason,
)

__all__ = [
    "AddressChange",
    "Bounce",
    "BounceKind",
    "Consent",
    "Delivery",
    "DeliveryState",
    "IfMissing",
    "Issue",
    "IssueEdition",
    "IssueItem",
    "IssueKind",
    "IssueState",
    "Kind",
    "State",
    "Subscriber",
    "SubscriberImport",
    "SubscriberTopic",
    "SubscriptionRequest",
    "Suppression",
    "SuppressionReason",
]
