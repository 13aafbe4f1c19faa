"""The terms that the program uses, each in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field, or one of the program's own.

    Attributes:
        name: The term.
        meaning: What it is, in one sentence.
        labels: What else the program writes where it means the same.
    """

    name: str
    meaning: str
    labels: tuple[str, ...] = ()


_TERMS = (
    Term("Accuracy", "The share of images that are classified correctly."),
    Term(
        "Accuracy interval",
        "The range that contains the true accuracy with 95 % confidence; more test images make it "
        "narrower.",
        ("Accuracy (95 %)",),
    ),
    Term(
        "Activation memory",
        "The memory that a layer's output takes, for one image.",
    ),
    Term(
        "Augmentation",
        "Changing the training images at random (cropping, mirroring, recolouring), so that the "
        "network learns what does not matter.",
    ),
    Term(
        "Auxiliary output",
        "An output used only in training, like GoogLeNet's side classifiers.",
    ),
    Term(
        "Baseline",
        "The accuracy of always answering the most frequent class; a useful network is clearly "
        "better.",
    ),
    Term("Batch", "The images that one training step uses together."),
    Term("Batch size", "How many images each training step uses together."),
    Term("Bias", "A learned number that a layer adds to each output channel."),
    Term("Bypassed", "Switched off: the layer passes its input on unchanged."),
    Term("Channels", "The maps that an image or feature map consists of; a colour image has 3."),
    Term("Checkpoint", "The saved state of a training, from which it can be resumed."),
    Term("Class", "One of the kinds of things that the network tells apart.", ("Classes",)),
    Term(
        "Confusion matrix",
        "A table that counts, for each true class, which classes the network predicted.",
    ),
    Term(
        "Depth",
        "How many layers with weights lie on the longest way through the network.",
        ("Depth (layers with weights)",),
    ),
    Term("Design", "A network as it is drawn: its layers, their settings and their wires."),
    Term(
        "Dilation", "Distance between the taps of the window; 2 leaves one pixel out between two."
    ),
    Term("Epoch", "One pass of the training through all training images.", ("Epochs",)),
    Term(
        "Feature extractor",
        "The part of a network before its head: it turns an image into the numbers that the head "
        "classifies.",
    ),
    Term(
        "Feature map",
        "What a layer computes from an image: for each channel, a grid of numbers.",
        ("Feature maps",),
    ),
    Term(
        "Filters",
        "Small grids of learned weights that slide over the map; each gives one channel of the "
        "output.",
    ),
    Term("Fine-tuning", "Training a pretrained network further, on other images."),
    Term(
        "FLOPs",
        "Floating-point operations for one image; a multiply-add counts as two.",
    ),
    Term("Frozen", "Not changed by training."),
    Term(
        "Gradient",
        "How the loss changes with each number; training moves the weights against it.",
    ),
    Term(
        "Groups",
        "The channels are divided into this many separate groups; with as many groups as channels "
        "the convolution is depthwise.",
    ),
    Term("Head", "The last layer or layers of a network, which give the scores of the classes."),
    Term("Image", "A photo or picture file that is classified.", ("Images",)),
    Term(
        "Jump",
        "How far apart neighbouring positions of a feature map are in the image, in pixels.",
    ),
    Term(
        "Kernel size",
        "Height and width of the window that slides over the map.",
        ("Kernel",),
    ),
    Term("Label", "The class that an image is known to belong to."),
    Term(
        "Label smoothing",
        "Share of the correct answer spread evenly over all classes in training, against "
        "overconfidence.",
    ),
    Term("Layer", "One step of a network's computation.", ("Layers",)),
    Term("Learning rate", "How far the weights move with each training step."),
    Term("Loss", "How wrong the predicted probabilities are; training makes it smaller."),
    Term(
        "Multiply-adds",
        "Multiplications, each with an addition, to compute one image; one multiply-add (MAC) is "
        "two FLOPs.",
        ("MACs",),
    ),
    Term("Near-duplicates", "Images that look the same, copies included."),
    Term("Network", "The layers that turn an image into a score for each class."),
    Term("ONNX file", "A trained network in a format that many programs can run.", ("ONNX",)),
    Term("Output", "What a layer passes on: channels × height × width for one image."),
    Term(
        "Overfitting",
        "Memorising the training images: their loss still falls while the validation loss rises.",
    ),
    Term("Padding", "Rows and columns added at the top, left, bottom and right of the map."),
    Term("Parameters", "The numbers that training can change: weights and biases."),
    Term(
        "Patience",
        "Training stops automatically after this many epochs without a smaller validation loss.",
    ),
    Term(
        "p50",
        "The median: half of the measured times are shorter.",
        ("One image, typical (p50)",),
    ),
    Term(
        "p95",
        "95 of 100 measured times are shorter.",
        ("One image, slow case (p95)",),
    ),
    Term(
        "Precision",
        "Of the images that were given this class, the share that belongs to it.",
    ),
    Term("Pretrained", "With weights from an earlier training, mostly on the images of ImageNet."),
    Term("Project", "A folder with the list of your images, your designs and your runs."),
    Term("Recall", "Of the images of this class, the share that was recognised."),
    Term(
        "Receptive field", "Height × width of the part of the image that one output position sees."
    ),
    Term("Recipe", "A way to train: what learns, for how long and with which settings."),
    Term("Run", "One training with its settings, curves, weights and scores.", ("Runs",)),
    Term("Skip connection", "A wire that leads around layers and joins their output again."),
    Term(
        "Split",
        "The division of the images into training, validation and test images.",
    ),
    Term(
        "Stride",
        "How far the window moves with each step; 2 halves height and width.",
    ),
    Term("Test images", "Images set aside to measure the final accuracy."),
    Term("Trainable", "Changed by training."),
    Term("Training images", "The images that the network learns from."),
    Term(
        "Validation images",
        "Images not trained on, used in training to choose the best epoch.",
    ),
    Term(
        "Weight decay",
        "Pulls weights toward 0 at each step, so that none grows unnecessarily (AdamW).",
    ),
    Term("Weights", "The numbers that a network learns in training."),
    Term("Wire", "A line in a design along which one layer's output goes into another layer."),
)

GLOSSARY = {term.name: term for term in _TERMS}
"""By name."""

if len(GLOSSARY) < len(_TERMS):
    raise ValueError("a term is in the glossary twice")


def meaning_of(name: str) -> str:
    """Return the sentence that says what a term means."""
    return GLOSSARY[name].meaning


def glossary_page() -> str:
    """Return the glossary as a Markdown page, in alphabetical order."""
    terms = sorted(GLOSSARY.values(), key=lambda term: term.name.casefold())
    lines = [f"- **{term.name}**: {term.meaning}" for term in terms]
    return "\n".join(["# Glossary", "", *lines, ""])
