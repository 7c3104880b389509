"""How templates are filled in: what is escaped, what is drawn once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError, pass_context, pass_environment, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.web import templates
from app.web.templates import escaped


def _draw(app: Flask, source: str, **values: Any) -> str:
    return app.jinja_env.from_string(source).render(**values)


class Knowing:
    """Something that knows how it is written in a page."""

    def __html__(self) -> str:
        return "<b>"


@given(st.text(alphabet=st.sampled_from("a<>&\"'é \n\0")) | st.text())
def test_any_text_is_escaped_as_markupsafe_does(text: str) -> None:
    assert escaped(text) == escape(text)
    assert escaped(Markup(text)) == text


@pytest.mark.parametrize("value", [None, 3, 2.5, True, Knowing(), ["<", Markup("<")]])
def test_whatever_else_is_escaped_as_markupsafe_does(value: Any) -> None:
    assert escaped(value) == escape(value)


def test_a_page_escapes_what_it_shows_once(app: Flask) -> None:
    source = (
        "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}"
        "{% set kept %}<i>{{ text }}</i>{% endset %}"
        "{{ text }}{{ bold(text) }}{{ kept }}{{ markup }}{{ text ~ markup }}"
    )
    drawn = _draw(app, source, text="<&", markup=Markup("<hr>"))
    assert drawn == "&lt;&amp;<b>&lt;&amp;</b><i>&lt;&amp;</i><hr>&lt;&amp;<hr>"


def test_what_is_not_defined_is_a_fault(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        _draw(app, "{{ nothing }}")


def test_a_fragment_is_drawn_once_for_each_key(app: Flask) -> None:
    source = "{% for one in them %}{% once one %}<b>{{ one }}{{ count() }}</b>{% endonce %} {% endfor %}"
    template, drawn = app.jinja_env.from_string(source), []

    def count() -> str:
        drawn.append(1)
        return "<"

    first = template.render(them=["a", "&", "a"], count=count)
    assert first == "<b>a&lt;</b> <b>&amp;&lt;</b> <b>a&lt;</b> "
    assert template.render(them=["&", "b"], count=count) == "<b>&amp;&lt;</b> <b>b&lt;</b> "
    assert len(drawn) == 3


def test_two_places_keep_their_own(app: Flask) -> None:
    template = app.jinja_env.from_string("{% once 1 %}a{% endonce %}{% once 1 %}b{% endonce %}")
    assert template.render() == template.render() == "ab"
    assert _draw(app, "{% once 1 %}c{% endonce %}") == "c"


def test_memory_stays_within_its_bound(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "MOST", 3)
    template = app.jinja_env.from_string("{% once key %}{{ key }}{% endonce %}")
    assert [template.render(key=key) for key in range(9)] == [str(key) for key in range(9)]
    once = app.jinja_env.extensions["app.web.templates.Once"]
    assert 1 <= len(once._kept[max(once._kept)]) <= 3  # of the place compiled last


def test_nothing_is_kept_while_templates_may_change(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.jinja_env, "auto_reload", True)
    template = app.jinja_env.from_string("{% once 1 %}{{ word }}{% endonce %}")
    assert [template.render(word=word) for word in "ab"] == ["a", "b"]


def test_a_sentence_is_filled_with_values_that_are_escaped(app: Flask) -> None:
    source = "{{ sentence | fill(credit=credit, size=size) }}"
    values = {"credit": "<A&B>", "size": Markup("<b>6</b>")}
    assert _draw(app, source, sentence=Markup("<i>%(credit)s</i>, 100%% of %(size)s"), **values) == (
        "<i>&lt;A&amp;B&gt;</i>, 100% of <b>6</b>"
    )
    assert _draw(app, source, sentence="<i>%(credit)s%(size)s", **values) == (
        "&lt;i&gt;&lt;A&amp;B&gt;<b>6</b>"
    )


class Greeting:
    """Something that can be called, and wants to know who asks."""

    @pass_context
    def __call__(self, context: Context, name: str) -> str:
        return f"{context['greeting']} {name}"


def test_a_function_is_called_with_what_it_wants_to_be_told_besides(app: Flask) -> None:
    @pass_eval_context
    def escapes(context: EvalContext) -> str:
        return "yes" if context.autoescape else "no"

    @pass_environment
    def finds(environment: Environment, name: str) -> str:
        return environment.get_template(name).name

    source = (
        "{% macro twice(text) %}{{ text }}{{ text }}{% endmacro %}"
        "{{ twice('a') }} {{ greet('you') }} {{ escapes() }} {{ finds('layouts/base.html') }} {{ 'b'.upper() }}"
        " {{ kind('7') }}"
    )
    values = {"greeting": "Hello", "greet": Greeting(), "escapes": escapes, "finds": finds, "kind": int}
    assert _draw(app, source, **values) == "aa Hello you yes layouts/base.html B 7"
    with pytest.raises(UndefinedError):
        _draw(app, "{{ nobody('a') }}")
