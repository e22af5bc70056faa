"""Programs that plot run to their end where there is no matplotlib, and are told."""

import sys

import pytest

from livegrad import no_matplotlib


@pytest.fixture
def plt(monkeypatch):
    """matplotlib.pyplot as of a Python that has no matplotlib."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [no_matplotlib.NoMatplotlib(), *sys.meta_path])
    import matplotlib.pyplot as plt

    yield plt
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        del sys.modules[name]


def test_a_plot_as_the_book_makes_them(plt, capsys):
    plt.scatter([1, 2], [3, 4], s=10)
    plt.xlabel("x")
    plt.plot([1, 2], [3, 4], color="r", label="y")
    plt.contourf([[1]], [[2]], [[3]])
    plt.legend(loc="lower right")
    assert capsys.readouterr().out == ""
    plt.show()
    assert capsys.readouterr().out == (
        "show(): nothing is drawn, since there is no matplotlib here\n"
    )


def test_other_ways_to_plot(plt, capsys):
    from matplotlib import animation, cm
    from matplotlib.animation import FuncAnimation

    figure, axes = plt.subplots()
    (line,) = axes.plot([1, 2])
    line.set_data([1], [2])
    _, (left, right) = plt.subplots(1, 2, figsize=(8, 4))
    left.imshow([[1]], cmap=cm.gray)
    _, rows = plt.subplots(2, 3)
    assert [len(row) for row in rows] == [3, 3]
    assert len(plt.subplots(3)[1]) == 3
    plt.rcParams["font.size"] = 12
    with plt.style.context("dark_background"):
        right.set_title("y")
    assert animation is not None
    FuncAnimation(figure, lambda i: i)
    figure.savefig("y.png")
    assert capsys.readouterr().out.startswith("savefig(): nothing is drawn")


def test_what_python_asks_for_is_not_there(plt):
    with pytest.raises(AttributeError):
        plt.plot.__wrapped__  # noqa: B018
    assert repr(plt.plot) == "<plot, not drawn>"


def test_one_that_is_installed_comes_first(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    (tmp_path / "matplotlib.py").write_text("real = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    no_matplotlib.install()
    no_matplotlib.install()
    assert sum(isinstance(f, no_matplotlib.NoMatplotlib) for f in sys.meta_path) == 1
    import matplotlib

    assert matplotlib.real
    del sys.modules["matplotlib"]


def test_nothing_else_is_found():
    assert no_matplotlib.NoMatplotlib().find_spec("matplotlibs", None) is None
