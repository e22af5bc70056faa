"""Questions from a shell: ``why``, ``leaks`` and ``export`` of a recorded trace."""

import argparse
import difflib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from . import analysis
from .export import FORMATS, export
from .progress import Progress
from .trace import Trace, TraceError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the commands."""
    why = commands.add_parser("why", help="say why an object is alive, and how to let it die")
    why.add_argument("trace", help="a file that `record` has written")
    why.add_argument("--object", required=True, help="a name, or a label such as Square#4")
    _add_moment(why)
    why.add_argument("--json", action="store_true", help="as JSON")
    leaks = commands.add_parser("leaks", help="list the lines that left objects behind")
    leaks.add_argument("trace", help="a file that `record` has written")
    leaks.add_argument("--from-step", type=int, default=-1, help="default: the beginning")
    leaks.add_argument("--to-step", type=int, help="default: the end")
    leaks.add_argument("--all", action="store_true", help="also lines that left one run's objects")
    leaks.add_argument("--json", action="store_true", help="as JSON")
    exporting = commands.add_parser("export", help="write a trace for another tool")
    exporting.add_argument("trace", help="a file that `record` has written")
    exporting.add_argument("--to", required=True, choices=tuple(FORMATS), help="the format")
    exporting.add_argument("-o", "--output", required=True, help="the file to write")
    _add_moment(exporting)


def _add_moment(parser: argparse.ArgumentParser) -> None:
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--line", type=int, help="after the last run of this line")
    moment.add_argument("--step", type=int, help="after this step, counted from 0")


def run(options: argparse.Namespace) -> int:
    """Run one of the commands; the exit status.

    Raises:
        TraceError: the trace cannot be read, or has no such object, line or step.
    """
    with Progress(sys.stderr) as progress:
        trace = load(options.trace, progress)
        return COMMANDS[options.command](trace, options, progress)


def load(path: str, progress: Progress) -> Trace:
    """Read a trace and index it.

    Raises:
        TraceError: it cannot be read.
    """
    try:
        progress.stage(f"reading {path}: {os.path.getsize(path) / 1e6:,.1f} MB")
        trace = Trace.load(
            f"./{path}" if path[:1] == "{" else path,
            lambda done, of: progress.tell(f"checking {path}: {done:,} of {of:,} chunks"),
        )
    except OSError as error:
        raise TraceError(f"It cannot be read: {error.strerror}.") from None
    progress.stage(f"indexing {trace.end['event']:,} events")
    analysis.replay(trace)
    return trace


def _state(trace: Trace, options: argparse.Namespace) -> analysis.State:
    steps = trace.steps
    if options.step is not None:
        return trace.state(options.step)
    if not steps:
        raise TraceError("No line of the program was executed: there is no state to look at.")
    if options.line is None:
        return trace.state(len(steps) - 1)
    found = [place for place, step in enumerate(steps) if step.line == options.line]
    if not found:
        lines = sorted({step.line for step in steps}, key=lambda line: abs(line - options.line))
        near = ", ".join(map(str, sorted(lines[:5])))
        raise TraceError(
            f"Line {options.line} was not executed: give one that was, such as {near}."
        )
    return trace.state(found[-1])


def find_object(state: analysis.State, wanted: str) -> int:
    """Serial of an object, by its label or by a name that it has, or had last.

    Raises:
        TraceError: there is none; the sentence lists close ones.
    """
    replay = state.replay
    if wanted in replay.labels:
        return replay.labels.index(wanted)
    named = [
        edge
        for edge, name in enumerate(replay.names)
        if name == wanted
        and replay.made[edge] <= state.event
        and replay.kinds[replay.holders[edge]] in analysis.PLACES
    ]
    if named:
        # Held now before held once, the module's before a function's, the newest first.
        best = max(
            named,
            key=lambda edge: (
                replay.holds_at(edge, state.event),
                replay.kinds[replay.holders[edge]] == "module",
                replay.made[edge],
            ),
        )
        return replay.helds[best]
    shown = [each for each in replay.objects if each.kind in analysis.SHOWN]
    known = list(dict.fromkeys([o.name for o in shown if o.name] + [o.label for o in shown]))
    near = difflib.get_close_matches(wanted, known, n=5, cutoff=0.4) or known[:5]
    remedy = f"give one of {', '.join(near)}" if near else "this trace has recorded none"
    raise TraceError(f"No object has the name or label {wanted!r} at this step: {remedy}.")


def _why(trace: Trace, options: argparse.Namespace, progress: Progress) -> int:
    state = _state(trace, options)
    serial = find_object(state, options.object)
    progress.stage(f"looking for what holds {options.object}")
    ways = analysis.retentions(state, serial)
    cures = [analysis.cure(way) for way in ways]
    if options.json:
        answer: dict[str, Any] = {
            "object": state.replay.labels[serial],
            "step": state.replay.step(state.event),
            "sentence": analysis.why(state, serial),
            "ways": [
                {"sentence": analysis.sentence(way), "holds": _links(way), "cure": _cure(each)}
                for way, each in zip(ways, cures, strict=True)
            ],
        }
        return _print_json(answer)
    print(analysis.why(state, serial))
    for way in ways[1:]:
        print(f"And {analysis.sentence(way)}")
    for text in dict.fromkeys(each.text for each in cures):
        print(f"To let it die: {text}.")
    edges = {
        edge
        for each in cures
        if each.hold is not None
        for edge in analysis.edges_like(state, each.hold.edge)
    }
    loss = analysis.cut(state, edges)
    if serial in loss.by_count or serial in loss.by_collector:
        count = len(loss.by_count) + len(loss.by_collector)
        more = f", {len(loss.by_collector)} of them by the collector" if loss.by_collector else ""
        print(f"That frees {_many(count, 'object')}{more}, and {loss.nbytes:,} bytes of arrays.")
    return 0


def _links(way: analysis.Retention) -> list[dict[str, Any]]:
    return [
        {"holder": each.holder.label, "name": each.name, "held": each.held.label, "line": each.line}
        for each in way.holds
    ]


def _cure(each: analysis.Cure) -> dict[str, Any]:
    return {"rule": each.rule, "text": each.text}


def _leaks(trace: Trace, options: argparse.Namespace, progress: Progress) -> int:
    progress.stage("looking for lines that left objects behind")
    last = len(trace.steps) - 1 if options.to_step is None else options.to_step
    find = analysis.growth_between if options.all else analysis.leaks_between
    found = find(trace, options.from_step, last)
    state = trace.state(last)
    islands = [
        shown
        for members in analysis.islands_of(state)
        if (shown := [o for o in members if state.replay.kinds[o] in analysis.SHOWN])
    ]
    pinned = analysis.pinned(state)
    labels = state.replay.labels
    reasons: list[tuple[str, str | None]] = []
    for each in found:
        progress.tell(f"asking why: {len(reasons):,} of {_many(len(found), 'line')}")
        reasons.append(_reason(state, each))
    if options.json:
        return _print_json(
            {
                "lines": [
                    {name: value for name, value in asdict(each).items() if name != "serials"}
                    | {"why": why, "cure": cure}
                    for each, (why, cure) in zip(found, reasons, strict=True)
                ],
                "islands": [[labels[o] for o in members] for members in islands],
                "pinned": [
                    {"owner": labels[each.owner], "views": [labels[view] for view in each.views]}
                    | {"nbytes": each.nbytes, "used": each.used}
                    for each in pinned
                ],
            }
        )
    for each, (why, cure) in zip(found, reasons, strict=True):
        types = ", ".join(f"{count} {name}" for name, count in each.types.items())
        print(
            f"{f'line {each.line}' if each.line else 'an unknown line'}: "
            f"{_many(each.runs, 'run')} left {_many(len(each.serials), 'object')} "
            f"({types}), {each.nbytes:,} bytes"
        )
        print(f"  {why}")
        if cure:
            print(f"  To let it die: {cure}.")
    for members in islands:
        some = ", ".join(labels[o] for o in members[:5]) + (", ..." if len(members) > 5 else "")
        print(f"unreachable: {_many(len(members), 'object')}, left to the collector: {some}")
    for memory in pinned:
        views = ", ".join(labels[view] for view in memory.views[:5])
        print(
            f"pinned: {labels[memory.owner]} has {memory.nbytes:,} bytes, of which its views "
            f"({views}) read {memory.used:,} at most: keep a copy of the part"
        )
    if not (found or islands or pinned):
        print("No line left objects of more than one run, and nothing is out of reach.")
    return 0


def _reason(state: analysis.State, growth: analysis.Growth) -> tuple[str, str | None]:
    """Why one of these lives, and the edit that ends it: of the first run's the nearest held."""
    replay = state.replay
    first = replay.step(replay.born[growth.serials[0]])
    siblings = [serial for serial in growth.serials if replay.step(replay.born[serial]) == first]
    ways = [way for serial in siblings for way in analysis.retentions(state, serial, 1)]
    if not ways:
        return analysis.why(state, growth.serials[0]), None
    nearest = min(ways, key=lambda way: len(way.holds))
    return analysis.sentence(nearest), analysis.cure(nearest).text


def _export(trace: Trace, options: argparse.Namespace, progress: Progress) -> int:
    state = _state(trace, options)
    progress.stage(f"making {options.output}")
    try:
        export(state, options.to, options.output)
    except OSError as error:
        raise TraceError(f"Cannot write to {options.output}: {error.strerror}.") from None
    print(f"{options.output}: {FORMATS[options.to]}")
    return 0


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _print_json(value: Any) -> int:
    json.dump(value, sys.stdout, indent=1)
    print()
    return 0


COMMANDS: Final[dict[str, Callable[[Trace, argparse.Namespace, Progress], int]]] = {
    "why": _why,
    "leaks": _leaks,
    "export": _export,
}
