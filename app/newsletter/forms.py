"""What people type about the newsletter. These forms carry no token: see the room's plate."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, ValidationError

from app import clock
from app.accounts.forms import language_field
from app.accounts.keys import keyed
from app.accounts.rules import check_address
from app.forms import Checkboxes, Filled, Form, LineField, saying_so
from app.newsletter import rules
from app.newsletter.models import IfMissing
from app.newsletter.words import IF_MISSING_WORDS, KINDS, REASON_WORDS
from app.text.markup import one_line
from app.text.numbers import number


def stamp(at: datetime) -> str:
    """Return what a form carries along to say when it was opened: the moment, in whole seconds, and that we said so."""
    seconds = str(int(at.timestamp()))
    return f"{seconds}.{keyed('newsletter.form', seconds).hex()[:32]}"


def opened_at(stamped: str) -> datetime | None:
    """Return when the form with this stamp was opened; None when we did not stamp it."""
    seconds, _dot, mark = stamped.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11 and mark.isascii()):
        return None
    if not hmac.compare_digest(mark, keyed("newsletter.form", seconds).hex()[:32]):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


class OpenForm(Form):
    """A form without a token."""

    class Meta(Form.Meta):  # type: ignore[misc, name-defined]
        csrf = False


class StampedForm(OpenForm):
    """A form that only somebody who reads it fills in: a field that nobody sees, and the moment it was opened."""

    more = StringField(_l("Leave this field empty"))
    opened = HiddenField()

    @property
    def is_trap_sprung(self) -> bool:
        """Whether something was typed where nobody types."""
        return bool(self.more.data)

    def stamp(self) -> None:
        """Note when the form was opened first; what is shown again keeps that, unless it was too long ago."""
        opened = opened_at(self.opened.data or "")
        if opened is None or clock.now() - opened > timedelta(hours=rules.FORM_HOURS):
            self.opened.data = stamp(clock.now())

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask to press the button again when the form came back faster than anybody reads, or after a day."""
        is_valid = bool(super().validate(*args, **kwargs))
        if rules.is_human(opened_at(self.opened.data or ""), at=clock.now()):
            return is_valid
        self.form_errors.append(_l("Press the button once more: so we know that you are no program."))
        return False


def _address_field(label: Any) -> LineField:
    # What no page can hold is taken out before it would be shown again.
    tidy = [lambda typed: one_line(typed) if typed else typed]
    return LineField(label, filters=tidy, validators=[Filled(_l("Enter your e-mail address")), _is_address])


def _is_address(form: Any, field: Any) -> None:
    with saying_so():
        check_address(field.data or "")


class AddressForm(StampedForm):
    """An address, to be sent a link to its preferences."""

    email = _address_field(_l("E-mail address"))


class WishFields(OpenForm):
    """What somebody wants to be sent. ``topics`` are offered by whoever shows the form; none chosen means all."""

    kinds = Checkboxes(
        _l("Which e-mails?"), choices=[SelectChoice(kind, words) for kind, words in KINDS.items()]
    )
    topics = Checkboxes(_l("On which topics?"), choices=[], validate_choice=False)
    language = language_field(_l("In which language?"))
    if_missing = RadioField(
        _l("If a text is not there in this language"),
        choices=[SelectChoice(rule, words) for rule, words in IF_MISSING_WORDS.items()],
        default=IfMissing.ENGLISH,
        validate_choice=False,
    )

    def offer_topics(self, topics: Any) -> None:
        """Let one choose among ``topics``: (id, name) pairs."""
        self.topics.choices = [SelectChoice(str(number), name) for number, name in topics]

    @property
    def topic_ids(self) -> list[int]:
        """The topics that were chosen, as far as they are numbers at all."""
        return [found for each in self.topics.data or () if (found := number(each))]


class SubscribeForm(WishFields, StampedForm):
    """Somebody wants the newsletter. ``step`` tells this form from the one in the foot of each page."""

    step = HiddenField(default="choices")
    email = _address_field(_l("E-mail address"))

    def validate_kinds(self, field: Any) -> None:
        """Ask for one kind at least, of ours."""
        if not set(field.data or ()) & set(KINDS):
            raise ValidationError(rules.NoKind.message)


class PreferencesForm(WishFields):
    """What somebody wants to be sent from now on: nothing at all, too, if they like."""


class PauseForm(OpenForm):
    """For how long nothing is to be sent."""

    months = RadioField(_l("For how long?"), choices=[], default="1", validate_choice=False)

    @property
    def count(self) -> int:
        """The months, or 0 for anything else."""
        return int(self.months.data) if self.months.data in ("1", "2", "3") else 0


class NewAddressForm(OpenForm):
    """Another address."""

    email = _address_field(_l("New e-mail address"))


class ReasonForm(OpenForm):
    """Why somebody left, if they like to say so."""

    reason = RadioField(
        _l("Why, if you like to tell us"),
        choices=[SelectChoice(reason, words) for reason, words in REASON_WORDS.items()],
        validate_choice=False,
    )
