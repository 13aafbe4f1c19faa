"""The advanced settings of recipes: records that a window and a command line are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import LayerloomError
from core.glossary import meaning_of

Value = float | int | bool | str
"""Of an option; a whole number is an int."""


class OptionError(LayerloomError):
    """An option that a recipe does not have, or a value it cannot take."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of a recipe.

    Attributes:
        name: As in a run's settings and on the command line.
        title: As shown.
        explanation: What it does, one line.
        default: Its type is the option's: bool, int, float or str (one of the choices).
        smallest: Of a number.
        largest: Of a number.
        unit: Of a number, or "".
        choices: Of a text: each value with its title.
    """

    name: str
    title: str
    explanation: str
    default: Value
    smallest: float = 0.0
    largest: float = 0.0
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def checked(self, value: Any) -> Value:
        """Return a value in the option's own type.

        Raises:
            OptionError: It is of another type or out of range.
        """
        if isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
            raise self._refusal(value, "on or off")
        if isinstance(self.default, str):
            if any(value == name for name, _ in self.choices):
                return str(value)
            raise self._refusal(value, "one of " + ", ".join(name for name, _ in self.choices))
        whole = isinstance(self.default, int)
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise self._refusal(value, f"a {'whole ' if whole else ''}number {self._range()}")
        if not self.smallest <= value <= self.largest:
            raise self._refusal(value, self._range())
        return int(value) if whole else float(value)

    def _range(self) -> str:
        return f"from {self.smallest:g} to {self.largest:g}"

    def _refusal(self, value: Any, wanted: str) -> OptionError:
        given = f"“{value}”" if isinstance(value, str) else value
        return OptionError(f"{self.title} cannot be {given}: it is {wanted}")


def with_defaults(options: Sequence[Option], given: Mapping[str, Any]) -> dict[str, Value]:
    """Return the value of every option, the given ones checked.

    Raises:
        OptionError: There is no such option, or a value does not fit.
    """
    known = {option.name: option for option in options}
    for name in given:
        if name not in known:
            raise OptionError(
                f"The recipe has no setting called “{name}”",
                hint=f"Available: {', '.join(known)}." if known else "It has none.",
            )
    return {name: option.checked(given.get(name, option.default)) for name, option in known.items()}


def parsed(options: Sequence[Option], texts: Sequence[str]) -> dict[str, Value]:
    """Return the options that texts such as “learning_rate=0.001” give.

    Raises:
        OptionError: There is no such option, or a value does not fit.
    """
    known = {option.name: option for option in options}
    values: dict[str, Value] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in known:
            raise OptionError(
                f"The recipe has no setting called “{name}”", hint=f"Available: {', '.join(known)}."
            )
        values[name] = known[name].checked(_read(value, known[name].default))
    return values


def _read(text: str, like: Value) -> Value:
    """Return a text as a value of the same type as another, or as it is where it is none."""
    if isinstance(like, bool):
        return {"on": True, "true": True, "off": False, "false": False}.get(text.lower(), text)
    try:
        return type(like)(text)
    except ValueError:
        return text


VIEWS = Option(
    name="views",
    title="Augmented views",
    explanation="How many changed copies of each training image (cropped, mirrored, recoloured) "
    "are trained on besides the image itself.",
    default=0,
    smallest=0,
    largest=64,
)
EPOCHS = Option(
    name="epochs",
    title="Epochs",
    explanation="How often training goes through all images, at most.",
    default=20,
    smallest=1,
    largest=10_000,
)
BATCH_SIZE = Option(
    name="batch_size",
    title="Batch size",
    explanation=meaning_of("Batch size"),
    default=32,
    smallest=1,
    largest=4096,
    unit="images",
)
LEARNING_RATE = Option(
    name="learning_rate",
    title="Learning rate",
    explanation="How far the last layer's weights move with each step; too large fails, too "
    "small takes long.",
    default=1e-3,
    smallest=1e-7,
    largest=1.0,
)
RATE_FALL = Option(
    name="rate_fall",
    title="Learning rate at the input",
    explanation="Learning rate of the layer nearest to the image, as a share of the last "
    "layer's; rates of the layers between rise step by step.",
    default=0.1,
    smallest=0.0001,
    largest=1.0,
)
WEIGHT_DECAY = Option(
    name="weight_decay",
    title="Weight decay",
    explanation=meaning_of("Weight decay"),
    default=0.01,
    smallest=0.0,
    largest=1.0,
)
LABEL_SMOOTHING = Option(
    name="label_smoothing",
    title="Label smoothing",
    explanation=meaning_of("Label smoothing"),
    default=0.1,
    smallest=0.0,
    largest=0.5,
)
PATIENCE = Option(
    name="patience",
    title="Patience",
    explanation=f"{meaning_of('Patience')} 0: never.",
    default=8,
    smallest=0,
    largest=1000,
    unit="epochs",
)
AVERAGING = Option(
    name="averaging",
    title="Weight averaging",
    explanation="Share of earlier weights in the running average that becomes the result (EMA); "
    "0: no averaging.",
    default=0.98,
    smallest=0.0,
    largest=0.9999,
)
CLIPPING = Option(
    name="clipping",
    title="Gradient clipping",
    explanation="Longer gradients are shortened to this length, so that one odd batch cannot "
    "spoil the weights; 0: never.",
    default=5.0,
    smallest=0.0,
    largest=1000.0,
)
CLASS_WEIGHTS = Option(
    name="class_weights",
    title="Weight rare classes more",
    explanation="Each class counts the same in training, however many images it has.",
    default=True,
)
AUGMENTATION = Option(
    name="augmentation",
    title="Augmentation",
    explanation="Each epoch crops, mirrors and recolours the training images differently.",
    default=True,
)
SMALL_FIRST = Option(
    name="small_first",
    title="Small images first",
    explanation="Share of the epochs that use images of 4/7 the side, for a third of the work; "
    "the last ones adapt the network to the full size.",
    default=0.0,
    smallest=0.0,
    largest=0.95,
)
STORED_STATISTICS = Option(
    name="stored_statistics",
    title="Stored statistics",
    explanation="Batch normalisation keeps the mean and variance that came with the weights and "
    "learns only its scale and shift; otherwise each batch is normalised by its own.",
    default=True,
)
MIRRORING = Option(
    name="mirroring",
    title="Mirrored images",
    explanation="Also train on mirrored images; not for text. Automatic: for colour images.",
    default="auto",
    choices=(("auto", "Automatic"), ("on", "On"), ("off", "Off")),
)
PRECISION = Option(
    name="precision",
    title="Precision",
    explanation="Number format in training. Automatic: the fastest that computes correctly "
    "here, measured on the first batches.",
    default="auto",
    choices=(("auto", "Automatic"), ("fp32", "32 bits"), ("bf16", "16 bits (bfloat16)")),
)
LAYOUT = Option(
    name="layout",
    title="Memory format",
    explanation="Order of a feature map's numbers in memory. Automatic: the faster one here, "
    "measured on the first batches.",
    default="auto",
    choices=(
        ("auto", "Automatic"),
        ("nchw", "Channels first"),
        ("channels_last", "Channels last"),
    ),
)
THREADS = Option(
    name="threads",
    title="CPU threads",
    explanation="How many CPU cores training may use, to keep the computer usable; 0: all.",
    default=0,
    smallest=0,
    largest=1024,
)
DEVICE = Option(
    name="device",
    title="Device",
    explanation="Automatic: the GPU if there is one.",
    default="auto",
    choices=(
        ("auto", "Automatic"),
        ("cpu", "CPU"),
        ("cuda", "NVIDIA or AMD GPU"),
        ("mps", "Apple GPU"),
        ("xpu", "Intel GPU"),
    ),
)
