"""Each rule of the checklist: a text that breaks it and one that does not, in each language where it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask_babel import force_locale

from app.editorial import checks
from app.editorial.checks import RULES, Checked, Context
from app.languages import LANGUAGES
from app.text.markup import clean

DAY = date(2025, 12, 3)  # a Wednesday, in winter
IMAGE = '<figure><img src="/media/pictures/a/1.jpg"{}></figure>'
LIST = "<ul><li>one</li></ul>"

# rule, language, what breaks it, what does not
CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("title-missing", "en", {"title": " "}, {"title": "A title"}),
    ("text-missing", "en", {"body": ""}, {"body": "<p>Text</p>"}),
    ("place-missing", "en", {"place": ""}, {"place": "Brussels"}),
    ("date-missing", "en", {"date": None}, {"date": DAY}),
    ("lead-missing", "en", {"lead": "\u200b"}, {"lead": "What it is about."}),
    ("alt-missing", "en", {"pictures": [{"alt": ""}]}, {"pictures": [{"alt": "Flags"}]}),
    ("alt-missing", "en", {"pictures": [{"alt": None}]}, {"pictures": [{"is_decorative": True}]}),
    ("alt-missing", "en", {"body": IMAGE.format("")}, {"body": IMAGE.format(' alt=""')}),
    (
        "quote-speaker",
        "en",
        {"quotes": [{"text": "Yes.", "speaker": " "}]},
        {"quotes": [{"text": "Yes.", "speaker": "Ada"}]},
    ),
    (
        "table-header",
        "en",
        {"body": "<table><tr><td>a</td></tr></table>"},
        {"body": "<table><tr><th>a</th></tr></table>"},
    ),
    ("heading-empty", "en", {"body": "<h2>…</h2><p>x</p>"}, {"body": "<h2>2025</h2><p>x</p>"}),
    ("heading-alone", "en", {"body": "<p>x</p><h2>Last</h2>"}, {"body": "<h2>Last</h2><p>x</p>"}),
    (
        "heading-alone",
        "en",
        {"body": "<h2>One</h2><h2>Two</h2><p>x</p>"},
        {"body": "<h2>One</h2><h3>Two</h3><p>x</p>"},
    ),
    (
        "heading-order",
        "en",
        {"body": "<h3>Sub</h3><p>x</p><h2>Top</h2><p>x</p>"},
        {"body": "<h2>Top</h2><h3>Sub</h3><p>x</p>"},
    ),
    (
        "heading-order",
        "en",
        {"body": "<h4>Deep</h4><p>x</p>"},
        {"body": "<h2>Top</h2><h4>Deep</h4><p>x</p>"},
    ),
    ("list-missing", "en", {"body": "<p>They notably:</p><p>Next.</p>"}, {"body": f"<p>They:</p>{LIST}"}),
    ("list-missing", "en", {"body": "<p>They notably:</p>"}, {"body": "<p>She said:</p><p>“Yes.”</p>"}),
    (
        "list-missing",
        "fr",
        {"body": "<p>Ils ont notamment :</p><p>Suite.</p>"},
        {"body": "<p>Ils ont :</p><p>– un</p>"},
    ),
    (
        "list-missing",
        "uk",
        {"body": "<p>Вони вирішили:</p><p>Далі.</p>"},
        {"body": "<p>Вони вирішили:</p><blockquote><p>Так.</p></blockquote>"},
    ),
    (
        "link-bare",
        "en",
        {"body": '<p>See <a href="https://a.example/b">https://a.example/b</a></p>'},
        {"body": '<p>See <a href="https://a.example/b">the page of a</a></p>'},
    ),
    (
        "link-bare",
        "en",
        {"body": '<p>See <a href="https://a.example/b">a.example/b</a></p>'},
        {"body": '<p>Write to <a href="mailto:a@b.example">a@b.example</a></p>'},
    ),
    (
        "link-bare",
        "fr",
        {"body": "<p>Voir www.exemple.org.</p>"},
        {"body": "<p>Voir le site de l’exemple.</p>"},
    ),
    (
        "link-bare",
        "en",
        {"links": [{"title": "https://a.example/", "url": "https://a.example/"}]},
        {"links": [{"title": "The page", "url": "https://a.example/"}]},
    ),
    (
        "link-vague",
        "en",
        {"body": '<p>Click <a href="/x">here</a></p>'},
        {"body": '<p><a href="/x">Here is the plan</a></p>'},
    ),
    (
        "link-vague",
        "fr",
        {"body": '<p>Cliquez <a href="/x">ici</a></p>'},
        {"body": '<p><a href="/x">Le plan</a></p>'},
    ),
    (
        "link-vague",
        "uk",
        {"body": '<p>Дивіться <a href="/x">тут</a></p>'},
        {"body": '<p><a href="/x">План</a></p>'},
    ),
    (
        "link-vague",
        "fr",
        {"links": [{"title": "En savoir plus", "url": "/x"}]},
        {"links": [{"title": "Le plan", "url": "/x"}]},
    ),
    (
        "link-broken",
        "en",
        {"body": '<p><a href="/gone">The plan</a></p>'},
        {"body": '<p><a href="/there">The plan</a></p>'},
    ),
    (
        "link-broken",
        "en",
        {"links": [{"title": "Plan", "url": "https://newsroom.example/gone"}]},
        {"links": [{"title": "Plan", "url": "https://elsewhere.example/gone"}]},
    ),
    (
        "link-private",
        "en",
        {"body": '<p><a href="/draft">The plan</a></p>'},
        {"body": '<p><a href="#draft">The plan</a></p>'},
    ),
    (
        "date-weekday",
        "en",
        {"body": "<p>On Wednesday 4 December 2025.</p>"},
        {"body": "<p>On Thursday, 4 December 2025.</p>"},
    ),
    (
        "date-weekday",
        "en",
        {"lead": "On Friday, December 5th, and Friday, December 4."},
        {"lead": "On Friday, December 5th, 2025"},
    ),
    ("date-weekday", "en", {"lead": "On 4 December (Friday)"}, {"lead": "On 4 December (Thursday)"}),
    ("date-weekday", "en", {"lead": "Wed. 04/12/2025"}, {"lead": "Thu 04/12/2025"}),
    ("date-weekday", "en", {"lead": "On Tuesday 5 January"}, {"lead": "On Monday 5 January"}),
    ("date-weekday", "fr", {"title": "Le mercredi 4 décembre"}, {"title": "Le jeudi 4 décembre"}),
    ("date-weekday", "fr", {"lead": "vendredi 1er mai 2025"}, {"lead": "jeudi 1er mai 2025"}),
    ("date-weekday", "uk", {"lead": "У середу, 4 грудня 2025 року"}, {"lead": "У четвер, 4 грудня 2025 року"}),
    ("date-weekday", "uk", {"lead": "у п'ятницю 4 грудня"}, {"lead": "у п'ятницю 5 грудня"}),
    (
        "date-dateline",
        "en",
        {"lead": "They meet today, 4 December."},
        {"lead": "They meet today, 3 December. They met on 4 December."},
    ),
    ("date-dateline", "en", {"lead": "Today (3 December 2024) they"}, {"lead": "Today (3 December 2025) they"}),
    ("date-dateline", "fr", {"lead": "aujourd’hui, jeudi 4 décembre"}, {"lead": "aujourd’hui 3 décembre"}),
    ("date-dateline", "uk", {"lead": "сьогодні, 4 грудня"}, {"lead": "сьогодні, 3 грудня"}),
    ("date-relative", "en", {"lead": "To date, nine joined."}, {"lead": "The list is up to date."}),
    ("date-relative", "en", {"lead": "So far nine joined."}, {"lead": "So far (May 2025) nine joined."}),
    ("date-relative", "en", {"date": None, "lead": "Today they meet."}, {"lead": "Today they meet."}),
    ("date-relative", "fr", {"lead": "À ce jour, neuf pays."}, {"lead": "À ce jour (1er mai 2025), neuf pays."}),
    (
        "date-relative",
        "fr",
        {"date": None, "lead": "Aujourd’hui, ils se réunissent."},
        {"date": None, "lead": "Ils se réunissent."},
    ),
    ("date-relative", "uk", {"lead": "На сьогодні є дев’ять."}, {"lead": "На сьогодні, 1 травня, є дев’ять."}),
    ("date-relative", "uk", {"date": None, "lead": "Сьогодні вони."}, {"lead": "Сьогодні вони."}),
    (
        "zone-season",
        "en",
        {"lead": "On 4 July 2025 at 15:00 CET"},
        {"lead": "On 4 July 2025 at 15:00 CEST"},
    ),
    ("zone-season", "en", {"lead": "At 15:00 (CEST)"}, {"lead": "At 15:00 (CET), see the CEST rules"}),
    ("zone-season", "en", {"lead": "15:00, summer time"}, {"lead": "15:00, winter time"}),
    ("zone-season", "fr", {"lead": "À 15 h HAEC"}, {"lead": "À 15 h HNEC, DÉCISION À L’EST"}),
    ("zone-season", "fr", {"lead": "15 h, heure d’été"}, {"lead": "le 4 juillet à 15 h, heure d’été"}),
    ("zone-season", "uk", {"lead": "о 15:00 EEST"}, {"lead": "о 15:00 EET"}),
    (
        "zone-season",
        "uk",
        {"lead": "о 15:00 за київським літнім часом"},
        {"lead": "4 липня о 15:00 за київським літнім часом"},
    ),
    ("typo-apostrophe", "fr", {"title": "L'été"}, {"title": "L’été"}),
    ("typo-apostrophe", "en", {"title": "It's so"}, {"title": "It’s so, 5' long"}),
    ("typo-apostrophe", "uk", {"title": "П'ять"}, {"title": "П’ять"}),
    ("typo-apostrophe", "en", {"title": "Don’t say 'twice"}, {"title": "Don’t say it"}),
    ("typo-quotes", "fr", {"title": 'Dit "oui"'}, {"title": "Dit «\u202foui, “vraiment”\u202f»"}),
    ("typo-quotes", "en", {"lead": "“One”, «two»"}, {"lead": "“One”, “two”"}),
    ("typo-quotes", "uk", {"lead": "«Так», “ні”"}, {"lead": "«Так, „ні“»"}),
    ("typo-quotes", "en", {"lead": "He’s 5\" tall, \"yes"}, {"lead": "He’s 5\" tall"}),
    ("typo-space", "fr", {"title": "Quoi !"}, {"title": "Quoi\u202f!"}),
    ("typo-space", "fr", {"title": "Mme Martin"}, {"title": "Mme\u00a0Martin"}),
    ("typo-space", "fr", {"title": "À 5 km"}, {"title": "À 5\u00a0km"}),
    ("typo-space", "en", {"title": "J. R. Smith"}, {"title": "J.\u00a0R.\u00a0Smith, annex B. The end"}),
    ("typo-space", "uk", {"title": "В. Шевченко, 5 %"}, {"title": "В.\u00a0Шевченко, 5\u00a0%"}),
    ("typo-marks", "en", {"title": "One - two..."}, {"title": "One – two…"}),
    ("title-long", "en", {"title": "t" * 111}, {"title": "t" * 110}),
    ("title-long", "uk", {"title": "і́" * 111}, {"title": "і́" * 110}),
    ("word-instead", "en", {"lead": "The Chairman spoke"}, {"lead": "The chair spoke"}),
    ("word-avoided", "en", {"title": "A very NEW word of course"}, {"title": "Of a course"}),
    ("word-avoided", "uk", {"lead": "Про спецоперацію"}, {"lead": "Про операцію"}),
]  # fmt: skip
_BROKEN = {"/gone": "broken", "/draft": "private"}
CONTEXT = Context(
    today=DAY,
    zone="Europe/Brussels",
    host="newsroom.example",
    is_broken=_BROKEN.get,
    house_words={"chairman": "chair", "of course": "", "спецопераці*": ""},
)


def _text(language: str = "en", **facts: Any) -> Checked:
    """A text without fault, but for ``facts``; its body is stored as the newsroom would."""
    right = {"title": "T", "lead": "L", "place": "B", "date": DAY, "body": "<p>x</p>"} | facts
    right["body"] = clean(right["body"], language=language)
    return Checked(language=language, **right)


def _rules(text: Checked, context: Context = CONTEXT) -> set[str]:
    return {finding.rule for finding in checks.of(text, context)}


@pytest.mark.parametrize(("rule", "language", "wrong", "right"), CASES)
def test_a_rule_is_broken_by_one_text_and_not_by_another(
    rule: str, language: str, wrong: dict, right: dict
) -> None:
    assert rule in _rules(_text(language, **wrong))
    assert rule not in _rules(_text(language, **right))


def test_a_text_without_fault_has_no_findings() -> None:
    for language in LANGUAGES:
        assert checks.of(_text(language), CONTEXT) == []


def test_every_rule_has_a_text_that_breaks_it() -> None:
    assert {rule for rule, *_ in CASES} | {"language-missing"} == set(RULES)


def test_a_language_that_should_be_there_is_missed() -> None:
    context = replace(CONTEXT, languages=("en", "fr"), required=("en", "fr", "uk"))
    (finding,) = checks.of(_text(), context)
    assert (finding.rule, finding.field, finding.words) == ("language-missing", "languages", "uk")
    assert str(finding.message) == "UK missing"


def test_pages_without_a_dateline_lack_neither_place_nor_date() -> None:
    assert _rules(_text(place="", date=None), replace(CONTEXT, has_dateline=False)) == set()


def test_what_blocks_comes_first_and_is_what_the_specification_says() -> None:
    blocking = {rule.id for rule in RULES.values() if rule.is_blocking}
    assert blocking == {
        "title-missing", "text-missing", "place-missing", "date-missing", "alt-missing", "table-header",
    }  # fmt: skip
    found = checks.of(_text(lead="", title="", pictures=[{"alt": ""}]), CONTEXT)
    assert [(finding.rule, finding.is_blocking) for finding in found] == [
        ("title-missing", True),
        ("alt-missing", True),
        ("lead-missing", False),
    ]


def test_a_finding_says_where_it_is() -> None:
    body = "<p>x</p><ul><li>On Wednesday 4 December 2025</li></ul><p>See https://a.example/b, then.</p>"
    found = checks.of(_text(body=body, quotes=[{"text": "a", "speaker": "b"}, {"text": "c"}]), CONTEXT)
    assert [(each.rule, each.field, each.at, each.words) for each in found] == [
        ("quote-speaker", "quotes", 1, "c"),
        ("link-bare", "body", 2, "https://a.example/b"),
        ("date-weekday", "body", 1, "Wednesday 4 December 2025"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "4 December 2025 is a Thursday. Check the date."),
        ("fr", "Le 4 décembre 2025 est un jeudi. Vérifiez la date."),
        ("uk", "4 грудня 2025 р. — це четвер. Перевірте дату."),
    ],
)
def test_sentences_are_in_the_language_of_the_reader(app, language: str, sentence: str) -> None:
    (finding,) = checks.of(_text(lead="On Wednesday 4 December"), CONTEXT)
    with app.test_request_context(), force_locale(language):
        assert str(finding.message) == sentence
        assert finding.as_json()["message"] == sentence
        for rule in RULES.values():
            assert str(rule.name)
            assert str(rule.sentence)


def test_every_sentence_can_be_filled_in(app) -> None:
    for language in LANGUAGES:
        with app.test_request_context(), force_locale(language):
            for _rule, spoken, wrong, _right in CASES:
                for finding in checks.of(_text(spoken, **wrong), CONTEXT):
                    assert "%(" not in str(finding.message)


def test_a_reason_stays_while_the_text_around_changes() -> None:
    wrong = "<p>On <strong>Wednesday</strong> 4 December 2025.</p>"
    (before,) = checks.of(_text(body=wrong), CONTEXT)
    (after,) = checks.of(_text(body=f"<p>New.</p><h2>More</h2>{wrong}", title="Another"), CONTEXT)
    assert (before.key, before.at, after.at) == (after.key, 0, 2)
    (other,) = checks.of(_text(body=wrong.replace("4", "5")), CONTEXT)
    assert other.key != before.key
    assert len(before.key) <= 60


def test_a_reason_for_one_place_is_none_for_the_next() -> None:
    one, two = checks.of(_text(body="<p>See www.a.example.</p><p>Or www.a.example.</p>"), CONTEXT)
    assert two.key == f"{one.key}:2"


def test_two_vague_links_to_different_pages_are_different_findings() -> None:
    body = '<p><a href="/a">here</a>, <a href="/b">here</a></p>'
    one, two = checks.of(_text(body=body), CONTEXT)
    assert one.key.split(":")[1] != two.key.split(":")[1]


def test_a_part_in_another_language_is_read_in_that_language() -> None:
    assert _rules(_text("fr", body='<p>Dit <span lang="en">Wednesday 4 December 2025</span></p>')) == {
        "date-weekday"
    }
    assert _rules(_text("fr", body="<p>Dit Wednesday 4 December 2025</p>")) == set()
    assert _rules(_text("fr", body='<p lang="de">Er sagt "nein" !</p>')) == set()


def test_the_event_tells_the_year_of_its_own_day() -> None:
    text = _text(date=date(2025, 12, 30), lead="On Tuesday 3 March")  # 2026; in 2027 it is a Wednesday
    assert _rules(text) == set()
    assert _rules(text, replace(CONTEXT, event_day=date(2027, 3, 3))) == {"date-weekday"}


def test_who_speaks_may_say_so_far() -> None:
    assert _rules(_text(quotes=[{"text": "So far, so good.", "speaker": "Ada"}])) == set()


def test_each_address_is_asked_about_once() -> None:
    asked: list[str] = []

    def is_broken(address: str) -> str | None:
        asked.append(address)
        return "broken"

    body = '<p><a href="/x">One</a> and <a href="https://newsroom.example/x">two</a></p>'
    context = replace(CONTEXT, is_broken=is_broken)
    assert [finding.words for finding in checks.of(_text(body=body), context)] == ["One", "two"]
    assert asked == ["/x"]


def test_nobody_reads_more_than_a_hundred_of_one_kind() -> None:
    body = "".join(f"<p>www.a{number}.example</p>" for number in range(150))
    assert len(checks.of(_text(body=body), CONTEXT)) == checks.MOST
