"""What no form of ours sends: hidden fields changed by hand, and numbers that no row can have."""

from __future__ import annotations

import pytest

from app.database import db
from tests import make
from tests.signing import post

FIELDS = {
    "kind": "news_release",
    "title": "Changed",
    "lead": "",
    "place": "Brussels",
    "date": "20/11/2025",
    "body": "<p>Text.</p>",
    "contact_id": "0",
}
HUGE = "99999999999999999999"


@pytest.fixture
def oksana(app):
    """A browser in which Oksana (author) is signed in."""
    return make.signed_in(app, "Oksana")


@pytest.mark.parametrize(
    "odd",
    [
        {"base": "abc"},
        {"base": ""},
        {"base": "-1"},
        {"base": HUGE},
        {"base": "²"},
        {"base": "1\x00"},
        {"contact_id": HUGE},
        {"contact_id": "x"},
        {"kind": "nothing"},
        {"kind": ""},
        {"topics": "nothing"},
        {"pictures-0-picture": "x", "pictures-0-alt": "x"},
        {"pictures-0-picture": "999", "pictures-0-alt": "x"},
        {"pictures-0-picture": HUGE, "pictures-0-alt": "x"},
        {"pictures-0-picture": "-1", "pictures-0-alt": "x"},
        {"quotes-0-text": "x" * 100_000},
        {"links-x-url": "https://www.example.org"},
        {"links-99-url": "https://www.example.org", "links-99-title": "x", "links-99-language": "de"},
    ],
    ids=lambda odd: " ".join(f"{name}={value[:12]}" for name, value in odd.items()).replace("\0", "NUL"),
)
def test_a_hidden_field_changed_by_hand_is_answered_and_never_breaks_a_page(oksana, client, odd):
    edition = make.release()
    here = f"/desk/releases/{edition.item_id}/en/"
    answer = post(oksana, here, FIELDS | {"base": "1"} | odd, page=here)
    assert answer.status_code in (303, 409, 422), answer.status_code
    for path in (here, f"{here}preview"):
        assert oksana.get(path).status_code == 200, path
    db.session.expire_all()
    assert edition.current.number <= 2


@pytest.mark.parametrize("number", [HUGE, str(2**31), "0", "00001"])
@pytest.mark.parametrize("page", ["", "preview", "review", "publish"])
def test_a_number_that_no_row_has_is_not_found(app, number, page):
    amelie = make.signed_in(app, "Amélie")
    assert amelie.get(f"/desk/releases/{number}/en/{page}").status_code == 404


@pytest.mark.parametrize("number", [HUGE, "0", "-1", "x", "²", "1e9"])
def test_an_odd_page_of_the_desks_list_is_the_first_or_not_there(oksana, number):
    assert oksana.get(f"/desk/releases/?page={number}&state=nothing&language=de&q=%00%25_'").status_code in (
        200,
        404,
    )
