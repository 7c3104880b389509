"""flask newsletter bounces: what came back, from files or from the mailbox; mailings adds a command of its own."""

from __future__ import annotations

import imaplib
import sys
from collections import Counter
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.newsletter import bounces, service

newsletter = AppGroup("newsletter", help="Subscribers and what is written to them.")


@newsletter.command("bounces")
@click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@click.option("--mailbox", is_flag=True, help="Read what is unread in BOUNCE_MAILBOX.")
def read_bounces(files: tuple[Path, ...], mailbox: bool) -> None:
    """Take in reports of mails that came back: FILES (one mail each, or an mbox; - for standard input)."""
    if not files and not mailbox:
        raise click.UsageError("Name files, or --mailbox.")
    counted: Counter[str] = Counter()
    for path in files:
        for raw in [sys.stdin.buffer.read()] if str(path) == "-" else bounces.in_file(path):
            counted[_note(raw)] += 1
    if mailbox:
        try:
            _read_mailbox(counted)
        except (OSError, ValueError, imaplib.IMAP4.error) as fault:
            raise click.ClickException(f"The mailbox cannot be read: {type(fault).__name__}") from fault
    click.echo(
        ", ".join(f"{name}: {number}" for name, number in sorted(counted.items())) or "Nothing came back."
    )


def _read_mailbox(counted: Counter[str]) -> None:
    box = bounces.Mailbox(current_app.config["BOUNCE_MAILBOX"])
    try:
        for number, raw in box.unread():
            counted[_note(raw)] += 1
            box.done(
                number
            )  # after it is kept: a program that is killed in between reads it once more, and counts it once
    finally:
        box.close()


def _note(raw: bytes) -> str:
    report = bounces.read(raw)
    if report is None:
        return "not understood"
    is_new = service.note_bounce(
        report.subscriber_id, kind=report.kind, status=report.status, source="dsn", digest=report.digest,
        issue_id=report.issue_id,
    )  # fmt: skip
    return str(report.kind) if is_new else "known already"
