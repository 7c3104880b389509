"""The pages of an account, below /<language>/account/: in, out, and what somebody keeps here."""

from app.media_users.views import newsletter, registering, settings, signing
from app.media_users.views.door import account

__all__ = ["account", "newsletter", "registering", "settings", "signing"]
