"""Everything that can stop an evaluation, one class a cause; each message names the thing, its advice what to do."""

from collections.abc import Iterable
from pathlib import Path


class EvaluationError(Exception):
    """Base of the errors below. `code` is stable; `advice` is one sentence that says what to do next."""

    code = "evaluation"

    def __init__(self, message: str, advice: str) -> None:
        self.advice = advice
        super().__init__(f"{message} {advice}")


class ManifestMissing(EvaluationError):
    """The folder has no manifest.csv."""

    code = "manifest-missing"

    def __init__(self, root: Path) -> None:
        super().__init__(f"There is no manifest.csv in {root}.", "Name the folder that holds manifest.csv with --data.")


class ColumnsMissing(EvaluationError):
    """manifest.csv lacks columns without which no image can be found or grouped."""

    code = "columns-missing"

    def __init__(self, path: Path, missing: Iterable[str], needed: Iterable[str]) -> None:
        super().__init__(
            f"{path} has no column {', '.join(missing)}.",
            f"Add it to the header; needed are {', '.join(needed)}.",
        )


class RowUnreadable(EvaluationError):
    """A row of manifest.csv has a value that cannot be read."""

    code = "row-unreadable"

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}.", "Correct the row; blank means not annotated.")


class UnknownSplit(EvaluationError):
    """No row is of the asked split."""

    code = "unknown-split"

    def __init__(self, split: str, known: Iterable[str]) -> None:
        listed = ", ".join(sorted(known)) or "none"
        super().__init__(f"No row has the split '{split}'.", f"Splits here are: {listed}; name one with --split.")


class EmptySplit(EvaluationError):
    """The split has rows, but none that can be used."""

    code = "empty-split"

    def __init__(self, split: str, why: str) -> None:
        super().__init__(f"The split '{split}' has no usable image: {why}.", "Name another split with --split.")


class ImageUnreadable(EvaluationError):
    """An image named by the manifest is missing or broken."""

    code = "image-unreadable"

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} cannot be read ({problem}).", "Restore it, or take its row out of manifest.csv.")


class NetworksMissing(EvaluationError):
    """Neither checkpoints nor a release are where they were looked for."""

    code = "networks-missing"

    def __init__(self, what: str) -> None:
        super().__init__(f"The networks to judge are not there: {what}.", "Train them, or name a release: --models.")


class DrawingsUnusable(EvaluationError):
    """A folder of drawn films that lacks its table, or whose table names what is not there."""

    code = "drawings-unusable"

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The drawn films cannot be used: {problem}.",
            "Make them with `node bench/drawnFilms.mjs --split val` and name its folder with --drawings.",
        )


class LadderUnreadable(EvaluationError):
    """Runs to rank by training time that cannot be ordered by it."""

    code = "ladder-unreadable"

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The runs of --ladder cannot be ranked: {problem}.",
            "Name two or more denoiser runs of different training time.",
        )


class ArmUnreadable(EvaluationError):
    """An arm of the protocol is neither a known name nor NAME=FOLDER."""

    code = "arm-unreadable"

    def __init__(self, arm: str, known: Iterable[str]) -> None:
        super().__init__(
            f"There is no arm '{arm}'.",
            f"Arms are {', '.join([*known, 'or ' if known else ''])}NAME=FOLDER with generated images.",
        )


class ArmUnknown(EvaluationError):
    """`--against` names an arm that is not compared."""

    code = "arm-unknown"

    def __init__(self, arm: str, known: Iterable[str]) -> None:
        super().__init__(f"No arm is called '{arm}'.", f"Name one of those after --arms: {', '.join(known)}.")


class TooFewImages(EvaluationError):
    """A measurement that cannot be made at all with so few images."""

    code = "too-few-images"

    def __init__(self, what: str, count: int, needed: int) -> None:
        super().__init__(f"{what}: {count} images, needs {needed}.", "Give more images, or raise --limit.")


class SamplesMissing(EvaluationError):
    """The release has no synthetic samples."""

    code = "samples-missing"

    def __init__(self, listing: Path) -> None:
        super().__init__(f"There is no {listing}.", "Make samples first: `training samples`, then `training export`.")
