"""flask storage check"""

from __future__ import annotations

import json
from datetime import timedelta

import click
from flask.cli import AppGroup

from app import clock
from app.storage.check import GRACE, look_through, make_again
from app.storage.contract import Away
from app.storage.store import store

storage = AppGroup("storage", help="The files: pictures, videos, and what is made of them.")

SAID = {
    "missing": "Missing: {}",
    "altered": "Altered: {}",
    "orphaned": "Orphaned: {}",
    "halves": "Half written: {}",
}


@storage.command("check")
@click.option("--checksums", is_flag=True, help="Read every file, and compare its content with its checksum.")
@click.option(
    "--grace-hours",
    default=int(GRACE.total_seconds() // 3600),
    type=click.IntRange(0, 24 * 365),
    show_default=True,
    help="How old a file must be before it counts as orphaned.",
)
@click.option("--again", is_flag=True, help="Have missing files made again that are made of others.")
@click.option("--json", "as_json", is_flag=True, help="Tell it for a machine.")
def check(checksums: bool, grace_hours: int, again: bool, as_json: bool) -> None:
    """Find files that miss, that nothing points to, or that were altered; end with 1 for any, 2 without an answer."""
    try:
        report = look_through(
            store(), at=clock.now(), grace=timedelta(hours=grace_hours), with_checksums=checksums
        )
    except Away as away:
        click.echo(f"The store does not answer: {away}", err=True)
        raise SystemExit(2) from None
    found = {kind: getattr(report, kind) for kind in SAID}
    if again:
        found["again"] = make_again(report.missing)
    if as_json:
        click.echo(json.dumps({"files": report.files, "bytes": report.size} | found, indent=2))
    else:
        for kind, words in [*SAID.items(), ("again", "To be made again: {}")]:
            for key in found.get(kind, []):
                click.echo(words.format(key))
        counts = ", ".join(f"{len(found[kind])} {kind}" for kind in SAID).replace("halves", "half written")
        click.echo(f"{report.files} files, {report.size} bytes: {counts}.")
    if not report.is_well:
        raise SystemExit(1)
