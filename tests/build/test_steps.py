"""Errors are one sentence each."""

import errno
import sys

import pytest

from web.build.steps import DISK_FULL, BuildError, explain, run, sentence, step


def test_a_missing_command() -> None:
    with pytest.raises(BuildError, match=r"^Weaving needs no-such-loom, which is not installed\.$"):
        run(["no-such-loom"], "Weaving")


def test_a_command_that_fails_shows_the_ends_of_its_output() -> None:
    program = "import sys; print(*range(100), sep='\\n'); sys.exit(3)"
    with pytest.raises(BuildError) as caught:
        run([sys.executable, "-c", program], "Counting")
    first, *tail = str(caught.value).splitlines()
    assert first == "Counting failed; its output says why."
    assert [line.strip() for line in tail] == [*"012345", "...", *map(str, range(94, 100))]


@pytest.mark.parametrize(
    "output",
    [
        "npm error code EAI_AGAIN\nnpm error request failed",
        "Failed to establish a new connection: Temporary failure in name resolution",
    ],
)
def test_no_network(output: str) -> None:
    said = explain("Fetching", output)
    assert said == (
        "Fetching failed: its registry cannot be reached; connect to the network and try again."
    )


def test_a_full_disk_is_one_sentence_whoever_notices() -> None:
    assert explain("Fetching", "npm error ENOSPC: no space left on device, write") == DISK_FULL
    assert sentence(OSError(errno.ENOSPC, "No space left on device", "/x")) == DISK_FULL


def test_the_system_refuses() -> None:
    error = PermissionError(errno.EACCES, "Permission denied", "/x/y")
    assert sentence(error) == "The system refused /x/y: Permission denied."


def test_a_mistake_of_ours_is_not_dressed_up() -> None:
    with pytest.raises(KeyError):
        sentence(KeyError("x"))


def test_a_step_shows_its_name_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Weaving"):
        pass
    assert capsys.readouterr().out.startswith("Weaving .....")


def test_a_step_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="torn"), step("Weaving"):
        raise ValueError("torn")
    assert capsys.readouterr().out.endswith("failed\n")
