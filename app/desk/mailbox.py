"""The mailbox of a newsroom without a mail server: every mail that it wrote, for whoever tries it out.

Open without an account, because codes for new accounts come here, too. So it is there in development alone, and only
as long as no mail server is set; production does not even know its addresses.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, render_template

from app.mail import outbox
from app.web.headers import keep_private

mailbox = Blueprint("mailbox", __name__, url_prefix="/dev/mail")

# A mail brings styles of its own and nothing else: it stands alone, in an origin of its own, where no script runs, no
# form is sent and nothing is fetched. Its links open, as a reader would press them.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox allow-top-navigation-by-user-activation",
    )
)


@mailbox.before_request
def only_while_trying_out() -> None:
    """Be there only where mails are kept instead of posted."""
    keep_private()
    if current_app.config["MODE"] != "development" or current_app.config["MAIL_SERVER"]:
        abort(404)


@mailbox.route("")
def index() -> str:
    """List the mails that were kept, the newest first."""
    return render_template("desk/mailbox.html", mails=outbox.newest(), language_links=(), is_indexed=False)


@mailbox.route("/<name>")
def show(name: str) -> str:
    """Show one of them as text, with what stands in its head."""
    return render_template("desk/mailbox_mail.html", mail=_mail(name), language_links=(), is_indexed=False)


@mailbox.route("/<name>/html")
def html(name: str) -> Response:
    """Show one of them as a mail program would: the mail itself is the whole answer."""
    mail = _mail(name)
    if mail.html is None:
        abort(404)
    answer = Response(mail.html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _mail(name: str) -> outbox.KeptMail:
    return outbox.by_name(name) or abort(404)
