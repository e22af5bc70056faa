"""A runtime whose objects are laid out otherwise: the probe outside is refused, Python records."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Page, Route, expect

from site_server import Site

READS = re.compile(r"return this\.module\.HEAPU32\[(\w+)>>>2\]")
"""The probe's reading of a word, as it is built."""
ROW_7 = """from livegrad import Variable
from livegrad.functions import square
import numpy as np
x = Variable(np.array(2.0))
y = square(x)
y = None
print("done")
"""


@pytest.fixture
def other_runtime(page: Page) -> Page:
    """To the probe each structure of this runtime has its words one further than it looks."""

    def moved(route: Route) -> None:
        response = route.fetch()
        other, found = READS.subn(r"return this.module.HEAPU32[(\1>>>2)+1]", response.text())
        assert found == 1
        route.fulfill(response=response, body=other)

    page.route("**/assets/_virtual_box-*.js", moved)
    return page


def test_the_python_probe_takes_over_and_the_page_says_so(other_runtime: Page, site: Site) -> None:
    lab = LabPage(other_runtime).open(site.url).wait_for_python()
    lab.run_source(ROW_7)
    expect(lab.output).to_contain_text("done")
    by = re.compile("It was recorded by Python code: collections come at")
    expect(lab.status).to_have_accessible_description(by)
    console = lab.page.get_by_role("region", name="Console", exact=True)
    expect(console).to_contain_text("not recorded: Python code recorded this program")
    console.get_by_role("textbox").fill("x.data + 1")
    console.get_by_role("textbox").press("Enter")
    expect(console).to_contain_text("3.0")
    expect(console).to_contain_text("_ holds a float64")
    lab.press("End")
    assert {row.died for row in lab.objects(type="Square")} == {6}
    assert lab.only(name="x").count == 1
