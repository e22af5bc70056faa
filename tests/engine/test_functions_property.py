"""Every operation of the table on numbers, shapes and dtypes that hypothesis chooses."""

import numpy as np
import pytest
from derivatives import assert_first, assert_second, near
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, mutually_broadcastable_shapes
from operations import EVERY_SHAPE, PAIRS, TABLE
from operations import arrays as kept_apart

from livegrad import Variable

ONE_OF_ANY = tuple((shape,) for shape in EVERY_SHAPE)
ENTRIES = [pytest.param(entry, id=f"{entry.name}-{i}") for i, entry in enumerate(TABLE)]


@st.composite
def inputs(draw, entry):
    """Arrays that the entry takes: of any shape where it is elementwise, scalar and empty too."""
    if entry.shapes == ONE_OF_ANY:
        shapes = [draw(array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))]
    elif entry.shapes == PAIRS:
        pair = mutually_broadcastable_shapes(num_shapes=2, max_dims=3, min_side=0, max_side=2)
        shapes = draw(pair).input_shapes
    else:
        shapes = draw(st.sampled_from(entry.shapes))
    if entry.apart:
        return kept_apart(entry, shapes, seed=draw(st.integers(0, 99)))
    numbers = st.floats(entry.low, entry.high, allow_subnormal=False)
    return [draw(arrays(np.float64, shape, elements=numbers)) for shape in shapes]


@pytest.mark.parametrize("entry", ENTRIES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_first_and_second_derivatives(entry, data):
    xs = data.draw(inputs(entry))
    assert_first(entry, *xs)
    assert_second(entry, *xs, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("entry", ENTRIES)
@settings(max_examples=12, deadline=None)
@given(data=st.data(), create_graph=st.booleans())
def test_float32_gives_what_float64_gives(entry, data, create_graph):
    xs = [x.astype(np.float32) for x in data.draw(inputs(entry))]
    single = [Variable(x) for x in xs]
    double = [Variable(x.astype(np.float64)) for x in xs]
    y, z = entry(*single), entry(*double)
    y.backward(create_graph=create_graph)
    z.backward(create_graph=create_graph)
    near(y.data, z.data, rtol=1e-4, atol=1e-5)
    for a, b in zip(single, double, strict=True):
        assert (a.grad.dtype, b.grad.dtype) == (np.float32, np.float64)
        near(a.grad.data, b.grad.data, rtol=1e-4, atol=1e-5)
