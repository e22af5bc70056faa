"""The graph under a reader's hand: folds, search, kinds, neighbourhood, zoom; the table sorted."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.page

PILED = """
class Box:
    def __init__(self, inner):
        self.inner = inner

class Item:
    pass

kept = []
for i in range(150):
    x = Box(Item())
    kept.append(x)
last = None
"""

TREE = """
class Node:
    def __init__(self, *parts):
        self.parts = list(parts)

leaf = Node()
twig = Node(leaf)
branch = Node(twig)
trunk = Node(branch)
root = Node(trunk)
far = Node()
done = True
"""


def nodes(lab: LabPage) -> Locator:
    return lab.graph.locator("svg.g").get_by_role("button")


def test_what_does_not_fit_folds_and_a_fold_opens(lab: LabPage) -> None:
    lab.run_source(PILED)
    fold = lab.graph.get_by_role("button", name=re.compile("^Fold of"))
    expect(fold).to_have_count(1)
    folded = int(re.search(r"(\d+) objects", fold.get_attribute("aria-label") or "")[1])  # type: ignore[index]
    drawn = nodes(lab).count() - 1
    assert folded + drawn == 300
    newest = lab.graph.get_by_role("button", name=re.compile(r"Box#150\b"))
    expect(newest).to_be_visible()
    fold.click()
    expect(nodes(lab)).not_to_have_count(drawn + 1)
    assert nodes(lab).count() > drawn + 1
    lab.graph.get_by_role("button", name="Fold again").click()
    expect(nodes(lab)).to_have_count(drawn + 1)


def test_positions_stay_while_time_moves(lab: LabPage) -> None:
    lab.run_source(PILED)
    seen: dict[str, str] = {}
    lab.press("Home")
    for _ in range(40):
        lab.page.keyboard.press("ArrowRight")
        places = lab.graph.locator("svg.g g.node").evaluate_all(
            "all => all.map(g => [g.querySelector('title').textContent,"
            " g.getAttribute('transform')])"
        )
        for label, place in places:
            assert seen.setdefault(label, place) == place
    assert len(seen) > 12


def test_search_goes_from_one_match_to_the_next(lab: LabPage) -> None:
    lab.run_source(TREE)
    lab.page.keyboard.press("Escape")
    lab.slider.focus()
    lab.page.keyboard.press("/")
    field = lab.page.get_by_role("searchbox", name="Find an object")
    expect(field).to_be_focused()
    field.fill("t")  # twig, trunk, root
    expect(lab.graph.get_by_text("3 matches")).to_be_visible()
    field.press("Enter")
    expect(lab.inspector).to_contain_text("twig")
    field.press("Enter")
    expect(lab.inspector).to_contain_text("trunk")
    expect(lab.graph.get_by_text("2 of 3")).to_be_visible()
    field.press("Escape")
    expect(field).to_have_count(0)


def test_a_mouse_searches_too(lab: LabPage) -> None:
    lab.run_source(TREE)
    search = lab.graph.get_by_role("search")
    lab.graph.get_by_role("button", name="Search objects").click()
    lab.page.keyboard.type("t")  # the field has the focus at once: T is no key of the page here
    for button, found in (
        ("Next match", "twig"),
        ("Next match", "trunk"),
        ("Previous match", "twig"),
    ):
        search.get_by_role("button", name=button).click()
        expect(lab.inspector).to_contain_text(f"({found}) is alive")
    search.get_by_role("searchbox").fill("no such thing")
    expect(search).to_contain_text("none alive")
    search.get_by_role("button", name="Close").click()
    expect(search).to_have_count(0)


def test_a_mouse_goes_from_graph_to_table_and_chooses_there(lab: LabPage) -> None:
    lab.run_source(TREE)
    lab.graph.get_by_role("button", name="Show as table").click()
    expect(lab.graph.locator("svg.g")).to_have_count(0)
    lab.table.get_by_role("rowheader", name="twig").get_by_role("button").click()
    expect(lab.inspector).to_contain_text("Node#2 (twig) is alive")
    lab.graph.get_by_role("button", name="Show as graph").click()
    node = lab.graph.get_by_role("button", name=re.compile(r"\bNode#2\b"))
    expect(node).to_have_attribute("aria-pressed", "true")
    lab.graph.locator(".canvas").click(position={"x": 5, "y": 5})  # on nothing
    expect(node).to_have_attribute("aria-pressed", "false")


def test_a_kind_can_be_hidden_in_graph_and_table(lab: LabPage) -> None:
    lab.choose(r"^7\b")
    lab.run()
    lab.go_to_step(lab.position()[0] - 1)
    all_rows = len(lab.objects())
    arrays = len(lab.objects(type="ndarray"))
    assert 0 < arrays < all_rows
    chip = lab.graph.locator(".legend").get_by_role("button", name=re.compile("^ndarray"))
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(lab.graph.locator("svg.g .array")).to_have_count(0)
    assert len(lab.objects()) == all_rows - arrays
    chip.click()
    assert len(lab.objects()) == all_rows


def test_only_what_is_near_the_chosen_object(lab: LabPage) -> None:
    lab.run_source(TREE)
    expect(nodes(lab)).to_have_count(6)
    lab.inspect("Node#5")
    lab.page.keyboard.press("f")
    expect(nodes(lab)).to_have_count(3)  # root, trunk, branch
    lab.page.keyboard.press("f")
    expect(nodes(lab)).to_have_count(6)


def test_keys_lead_to_what_holds_the_chosen_object_and_to_what_it_holds(lab: LabPage) -> None:
    lab.run_source(TREE)
    lab.inspect("Node#5")
    for key, label in (("]", "Node#4"), ("]", "Node#3"), ("[", "Node#4"), ("[", "Node#5")):
        lab.page.keyboard.press(key)
        chosen = lab.graph.get_by_role("button", name=re.compile(rf"{label}\b"))
        expect(chosen).to_have_attribute("aria-pressed", "true")
    lab.page.keyboard.press("[")  # a name alone holds it
    expect(chosen).to_have_attribute("aria-pressed", "true")
    holds = lab.inspector.locator(".sec").filter(
        has=lab.page.get_by_role("heading", name="What it holds")
    )
    expect(holds).to_contain_text("parts[0]")
    expect(holds).to_contain_text("Node#4")
    lab.page.keyboard.press("Escape")


def test_zoom_by_keys_buttons_and_wheel_leaves_the_page_alone(lab: LabPage) -> None:
    lab.run_source(TREE)
    svg = lab.graph.locator("svg.g")
    width = svg.bounding_box()["width"]  # type: ignore[index]
    lab.slider.focus()
    lab.page.keyboard.press("+")
    expect(lab.graph.get_by_role("button", name="Fit")).to_be_visible()
    assert svg.bounding_box()["width"] > width * 1.2  # type: ignore[index]
    lab.page.keyboard.press("0")
    assert svg.bounding_box()["width"] == pytest.approx(width)  # type: ignore[index]
    lab.graph.get_by_role("button", name="Smaller").click()
    assert svg.bounding_box()["width"] < width  # type: ignore[index]
    lab.graph.get_by_role("button", name="Fit").click()
    svg.hover()
    lab.page.keyboard.down("Control")
    lab.page.mouse.wheel(0, -300)
    lab.page.keyboard.up("Control")
    expect(lab.graph.get_by_role("button", name="Fit")).to_be_visible()
    assert lab.page.evaluate("visualViewport.scale") == 1
    lab.page.keyboard.press("0")


def test_a_mouse_takes_hold_of_what_is_empty_and_lets_nothing_go(lab: LabPage) -> None:
    lab.run_source(TREE)
    lab.inspect("Node#5")
    for _ in range(4):
        lab.page.keyboard.press("+")
    expect(lab.graph.get_by_role("button", name="Fit")).to_be_visible()
    node = lab.graph.get_by_role("button", name=re.compile(r"Node#5\b"))
    pane = lab.graph.locator("svg.g").locator("xpath=..")
    pane.evaluate("pane => pane.scrollTo(100, 100)")
    box, before = pane.bounding_box(), node.bounding_box()
    assert box
    assert before
    x, y = box["x"] + 40, box["y"] + box["height"] - 40
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 60, y - 50, steps=4)
    lab.page.mouse.up()
    after = node.bounding_box()
    assert after
    assert after["x"] - before["x"] == pytest.approx(60, abs=5)
    assert after["y"] - before["y"] == pytest.approx(-50, abs=5)
    expect(node).to_have_attribute("aria-pressed", "true")
    lab.page.keyboard.press("0")


@pytest.mark.parametrize(
    "title", ["Losses that keep", "remembers every step", "flat memory", "thousand deep"]
)
def test_the_graphs_of_a_long_lesson_fit_side_by_side(lab: LabPage, title: str) -> None:
    lab.choose(title)
    lab.run()
    lab.press("End")
    pane = lab.graph.locator("svg.g").locator("xpath=..")
    fits = "pane => pane.scrollWidth <= pane.clientWidth"
    for width in (1440, 1024, 390):
        lab.page.set_viewport_size({"width": width, "height": 900})
        lab.page.wait_for_function(fits, arg=pane.element_handle())  # it follows in a frame
    lab.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize(
    ("title", "name", "between"),
    [("closure that holds", "hooks", "cell#1"), ("cache that outlives", "Model", "_lru_cache_")],
)
def test_objects_hang_from_names_through_what_is_not_drawn(
    lab: LabPage, title: str, name: str, between: str
) -> None:
    lab.choose(title)
    lab.run()
    lab.press("End")
    expect(lab.graph.locator("svg.g .cellt").get_by_text(name, exact=True)).to_be_visible()
    expect(lab.graph.locator("svg.g .via").get_by_text(between).first).to_be_visible()


def test_the_table_sorts_by_any_column(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.after_line(10, 3)
    born = [row.born for row in lab.objects()]
    lab.page.keyboard.press("t")
    head = lab.table.get_by_role("columnheader", name="Bytes")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    sizes = [row.nbytes for row in lab.objects()]
    assert sizes == sorted(sizes)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert [row.nbytes for row in lab.objects()] == sorted(sizes, reverse=True)
    head.get_by_role("button").click()
    assert [row.born for row in lab.objects()] == born
    lab.page.keyboard.press("t")


def test_a_long_table_is_complete_and_draws_what_is_in_sight(lab: LabPage) -> None:
    lab.run_source("class P:\n    pass\nmany = [P() for i in range(2600)]\nlast = 1\n")
    caption = lab.table.get_by_role("caption")
    # So many fold by themselves, into few nodes.
    expect(lab.graph.get_by_role("button", name=re.compile("^Fold of"))).not_to_have_count(0)
    assert nodes(lab).count() < 300
    expect(caption).to_contain_text("of 2,600 objects. The button “Show as table”, or the key T")
    lab.slider.focus()
    lab.page.keyboard.press("t")
    expect(caption).to_have_count(0)
    expect(lab.table).to_have_attribute("aria-rowcount", "2601")
    assert len(lab.objects()) < 400
    last = lab.table.get_by_role("rowheader", name="P#2600")
    expect(last).to_have_count(0)
    lab.page.locator(".tabled").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    expect(last).to_be_visible()
    expect(last.locator("xpath=..")).to_have_attribute("aria-rowindex", "2601")
    # By keys alone the rows go on, too: those beyond the drawn ones come in time.
    lab.table.get_by_role("rowheader").first.get_by_role("button").focus()
    for _ in range(60):
        lab.page.keyboard.press("Shift+Tab")
    rows = lab.table.locator("tbody tr")
    assert int(rows.first.get_attribute("aria-rowindex") or 0) < 2601 - 60
    expect(lab.page.locator(":focus")).to_be_in_viewport()
    lab.table.get_by_role("columnheader", name="Label").get_by_role("button").click()
    lab.page.locator(".tabled").evaluate("pane => pane.scrollTo(0, 0)")
    expect(rows.first).to_contain_text("P#1")
    lab.slider.focus()
    lab.page.keyboard.press("t")


def test_the_shelf_opens_into_lists_that_lead_back(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.choose_outputs("Strong")
    lab.run()
    lab.after_line(10, 6)
    shelf = lab.graph.get_by_role("button", name=re.compile("older islands"))
    shelf.click()
    listed = lab.graph.get_by_role("region", name=re.compile("older islands"))
    expect(listed.get_by_role("listitem")).not_to_have_count(0)
    listed.get_by_role("button", name=re.compile("formed at line 10")).last.click()
    step = lab.position()
    assert step[2] == 10
    expect(lab.graph.get_by_text(re.compile("unreachable island"))).to_be_visible()


def test_older_deaths_are_one_count_that_opens(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.go_to_step(17)
    expect(
        lab.graph.locator("svg.g").get_by_role("button", name=re.compile(", dead"))
    ).to_have_count(11)
    lab.graph.get_by_role("button", name="22 died in earlier steps").click()
    listed = lab.graph.get_by_role("region", name="22 died in earlier steps")
    expect(listed).to_contain_text("Square#1")
    lab.graph.get_by_role("button", name="22 died in earlier steps").click()
    expect(listed).to_have_count(0)


BUILT = """class Node:
    def __init__(self, *children):
        self.children = list(children)
        for child in children:
            child.parent = self


def build(n):
    return Node(build(n - 1), build(n - 1)) if n else Node()


tree = build(2)
both = {"deep": ({tree}, [tree, tree])}
"""


def numbers(text: str) -> list[int]:
    """Of "1-3, 5" with the dash of ranges."""
    found = []
    for part in text.split(", "):
        first, _, last = part.partition("\N{EN DASH}")
        found += range(int(first), int(last or first) + 1)
    return found


def test_items_of_a_bill_are_numbered_edges_in_any_call_and_container(lab: LabPage) -> None:
    """Calls within calls, C code, unfinished expressions, containers in containers."""
    lab.run_source(BUILT)
    for line, time, label in (
        (3, 3, "Node#1"),
        (3, -1, "Node#6"),
        (4, -2, "Node#7"),
        (13, 1, "Node#7"),
    ):
        lab.after_line(line, time)
        lab.inspect(label)
        bill = lab.inspector.locator("ol > li:not(.w) .op").all_inner_texts()
        expect(lab.inspector.locator(".big")).to_have_text(str(len(bill)))
        drawn = [
            n
            for text in lab.graph.locator("svg.g .itemt").all()
            for n in numbers(text.text_content() or "")
        ]
        assert sorted(drawn) == [int(n) for n in bill], (line, time, label)
        said = lab.page.locator(".say")
        expect(said).not_to_contain_text("(C)")
        expect(said).not_to_contain_text("(temporary)")
        lab.page.keyboard.press("Escape")
    lab.after_line(9, 1)
    expect(lab.page.locator(".say")).to_contain_text("build hands Node#1 to its caller.")
