"""The array memory of a whole recording as PyTorch's memory snapshot.

The shape is that of ``torch.cuda.memory._snapshot()``, pickled: ``segments`` are what is
reserved at the end, ``device_traces`` lists for each device what was allocated and freed, with
frames, innermost first. The time of an event is its number in the trace, as microseconds.
"""

import pickle
from typing import Any, Final

from ..analysis import Replay, State

_ALIGNMENT: Final = 512  # as PyTorch's allocator rounds
_FIRST_ADDRESS: Final = 0x10000000
_PROTOCOL: Final = 4


def to_torch(state: State) -> bytes:
    """Every buffer of the recording up to a state; those of 0 bytes are left out."""
    return pickle.dumps(snapshot(state), protocol=_PROTOCOL)


def snapshot(state: State) -> dict[str, Any]:
    """What is pickled: dicts, lists, strings and numbers only."""
    replay = state.replay
    events: list[tuple[int, dict[str, Any]]] = []
    blocks: list[dict[str, Any]] = []
    address = _FIRST_ADDRESS
    stacks = replay.trace.column("objects", "stack")
    for buffer, (event, owner, nbytes) in enumerate(replay.trace.rows("buffers")):
        if not nbytes or event > state.event:
            continue
        size = -(-nbytes // _ALIGNMENT) * _ALIGNMENT
        frames = _frames(replay, stacks[owner]) if owner >= 0 else []
        events.append((event, _event("alloc", address, nbytes, event, frames)))
        freed = replay.freed[buffer]
        if freed <= state.event:
            stack = _death_stack(replay, owner)
            for action in ("free_requested", "free_completed"):
                events.append((freed, _event(action, address, nbytes, freed, stack)))
        block_state = "inactive" if freed <= state.event else "active_allocated"
        blocks.append(
            {
                "address": address,
                "size": size,
                "requested_size": nbytes,
                "state": block_state,
                "frames": frames,
            }
        )
        address += size  # never used again: an address is one buffer's whole life
    events.sort(key=lambda pair: pair[0])
    return {
        "segments": [_segment(blocks, address - _FIRST_ADDRESS)] if blocks else [],
        "device_traces": [[event for _, event in events]],
        "external_annotations": [],
        "allocator_settings": {},
    }


def _segment(blocks: list[dict[str, Any]], total: int) -> dict[str, Any]:
    active = [block for block in blocks if block["state"] == "active_allocated"]
    return {
        "device": 0,
        "address": _FIRST_ADDRESS,
        "total_size": total,
        "allocated_size": sum(block["size"] for block in active),
        "active_size": sum(block["size"] for block in active),
        "requested_size": sum(block["requested_size"] for block in active),
        "stream": 0,
        "segment_type": "large",
        "segment_pool_id": (0, 0),
        "is_expandable": False,
        "frames": [],
        "blocks": blocks,
    }


def _event(
    action: str, address: int, size: int, time: int, frames: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "action": action,
        "addr": address,
        "size": size,
        "stream": 0,
        "time_us": time,
        "frames": frames,
    }


def _death_stack(replay: Replay, owner: int) -> list[dict[str, Any]]:
    death = replay.death.get(owner)
    return [] if death is None else _frames(replay, death[2])


def _frames(replay: Replay, stack: int) -> list[dict[str, Any]]:
    trace = replay.trace
    found: list[dict[str, Any]] = []
    while stack >= 0:
        location = trace.column("stacks", "location")[stack]
        file = trace.column("files", "name")[trace.column("locations", "file")[location]]
        found.append(
            {
                "filename": trace.strings[file],
                "line": trace.column("locations", "line")[location],
                "name": trace.strings[trace.column("locations", "function")[location]],
            }
        )
        stack = trace.column("stacks", "parent")[stack]
    return found
