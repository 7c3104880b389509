"""Typography of three languages: what is put right, and what is left alone. "~" is U+00A0 here and "_" is U+202F."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.typography import put_right, put_right_runs
from tests.ground.honest import BODIES

FRENCH = {
    "L'OTAN n'a qu'un but": "L’OTAN n’a qu’un but",
    "aujourd`hui, l´été, lʼaide": "aujourd’hui, l’été, l’aide",
    "d'11 pays, qu'\"Europe\"": "d’11 pays, qu’«_Europe_»",
    'Il a dit "oui".': "Il a dit «_oui_».",
    'Il a dit " oui ".': "Il a dit «_oui_».",
    '"Oui", "non" et ("peut-être")': "«_Oui_», «_non_» et («_peut-être_»)",
    '"Il a dit "oui" hier"': "«_Il a dit “oui” hier_»",
    '« Il a dit "oui" hier »': "«_Il a dit “oui” hier_»",
    "«Oui» et «  non  »": "«_Oui_» et «_non_»",
    "Quoi! Qui ? Où; là ;": "Quoi_! Qui_? Où_; là_;",
    "Quoi?! Non... (vraiment?)": "Quoi_?! Non… (vraiment_?)",
    "Il y en a : deux, à savoir:": "Il y en a~: deux, à savoir~:",
    "« Oui! »": "«_Oui_!_»",
    "5% ou 5 % de 12 870 €": "5~% ou 5~% de 12_870~€",
    "1 234 567 habitants": "1_234_567 habitants",
    "3 km, 155 mm, 2 t, 20 °C, 15 h 30": "3~km, 155~mm, 2~t, 20~°C, 15~h~30",
    "5 milliards d'euros": "5~milliards d’euros",
    "loi n° 12": "loi n°~12",
    "de 2014-2020, du 12-14 mars, 5-10 %": "de 2014–2020, du 12–14 mars, 5–10~%",
    "de 9h00-12h30": "de 9h00–12h30",
    "Bruxelles - Paris": "Bruxelles – Paris",
    "(!) et [?]": "(!) et [?]",
    "en 2025 l’Alliance s’est réunie, en 2025 s’ouvre": "en 2025 l’Alliance s’est réunie, en 2025 s’ouvre",
}
ENGLISH = {
    "It's the Allies' plan, isn't it?": "It’s the Allies’ plan, isn’t it?",
    "the '90s and the 1990's; 'tis": "the ’90s and the 1990’s; ’tis",
    'She said "yes".': "She said “yes”.",
    '"Yes", she said ("no").': "“Yes”, she said (“no”).",
    "\"He said 'yes' twice\"": "“He said ‘yes’ twice”",
    "He said 'yes'.": "He said ‘yes’.",
    '"He said "yes" twice"': "“He said ‘yes’ twice”",
    '“He said "yes"”': "“He said ‘yes’”",
    "Really ? Yes ! Note : this ; that": "Really? Yes! Note: this; that",
    "5 % of 12,870": "5% of 12,870",
    "155 mm, 5 million, 12 km": "155~mm, 5~million, 12~km",
    "12 870 stays": "12 870 stays",
    "1914-1918, 3-5 May, 10-15%": "1914–1918, 3–5 May, 10–15%",
    "one - two -- three": "one – two – three",
    "and so on...": "and so on…",
}
UKRAINIAN = {
    "п'ять об`єктів, сімʼя, пам‘ять": "п’ять об’єктів, сім’я, пам’ять",
    'Він сказав: "так".': "Він сказав: «так».",
    '"Це "нова" сторінка"': "«Це „нова“ сторінка»",
    '«Це "нова" сторінка»': "«Це „нова“ сторінка»",
    "« так » і «  ні »": "«так» і «ні»",
    "Справді ? Так ! Ось ; там : тут": "Справді? Так! Ось; там: тут",
    "5% або 5 % від 12 870 грн": "5~% або 5~% від 12~870~грн",
    "5 млн, 3 км, 2025 р., № 5": "5~млн, 3~км, 2025~р., №~5",
    "Київ - столиця": "Київ~— столиця",
    "Київ – столиця, Київ — столиця": "Київ~– столиця, Київ~— столиця",
    "2014-2020 роки, 3-5 травня": "2014–2020 роки, 3–5 травня",
    "і так далі...": "і так далі…",
    "з дому, в Україні, у Львові": "з дому, в Україні, у Львові",
}
CASES = [
    (language, before, after)
    for language, table in (("fr", FRENCH), ("en", ENGLISH), ("uk", UKRAINIAN))
    for before, after in table.items()
]

# Nothing of these changes, in any of the three languages.
LEFT_ALONE = [
    "https://example.org/a;b?c=d!e:f'g\"h",
    "https://example.org/2014-2020/5%20a",
    "www.example.org/l'heure",
    "o'brien@example.org",
    "15:00",
    "9:05",
    "16:9",
    "report_2014-2020.pdf",
    "C:\\files",
    "F-16",
    "2025-12-03",
    "978-2-07-036822-8",
    "+32 2 707 41 11",
    "+1 202 555 010 000",
    "(2025) 148",
    "1er",
    "3rd",
    "5-3",
    "555-1234",
    "12-34-56",
    "15\" ",
    "5'10\"",
    "10.0.0.1",
    "1,234.5",
    "...... ",
    "-5",
    "a=b;c",
    "::",
    ":-)",
    ";)",
    "\"",
    "'",
    "ꙮ\u2003ꙮ",
]  # fmt: skip


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(("language", "before", "after"), CASES)
def test_is_put_right(language: str, before: str, after: str):
    right = put_right(before, language)

    assert shown(right) == after
    assert put_right(right, language) == right


@pytest.mark.parametrize("text", LEFT_ALONE)
@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_is_left_alone(text: str, language: str):
    assert put_right(text, language) == text
    assert put_right(f"mot {text.strip()} mot", language) == f"mot {text.strip()} mot"


def test_another_language_is_left_alone():
    assert put_right('"l\'été" ! ...', "de") == '"l\'été" ! ...'


@pytest.mark.parametrize(
    ("runs", "after"),
    [
        (['Il a dit "', "oui", '".'], ["Il a dit «_", "oui", "_»."]),
        (["l'", "Alliance", " !"], ["l’", "Alliance", "_!"]),
        (["Non", "!"], ["Non", "_!"]),
        (["«", "oui", "»"], ["«_", "oui", "_»"]),
        (["5", "%"], ["5", "~%"]),
        (['"', '"oui"', '"'], ["«_", "“oui”", "_»"]),
        (["un\n", "- deux"], ["un\n", "- deux"]),
        (["", "oui", "", " ?"], ["", "oui", "", "_?"]),
    ],
)
def test_runs_are_read_as_one(runs: list[str], after: list[str]):
    assert [shown(text) for text in put_right_runs([(text, "fr") for text in runs])] == after


def test_each_run_is_put_right_in_its_own_language():
    runs = [('Il dit "', "fr"), ('"yes" !', "en"), ('" : ', "fr"), ("„so“ !", "de"), (" п'ять", "uk")]
    assert [shown(text) for text in put_right_runs(runs)] == [
        "Il dit «_",
        "“yes”!",
        "_»~: ",
        "„so“ !",
        " п’ять",
    ]


TEXT = st.text(
    st.one_of(
        st.sampled_from("aé яї1 5\u00a0\u202f\"'«»“”„’‘.,;:!?%€-–—()/@#…ꙮ\n"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@settings(max_examples=1000)
@given(TEXT, st.sampled_from(["fr", "en", "uk"]))
def test_twice_is_the_same_as_once(text: str, language: str):
    once = put_right(text, language)
    assert put_right(once, language) == once


@settings(max_examples=500)
@given(TEXT, st.sampled_from(["fr", "en", "uk"]))
def test_letters_and_digits_never_change(text: str, language: str):
    changed = put_right(text, language)
    assert re.findall(r"\w", changed.replace("ʼ", "")) == re.findall(r"\w", text.replace("ʼ", ""))


@settings(max_examples=300)
@given(st.lists(st.tuples(TEXT, st.sampled_from(["fr", "en", "uk", "de"])), max_size=5))
def test_cut_into_runs_nothing_is_lost(runs: list[tuple[str, str]]):
    texts = put_right_runs(runs)
    assert len(texts) == len(runs)
    for (before, language), after in zip(runs, texts, strict=True):
        if language == "de":
            assert after == before
    if {language for _, language in runs} == {"fr"}:
        assert "".join(texts) == put_right("".join(text for text, _ in runs), "fr")


@pytest.mark.parametrize(("language", "body"), BODIES)
def test_honest_words_do_not_change(language: str, body: str):
    text = re.sub("<[^>]+>", " ", body)
    assert re.findall(r"\w+", put_right(text, language)) == re.findall(r"\w+", text)
