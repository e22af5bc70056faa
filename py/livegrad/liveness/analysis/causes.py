"""Why something died, as a clause: which reference ended last, and how that came."""

from typing import Final

from .states import Replay

_ALONE: Final = {  # where the reference that ended is not known
    "rebound": "its last name was rebound or deleted",
    "attribute": "the attribute that held it was set anew or deleted",
    "item": "the item that held it was removed or replaced",
    "frame": "the frame that held it was left",
    "holder": "its last holder died",
    "temporary": "nothing held it beyond the line",
    "count": "its reference count became 0",
    "collector": "the collector found that nothing reached it",
}


def cause(replay: Replay, serial: int) -> str:
    """Why an object that died has died: "the name `y` was rebound or deleted"."""
    event, _, _, word, edge, _ = replay.death[serial]
    if replay.kinds[serial] == "frame":
        return f"the frame of `{replay.types[serial]}` was left"
    if edge < 0 or word in ("temporary", "count", "collector"):
        return _ALONE[word]
    holder = replay.holders[edge]
    name, label = replay.names[edge], replay.labels[holder]
    place = "" if replay.kinds[holder] in ("module", "frame") else f" of `{label}`"
    known = replay.name(holder) if replay.kinds[holder] == "container" else None
    match word:
        case "rebound":
            return f"the name `{name}` was rebound or deleted"
        case "attribute":
            return f"the attribute `{name}`{place} was set anew or deleted"
        case "item" if is_cleared(replay, edge, event):
            return f"the {replay.types[holder]} `{known or label}` was cleared"
        case "item":
            item = f"`{known}{name}`" if known else f"`{name}`{place}"
            return f"the item {item} was removed or replaced"
        case "frame":
            return f"the frame of `{replay.types[holder]}` was left, where `{name}` held it"
    return f"its last holder, `{name}`{place}, died"


def is_cleared(replay: Replay, edge: int, event: int) -> bool:
    """Whether a container lost all that was recorded of it in the step of an event, and lives on.

    One that loses its only item has lost that item: so there must be two.
    """
    step = replay.step(event)
    holder = replay.holders[edge]
    if replay.kinds[holder] != "container" or step == len(replay.ends):
        return False
    start, end = replay.ends[step - 1] if step else 0, replay.ends[step]
    before = [each for each in replay.of[holder] if replay.holds_at(each, start)]
    after = [each for each in replay.of[holder] if replay.holds_at(each, end)]
    return len(before) > 1 and not after and replay.died[holder] > end
