"""flask officer add · list · set-roles · password · reset-factor · deactivate · activate"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask.cli import AppGroup

from app.accounts import queries, rules, service
from app.accounts.models import Account, Role
from app.languages import LANGUAGES
from app.refusals import Refusal

ROLES = click.Choice([role.value for role in Role])

officer = AppGroup("officer", help="The accounts of the press office.")

from_stdin = click.option(
    "--password-stdin", "is_piped", is_flag=True, help="Read the password from the first line of the input."
)


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Say a refusal of the rules in plain words, and end with 1."""

    @wraps(command)
    def said(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from None

    return said


def _password(is_piped: bool) -> str:
    if is_piped:
        return sys.stdin.readline().rstrip("\r\n")
    return click.prompt("Password", hide_input=True, confirmation_prompt="The same password again")


def _known(email: str) -> Account:
    account = queries.by_key(rules.email_key(email))
    if account is None:
        raise click.ClickException("There is no account with this address.")
    return account


def _told(account: Account) -> str:
    return ", ".join(account.roles)


@officer.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As it is shown at the desk.")
@click.option(
    "--role", "roles", type=ROLES, multiple=True, default=(Role.WRITER.value,), show_default=True,
    help="One of the roles; can be given several times.",
)  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@from_stdin
@plainly
def add(email: str, name: str, roles: tuple[str, ...], language: str, is_piped: bool) -> None:
    """Give somebody an account at the desk."""
    rules.email_key(email)  # before anybody types a password twice
    account = service.add_officer(
        email, name=name, roles=roles, language=language, password=_password(is_piped)
    )
    click.echo(f"{account.name} can now log in at the desk as {_told(account)}.")


@officer.command("list")
def list_officers() -> None:
    """List everybody who has an account at the desk."""
    for account in queries.officers():
        seen = account.last_seen_at.strftime("%Y-%m-%d %H:%M UTC") if account.last_seen_at else "never"
        state = "" if account.is_active else "  (deactivated)"
        click.echo(
            f"{account.email}  {account.name}  {_told(account)}  {account.language}  last seen: {seen}{state}"
        )


@officer.command("set-roles")
@click.argument("email")
@click.argument("roles", nargs=-1, required=True, type=ROLES)
@plainly
def set_roles(email: str, roles: tuple[str, ...]) -> None:
    """Change what somebody may do: the roles named replace those that they had."""
    account = _known(email)
    service.set_roles(account, roles)
    click.echo(f"{account.name} is now {_told(account)}.")


@officer.command("password")
@click.argument("email")
@from_stdin
@plainly
def set_password(email: str, is_piped: bool) -> None:
    """Give somebody a new password, and log them out everywhere."""
    account = _known(email)
    service.set_password(account, _password(is_piped))
    click.echo(f"{account.name} has a new password, and is logged out everywhere.")


@officer.command("reset-factor")
@click.argument("email")
@plainly
def reset_factor(email: str) -> None:
    """Take somebody's second factor away, who lost telephone and recovery codes, and log them out everywhere."""
    account = _known(email)
    service.reset(account, by=None)
    click.echo(f"{account.name} sets up another second factor after the next log-in.")


@officer.command("deactivate")
@click.argument("email")
@plainly
def deactivate(email: str) -> None:
    """Close somebody's account at once, in every browser."""
    account = _known(email)
    service.deactivate(account)
    click.echo(f"{account.name} can no longer log in.")


@officer.command("activate")
@click.argument("email")
@plainly
def activate(email: str) -> None:
    """Let somebody in again whose account was closed."""
    account = _known(email)
    service.activate(account)
    click.echo(f"{account.name} can log in again.")
