"""Transforms: those of arrays as they are, those of images on a stand-in for Pillow's."""

import sys

import numpy as np
import pytest

from livegrad import transforms as T


class Picture:
    """What the transforms ask of a Pillow image."""

    def __init__(self, pixels, mode="RGB"):
        self.pixels = pixels
        self.mode = mode

    @property
    def __array_interface__(self):
        return self.pixels.__array_interface__

    @property
    def size(self):
        return self.pixels.shape[1], self.pixels.shape[0]

    def crop(self, box):
        left, up, right, bottom = box
        return Picture(self.pixels[up:bottom, left:right])

    def convert(self, mode):
        return Picture(self.pixels, mode)

    def resize(self, size, mode):
        return size, mode


PIXELS = np.arange(5 * 4 * 3, dtype=np.uint8).reshape(5, 4, 3)


def test_compose_applies_in_order():
    assert T.Compose([lambda x: x + 1, lambda x: x * 10])(1) == 20
    assert T.Compose()(1) == T.Compose([])(1) == T.Compose(None)(1) == 1


def test_normalize_with_numbers_and_channel_by_channel():
    x = np.ones((3, 2, 2), dtype=np.float32)
    np.testing.assert_allclose(T.Normalize(0.5, 2)(x), np.full((3, 2, 2), 0.25))
    y = T.Normalize([0, 1, 2], (1, 2, 4))(x)
    np.testing.assert_allclose(y[:, 0, 0], [1, 0, -0.25])
    np.testing.assert_allclose(T.Normalize([0.5], [0.5])(x), np.ones((3, 2, 2)))


@pytest.mark.parametrize("mean", [0.5, np.float64(0.5), [0.5, 0.5, 0.5]], ids=repr)
def test_normalize_keeps_float32(mean):
    assert T.Normalize(mean, mean)(np.ones((3, 2), dtype=np.float32)).dtype == np.float32


def test_normalize_does_not_cut_off_a_mean_because_the_array_holds_integers():
    np.testing.assert_allclose(T.Normalize([0.5])(np.ones((3, 2), dtype=np.uint8)), 0.5)


def test_flatten_and_dtypes():
    x = np.ones((2, 3), dtype=np.uint8)
    assert T.Flatten()(x).shape == (6,)
    assert T.AsType()(x).dtype == T.ToFloat()(x).dtype == np.float32
    assert T.AsType(np.float64)(x).dtype == np.float64
    assert T.ToInt()(np.ones(2)).dtype == np.dtype(int)


def test_flipping_an_array_left_to_right():
    x = np.arange(6).reshape(1, 2, 3)
    assert T.RandomHorizontalFlip(1)(x).tolist() == [[[2, 1, 0], [5, 4, 3]]]
    assert T.RandomHorizontalFlip(0)(x) is x


def test_an_image_becomes_an_array_of_channels_rows_columns():
    array = T.ToArray()(Picture(PIXELS))
    assert array.shape == (3, 5, 4)
    assert array.dtype == np.float32
    assert array[2, 4, 1] == PIXELS[4, 1, 2]
    assert T.ToArray()(Picture(PIXELS[:, :, 0], "L")).shape == (1, 5, 4)
    assert T.ToArray()(array) is array
    with pytest.raises(TypeError, match=r"PIL\.Image\.open"):
        T.ToArray()("picture.png")


@pytest.mark.parametrize(("size", "box"), [(2, (slice(1, 3), slice(1, 3))), ((3, 4), None)])
def test_the_middle_of_an_image(size, box):
    cut = T.CenterCrop(size)(Picture(PIXELS)).pixels
    assert cut.shape[:2] == (2, 2) if box else (4, 3)
    np.testing.assert_array_equal(cut, PIXELS[box] if box else PIXELS[0:4, 0:3])


def test_resizing_and_converting_are_asked_of_the_image():
    assert T.Resize(7)(Picture(PIXELS)) == ((7, 7), T.BILINEAR)
    assert T.Resize((7, 8), 3)(Picture(PIXELS)) == ((7, 8), 3)
    assert T.Convert("L")(Picture(PIXELS)).mode == "L"


def test_making_an_image_needs_pillow_only_then(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ImportError, match="ToPIL makes a Pillow image"):
        T.ToPIL()(np.ones((3, 2, 2), dtype=np.uint8))
