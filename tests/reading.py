"""Pages read as a browser reads them, for Beautiful Soup: by Lexbor, which keeps the HTML standard and takes no time.

Thousands of pages are read in a run. html5lib, which is Beautiful Soup's own way to that standard and is written in
Python, took a fifth of all; the parsers of libxml2 and of Python are quick and read what is broken in other ways.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Comment, Doctype, NavigableString
from bs4.builder import HTMLTreeBuilder
from selectolax.lexbor import LexborHTMLParser

HTML = "http://www.w3.org/1999/xhtml"
FOREIGN = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
BACK = {"foreignObject", "desc", "title", "annotation-xml"}  # inside of which HTML is HTML again


def read(html: str) -> BeautifulSoup:
    """Return ``html`` as the tree that a browser makes of it."""
    return BeautifulSoup(html, builder=_Lexbor)


class _Lexbor(HTMLTreeBuilder):
    """Beautiful Soup's side of it: told of each node, in the order of the document."""

    NAME = "lexbor"
    features = (NAME,)
    DEFAULT_STRING_CONTAINERS = {}  # text is text, in a script as well

    def prepare_markup(self, markup: Any, *args: Any, **kwargs: Any) -> Any:
        """Give the text as it is."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Tell the soup what is in ``markup``."""
        document = LexborHTMLParser(markup)
        if markup.lstrip()[:9].lower() == "<!doctype":
            self._leaf("html", Doctype)
        self._tell(document.root, HTML)

    def test_fragment_to_document(self, fragment: str) -> str:
        """Return ``fragment`` as it stands in a document."""
        return f"<html><head></head><body>{fragment}</body></html>"

    def _leaf(self, text: str, kind: type) -> None:
        self.soup.endData()
        self.soup.handle_data(text)
        self.soup.endData(kind)

    def _tell(self, node: Any, namespace: str) -> None:
        if node.is_text_node:
            self.soup.object_was_parsed(NavigableString(node.text_content))  # spaces and all
        elif node.is_comment_node:
            self._leaf(node.comment_content, Comment)
        elif node.is_element_node:
            name = node.tag
            namespace = FOREIGN.get(name, namespace)
            known = {key: "" if value is None else value for key, value in node.attributes.items()}
            self.soup.handle_starttag(name, namespace, None, known)
            inside = HTML if name in BACK else namespace
            for parent in (node, *(node.template_fragments() if name == "template" else ())):
                child = parent.first_child
                while child is not None:
                    self._tell(child, inside)
                    child = child.next
            self.soup.handle_endtag(name)
