"""How templates are found and filled in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping
from itertools import count
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import StrictUndefined, Template, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

MOST = 200  # fragments kept of one place in a template


def escaped(value: Any) -> str:
    """Return ``value`` for a page, escaped unless it is markup.

    A template joins it with the rest at once, so it need not become markup of its own before: that
    took most of the time of ``escape``, which a page needs two hundred times.
    """
    kind = type(value)
    if kind is Markup:
        return value
    if kind is int:
        return str(value)
    if kind is str and not ("<" in value or "&" in value or '"' in value or "'" in value or ">" in value):
        return value
    return escape(value)


def fill(sentence: str, /, **values: Any) -> Markup:
    """Return ``sentence`` with ``values`` in its holes, all of it escaped unless it is markup."""
    ready = {name: escaped(value) for name, value in values.items()}
    return Markup(str.__mod__(escaped(sentence), ready))  # noqa: S704


class Page(Template):
    """A template that escapes by ``escaped``."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> Template:
        """Return the template of compiled ``code``."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escaped
        return template

    def _get_default_module(self, ctx: Any = None) -> Any:
        """Return what can be imported from here, made once: every template's globals are the same.

        Jinja compares the names of both at each import, and we have a hundred.
        """
        return super()._get_default_module() if self._module is None else self._module


FUNCTIONS = (Macro, FunctionType, MethodType, BuiltinMethodType)
OF_A_MACRO = Macro.__call__.jinja_pass_arg  # type: ignore[attr-defined]


class QuickCalls(Context):
    """A template's variables, which calls functions without asking three times what they want to be told besides."""

    def call(self, obj: Any, /, *args: Any, **named: Any) -> Any:
        """Return what ``obj`` answers, as Jinja's own does."""
        kind = type(obj)
        wanted = OF_A_MACRO if kind is Macro else getattr(obj, "jinja_pass_arg", None)
        if wanted is OF_A_MACRO:
            args = (self.eval_ctx, *args)
        elif wanted is not None or kind not in FUNCTIONS:
            return super().call(obj, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return obj(*args, **named)


class PlainGlobals(Environment):
    """Templates whose globals are one dictionary.

    Jinja chains two, so that globals may still be added; each ``{% from … import %}`` of a page then
    compares their names one by one in Python, which took a fifth of the time of a page. Ours are all
    there before the first template is read.
    """

    template_class = Page
    context_class = QuickCalls

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._found: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return the template called ``name``: from memory, without asking its loader, once it was found."""
        if isinstance(name, str) and globals is None and not self.auto_reload:
            found = self._found.get(name)
            if found is None:
                found = self._found[name] = super().get_template(name, parent)
            return found
        return super().get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: the newsroom's, and its own ``d``."""
        return {**self.globals, **(d or {})}


class Once(Extension):
    """``{% once key %}…{% endonce %}``: drawn once for each ``key``, and kept.

    For what is the same on every page: the key must hold all that the fragment is made of, in values
    that tell each other apart. Nothing is kept while templates may change under us.
    """

    tags = {"once"}

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._places = count()
        self._kept: dict[int, dict[Hashable, str]] = {}
        environment.filters["kept_of"] = self._find  # a filter is called directly, a method by three others

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Make the tag "what is kept, or else what it encloses, kept from now on"."""
        line = next(parser.stream).lineno
        place = next(self._places)
        self._kept[place] = {}
        key = parser.parse_tuple()
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        kept = parser.free_identifier()
        draw = nodes.CallBlock(self.call_method("_keep", [nodes.Const(place), key]), [], [], body)
        either = nodes.If(kept, [nodes.Output([kept])], [], [draw])
        find = nodes.Filter(key, "kept_of", [nodes.Const(place)], [], None, None)
        return [node.set_lineno(line) for node in (nodes.Assign(kept, find), either)]

    def _find(self, key: Hashable, place: int) -> str | None:
        return self._kept[place].get(key)

    def _keep(self, place: int, key: Hashable, caller: Callable[[], str]) -> str:
        drawn, kept = caller(), self._kept[place]
        if not self.environment.auto_reload:
            if len(kept) >= MOST:
                kept.clear()  # more than pages have in common: somebody tries every filter
            kept[key] = drawn
        return drawn


def init_templates(app: Flask) -> None:
    """Let ``app``'s templates fail on what is not defined, and stay tidy."""
    app.jinja_environment = PlainGlobals  # type: ignore[method-assign, assignment]
    # All of them stay: to note which was used last takes longer than to find it.
    app.jinja_options = {**app.jinja_options, "cache_size": -1}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Once)
    app.jinja_env.filters["fill"] = fill
