"""What can be done with subscribers and issues, one act for each decision."""

from app.newsletter.service.pausing import wake

__all__ = ["wake"]
