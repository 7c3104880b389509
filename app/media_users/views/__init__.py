"""The pages of an account, below /<language>/account/: in, out, proving an address, and what somebody keeps here."""

from app.media_users.views import code, newsletter, registering, resetting, settings, signing
from app.media_users.views.door import account

__all__ = ["account", "code", "newsletter", "registering", "resetting", "settings", "signing"]
