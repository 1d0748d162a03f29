"""The figures of removals are still what the golden says that bench/removed is held to."""

import json

import pytest

from counterpart_training.export.removal_goldens import PATH, goldens


def test_the_committed_golden_is_what_drawn_edits_tells() -> None:
    now, then = goldens()["cases"], json.loads(PATH.read_text())["cases"]
    assert len(now) == len(then) == 3
    for one, other in zip(now, then, strict=True):
        assert one == pytest.approx(other, abs=2e-6)
