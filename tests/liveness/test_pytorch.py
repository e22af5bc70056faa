"""PyTorch's tensors under the recorder: `build.py bench` installs PyTorch; the tests do not."""

import pytest

from livegrad.liveness import analysis, record

torch = pytest.importorskip("torch", reason="PyTorch is large, and in the group bench-torch only")


def run(source: str):
    trace = record("import torch\n" + source)
    assert trace.end["status"] == "finished", trace.end["traceback"]
    assert trace.end["limit"] is None, trace.end["limit"]
    return trace


def bytes_by_step(trace):
    return [trace.state(step).nbytes for step in range(1, len(trace.steps))]


def test_storages_count_once():
    """A view, a reshaped tensor, a detached one and numpy's array read the same storage."""
    source = (
        "x = torch.zeros(1000)\nv = x[:1]\nw = x.reshape(10, 100).detach()\nn = x.numpy()\n"
        "y = x + 1\nx = v = w = None\nn = None\n"
    )
    assert bytes_by_step(run(source)) == [4000, 4000, 4000, 4000, 8000, 8000, 4000]


def test_lives_and_creators():
    trace = run(
        "x = torch.ones(3, requires_grad=True)\ny = (x * x).sum()\ny.backward()\nz = y\ny = None\n"
        "z = None\n"
    )
    tensors = [each for each in trace.objects() if each.type == "Tensor"]
    lives = [(each.name, each.born_line, each.died_line, each.cause) for each in tensors]
    assert ("x", 2, None, None) in lives
    assert ("y", 3, 7, "refcount") in lives
    told = [(trace.strings[row[2]], row[3]) for row in trace.rows("attributes")]
    assert ("creator", "SumBackward0") in told


def test_the_leak_of_losses():
    trace = run(
        "w = torch.ones(100, requires_grad=True)\nlosses = []\n"
        "for i in range(4):\n    loss = (w * i).sum()\n    losses.append(loss)\n"
    )
    state = trace.state(len(trace.steps) - 1)
    (leak,) = analysis.leaks_between(trace, -1, len(trace.steps) - 1)
    assert (leak.line, leak.types) == (5, {"Tensor": 4})
    assert "`losses[0]`" in analysis.why(state, leak.serials[0])
    assert state.counts(leak.serials[0])[2] == 0  # unexplained


def test_modules_and_optimizers():
    trace = run(
        "net = torch.nn.Linear(3, 2)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\n"
        "for i in range(2):\n    opt.zero_grad()\n    loss = net(torch.ones(1, 3)).sum()\n"
        "    loss.backward()\n    opt.step()\n"
    )
    parameters = [each for each in trace.objects() if each.type == "Parameter"]
    assert len(parameters) == 2
    assert all(not each.died for each in parameters)
