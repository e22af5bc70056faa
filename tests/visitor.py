"""A visitor of the site in a browser, who notices what a page must not do."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

from site_server import Site

POLICY = "The page\u2019s settings blocked"
"""How Firefox begins to tell that a policy was held up, which to it is an error in a script."""

NO_SERVICE_WORKERS = """
Object.defineProperty(Navigator.prototype, "serviceWorker",
                      {configurable: true, get: () => undefined});
"""
"""As in a window of some browsers that keeps nothing."""


class Watch:
    """What a browser context does that it must not."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.faults: list[str] = []
        self.console: list[str] = []
        context.on("console", lambda m: m.type == "error" and self.console.append(m.text))
        context.on("weberror", lambda e: self._uncaught(str(e.error)))
        context.on("request", lambda request: self._check(request.url, origin))

    def _uncaught(self, words: str) -> None:
        if words.startswith(POLICY):
            self.console.append(words)
        else:
            self.faults.append(f"uncaught: {words}")

    def _check(self, url: str, origin: str) -> None:
        if not url.startswith((f"{origin}/", f"blob:{origin}/", "blob:null/", "data:", "about:")):
            self.faults.append(f"request to another origin: {url}")

    def verify(self, *, console_errors: bool = False) -> None:
        """Fail the test that had the page."""
        faults = self.faults + ([] if console_errors else [f"console: {t}" for t in self.console])
        assert not faults, "\n".join(faults)


@contextmanager
def visitor(
    browser: Browser,
    site: Site,
    *,
    console_errors: bool = False,
    offline: bool = False,
    phone: bool = False,
) -> Iterator[Page]:
    """A blank page of a visitor without a past; on leaving, fails if the page went wrong.

    With `offline` the site may keep itself for a visit without a network, which costs a second.
    With `phone` the visitor has fingers, and Chromium.
    """
    permissions = ["clipboard-read", "clipboard-write"]
    small = {"has_touch": True, "is_mobile": True} if phone else {}
    context = browser.new_context(
        viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
        permissions=permissions if browser.browser_type.name == "chromium" else [],
        **small,
    )
    if not offline:
        context.add_init_script(NO_SERVICE_WORKERS)
    watch = Watch(context, site.origin)
    try:
        yield context.new_page()
    finally:
        context.close()
    watch.verify(console_errors=console_errors)
