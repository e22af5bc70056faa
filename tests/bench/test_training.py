"""The training run of the bench: as many objects and events as are asked for, in a process."""

import training


def test_a_small_run_is_measured_bare_and_recorded():
    told = training.measure(held=50, events=1_500)
    assert told["bare"]["peak"] > 1_000_000
    recorded = told["recorded"]
    assert recorded["births"] > 50
    assert recorded["events"] >= 1_500
    assert "1500 events" in recorded["limit"]
    assert recorded["peak"] >= recorded["seen"][0] > 1_000_000
