"""The engine beside its peers: the same work, side by side, as ratios to hand-written NumPy.

    python tests/bench/engine.py [--only chain,mlp] [--peers numpy,livegrad] [--rounds 15] [--json]

Timed work runs in one process on one thread, in alternating rounds (rounds.py), after every
peer's results were found equal. The deep graph runs in one process for each peer (deep.py).
in_pyodide.py does the same work in a browser.
"""

import argparse
import json
import platform
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import environment

DEEP = "deep"
"""The name of the work in deep.py."""

MEMORY = "memory"
"""The name of the work in memory.py."""


@dataclass
class Report:
    """All that was measured.

    Attributes:
        seconds: by workload and peer, one call's time in each round.
        deep: by peer, the runs of deep.py in their rounds.
        growth: by peer, how much the bytes held by 200 iterations differ.
        peak: by kind of operation and peer, arrays over those kept.
        notes: what could not be measured, and why.
    """

    seconds: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    deep: dict[str, list[Any]] = field(default_factory=dict)
    growth: dict[str, int] = field(default_factory=dict)
    peak: dict[str, dict[str, float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def timed(
    peers_found: dict[str, Any], rounds_: int, only: Collection[str] | None = None
) -> dict[str, dict[str, list[float]]]:
    """Seconds of one step by workload and peer, one number for each round.

    Raises AssertionError where a peer's results are not those of hand-written NumPy.
    """
    import rounds
    import workloads
    from peers import REFERENCE

    seconds = {}
    for workload in workloads.WORKLOADS:
        if only is not None and workload.name not in only:
            continue
        workloads.check(workload, peers_found, REFERENCE)
        steps = {
            name: getattr(peer, workload.does)(*workload.inputs())
            for name, peer in workloads.taking_part(workload, peers_found).items()
        }
        seconds[workload.name] = rounds.alternate(steps, rounds_)
    return seconds


def held(
    peers_found: dict[str, Any], iterations: int = 200, size: int = 1_000_000
) -> tuple[dict[str, int], dict[str, dict[str, float]]]:
    """Bytes that training gains, by peer, and the peak of a backward, by operation and peer.

    `size` is the number of elements of each of the 50 arrays of a chain.
    """
    import memory

    counted = {name: peer for name, peer in peers_found.items() if hasattr(peer, "kept")}
    growth = {name: memory.growth(peer, iterations)[0] for name, peer in counted.items()}
    peak = {
        kind: {name: memory.peak(peer, kind, size=size) for name, peer in counted.items()}
        for kind in memory.KINDS
    }
    return growth, peak


def plunge(report: Report, names: Sequence[str], rounds_: int, operations: int) -> None:
    """Run deep.py for each peer, as often as there are rounds, and note it in the report."""
    import deep
    from peers import PEERS

    for _ in range(rounds_):
        for name in names:
            try:
                report.deep.setdefault(name, []).append(deep.measure(name, operations))
            except deep.Died as error:
                report.notes.append(f"{DEEP}: {PEERS[name].title} {error}")


def figures(report: Report) -> dict[str, float]:
    """Every number that a target can be about: medians of ratios taken within rounds.

    Keys: "chain: livegrad / numpy", "deep: memory livegrad / torch", "growth: livegrad",
    "peak mul: livegrad".
    """
    from rounds import ratios

    found: dict[str, float] = {}

    def add(title: str, series: dict[str, list[float]]) -> None:
        for a in series:
            for b in series:
                if len(series[a]) == len(series[b]) and a != b:
                    found[f"{title}{a} / {b}"] = ratios(series[a], series[b]).median

    for workload, series in report.seconds.items():
        add(f"{workload}: ", series)
    add(f"{DEEP}: ", {name: [run.seconds for run in runs] for name, runs in report.deep.items()})
    add(
        f"{DEEP}: memory ",
        {
            name: [run.added for run in runs]
            for name, runs in report.deep.items()
            if all(run.added for run in runs)
        },
    )
    found |= {f"growth: {name}": float(value) for name, value in report.growth.items()}
    for kind, excess in report.peak.items():
        found |= {f"peak {kind}: {name}": value for name, value in excess.items()}
    return found


def shown(report: Report, names: Sequence[str], judge: bool = True) -> str:
    """The report as text: a table of ratios, the deep graphs, the memory, and the targets."""
    import workloads
    from peers import PEERS, REFERENCE
    from rounds import Spread, ratios
    from table import duration, number, table
    from targets import judged

    parts = []
    titles = [PEERS[name].title for name in names]

    def spread(values: Spread) -> str:
        return f"{number(values.median)} ({number(values.least)}-{number(values.greatest)})"

    rows = []
    for workload in workloads.WORKLOADS:
        series = report.seconds.get(workload.name)
        if series:
            cells = [
                duration(Spread.of(series[name]).median)
                if name == REFERENCE
                else spread(ratios(series[name], series[REFERENCE]))
                if name in series
                else "—"
                for name in names
            ]
            rows.append([f"{workload.name}: {workload.title}", *cells])
    if rows:
        parts.append("Time over that of hand-written NumPy: median (least-greatest) of the rounds")
        parts.append(table(["forward + backward", *titles], rows))

    if report.deep:
        rows = []
        for name, runs in report.deep.items():
            base = report.deep.get(REFERENCE, [])
            comparable = len(base) == len(runs)
            seconds = [run.seconds for run in runs]
            rows.append(
                [
                    PEERS[name].title,
                    *(
                        number(Spread.of([getattr(run, part) for run in runs]).median)
                        for part in ("build", "differentiate", "drop", "seconds")
                    ),
                    spread(ratios(seconds, [run.seconds for run in base])) if comparable else "—",
                    number(Spread.of([run.added / 1e6 for run in runs]).median)
                    if all(run.added for run in runs)
                    else "—",
                ]
            )
        count = next(iter(report.deep.values()))[0].operations
        parts.append(f"{DEEP}: {count:,} operations, seconds")
        head = ["peer", "build", "backward", "drop", "all", "over NumPy", "MB added"]
        parts.append(table(head, rows))

    if report.peak:
        rows = [
            [f"peak: backward of 50 {kind}, arrays over the kept"]
            + [number(excess[name]) if name in excess else "—" for name in names]
            for kind, excess in report.peak.items()
        ]
        growth = [str(report.growth[name]) if name in report.growth else "—" for name in names]
        rows.append(["growth: bytes in 200 iterations without collector", *growth])
        parts.append(table([MEMORY, *titles], rows))

    if judge:
        parts.append(table(["target", "", "measured", ""], judged(figures(report), number)))
    parts.extend(report.notes)
    return "\n\n".join(parts)


def asked(
    arguments: Sequence[str] | None, rounds_: int, operations: int, but: Collection[str] = ()
) -> argparse.Namespace:
    """The options, with `only` and `peers` as lists, and these defaults; no peer of `but`."""
    import workloads
    from peers import PEERS, REFERENCE

    works = [*(workload.name for workload in workloads.WORKLOADS), DEEP, MEMORY]
    peers = [name for name in PEERS if name not in but]
    parser = argparse.ArgumentParser(
        prog="engine", description="The engine beside its peers, as ratios to hand-written NumPy."
    )
    parser.add_argument("--only", metavar="NAME,…", help=f"of {', '.join(works)}; all by default")
    parser.add_argument("--peers", metavar="NAME,…", help=f"of {', '.join(peers)}; all by default")
    for option, default, what in (
        ("--rounds", rounds_, "of timed work"),
        ("--deep-rounds", 1, "of the deep graph"),
        ("--operations", operations, "of the deep graph"),
    ):
        parser.add_argument(option, type=int, default=default, help=f"{what}; default {default}")
    parser.add_argument("--json", action="store_true", help="print all numbers, and no table")
    options = parser.parse_args(arguments)
    options.only = _chosen(parser, "--only", options.only, works)
    options.peers = _chosen(parser, "--peers", options.peers, peers)
    if REFERENCE not in options.peers:
        options.peers.insert(0, REFERENCE)
    if options.rounds < 1 or options.deep_rounds < 1 or options.operations < 2:
        parser.error("--rounds and --deep-rounds are at least 1, --operations at least 2")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments ask for and print it; 0 unless a peer computes something else."""
    environment.prepare()
    import numpy as np
    from deep import OPERATIONS
    from peers import load_all

    options = asked(arguments, 15, OPERATIONS)
    report = Report()
    found, report.notes = load_all(options.peers)
    report.seconds = timed(found, options.rounds, options.only)
    if MEMORY in options.only:
        report.growth, report.peak = held(found)
    if DEEP in options.only:
        plunge(report, list(found), options.deep_rounds, options.operations)
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    if options.json:
        json.dump({**versions, **asdict(report), "figures": figures(report)}, sys.stdout, indent=1)
        print()
    else:
        print("Python {python}, NumPy {numpy}, one thread\n".format(**versions))
        print(shown(report, list(found)))
    return 0


def _chosen(
    parser: argparse.ArgumentParser, option: str, given: str | None, known: list[str]
) -> list[str]:
    """The names in a list with commas, all known ones by default, in their usual order."""
    if given is None:
        return known
    names = given.split(",")
    for name in names:
        if name not in known:
            parser.error(f"{option}: there is no {name!r}; choose from {', '.join(known)}")
    return [name for name in known if name in names]


if __name__ == "__main__":
    sys.exit(main())
