"""From a shell: ``python -m livegrad.liveness record prog.py`` and ``objects trace.json``.

`verbs` adds ``why``, ``leaks`` and ``export``.
"""

import argparse
import io
import json
import sys
import tokenize
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final, NoReturn

from . import analysis, verbs
from .probe import Limits
from .progress import Progress
from .recorder import run
from .trace import TraceError
from .trace_file import TraceFile


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command != "record" and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a trace may hold any text
        if options.command == "record":
            return _record(options)
        if options.command in verbs.COMMANDS:
            return verbs.run(options)
        return _objects(options)
    except TraceError as error:
        _complain(f"{options.trace}: {error}")
    except BrokenPipeError:  # the reader of our output has gone
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m livegrad.liveness",
        description="Record which objects of a program live, who holds them, and what ends them.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record", help="run a program and write its trace")
    recording.add_argument("program", help="the program's file")
    _add_own_options(recording)
    recording.add_argument("args", nargs=argparse.REMAINDER, help="the program's own arguments")
    listing = commands.add_parser("objects", help="list the objects of a trace")
    listing.add_argument("trace", help="a file that `record` has written")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.add_argument(
        "--all", action="store_true", help="also frames, containers and whatever else was seen"
    )
    verbs.add_to(commands)
    return parser


def _add_own_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", default="trace.json", help="default: trace.json")
    parser.add_argument(
        "--outputs",
        choices=("weak", "strong"),
        default="weak",
        help="how Livegrad's functions hold their outputs (default: weak)",
    )
    limits = Limits()
    for name, what in _LIMITS.items():
        default = getattr(limits, name)
        parser.add_argument(
            f"--max-{name}",
            type=_natural,
            default=default,
            metavar="N",
            help=f"end the recording, not the program, after so many {what} (default: {default:,})",
        )


_LIMITS: Final = {
    "steps": "executed lines",
    "events": "events",
    "objects": "objects that live at once",
    "bytes": "bytes of trace",
}


def _natural(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def _record(options: argparse.Namespace) -> int:
    options, args = _own_options(options)
    source = _source(options.program)
    try:
        file = TraceFile(options.output)
    except OSError as error:
        _complain(f"cannot write the trace to {options.output}: {error.strerror}.")
    with file, Progress(sys.stderr) as progress:

        def emit(part: str, text: str) -> None:
            file(part, text)
            progress.tell(f"recording: {file.nbytes / 1e6:,.1f} MB of trace")

        end = run(
            source,
            options.program,
            emit,
            outputs=options.outputs,
            argv=args,
            limits=Limits(**{name: getattr(options, f"max_{name}") for name in _LIMITS}),
            echo=True,
        )
    sys.stdout.flush()
    if end["traceback"]:
        sys.stderr.write(end["traceback"])
    if file.error is not None:
        _complain(f"cannot write the trace to {options.output}: {file.error.strerror}.")
    if end["limit"]:
        print(end["limit"], file=sys.stderr)
    if sys.stderr.isatty():
        print(f"{options.output}: {end['event']:,} events, {file.nbytes:,} bytes", file=sys.stderr)
    return _status(end)


def _source(program: str) -> str:
    try:
        with tokenize.open(program) as file:
            return file.read()
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        _complain(f"cannot read the program {program}: {reason}.")


def _own_options(options: argparse.Namespace) -> tuple[argparse.Namespace, list[str]]:
    """Our options are also understood behind the program's name, before or after its arguments.

    What the program itself is to get although it looks like one of ours goes behind ``--``.
    """
    ours = argparse.ArgumentParser(
        prog="python -m livegrad.liveness record", add_help=False, allow_abbrev=False
    )
    _add_own_options(ours)
    ours.set_defaults(**vars(options))
    mine, theirs = list(options.args), []
    if "--" in mine:
        place = mine.index("--")
        mine, theirs = mine[:place], mine[place + 1 :]
    found, rest = ours.parse_known_args(mine)
    return found, rest + theirs


def _status(end: dict[str, object]) -> int:
    """The exit status that the program itself would have had."""
    if end["status"] == "finished":
        return 0
    if end["status"] == "stopped":
        return 130
    if end["status"] == "failed":
        return 1
    message = str(end["message"])
    if message.lstrip("-").isdecimal():
        return int(message) & 0xFF
    print(message, file=sys.stderr)
    return 1


def _objects(options: argparse.Namespace) -> int:
    with Progress(sys.stderr) as progress:
        trace = verbs.load(options.trace, progress)
    found = analysis.objects(trace, all_kinds=options.all)
    if options.json:
        columns = ["name", "label", "kind", "type", "nbytes", "born_line", "died_line", "cause"]
        rows = [{name: asdict(each)[name] for name in columns} for each in found]
        json.dump(rows, sys.stdout, indent=1)
        print()
        return 0
    replay = analysis.replay(trace)
    table = [("object", "name", "bytes", "born", "died", "cause")]
    for each in found:
        died = "alive" if not each.died else f"line {each.died_line}"
        table.append(
            (
                each.label,
                each.name or "",
                str(each.nbytes or ""),
                f"line {each.born_line}" if each.born_line else "",
                died,
                analysis.cause(replay, each.serial) if each.died else "",
            )
        )
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for row in table:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    return 0


def _complain(sentence: str) -> NoReturn:
    print(f"livegrad.liveness: {sentence}", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main())
