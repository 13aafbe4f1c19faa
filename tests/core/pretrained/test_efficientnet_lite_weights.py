import hashlib
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from core.images.folders import find_images
from core.images.reading import read_image
from core.inference.classifier import Classifier
from core.inference.model_file import classifier_file
from core.network.running.fit_weights import fit_weights
from core.pretrained.catalogue import PRETRAINED
from core.pretrained.efficientnet_lite_weights import LITE0, PretrainedError


@pytest.fixture
def imagenet(weights):
    """Give the pretrained network with its weights."""
    pretrained = PRETRAINED["efficientnet-lite0"]
    return pretrained, *pretrained.load()


def test_the_weights_fit_the_template_exactly(imagenet):
    from core.network.analysis import analyse, check_weights

    _, network, weights = imagenet
    analysis = analyse(network)
    check_weights(analysis, weights)
    assert analysis.parameters == 4_652_008
    assert len(weights) == sum(len(result.tensors) for result in analysis.results.values())


def test_the_file_agrees_with_torch_and_knows_bees(imagenet, ants_bees):
    """The 1,000-class answers of the written file equal those of the template as torch module."""
    from core.export.torch_reference import TorchReference

    pretrained, network, weights = imagenet
    labels = [str(number) for number in range(1000)]
    model = classifier_file(network, weights, pretrained.preparation, labels)
    classifier, reference = (
        Classifier(model),
        TorchReference(network, weights, pretrained.preparation),
    )
    photos = [read_image(image.path) for image in find_images(ants_bees)[::10]]
    answers = np.array([classifier.predict(pixels) for pixels in photos])
    expected = np.array([reference.predict(pixels) for pixels in photos])
    assert np.abs(answers - expected).max() < 1e-4
    assert np.isin(answers.argmax(axis=1), [308, 309, 310]).mean() > 0.75  # fly, bee, ant


def test_altered_weights_are_refused():
    altered = replace(LITE0, sha256=hashlib.sha256(b"other").hexdigest())
    with pytest.raises(PretrainedError, match="have been altered"):
        altered.load_weights()


def test_a_damaged_conversion_is_made_again(weights, home):
    (converted,) = (home / "cache" / "weights").iterdir()
    whole = converted.read_bytes()
    converted.write_bytes(whole[:1000])
    assert LITE0.load_weights()["classifier.bias"].shape == (1000,)
    assert converted.read_bytes() == whole


def test_without_torch_and_conversion_a_sentence_says_what_to_do():
    code = """
import sys
sys.modules["torch"] = None
from core.pretrained.efficientnet_lite_weights import LITE0, PretrainedError
try:
    LITE0.load_weights()
except PretrainedError as error:
    print(error)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'Install it once: pip install "layerloom[torch]".' in shown.stdout


@pytest.mark.parametrize("number", [1, 2])
def test_the_larger_ones_fit_their_templates_where_they_are_installed(number):
    pretrained = PRETRAINED[f"efficientnet-lite{number}"]
    if not pretrained.available_offline:
        with pytest.raises(PretrainedError, match="not installed"):
            pretrained.load()
        return
    network, weights = pretrained.load()
    assert fit_weights(network, weights).complete
