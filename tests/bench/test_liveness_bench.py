"""The recorder's own bench: what it measures is what it says."""

import sys

import pytest
from gallery import GALLERY

import liveness


def test_row_8_is_the_lesson():
    source = liveness.row_8()
    assert "randn(10000)" in source
    assert source.count("square(") >= 3


def test_bare_runs_as_the_main_program(capsys):
    main = sys.modules["__main__"]
    liveness.run_bare("import __main__\nassert __main__.__dict__ is globals()\nprint('unseen')\n")
    assert sys.modules["__main__"] is main
    assert capsys.readouterr().out == ""


def test_every_peer_runs_the_program():
    found = liveness.peers("for i in range(3):\n    a = [i]\n")
    assert list(found)[:4] == [
        "bare",
        "livegrad",
        "Python Tutor's (stand-in)",
        "tracemalloc, 25 frames",
    ]
    for run in list(found.values())[:4]:
        run()


def test_the_gallery_is_compared_line_by_line(capsys):
    found = liveness.gallery(1)
    assert found.keys() == GALLERY.keys()
    assert found["factorial"]["lines"] == 20
    liveness.show({"gallery": found})
    assert "insertion sort" in capsys.readouterr().out


def test_the_curve_has_a_time_for_each_line():
    seconds = liveness.curve(20, lines=10)
    assert len(seconds) == 10
    assert all(second >= 0 for second in seconds)


def test_a_program_that_fails_is_no_result():
    with pytest.raises(RuntimeError, match="the curve's program was not recorded"):
        liveness.curve(5, lines=1.5)  # no number for range()


def test_sizes_are_bytes_of_text_per_event():
    found = liveness.sizes("a = [object()]\nb = [a]\na = None\n")
    assert found["lines"] == 3
    assert found["raw"] > found["gzip"] > 0
    assert found["raw"] * found["events"] > 500


def test_the_report_shows_what_was_asked(capsys):
    found = liveness.report(1, {"trace"})
    assert list(found) == ["trace"]
    assert len(found["trace"]) == 9
    liveness.show(found)
    shown = capsys.readouterr().out
    assert "bytes an event" in shown
    assert "08-loop" in shown
