"""Optimizers: their formulas by hand, what they remember, and what hooks do."""

import gc
import math
import weakref

import numpy as np
import pytest
from deaths import assert_dies_by_counting

import livegrad.functions as F
from livegrad import Parameter, Variable, optimizers
from livegrad.layers import Layer, Linear
from livegrad.optimizers import (
    SGD,
    AdaDelta,
    AdaGrad,
    Adam,
    ClipGrad,
    FreezeParam,
    MomentumSGD,
    Optimizer,
    WeightDecay,
)

OPTIMIZERS = [SGD, MomentumSGD, AdaGrad, AdaDelta, Adam]


def holder(*values, dtype=np.float64):
    """A layer with parameters p0, p1, ... of these values."""
    layer = Layer()
    for i, value in enumerate(values):
        setattr(layer, f"p{i}", Parameter(np.array(value, dtype=dtype)))
    return layer


def trajectory(optimizer, gradients, start=1.0):
    layer = holder([start])
    optimizer.setup(layer)
    places = []
    for gradient in gradients:
        layer.p0.grad = Variable(np.array([gradient]))
        optimizer.update()
        places.append(layer.p0.data.item())
    return places


GRADIENTS = [0.5, -2.0, 0.25, 1.0]


def sgd(g, s):
    return -0.1 * g


def momentum(g, s):
    s["v"] = 0.9 * s.get("v", 0) - 0.1 * g
    return s["v"]


def adagrad(g, s):
    s["h"] = s.get("h", 0) + g * g
    return -0.1 * g / (math.sqrt(s["h"]) + 1e-8)


def adadelta(g, s):
    s["g"] = 0.95 * s.get("g", 0) + 0.05 * g * g
    dx = math.sqrt(s.get("x", 0) + 1e-6) / math.sqrt(s["g"] + 1e-6) * g
    s["x"] = 0.95 * s.get("x", 0) + 0.05 * dx * dx
    return -dx


def adam(g, s):
    # Algorithm 1 of the paper, with the corrected means. Its eps is inside the correction
    # in the other form, which changes the ninth digit here.
    s["t"] = s.get("t", 0) + 1
    s["m"] = 0.9 * s.get("m", 0) + 0.1 * g
    s["v"] = 0.999 * s.get("v", 0) + 0.001 * g * g
    m, v = s["m"] / (1 - 0.9 ** s["t"]), s["v"] / (1 - 0.999 ** s["t"])
    return -0.001 * m / (math.sqrt(v) + 1e-8)


def test_no_optimizer_is_forgotten():
    found = {value for value in vars(optimizers).values() if isinstance(value, type)}
    assert {kind for kind in found if issubclass(kind, Optimizer)} == {Optimizer, *OPTIMIZERS}


@pytest.mark.parametrize(
    ("optimizer", "formula"),
    [
        (SGD(lr=0.1), sgd),
        (MomentumSGD(lr=0.1), momentum),
        (AdaGrad(lr=0.1), adagrad),
        (AdaDelta(), adadelta),
        (Adam(), adam),
    ],
)
def test_steps_are_those_of_the_formula(optimizer, formula):
    expected, state, x = [], {}, 1.0
    for g in GRADIENTS:
        x += formula(g, state)
        expected.append(x)
    assert trajectory(optimizer, GRADIENTS) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_float32_stays_float32_and_parameters_change_in_place(kind):
    layer = holder([1.0, 2.0], dtype=np.float32)
    array = layer.p0.data
    optimizer = kind().setup(layer)
    optimizer.add_hook(WeightDecay(np.float64(0.1)))
    optimizer.add_hook(ClipGrad(0.1))
    for _ in range(2):
        layer.p0.grad = Variable(np.ones(2, dtype=np.float32))
        optimizer.update()
    assert layer.p0.data is array
    assert array.dtype == np.float32
    assert (array < [1, 2]).all()


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_parameter_without_gradient_is_left_alone(kind):
    layer = holder([1.0], [2.0])
    layer.p0.grad = Variable(np.ones(1))
    kind().setup(layer).update()
    assert layer.p0.data.item() != 1
    assert layer.p1.data.item() == 2


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_training_converges_the_same_each_time(kind):
    def train():
        np.random.seed(0)
        x = np.random.rand(30, 2).astype("f4")
        t = x @ np.array([[1.0], [-2.0]], dtype="f4") + 0.5
        model, optimizer = Linear(1, in_size=2), kind()
        optimizer.setup(model)
        losses = []
        for _ in range(60):
            diff = model(x) - t
            loss = F.sum(diff**2) / len(x)
            model.cleargrads()
            loss.backward()
            optimizer.update()
            losses.append(loss.data.item())
        return losses

    losses = train()
    assert losses[-1] < losses[0]
    assert losses == train()


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_what_is_remembered_dies_with_its_parameter_and_nobody_inherits_it(kind):
    optimizer = kind()
    for _ in range(50):  # a table by id() would soon meet an id again
        layer = holder([1.0])
        layer.p0.grad = Variable(np.ones(1))
        optimizer.setup(layer)
        optimizer.t = 0
        optimizer.update()
        moved = layer.p0.data.item()
        assert moved == pytest.approx(trajectory(kind(), [1.0])[0], rel=1e-12)
        states = [s for s in vars(optimizer).values() if isinstance(s, weakref.WeakKeyDictionary)]
        assert all(len(state) == 1 for state in states)
        assert states or kind is SGD
        optimizer.setup(None)
        del layer
        assert all(len(state) == 0 for state in states)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_an_optimizer_and_its_model_die_by_counting_alone(kind):
    def step():
        layer = holder([1.0])
        y = F.sum(layer.p0 * layer.p0)
        y.backward()
        optimizer = kind().setup(layer)
        for hook in (WeightDecay(0.1), ClipGrad(0.1), FreezeParam()):
            optimizer.add_hook(hook)
        optimizer.update()
        return optimizer, layer, layer.p0, y

    assert_dies_by_counting(step)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_steps_leave_nothing_behind(kind):
    layer = holder([1.0])
    optimizer = kind().setup(layer)

    def step():
        y = F.sum(layer.p0 * layer.p0)
        layer.cleargrads()
        y.backward()
        optimizer.update()

    step()
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        for _ in range(10):
            step()
        assert len(gc.get_objects()) == before
    finally:
        gc.enable()


def test_adam_tells_the_rate_of_its_step():
    optimizer = Adam()
    first = optimizer.lr
    trajectory(optimizer, [1.0])
    assert optimizer.lr == first == pytest.approx(0.001 * math.sqrt(0.001) / 0.1)


def test_weight_decay_adds_to_the_gradient():
    assert trajectory_with(WeightDecay(0.5), [2.0], [3.0]) == pytest.approx([2 - 0.1 * 4])


def test_gradients_are_clipped_together():
    moved = trajectory_with(ClipGrad(1.0), [0.0, 0.0], [3.0, 4.0])
    assert moved == pytest.approx([-0.06, -0.08], rel=1e-5)
    assert trajectory_with(ClipGrad(10.0), [0.0, 0.0], [3.0, 4.0]) == pytest.approx([-0.3, -0.4])


def test_large_float32_gradients_are_clipped_and_not_lost():
    layer = holder([0.0], dtype=np.float32)
    layer.p0.grad = Variable(np.array([1e30], dtype=np.float32))
    ClipGrad(1.0)([layer.p0])
    assert layer.p0.grad.data.item() == pytest.approx(1)


def test_hooks_leave_arrays_alone_that_a_gradient_shares():
    shared = np.ones(1)
    layer = holder([1.0])
    layer.p0.grad = Variable(np.broadcast_to(shared, (1,)))
    WeightDecay(0.5)([layer.p0])
    ClipGrad(0.1)([layer.p0])
    assert shared.item() == 1


def trajectory_with(hook, values, gradients):
    layer = holder(*([v] for v in values))
    optimizer = SGD(lr=0.1).setup(layer)
    optimizer.add_hook(hook)
    for param, gradient in zip(layer.params(), gradients, strict=True):
        param.grad = Variable(np.array([gradient]))
    optimizer.update()
    return [param.data.item() for param in layer.params()]


def test_frozen_parameters_stay():
    model = Layer()
    model.first, model.second = holder([1.0], [2.0]), holder([3.0])
    optimizer = SGD(lr=1.0).setup(model)
    optimizer.add_hook(FreezeParam(model.first.p0, model.second))
    optimizer.add_hook(WeightDecay(0.1))  # a hook after it sees only what is left
    for param in model.params():
        param.grad = Variable(np.ones(1))
    optimizer.update()
    assert [param.data.item() for param in model.params()] == [1.0, pytest.approx(0.8), 3.0]


def test_a_shared_parameter_is_updated_once():
    layer = holder([1.0])
    layer.again = layer.p0
    layer.p0.grad = Variable(np.ones(1))
    SGD(lr=0.5).setup(layer).update()
    assert layer.p0.data.item() == 0.5


def test_an_optimizer_without_a_target_says_what_is_missing():
    with pytest.raises(RuntimeError, match=r"setup\(model\)"):
        SGD().update()


def test_an_optimizer_without_a_formula_says_what_is_missing():
    layer = holder([1.0])
    layer.p0.grad = Variable(np.ones(1))
    with pytest.raises(NotImplementedError, match="update_one"):
        Optimizer().setup(layer).update()


def test_the_book_finds_its_names():
    names = "Optimizer SGD MomentumSGD AdaGrad AdaDelta Adam WeightDecay ClipGrad FreezeParam"
    assert all(hasattr(optimizers, name) for name in names.split())
