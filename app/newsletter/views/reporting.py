"""What mail providers report by themselves: bounces and complaints, as signed JSON.

``POST /newsletter/reports`` with the header ``X-Signature: t=<seconds since 1970>,v1=<hex>``, where ``hex`` is
HMAC-SHA256, under BOUNCE_SECRET, of ``<t>.<body>``. The body is a list of ``{"return_path": …, "kind": "hard" | "soft"
| "complaint", "status": "5.1.1", "id": …}``: the return address that we gave the mail says whose it was, and ``id``
names the report, so that one that is sent again counts once. A signature is worth nothing five minutes later.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, request

from app import clock
from app.newsletter import service
from app.newsletter.models import BounceKind
from app.newsletter.returns import ReturnAddresses
from app.web.headers import keep_private

reports = Blueprint("newsletter_reports", __name__)
SECONDS = 5 * 60
LARGEST = 1024 * 1024  # bytes
MOST = 1000
_SIGNATURE = re.compile(r"t=([0-9]{1,11}),v1=([0-9a-f]{64})")


@reports.route("/newsletter/reports", methods=["POST"])
def bounces() -> Any:
    """Take in reports; answer how many were new. 404 where no secret is set, 403 for a signature that is not right."""
    keep_private()
    secret = current_app.config["BOUNCE_SECRET"]
    if not secret:
        abort(404)
    if (request.content_length or 0) > LARGEST:
        abort(413)
    body = request.get_data()
    if not _is_signed(body, secret):
        abort(403)
    try:
        told = json.loads(body)
    except ValueError:
        abort(400)
    if not isinstance(told, list) or len(told) > MOST:
        abort(400)
    return jsonify({"taken": sum(_note(each) for each in told), "sent": len(told)})


def _is_signed(body: bytes, secret: str) -> bool:
    found = _SIGNATURE.fullmatch(request.headers.get("X-Signature", ""))
    if found is None or abs(clock.now().timestamp() - int(found[1])) > SECONDS:
        return False
    right = hmac.new(secret.encode(), found[1].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right, found[2])


def _note(told: Any) -> bool:
    if not isinstance(told, dict) or told.get("kind") not in set(BounceKind):
        return False
    whose = ReturnAddresses().read(str(told.get("return_path", "")))
    if whose is None:
        return False
    digest = hashlib.sha256(f"report:{whose}:{told['kind']}:{told.get('id', '')}".encode()).hexdigest()
    return service.note_bounce(
        whose.subscriber_id, kind=BounceKind(told["kind"]), status=str(told.get("status", "")), source="webhook",
        digest=digest, issue_id=whose.issue_id,
    )  # fmt: skip
