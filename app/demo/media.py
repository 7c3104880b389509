"""Somebody of the media in the demonstration, who registered and confirmed the address, and the group of the office."""

from __future__ import annotations

from app.accounts import queries as people
from app.accounts import service as accounts
from app.accounts.models import Account
from app.accounts.rules import token_digest
from app.accreditation import service as accreditation
from app.media_users import service
from app.media_users.rules import Applicant
from app.proving import queries as proving
from app.proving import service as proofs

JOURNALIST = Applicant(
    name="Tom Ackermann",
    organisation="Evening Post",
    country="BE",
    email="tom@evening-post.example",
    language="en",
)
PASSWORD = "Lavender-2025!"  # noqa: S105 (known to everybody, as those of the officers)
GROUP = {"fr": "Rédactions accréditées", "en": "Accredited newsrooms", "uk": "Акредитовані редакції"}
HERE = "127.0.0.1"


def open_an_account(by: Account) -> None:
    """Let the office make a group, and a journalist of one of its newsrooms come by its pages."""
    accreditation.make(GROUP, domains=["evening-post.example"], admits_by_domain=True, by=by)
    token = service.register(JOURNALIST, PASSWORD, has_accepted=True, network=HERE)
    proof = proving.held_by(token)
    code = proofs.make(proof.id, 1, opens=True) if proof is not None else None
    if proof is None or code is None:
        raise RuntimeError("the demonstration could not register its journalist")
    proof, _token = proofs.check(proof, code.digits, network=HERE)
    session = people.session_of(token_digest(service.confirm(proof, network=HERE, user_agent="")))
    if session is not None:
        accounts.sign_out(session[0], by=session[1])
