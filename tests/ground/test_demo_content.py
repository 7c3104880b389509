"""The demonstration’s texts and pictures: whole, in step with one another, and right about their dates."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest
from PIL import Image

from app.demo import content, pictures, stock_figures
from app.demo.drawing.canvas import Canvas
from app.demo.pieces import KINDS, OFFICE, Story, Text
from app.demo.wording import form, week
from app.text import markup

LANGUAGES = ("fr", "en", "uk")
ALLOWED = set("p h2 h3 strong em ul ol li blockquote a table caption thead tbody tr th td".split())
REAL = ("contact-group", "ministers")

STORIES = content.stories()
BY_KEY = {story.key: story for story in STORIES}
UNFINISHED = [story for story, _ in content.unfinished()]
EDITIONS = [
    pytest.param(story, language, id=f"{story.key}-{language}")
    for story in (*STORIES, *UNFINISHED)
    for language in story.editions
]
TRANSLATED = [
    pytest.param(story, id=story.key) for story in (*STORIES, *UNFINISHED) if len(story.editions) > 1
]

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "uk": (
        "понеділ(?:ок|ка)",
        "вівтор(?:ок|ка)",
        "серед(?:а|у|и)",
        "четвер(?:га)?",
        "п’ятниц(?:я|ю|і)",
        "субот(?:а|у|и)",
        "неділ(?:я|ю|і)",
    ),
}


class Shape(HTMLParser):
    """The elements of a body in their order; fails on one left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def said(text: Text) -> str:
    """Return all that readers get to read, a line for each piece."""
    body = re.sub(r"</?(?:strong|em|a)\b[^>]*>", "", text.body)
    quotes = [part for quote in text.quotes for part in quote]
    alts = [part for pair in text.picture_alts.values() for part in pair]
    return "\n".join([text.title, text.lead, text.place, *quotes, *alts, re.sub(r"<[^>]+>", "\n", body)])


def numbers(text: Text, language: str) -> Counter[str]:
    """Return the numbers of a text, whichever way its language writes them."""
    words = said(text)
    if language == "fr":
        words = re.sub(r"\b(\d{1,2}) h (\d\d)\b", r"\1:\2", words)
    if language == "en":
        words = re.sub(r"(?<=\d),(?=\d{3})", "", words)
    else:
        words = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", words)
        words = re.sub(r"(?<=\d),(?=\d)", ".", words)
    return Counter(re.findall(r"\d+(?:[:.]\d+)*", words))


def dates_with_weekday(text: Text, language: str, near: date):
    """Yield (weekday as written, date) for every date that names its weekday."""
    words = said(text)
    months = MONTHS[language].split()
    named = "|".join(f"(?P<d{n}>{name})" for n, name in enumerate(WEEKDAYS[language]))
    month = re.compile(rf"\b({'|'.join(months)})\b(?: (\d{{4}}))?")
    for found in re.finditer(rf"\b(?:{named}),? (?P<day>\d{{1,2}})(?:er)?\b(?!:)", words, re.I):
        in_month = month.search(words, found.end())
        assert in_month, found[0]
        number = months.index(in_month[1]) + 1
        years = [int(in_month[2])] if in_month[2] else [near.year - 1, near.year, near.year + 1]
        meant = min(
            (date(year, number, int(found["day"])) for year in years), key=lambda each: abs(each - near)
        )
        yield next(n for n in range(7) if found[f"d{n}"]), meant


def test_two_years_hold_more_than_sixty_stories_of_all_four_kinds():
    assert len(STORIES) >= 62
    assert {story.kind for story in STORIES} == set(KINDS)
    assert min(story.date for story in STORIES).year == 2024
    assert max(story.date for story in STORIES).year == 2025
    assert len(BY_KEY) == len(STORIES)


def test_both_real_meetings_and_most_stories_are_told_in_three_languages():
    complete = [story for story in STORIES if set(story.editions) == set(LANGUAGES)]
    assert all(BY_KEY[key] in complete for key in REAL)
    assert len(complete) >= 27
    for count in (1, 2):
        assert any(len(story.editions) == count for story in STORIES)


@pytest.mark.parametrize("key", REAL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_meeting_is_told_at_a_release_s_length_with_headings_a_list_and_a_table(key, language):
    text = BY_KEY[key].editions[language]
    shape = Counter(Shape(text.body).tags)
    length = len(re.sub(r"<[^>]+>", " ", f"{text.lead} {text.body}").split())
    assert 350 <= length <= 600
    assert shape["h2"] >= 3
    assert shape["li"] >= 3
    assert shape["table"] == 1
    assert not text.quotes


def test_no_word_is_put_in_the_mouth_of_a_real_person_but_the_one_published():
    for key in REAL:
        for language, text in BY_KEY[key].editions.items():
            spoken = re.findall(r"[«“][^»”]*[»”]", said(text))
            expected = ["« défendre chaque centimètre carré de son territoire »"]
            assert spoken == (expected if (key, language) == ("ministers", "fr") else [])


def test_moments_are_aware_and_in_the_office_s_hours():
    for story in STORIES:
        assert story.published_at.tzinfo is UTC
        local = story.published_at.astimezone(OFFICE)
        assert local.date() == story.date
        assert 7 <= local.hour <= 20


def test_summer_and_winter_hours_are_kept_apart():
    assert BY_KEY["contact-group"].published_at == datetime(2025, 7, 21, 15, 30, tzinfo=UTC)
    assert BY_KEY["ministers"].published_at == datetime(2025, 12, 3, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_a_text_has_everything_that_its_page_needs(story: Story, language: str):
    text = story.editions[language]
    assert 10 <= len(text.title) <= 110
    assert 5 <= len(text.lead.split()) <= 60
    assert text.place
    assert text.lead.endswith((".", "?", ".”", ".»"))
    assert set(text.picture_alts) == set(story.pictures)
    assert all(alt and caption and alt != caption for alt, caption in text.picture_alts.values())
    assert all(quote.text and quote.speaker and quote.function for quote in text.quotes)


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_a_body_holds_allowed_elements_only_and_loses_none_when_it_is_cleaned(story: Story, language: str):
    body = story.editions[language].body
    tags = Shape(body).tags
    assert set(tags) <= ALLOWED
    kept = Counter(Shape(markup.clean(body, language=language)).tags)
    assert kept == Counter(tag for tag in tags if tag != "thead")


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_a_text_is_set_with_the_marks_of_its_language(story: Story, language: str):
    words = said(story.editions[language])
    assert "'" not in words
    assert '"' not in words
    assert not re.search(r"  |\n |\. \.| ,|: \.|\(\)|\bTODO\b|lorem", words)
    quotes = {"fr": "«»", "en": "“”", "uk": "«»"}[language]
    assert not set("«»“”„") & set(words) - set(quotes)


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_a_text_is_in_its_own_alphabet(story: Story, language: str):
    text = story.editions[language]
    words = "\n".join([text.title, text.lead, text.place, re.sub(r"<[^>]+>", " ", text.body)])
    cyrillic = len(re.findall(r"[\u0400-\u04ff]", words))
    latin = len(re.findall(r"[A-Za-z]", words))
    if language == "uk":
        assert latin < cyrillic / 10
        assert not re.search(r"[ыэъёЫЭЪЁ]", words)
        assert not re.search(r"[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]", words, re.I)
    else:
        assert not cyrillic


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_a_weekday_matches_its_date(story: Story, language: str):
    for weekday, meant in dates_with_weekday(story.editions[language], language, story.date):
        assert meant.weekday() == weekday, meant


def test_weekdays_are_looked_for_where_there_are_many():
    for language in LANGUAGES:
        found = [
            pair
            for story in STORIES
            if language in story.editions
            for pair in dates_with_weekday(story.editions[language], language, story.date)
        ]
        assert len(found) > 40


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_a_zone_that_is_named_is_that_of_the_season(story: Story, language: str):
    for offset in re.findall(r"UTC\+(\d)", said(story.editions[language])):
        assert story.published_at.astimezone(OFFICE).utcoffset() == timedelta(hours=int(offset))


@pytest.mark.parametrize("story", TRANSLATED)
def test_versions_have_the_same_numbers(story: Story):
    first, *others = (numbers(text, language) for language, text in story.editions.items())
    for other in others:
        assert other == first


@pytest.mark.parametrize("story", TRANSLATED)
def test_versions_are_built_alike(story: Story):
    first, *others = story.editions.values()
    for other in others:
        assert Shape(other.body).tags == Shape(first.body).tags
        assert len(other.quotes) == len(first.quotes)
        assert [link.url for link in other.links] == [link.url for link in first.links]


def test_titles_are_all_different():
    for language in LANGUAGES:
        titles = Counter(story.editions[language].title for story in STORIES if language in story.editions)
        assert titles.most_common(1)[0][1] == 1


def test_links_lead_to_stories_in_the_language_that_they_name():
    for story in STORIES:
        for text in story.editions.values():
            assert len({link.url for link in text.links}) == len(text.links)
            for link in text.links:
                assert link.title
                if link.url.startswith("story:"):
                    assert link.language in BY_KEY[link.url.removeprefix("story:")].editions
                else:
                    assert link.url.startswith("https://")


def test_only_one_link_leads_to_what_was_published_later():
    later = {
        (story.key, link.url)
        for story in STORIES
        for text in story.editions.values()
        for link in text.links
        if link.url.startswith("story:")
        and BY_KEY[link.url.removeprefix("story:")].published_at > story.published_at
    }
    assert later == {("contact-group", "story:ministers")}


def test_topics_and_contacts_are_known_and_each_has_a_use():
    everything = [*STORIES, *UNFINISHED]
    assert {key for story in everything for key in story.topics} == {topic.key for topic in content.topics()}
    assert {story.contact for story in everything} == {contact.key for contact in content.contacts()}
    for topic in content.topics():
        assert set(topic.names) == set(LANGUAGES)
    for contact in content.contacts():
        assert set(contact.names) == set(contact.functions) == set(contact.hours) == set(LANGUAGES)
        assert contact.email.endswith("@example.org")


@pytest.mark.parametrize(("story", "language"), EDITIONS)
def test_the_totals_of_tables_add_up(story: Story, language: str):
    for table in re.findall(r"<table>.*?</table>", story.editions[language].body):
        rows = [
            [
                cell.replace(",", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
                for cell in cells
            ]
            for cells in (
                re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", table)
            )
        ]
        if rows[-1][0] not in ("Total", "Разом"):
            continue
        for number in range(1, len(rows[0])):
            column = [row[number] for row in rows[1:]]
            if all(cell.isdigit() for cell in column):
                assert sum(map(int, column[:-1])) == int(column[-1])


def test_the_stock_series_goes_on_where_the_month_before_ended():
    issues = stock_figures.stories()
    assert len(issues) == 12
    assert all(issue.date.weekday() < 5 for issue in issues)
    totals = [
        int(re.search(r"([\d,]+) units", issue.editions["en"].lead)[1].replace(",", "")) for issue in issues
    ]
    for before, after, issue in zip(totals, totals[1:], issues[1:], strict=False):
        told = re.search(r"(\d+) (more|fewer) than", issue.editions["en"].lead)
        assert after - before == (int(told[1]) if told[2] == "more" else -int(told[1]))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "одиниця"),
        (2, "одиниці"),
        (5, "одиниць"),
        (11, "одиниць"),
        (14, "одиниць"),
        (21, "одиниця"),
        (3515, "одиниць"),
    ],
)
def test_ukrainian_nouns_follow_their_number(count, expected):
    assert form(count, "uk", ("одиниця", "одиниці", "одиниць")) == expected


@pytest.mark.parametrize(
    ("monday", "language", "expected"),
    [
        (date(2025, 9, 8), "en", "8–14 September 2025"),
        (date(2025, 9, 8), "fr", "8 au 14 septembre 2025"),
        (date(2025, 9, 8), "uk", "8–14 вересня 2025 року"),
        (date(2025, 9, 29), "en", "29 September – 5 October 2025"),
        (date(2025, 9, 29), "fr", "29 septembre au 5 octobre 2025"),
        (date(2025, 12, 1), "fr", "1er au 7 décembre 2025"),
        (date(2024, 12, 30), "en", "30 December 2024 – 5 January 2025"),
    ],
)
def test_a_week_is_written_as_titles_write_it(monday, language, expected):
    assert week(monday, language) == expected


def test_pictures_are_described_in_each_language_and_each_has_a_use():
    known = pictures.pictures()
    used = {key for story in (*STORIES, *UNFINISHED) for key in story.pictures}
    assert {picture.key for picture in known} == used
    assert len(known) >= 12
    for picture in known:
        assert set(picture.titles) == set(picture.alts) == set(LANGUAGES)
        assert all(len(alt) <= 160 for alt in picture.alts.values())


@pytest.mark.parametrize("picture", pictures.pictures(), ids=lambda picture: picture.key)
def test_a_picture_draws_on_any_sheet(picture):
    sheet = Canvas(192, 108)
    pictures._SCENES[picture.key].draw(sheet)
    assert len(sheet.finished().reduce(8).getcolors(1 << 16)) > 3


@pytest.mark.parametrize("key", ["classroom"])
def test_a_picture_is_the_same_file_at_every_set_up_and_names_its_maker(key):
    picture = next(each for each in pictures.pictures() if each.key == key)
    file = pictures.draw(key)
    assert pictures.draw(key) == file
    image = Image.open(BytesIO(file))
    assert (image.format, image.size) == ("JPEG", (picture.width, picture.height))
    assert image.getexif()[0x013B] == picture.credit
    assert b"<photoshop:Credit>International Secretariat</photoshop:Credit>" in file
    assert len(file) < 800_000
