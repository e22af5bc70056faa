"""The bench compares equal work, and its arithmetic is right. Nothing here depends on a clock."""

import math

import memory
import peers
import pytest
import rounds
import targets
import workloads
from table import duration, number, table

import engine


@pytest.fixture(scope="module")
def found():
    """The peers that need nothing but this package."""
    return {name: peers.load(name) for name in (peers.REFERENCE, peers.OURS)}


@pytest.mark.parametrize("workload", workloads.WORKLOADS, ids=lambda workload: workload.name)
def test_results_agree(workload, found):
    assert set(workloads.taking_part(workload, found)) == set(found)
    workloads.check(workload, found, peers.REFERENCE, tiny=True)


def test_check_refuses_other_results(found):
    class Wrong:
        arrays = staticmethod(lambda result: result)

        @staticmethod
        def squares(x):
            return lambda: (x**8, 8 * x**7 + 1e-3)

    (squares,) = [workload for workload in workloads.WORKLOADS if workload.name == "squares"]
    with pytest.raises(AssertionError, match="squares: wrong"):
        workloads.check(squares, found | {"wrong": Wrong}, peers.REFERENCE, tiny=True)


def test_deep_graphs_agree(found):
    x = workloads.np.array([1.0, 2.0])
    gradients = []
    for peer in found.values():
        build, differentiate = peer.deep(x, 10)
        build()
        gradients.append(differentiate())
    assert gradients[0].tolist() == pytest.approx([workloads.SCALE**5] * 2)
    assert gradients[0].tolist() == gradients[1].tolist()


@pytest.mark.parametrize("kind", memory.KINDS)
def test_kept_chains_agree(kind, found):
    gradients = []
    for peer in found.values():
        build, differentiate = peer.kept(kind, workloads.np.array([0.5, 0.9]), 3)
        build()
        gradients.append(differentiate().tolist())
    assert gradients[0] == pytest.approx(gradients[1])


def test_growth_sees_a_leak():
    class Leaking:
        @staticmethod
        def mlp(*inputs):
            leaked = []
            return lambda: leaked.append(bytearray(1000))

    differing, gained = memory.growth(Leaking, 20, tiny=True)
    assert differing == gained >= 19 * 1000


def test_peak_counts_arrays_over_the_kept():
    class Two:
        @staticmethod
        def kept(kind, x, length):
            graph = []
            return lambda: graph.extend(x.copy() for _ in range(length)), lambda: (x + 1, x + 2)

    assert memory.peak(Two, "mul", length=3, size=100_000) == 2


def test_ratios_are_taken_within_rounds():
    assert rounds.ratios([2, 30, 8], [1, 10, 2]) == rounds.Spread(3, 2, 4)
    with pytest.raises(ValueError, match="zip"):
        rounds.ratios([1, 2], [1])
    with pytest.raises(ValueError, match="at least one round"):
        rounds.ratios([], [])


def test_rounds_alternate(monkeypatch):
    """Each step in each round, the first place passing on from one to the next."""
    clock = 0.0
    order = []

    def step(name, seconds):
        def run():
            nonlocal clock
            clock += seconds
            order.append(name)

        return run

    monkeypatch.setattr(rounds.time, "process_time", lambda: clock)
    steps = {"a": step("a", 1.0), "b": step("b", 2.0), "c": step("c", 4.0)}
    assert rounds.alternate(steps, 3) == {"a": [1.0] * 3, "b": [2.0] * 3, "c": [4.0] * 3}
    assert "".join(order[6:]) == "abc" + "bca" + "cab"  # the first six: set up, count repeats


def test_short_steps_are_repeated(monkeypatch):
    clock = 0.0
    calls = 0

    def step():
        nonlocal clock, calls
        clock += 0.001
        calls += 1

    monkeypatch.setattr(rounds.time, "process_time", lambda: clock)
    ((seconds,),) = rounds.alternate({"a": step}, 1, sample=0.02).values()
    assert seconds == pytest.approx(0.001)
    assert calls >= 40  # enough for a sample, once to find out and once to measure


def test_figures_and_targets():
    report = engine.Report(
        seconds={"chain": {"numpy": [1.0, 1.0, 2.0], "livegrad": [2.0, 1.5, 3.0]}},
        growth={"livegrad": 8},
        peak={"mul": {"livegrad": 2.0}},
    )
    found = engine.figures(report)
    assert found["chain: livegrad / numpy"] == 1.5
    assert found["chain: numpy / livegrad"] == pytest.approx(2 / 3)
    verdicts = {row[0]: row[2:] for row in targets.judged(found, number)}
    assert verdicts["chain: time over NumPy's"] == ["1.50", "met"]
    assert verdicts["growth: bytes in 200 iterations"] == ["8.00", "NOT MET"]
    assert verdicts["peak mul: arrays over the 50 kept"] == ["2.00", "met"]
    assert verdicts["mlp: times as fast as torch"] == ["", "not measured"]


def test_bounds_include_themselves():
    assert targets.slower("chain", 1.9).met(1.9)
    assert not targets.slower("chain", 1.9).met(math.nextafter(1.9, 2))
    assert targets.faster("chain", "torch", 3).met(3)
    assert not targets.faster("chain", "torch", 3).met(2.9)


def test_report_names_who_did_not_take_part():
    report = engine.Report(
        seconds={"users-32": {"numpy": [1e-6], "livegrad": [2e-6]}},
        notes=["PyTorch is missing"],
    )
    text = engine.shown(report, ["numpy", "livegrad", "autograd"])
    assert "users" in engine.shown(report, ["numpy", "livegrad"], judge=False)
    assert "target" not in engine.shown(report, ["numpy", "livegrad"], judge=False)
    assert "1.00 µs  2.00 (2.00-2.00)         —" in text
    assert text.endswith("PyTorch is missing")


def test_missing_peer_says_how_to_get_it(monkeypatch):
    about = peers.About("Nobody", "peers.nobody", "bench")
    monkeypatch.setitem(peers.PEERS, "nobody", about)
    assert peers.load_all(["nobody"]) == (
        {},
        ["Nobody is missing (No module named 'peers.nobody'): python -m pip install --group bench"],
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.9123, "0.912"), (1.256, "1.26"), (12.34, "12.3"), (123.4, "123"), (1319, "1319")],
)
def test_number(value, text):
    assert number(value) == text


def test_duration():
    assert [duration(s) for s in (2, 0.0123, 1.05e-4, 4.5e-7)] == [
        "2.00 s",
        "12.3 ms",
        "105 µs",
        "450 ns",
    ]


def test_table():
    assert table(["peer", "s"], [["NumPy", "1.25"], ["Us", "12"]]) == (
        "peer      s\n-----  ----\nNumPy  1.25\nUs       12"
    )
