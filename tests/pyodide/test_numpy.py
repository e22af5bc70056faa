"""What programs do with numpy. In Pyodide these run in a restored interpreter, where half of
numpy was in the memory written down and half is loaded afterwards; here they show themselves right.
"""

import ctypes
import io
import pickle
import subprocess
import sys

import numpy as np
import pytest


def test_linear_algebra() -> None:
    a = np.random.default_rng(0).normal(size=(20, 20))
    u, s, vh = np.linalg.svd(a)
    np.testing.assert_allclose(u * s @ vh, a, atol=1e-12)
    np.testing.assert_allclose(a @ np.linalg.solve(a, np.ones(20)), np.ones(20), atol=1e-9)
    np.testing.assert_allclose(np.linalg.inv(a) @ a, np.eye(20), atol=1e-9)
    q, r = np.linalg.qr(a)
    np.testing.assert_allclose(q @ r, a, atol=1e-12)
    values, vectors = np.linalg.eigh(a + a.T)
    np.testing.assert_allclose(vectors * values @ vectors.T, a + a.T, atol=1e-12)
    assert np.isclose(np.linalg.det(np.diag([2.0, 3.0])), 6)
    x, *_ = np.linalg.lstsq(np.c_[np.arange(5), np.ones(5)], 2 * np.arange(5) + 1, rcond=None)
    np.testing.assert_allclose(x, [2, 1])


def test_random_numbers_have_their_streams_and_their_moments() -> None:
    np.random.seed(0)
    assert np.random.rand() == pytest.approx(0.5488135039273248)
    assert np.random.default_rng(0).random() == pytest.approx(0.6369616873214543)
    assert np.random.RandomState(0).randn(1)[0] == pytest.approx(1.764052345967664)
    rng = np.random.default_rng(1)
    assert rng.normal(size=100_000).mean() == pytest.approx(0, abs=0.02)
    assert sorted(rng.permutation(10)) == list(range(10))
    assert rng.choice(["a", "b"], p=[1, 0]) == "a"
    for bits in (np.random.MT19937, np.random.PCG64, np.random.Philox, np.random.SFC64):
        assert 0 <= np.random.Generator(bits(3)).random() < 1


def test_generators_without_a_seed_differ() -> None:
    assert np.random.default_rng().random() != np.random.default_rng().random()


def test_fourier_transforms() -> None:
    a = np.random.default_rng(0).normal(size=(8, 12))
    np.testing.assert_allclose(np.fft.ifft2(np.fft.fft2(a)).real, a, atol=1e-12)
    np.testing.assert_allclose(np.fft.irfft(np.fft.rfft(a[0])), a[0], atol=1e-12)
    wave = np.sin(2 * np.pi * 3 * np.arange(64) / 64)
    assert np.abs(np.fft.rfft(wave)).argmax() == 3


def test_einsum() -> None:
    a, b = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4)
    np.testing.assert_array_equal(np.einsum("ij,jk->ik", a, b), a @ b)
    np.testing.assert_array_equal(np.einsum("ij->j", a), a.sum(0))
    np.testing.assert_allclose(np.einsum("ij,jk,lk", a, b, b, optimize=True), a @ b @ b.T)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(protocol: int) -> None:
    record = np.array([(1, "x")], dtype=[("n", "i4"), ("s", "U3")])
    for one in (np.arange(5.0)[::2], np.float32(2), np.dtype("M8[s]"), record, np.sin):
        again = pickle.loads(pickle.dumps(one, protocol))
        assert np.array_equal(again, one) if isinstance(one, np.ndarray) else again == one


def test_files() -> None:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, a=np.eye(3), b=np.array(["x"]))
    buffer.seek(0)
    with np.load(buffer) as loaded:
        np.testing.assert_array_equal(loaded["a"], np.eye(3))
        assert loaded["b"].tolist() == ["x"]
    np.testing.assert_array_equal(np.loadtxt(io.StringIO("1 2\n3 4")), [[1, 2], [3, 4]])


def test_errors_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="could not be broadcast together"):
        np.ones(2) + np.ones(3)
    with pytest.raises(np.linalg.LinAlgError, match="1-dimensional array given"):
        np.linalg.inv(np.ones(2))
    with pytest.raises(IndexError, match="out of bounds"):
        np.ones(2)[2]
    with pytest.raises(TypeError, match="Cannot cast ufunc"):
        np.add(np.ones(2), 1j, out=np.ones(2))
    with pytest.raises(OverflowError, match="out of bounds for int8"):
        np.int8(200)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        np.nothing  # noqa: B018
    with pytest.warns(np.exceptions.ComplexWarning):
        np.ones(1, complex).astype(float)


@pytest.mark.skipif(
    sys.platform == "emscripten", reason="WebAssembly keeps no flags of floating-point exceptions"
)
def test_floating_point_exceptions() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="Singular"):
        np.linalg.inv(np.zeros((2, 2)))
    with pytest.raises(FloatingPointError), np.errstate(divide="raise"):
        np.ones(1) / 0
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        np.ones(1) / 0


def test_sorting_searching_and_sets() -> None:
    a = np.random.default_rng(0).integers(0, 50, 1000)
    for kind in ("quicksort", "stable", "heapsort"):
        assert np.sort(a, kind=kind).tolist() == sorted(a.tolist())
    assert np.sort(np.array(["b", "a"])).tolist() == ["a", "b"]
    assert np.partition(a, 10)[10] == np.sort(a)[10]
    values, counts = np.unique(a, return_counts=True)
    assert counts.sum() == 1000
    assert np.searchsorted(values, values[3]) == 3


def test_functions_of_python() -> None:
    assert np.vectorize(lambda x: x + 1)([1, 2]).tolist() == [2, 3]
    assert np.frompyfunc(lambda x, y: x * y, 2, 1)([2, 3], [4, 5]).tolist() == [8, 15]
    assert np.add.reduceat(np.arange(8), [0, 4]).tolist() == [6, 22]
    totals = np.zeros(3)
    np.add.at(totals, [0, 0, 2], 1)
    assert totals.tolist() == [2, 0, 1]


class Metres(np.ndarray):
    """An array class of a user's own."""

    def __array_finalize__(self, other: object) -> None:
        self.unit = getattr(other, "unit", "m")


def test_subclasses_and_protocols() -> None:
    a = np.arange(3.0).view(Metres)
    assert isinstance(a + 1, Metres)
    assert (a + 1).unit == "m"
    assert memoryview(np.arange(3, dtype="f4")).format == "f"


def test_masked_arrays_polynomials_dates_and_strings() -> None:
    assert np.ma.masked_array([1, 2, 9], mask=[0, 0, 1]).mean() == 1.5
    np.testing.assert_allclose(np.polynomial.Polynomial([6, -5, 1]).roots(), [2, 3])
    assert str(np.datetime64("2026-01-31") + np.timedelta64(1, "D")) == "2026-02-01"
    assert np.strings.upper(np.array(["ab"])).tolist() == ["AB"]
    assert repr(np.float64(0.1)) == "np.float64(0.1)"
    assert str(np.array([1e-10, 1])) == "[1.e-10 1.e+00]"


def test_c_types_see_the_same_memory() -> None:
    a = np.zeros(3)
    a.ctypes.data_as(ctypes.POINTER(ctypes.c_double))[1] = 7
    assert a[1] == 7


def test_a_large_array_grows_the_memory() -> None:
    a = np.ones(9_000_000)
    assert a.sum() == 9_000_000
    assert (a[::2] * 2).sum() == 9_000_000


def test_all_of_numpy_can_be_imported() -> None:
    import numpy.ctypeslib
    import numpy.lib.recfunctions
    import numpy.polynomial.chebyshev
    import numpy.testing

    assert numpy.testing.__file__
    assert np.show_config("dicts")["Build Dependencies"]["blas"]
    assert sys.modules["numpy._core._multiarray_umath"].__file__


@pytest.mark.skipif(sys.platform != "emscripten", reason="of the browser's Python alone")
def test_processes_are_refused_with_an_error() -> None:
    with pytest.raises(OSError, match=r"."):
        subprocess.run(["true"], check=True)
