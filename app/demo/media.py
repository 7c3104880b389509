"""The media in the demonstration: a journalist in the office's group, and another one who asks to be let in to it."""

from __future__ import annotations

from app.accounts import queries as people
from app.accounts import service as accounts
from app.accounts.models import Account
from app.accounts.rules import token_digest
from app.accreditation import service as accreditation
from app.accreditation.models import Group
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
WAITING = Applicant(
    name="Solomiia Bondar",
    organisation="Ранковий вісник",
    country="UA",
    email="solomiia@rankovyi.example",
    language="uk",
)
PASSWORD = "Lavender-2025!"  # noqa: S105 (known to everybody, as those of the officers)
GROUP = {"fr": "Rédactions accréditées", "en": "Accredited newsrooms", "uk": "Акредитовані редакції"}
HERE = "127.0.0.1"


def open_accounts(by: Account) -> Group:
    """Let the office make a group, one journalist be let in by the domain of the address, and another one ask."""
    group = accreditation.make(GROUP, domains=["evening-post.example"], admits_by_domain=True, by=by)
    accreditation.admit_by_domain(_registered(JOURNALIST))
    accreditation.ask(group, by=_registered(WAITING))
    return group


def _registered(applicant: Applicant) -> Account:
    """Return the account of ``applicant``, who has come by the pages and confirmed the address."""
    token = service.register(applicant, PASSWORD, has_accepted=True, network=HERE)
    proof = proving.held_by(token)
    code = proofs.make(proof.id, 1, opens=True) if proof is not None else None
    if proof is None or code is None:
        raise RuntimeError("the demonstration could not register its journalist")
    proof, _token = proofs.check(proof, code.digits, network=HERE)
    found = people.session_of(token_digest(service.confirm(proof, network=HERE, user_agent="")))
    if found is None:
        raise RuntimeError("the demonstration could not let its journalist in")
    session, account = found
    accounts.sign_out(session, by=account)
    return account
