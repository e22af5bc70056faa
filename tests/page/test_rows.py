"""Every row of the truth table (design, section 4) as a reader sees it on the page."""

import re
from collections.abc import Callable

import pytest
from lab_page import LabPage
from playwright.sync_api import expect

pytestmark = pytest.mark.page


@pytest.fixture
def ran(lab: LabPage) -> Callable[[int], LabPage]:
    """Choose the example of a row and run it."""

    def run(row: int) -> LabPage:
        lab.choose(rf"^{row}\b")
        lab.run()
        return lab

    return run


def test_row_1_three_ways_a_count_rises_and_each_holder_is_named(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(1)
    counts = {}
    for line in (9, 10, 6, 11, 13, 14, 15):
        lab.after_line(line)
        counts[line] = lab.only(type="Variable").count
    assert counts == {9: 1, 10: 2, 6: 3, 11: 2, 13: 3, 14: 2, 15: 1}
    lab.after_line(6)
    bill = lab.inspect("Variable#1")
    expect(bill).to_contain_text(re.compile(r"name a in <module>"))
    expect(bill).to_contain_text(re.compile(r"name b in <module>"))
    expect(bill).to_contain_text(re.compile(r"argument argument of f"))
    lab.after_line(13)
    expect(lab.inspector).to_contain_text("kept[0]")


def test_row_2_an_object_dies_at_the_line_that_lets_go_of_it(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(2)
    for line, count in ((9, 1), (6, 2), (10, 1)):
        lab.after_line(line)
        thing = lab.only(type="Thing")
        assert (thing.state, thing.count) == ("alive", count), f"after line {line}"
    lab.after_line(11)
    thing = lab.only(type="Thing")
    assert (thing.state, thing.count, thing.born, thing.died) == ("dead", 0, 9, 11)
    assert thing.cause == "reference count"


def test_row_3_a_chain_dies_from_its_head(ran: Callable[[int], LabPage]) -> None:
    lab = ran(3)
    counts = {}
    for line in (9, 10, 11):
        lab.after_line(line)
        counts[line] = [row.count for row in lab.objects(type="Thing")]
    assert counts == {9: [1, 2, 2], 10: [1, 2, 1], 11: [1, 1, 1]}
    lab.after_line(12)
    things = lab.objects(type="Thing")
    assert [(t.state, t.died, t.cause) for t in things] == [("dead", 12, "reference count")] * 3
    fallen = lab.graph.get_by_role("button", name=re.compile(r"Thing#\d+, dead"))
    order = {}
    for node in fallen.all():
        label = re.search(r"Thing#\d+", node.get_attribute("aria-label") or "")
        tombstone = re.search(r"†\s*(\d+)", node.text_content() or "")
        assert label
        assert tombstone
        order[int(tombstone[1])] = label[0]
    assert [order[n] for n in sorted(order)] == ["Thing#1", "Thing#2", "Thing#3"]


def test_row_4_a_cycle_becomes_an_island_and_the_collector_ends_it(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(4)
    lab.after_line(15)
    assert {t.state for t in lab.objects(type="Thing")} == {"alive"}
    lab.after_line(16)
    assert [(t.state, t.count) for t in lab.objects(type="Thing")] == [("unreachable", 1)] * 3
    expect(lab.graph).to_contain_text(re.compile("unreachable island, 3 objects"))
    lab.after_line(17)
    things = lab.objects(type="Thing")
    assert [(t.state, t.died) for t in things] == [("dead", 17)] * 3
    assert {t.cause for t in things} == {"collector, generation 2"}


def test_row_5_a_weak_reference_counts_nothing_and_outlives_its_target(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(5)
    lab.after_line(6)
    array = lab.only(type="ndarray")
    assert (array.count, array.weak, array.state) == (1, 1, "alive")
    bill = lab.inspect("ndarray#1")
    expect(bill).to_contain_text(re.compile(r"name b\b.*weak: not counted"))
    lab.after_line(9)
    array = lab.only(type="ndarray", name="a")  # printing it made others, which are gone
    assert (array.state, array.died, array.cause) == ("dead", 9, "reference count")
    expect(lab.output).to_contain_text(re.compile(r"<weakref at 0x[0-9a-f]+; to 'numpy.ndarray'"))
    expect(lab.output).to_contain_text("[1 2 3]")
    expect(lab.output).to_contain_text(re.compile(r"<weakref at 0x[0-9a-f]+; dead>"))


def test_row_6_strong_outputs_make_a_cycle_that_survives_its_names(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(6)
    expect(lab.output).to_contain_text("variable(4.0)")
    lab.after_line(14)
    square = lab.only(type="Square")
    assert (square.state, square.weak) == ("unreachable", 0)
    x, y = lab.objects(type="Variable", born=9)[0], lab.objects(type="Variable", born=10)[0]
    assert (x.state, y.state) == ("unreachable", "unreachable")
    lab.after_line(15)
    for row in (lab.only(type="Square"), *lab.objects(type="Variable", born=10)):
        assert (row.state, row.died) == ("dead", 15)
        assert row.cause.startswith("collector")


def test_row_7_with_weak_outputs_all_die_by_count_the_moment_y_goes(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(7)
    expect(lab.output).to_contain_text("variable(1.0)")  # output().grad, found by backward
    lab.after_line(13)
    assert {row.state for row in lab.objects(type="Variable", died=None)} == {"alive"}
    assert lab.only(type="Square").state == "alive"
    lab.after_line(14)
    graph = [*lab.objects(type="Square"), *lab.objects(born=9), *lab.objects(born=10)]
    assert {row.state for row in graph} == {"dead"}
    assert {row.cause for row in graph} == {"reference count"}
    assert lab.only(type="Square").died == 14
    lab.after_line(15)
    assert not [row for row in lab.objects() if row.cause.startswith("collector")]
    expect(lab.output).to_contain_text("found nothing")


def test_row_8_weak_one_graph_is_left_after_each_iteration(ran: Callable[[int], LabPage]) -> None:
    lab = ran(8)
    lines = lab.lines()
    assert lines.count(10) == 10
    for time in (1, 2, 10):
        lab.go_to_step([n for n, at in enumerate(lines, 1) if at == 10][time - 1])
        lab.expect_live_bytes(320_000, f"after iteration {time}")
    assert {row.nbytes for row in lab.objects(type="ndarray")} == {80_000}
    expect(lab.page.get_by_role("main")).to_contain_text(re.compile(r"peak so far\s*640 kB"))


def test_row_8_strong_each_graph_stays_until_the_collector_runs(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(8)
    lab.choose_outputs("Strong")
    lab.run()
    tens = [n for n, at in enumerate(lab.lines(), 1) if at == 10]
    for time in (1, 2, 10):
        lab.go_to_step(tens[time - 1])
        lab.expect_live_bytes(320_000 * time, f"after iteration {time}")
    lab.after_line(11)
    lab.expect_live_bytes(320_000)
    dead = lab.objects(state="dead", type="Square")
    assert len(dead) == 27
    assert {(row.died, row.cause[:9]) for row in dead} == {(11, "collector")}


def test_row_9_two_branches_join_and_the_graph_dies_by_count(
    ran: Callable[[int], LabPage],
) -> None:
    lab = ran(9)
    expect(lab.output).to_contain_text("32.0 64.0")  # 64 only if the first square comes last
    lab.after_line(11)
    assert {row.state for row in lab.objects(type="Square")} == {"alive"}
    lab.after_line(12)
    graph = [*lab.objects(type="Square"), *lab.objects(type="Add"), *lab.objects(born=5)]
    assert len(graph) >= 5
    assert {(row.state, row.died, row.cause) for row in graph} == {("dead", 12, "reference count")}
