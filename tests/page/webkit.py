"""WebKitGTK's small browser, driven by WebDriver on a screen that nobody sees.

Playwright's WebKit is a changed one that only its own host has; this one is Debian's.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Keys, WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

PATIENCE_S = 60
"""Of a busy machine; a limit, never a duration that is tested."""

ELEMENTS = {
    "button": "button",
    "slider": "[role=slider], input[type=range]",
    "textbox": "[role=textbox]",
    "log": "[role=log]",
    "table": "table",
    "region": "section, [role=region]",
}
"""Where to look for what has a role; which of them it is, the browser itself says."""


@contextmanager
def screen() -> Iterator[str]:
    """A screen without a monitor; its name, as DISPLAY has it."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout
        try:
            yield f":{server.stdout.readline().decode().strip()}"
        finally:
            server.terminate()


@contextmanager
def start_webkit(driver: str) -> Iterator[WebKitGTK]:
    """The browser, started by this driver program; gone afterwards with all its processes."""
    with screen() as display:
        # Without a graphics card, compositing takes most of what a small machine has.
        environment = os.environ | {"DISPLAY": display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        if os.geteuid() == 0:  # WebKit refuses its sandbox to root
            environment["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
        browser = WebKitGTK(service=Service(driver, env=environment))
        try:
            yield browser
        finally:
            browser.quit()


class WebKitLab:
    """The lab as a person finds it: everything by its role and accessible name."""

    def __init__(self, browser: WebKitGTK) -> None:
        self.browser = browser

    def open(self, url: str) -> "WebKitLab":
        self.browser.get("about:blank")
        self.browser.get(url)
        return self.wait_for("Ready")

    def wait_for(self, words: str) -> "WebKitLab":
        """Wait until the status says this."""
        self.until(lambda: words in self.status, f"the status says {words!r}")
        return self

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        def answer(_: WebKitGTK) -> bool:
            return is_so()

        changing = [NoSuchElementException, StaleElementReferenceException]
        wait = WebDriverWait(self.browser, PATIENCE_S, ignored_exceptions=changing)
        wait.until(answer, f"{what}; the status says {self.status!r}")

    def find(self, role: str, name: str) -> WebElement:
        """The one element with this role and a name that begins so."""
        found = [
            element
            for element in self.browser.find_elements(By.CSS_SELECTOR, ELEMENTS[role])
            if element.is_displayed()
            and element.aria_role == role
            and element.accessible_name.startswith(name)
        ]
        if len(found) != 1:
            raise NoSuchElementException(f"{len(found)} times {role} {name!r}")
        return found[0]

    @property
    def status(self) -> str:
        """What all that has this role says; "" as long as nothing is there."""
        said = self.browser.find_elements(By.CSS_SELECTOR, "[role=status]")
        return " ".join(str(one.get_property("innerText")) for one in said)

    @property
    def output(self) -> str:
        return self.find("log", "Output").text

    def press(self, button: str) -> None:
        self.until(lambda: self.find("button", button).is_enabled(), f"{button} can be pressed")
        self.find("button", button).click()

    def write(self, source: str) -> None:
        """Replace the program's text by one without indentation, which the editor adds itself."""
        program = self.find("textbox", "Program")
        program.click()
        program.send_keys(Keys.CONTROL + "a" + Keys.NULL + Keys.DELETE)
        program.send_keys(source.replace("\n", Keys.ENTER))

    def run(self, source: str, ending: str = "Finished") -> None:
        self.write(source)
        self.press("Run")
        self.wait_for(ending)

    def position(self) -> str:
        """As the slider says it: "step 1 of 3, line 1"."""
        return self.find("slider", "Step").get_attribute("aria-valuetext") or ""

    def go(self, key: str, position: str) -> None:
        """Press a key on the slider and wait until it says this."""
        self.find("slider", "Step").send_keys(key)
        self.until(lambda: self.position() == position, f"the slider says {position!r}")

    def rows(self) -> list[list[str]]:
        """The cells of the table of objects at the present step."""
        rows = self.find("table", "Objects").find_elements(By.CSS_SELECTOR, "tbody tr")
        return [
            [cell.text.strip() for cell in row.find_elements(By.CSS_SELECTOR, "td, th")]
            for row in rows
        ]
