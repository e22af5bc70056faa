"""Packed addresses against `id`."""

from hypothesis import given
from hypothesis import strategies as st

from livegrad.liveness.addresses import (
    addresses_of,
    common_prefix,
    common_suffix,
    identity_of,
    pack,
    words_of,
)


@given(st.lists(st.sampled_from([None, "", object(), (), {}, 1.5]), max_size=40))
def test_the_addresses_of_a_list_are_those_of_its_items(items):
    assert addresses_of(items) == pack(map(id, items))
    assert list(words_of(addresses_of(items))) == [id(each) for each in items]
    assert identity_of(items) == pack([*map(id, items), *[id(type(each)) for each in items]])


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_the_common_end_of_two(one, other):
    count = common_suffix(pack(one), pack(other))
    assert one[len(one) - count :] == other[len(other) - count :]
    if count < min(len(one), len(other)):
        assert one[len(one) - count - 1] != other[len(other) - count - 1]
    count = common_prefix(pack(one), pack(other))
    assert one[:count] == other[:count]
    assert count in (len(one), len(other)) or one[count] != other[count]
