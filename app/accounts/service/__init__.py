"""What can be done with accounts, one act for each decision.

The acts stand by what they are about: ``signing`` (in, out, sessions), ``remembering`` (a browser that is let in
again), ``factor`` (the second one), ``officers`` (adding, roles, passwords, closing) and ``inviting``. ``locking`` is
how limits are told.
"""

from app.accounts.service.factor import pass_factor, remove, renew_codes, reset, set_up
from app.accounts.service.inviting import accept, invitation_with, invite, send_again, withdraw
from app.accounts.service.officers import (
    activate,
    add_officer,
    change_password,
    check_current,
    choose_language,
    deactivate,
    hashed,
    keep_account,
    put_password,
    set_password,
    set_roles,
)
from app.accounts.service.remembering import come_back, remember
from app.accounts.service.signing import (
    NETWORK_TRIES,
    TRIES,
    end_other_sessions,
    end_session,
    end_sessions,
    forget_browsers,
    forgive,
    init_accounts,
    is_factor_required,
    new_session,
    note_failure,
    note_presence,
    open_session,
    sign_in,
    sign_out,
)

__all__ = [
    "NETWORK_TRIES",
    "TRIES",
    "accept",
    "activate",
    "add_officer",
    "change_password",
    "check_current",
    "choose_language",
    "come_back",
    "deactivate",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "forget_browsers",
    "forgive",
    "hashed",
    "init_accounts",
    "invitation_with",
    "invite",
    "is_factor_required",
    "keep_account",
    "new_session",
    "note_failure",
    "note_presence",
    "open_session",
    "pass_factor",
    "put_password",
    "remember",
    "remove",
    "renew_codes",
    "reset",
    "send_again",
    "set_password",
    "set_roles",
    "set_up",
    "sign_in",
    "sign_out",
    "withdraw",
]
