"""What people do in the editor, and what comes of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.journeys.editor_page import TITLES, EditorPage

PASTE = """(text, [html, plain, file]) => {
    const data = new DataTransfer();
    if (html !== null) data.setData("text/html", html);
    if (plain !== null) data.setData("text/plain", plain);
    if (file) data.items.add(new File(["x"], "photo.png", { type: "image/png" }));
    text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

# Browsers tell pages of a new selection a moment later, and not while another is being set.
SELECT = """([words, start, end]) => {
    const text = document.querySelector(".editor__text");
    const first = text.textContent.indexOf(words);
    const place = (at, isBehind) => {
        const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        let read = 0;
        while (nodes.nextNode()) {
            const inside = first + at - read;
            if (isBehind ? inside <= nodes.currentNode.length : inside < nodes.currentNode.length) {
                return [nodes.currentNode, inside];
            }
            read += nodes.currentNode.length;
        }
    };
    const [from, to] = [place(start, start === end && start > 0), place(end, end > 0)];
    const { state, view } = text.editor;
    if (state.selection.from === view.posAtDOM(...from) && state.selection.to === view.posAtDOM(...to)) return true;
    getSelection().setBaseAndExtent(...from, ...to);
    return false;
}"""


class EditorSteps:
    """The editor on ``page``, opened with ``body``, a stored text in ``language``."""

    def __init__(self, page: Page, site: EditorPage, body: str = "", language: str = "en") -> None:
        self.page = page
        self.site = site
        site.body = body
        page.goto(f"{site.base}/{language}")
        self.text: Locator = page.get_by_role("textbox", name=TITLES[language], exact=True)

    @property
    def body(self) -> str:
        """What the form would send now."""
        return self.page.evaluate("new FormData(document.forms[0]).get('body')")

    @property
    def status(self) -> str:
        """What was told last."""
        return self.page.locator(".editor__message [role=status]").inner_text()

    def button(self, name: str) -> Locator:
        """Return the button called ``name`` of one of the toolbars or panels."""
        return self.page.locator(".editor").get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        """Return the field called ``label`` of a row or panel."""
        return self.page.locator(".editor").get_by_label(label, exact=True).filter(visible=True)

    def press(self, *keys: str) -> None:
        """Press one key after the other, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type at the cursor."""
        self.page.keyboard.type(text)

    def to_end(self) -> None:
        """Put the cursor behind the last letter of the text."""
        self.text.focus()
        self.press("Control+End")

    def choose(self, words: str) -> None:
        """Choose ``words``, and wait until the editor knows."""
        self._select(words, 0, len(words))

    def put_cursor(self, words: str, at: int = 0) -> None:
        """Put the cursor ``at`` letters behind the beginning of ``words``, and wait until the editor knows."""
        self._select(words, at, at)

    def _select(self, words: str, start: int, end: int) -> None:
        self.text.focus()
        self.page.wait_for_function(SELECT, arg=[words, start, end])

    def paste(self, html: str | None = None, plain: str | None = None, *, file: bool = False) -> None:
        """Paste what another program put on the clipboard."""
        self.text.evaluate(PASTE, [html, plain, file])

    def save(self) -> str:
        """Press "Save"; return the body that the server got."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.wait_for_load_state()
        return self.site.posted[-1]["body"]
