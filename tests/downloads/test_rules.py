"""What is allowed: quotas, lengths, policies, names of files, and whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import config
from app.downloads import rules
from app.downloads.models import Format, Mode
from app.downloads.rules import turns
from app.downloads.rules.turns import Waiting
from app.downloads.sources import Described, Restriction, digest

NOON = datetime(2025, 11, 20, 11, 0, tzinfo=UTC)
QUOTA = rules.Quota(at_once=2, a_day=3, minutes_a_day=10)


def asked(hours_ago, seconds=10, is_under_way=False):
    """Return what somebody asked for so many hours ago."""
    return rules.Asked(NOON - timedelta(hours=hours_ago), seconds, is_under_way)


def refused(asked, seconds=10):
    """Return the refusal of one part more."""
    with pytest.raises(rules.OverQuota) as told:
        rules.check_quota(asked, QUOTA, seconds=seconds, at=NOON)
    return told.value


# How much


def test_within_the_quota_nothing_is_said(app):
    rules.check_quota([], QUOTA, seconds=600, at=NOON)
    rules.check_quota([asked(1), asked(2)], QUOTA, seconds=580, at=NOON)
    rules.check_quota([asked(1), asked(2), asked(24), asked(30)], QUOTA, seconds=10, at=NOON)


def test_as_many_as_are_made_at_once_are_enough_whenever_they_were_asked_for(app):
    told = refused([asked(1, is_under_way=True), asked(50, is_under_way=True)])
    assert (told.until, str(told)) == (
        None,
        "2 files are being prepared for you. Wait until one is ready, or cancel one.",
    )


def test_the_limit_of_a_day_says_when_there_is_room_again(app):
    told = refused([asked(1), asked(20), asked(22), asked(23)])
    assert told.until == NOON + timedelta(hours=2)  # then only two are left of the last 24 hours
    assert str(told) == "You have reached today’s limit of 3 downloads. It starts again at 14:00."


def test_the_limit_of_minutes_says_when_there_is_room_for_this_part(app):
    told = refused([asked(3, 200), asked(20, 300)], seconds=120)
    assert told.until == NOON + timedelta(hours=4)
    assert "10 minutes" in str(told)
    assert refused([asked(3, 200), asked(20, 300)], seconds=500).until == NOON + timedelta(hours=21)


def test_what_no_day_has_room_for_is_told_without_an_hour(app):
    assert refused([asked(3)], seconds=601).until is None


# How long


@pytest.mark.parametrize(("frames", "is_whole"), [(25, False), (90_000, False), (1, True), (10**9, True)])
def test_a_length_that_is_allowed(frames, is_whole):
    rules.check_length(frames, rate=25, longest_minutes=60, is_whole=is_whole)


@pytest.mark.parametrize(
    ("frames", "is_whole"), [(24, False), (1, False), (0, False), (-5, False), (0, True)]
)
def test_less_than_a_second_is_refused(frames, is_whole):
    with pytest.raises(rules.TooShort) as told:
        rules.check_length(frames, rate=25, longest_minutes=60, is_whole=is_whole)
    assert told.value.field == "out"


def test_a_second_at_a_rate_that_is_no_whole_number_takes_one_frame_more():
    rules.check_length(30, rate=30_000 / 1001, longest_minutes=60, is_whole=False)
    with pytest.raises(rules.TooShort):
        rules.check_length(29, rate=30_000 / 1001, longest_minutes=60, is_whole=False)


def test_longer_than_a_part_may_be_is_refused(app):
    with pytest.raises(rules.TooLong) as told:
        rules.check_length(1501, rate=25, longest_minutes=1, is_whole=False)
    assert str(told.value) == "Select at most 1 minute, or take the whole video"


def test_captions_are_those_that_there_are(app):
    rules.check_captions("", {})
    rules.check_captions("fr", {"fr": "captions/1.vtt"})
    with pytest.raises(rules.NoCaptions):
        rules.check_captions("uk", {"fr": "captions/1.vtt"})


# For whom


def test_a_policy_names_who_may_take_which_file():
    read = config.read({"DOWNLOAD_POLICY": " original = public ,"})["DOWNLOAD_POLICY"]
    assert read == {"original": "public", "hd": "account", "web": "account"}
    assert not rules.needs_account(read, "original")
    assert rules.needs_account(read, "hd")
    assert rules.needs_account(read, "whatever else")


@pytest.mark.parametrize(
    "setting", ["part=public", "original", "original=everybody", "original=public; hd=public"]
)
def test_a_policy_that_says_nothing_stops_the_newsroom(setting):
    with pytest.raises(config.BadSettings):
        config.read({"DOWNLOAD_POLICY": setting})


# What names a file


def test_the_same_bytes_have_the_same_key_and_others_another():
    one = (7, Format.HD, Mode.EXACT, 100, 200, "told")
    keys = {
        rules.build_key(*one),
        rules.build_key(8, *one[1:]),
        rules.build_key(7, Format.SMALL, *one[2:]),
        rules.build_key(7, Format.HD, Mode.FAST, 100, 200, "told"),
        rules.build_key(7, Format.HD, Mode.EXACT, 101, 200, "told"),
        rules.build_key(7, Format.HD, Mode.EXACT, 100, 201, "told"),
        rules.build_key(7, Format.HD, Mode.EXACT, 100, 200, "told otherwise"),
    }
    assert len(keys) == 7
    assert rules.build_key(*one) in keys


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("MM-2025-0317", "Ministers agree"), "MM-2025-0317_Ministers agree.mp4"),
        (("Зустріч міністрів", ""), "Зустріч міністрів.mp4"),
        (("../../etc/passwd",), "etc passwd.mp4"),
        (("a\r\nSet-Cookie: x=1",), "a Set-Cookie x=1.mp4"),
        (("gnp\u202eexe", 'say "hi" <b>'), "gnpexe_say hi b.mp4"),
        ((".hidden.",), "hidden.mp4"),
        (("CON",), "_CON.mp4"),
        (("", "\x00", "..."), "download.mp4"),
        (("x" * 300,), "x" * 80 + ".mp4"),
    ],
)
def test_a_name_is_one_that_every_file_system_takes(parts, name):
    assert rules.file_name(*parts, extension="mp4") == name


def test_a_timecode_in_a_name_has_hyphens():
    assert rules.in_name("10:01:16;05") == "10-01-16-05"


# What stands in a file


def described(**changes):
    """Return an edition as its room describes it."""
    known = {
        "edition_id": 1,
        "revision_id": 2,
        "item_id": 3,
        "type": "video",
        "language": "en",
        "title": "Arrivals",
        "slug": "arrivals",
        "reference": "(2025) 7",
        "address": "/en/media/videos/arrivals",
        "credit": "IS",
        "master_id": 9,
        "restrictions": (
            Restriction("No archive"),
            Restriction("Not in sport", 100, 200),
            Restriction("", 0, None),
        ),
        "captions": {"en": "captions/ab/1.vtt"},
    }
    return Described(**(known | changes))


def test_a_part_tells_the_restrictions_of_its_own_frames():
    def texts(begins, ends):
        return [each["text"] for each in described().for_part(begins, ends, "")["restrictions"]]

    assert texts(0, 100) == ["No archive"]
    assert texts(0, 101) == texts(199, 300) == ["No archive", "Not in sport"]
    assert texts(200, 300) == ["No archive"]


def test_a_part_does_not_change_with_the_number_of_the_revision_but_with_what_is_in_it():
    told = digest(described().for_part(0, 50, "en"))
    assert digest(described(revision_id=99).for_part(0, 50, "en")) == told
    for change in (
        {"credit": "UN"},
        {"title": "Departures"},
        {"master_id": 10},
        {"captions": {"en": "captions/x.vtt"}},
    ):
        assert digest(described(**change).for_part(0, 50, "en")) != told
    assert digest(described(captions={}).for_part(0, 50, "")) == digest(described().for_part(0, 50, ""))


# Whose turn it is


def waiting(*wanted):
    """Return what waits: (part, account), each a second after the one before."""
    return [Waiting(part, account, NOON + timedelta(seconds=n)) for n, (part, account) in enumerate(wanted)]


def test_twenty_requests_of_one_account_do_not_delay_the_first_of_another():
    many = [(part, 1) for part in range(1, 21)]
    assert turns.order(waiting(*many, (99, 2)), {})[:3] == [1, 99, 2]


def test_who_was_served_last_is_served_last():
    found = turns.order(waiting((1, 1), (2, 1), (3, 2), (4, 2)), {1: NOON})
    assert found == [3, 1, 4, 2]
    assert turns.order(waiting((1, 1), (2, 2)), {1: NOON, 2: NOON - timedelta(hours=1)}) == [2, 1]


def test_a_part_that_two_want_has_the_better_place_and_counts_once():
    assert turns.order(waiting((1, 1), (2, 1), (3, 1), (3, 2), (4, 2)), {}) == [1, 3, 2, 4]


def test_nothing_waits():
    assert turns.order([], {1: NOON}) == []
