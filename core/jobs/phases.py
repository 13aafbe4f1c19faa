"""What a job can be at: an identifier to compare, and how it is said in English."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """A part of a job that has a progress of its own."""

    CHECKING_FILE = "checking-file"
    CHOOSING_STRENGTH = "choosing-strength"
    COMPARING_WITH_TORCH = "comparing-with-torch"
    COMPUTING = "computing"
    COPYING_IMAGES = "copying-images"
    DONE = "done"
    DOWNLOADING = "downloading"
    FITTING_LAST_LAYER = "fitting-last-layer"
    KEEPING_WEIGHTS = "keeping-weights"
    LOOKING_AT_IMAGES = "looking-at-images"
    MAKING_NETWORK = "making-network"
    MEASURING_COMPUTER = "measuring-computer"
    NAMING_IMAGES = "naming-images"
    READING_NETWORK = "reading-network"
    READING_PIXELS = "reading-pixels"
    READING_PRETRAINED = "reading-pretrained"
    RUNNING_FROZEN_LAYERS = "running-frozen-layers"
    RUNNING_SCRIPT = "running-script"
    SCANNING = "scanning"
    STARTING_TORCH = "starting-torch"
    TESTING = "testing"
    TESTING_BEST_EPOCH = "testing-best-epoch"
    TIMING_FILE = "timing-file"
    TIMING_LAYERS = "timing-layers"
    TIMING_NETWORK = "timing-network"
    TRAINING = "training"
    WRITING_MODEL = "writing-model"
    WRITING_SAMPLE = "writing-sample"

    @property
    def text(self) -> str:
        """What the command line shows, and the window in the user's language."""
        return _TEXTS[self]


_TEXTS = {
    Phase.CHECKING_FILE: "Checking the written file",
    Phase.CHOOSING_STRENGTH: "Choosing the strength",
    Phase.COMPARING_WITH_TORCH: "Comparing with PyTorch",
    Phase.COMPUTING: "Computing",
    Phase.COPYING_IMAGES: "Copying images",
    Phase.DONE: "Done",
    Phase.DOWNLOADING: "download",
    Phase.FITTING_LAST_LAYER: "Fitting the last layer",
    Phase.KEEPING_WEIGHTS: "Saving its weights",
    Phase.LOOKING_AT_IMAGES: "Computing image features",
    Phase.MAKING_NETWORK: "Making the network",
    Phase.MEASURING_COMPUTER: "Measuring the fastest way to compute",
    Phase.NAMING_IMAGES: "Classifying images",
    Phase.READING_NETWORK: "Reading the network",
    Phase.READING_PIXELS: "Reading the images",
    Phase.READING_PRETRAINED: "Reading the pretrained network",
    Phase.RUNNING_FROZEN_LAYERS: "Running the frozen layers",
    Phase.RUNNING_SCRIPT: "Running predict.py",
    Phase.SCANNING: "Scanning images",
    Phase.STARTING_TORCH: "Starting PyTorch",
    Phase.TESTING: "Testing",
    Phase.TESTING_BEST_EPOCH: "Testing the best epoch",
    Phase.TIMING_FILE: "Measuring the speed of the written file",
    Phase.TIMING_LAYERS: "Timing its layers",
    Phase.TIMING_NETWORK: "Timing the network",
    Phase.TRAINING: "Training",
    Phase.WRITING_MODEL: "Writing the model",
    Phase.WRITING_SAMPLE: "Writing the sample",
}
