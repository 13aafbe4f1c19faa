"""What a network's name means, and that it is opened as what it means."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.errors import LayerloomError, StorageError
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.network.network import NetworkError, encode_network
from core.network.templates import TEMPLATES
from core.opening.beginning import kept_beginning
from core.opening.given_weights import given_weights
from core.opening.listing import ListedNetwork, WeightsPlace, list_networks
from core.opening.meaning import RunFolder, UnknownName, meaning
from core.opening.network_file import DesignFile, OnnxFile, network_file
from core.opening.opening import open_network, open_resized, open_with_weights
from core.pretrained.imagenet import IMAGENET, PretrainedError
from core.training.train_job import TrainJob
from tests.core.network.as_onnx import network_as_onnx


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Give an empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(small_project, weights):
    """Give a finished run."""
    return TrainJob(small_project.folder).run(Reporter())


@pytest.mark.parametrize("listed", list_networks(), ids=lambda listed: listed.name)
def test_every_name_of_the_list_means_its_network(listed, here):
    assert meaning(listed.name) == listed
    assert meaning(listed.name.upper()) == listed


def test_a_template_has_no_weights_and_a_pretrained_network_has_some():
    lenet, lite, resnet, vit = map(
        meaning, ("lenet5", "efficientnet-lite0", "resnet18", "vit_b_16")
    )
    assert (lenet.template, lenet.imagenet) == (TEMPLATES["lenet5"], None)
    assert lite.weights is WeightsPlace.INCLUDED
    assert not lite.imagenet.needs_torchvision
    assert resnet.template
    assert resnet.imagenet.needs_torchvision
    assert vit.template is None
    assert vit.imagenet.licence == vit.licence


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Größe.json", DesignFile),
        ("networks/own.JSON", DesignFile),
        ("/somewhere/net.onnx", OnnxFile),
        ("net.ONNX", OnnxFile),
    ],
)
def test_a_file_is_known_by_its_suffix_whether_it_is_there_or_not(name, kind, here):
    assert type(meaning(name)) is kind
    assert str(meaning(name).path) == name


def test_a_file_without_a_suffix_is_no_network_but_a_name(here):
    (here / "own").write_bytes(encode_network(TEMPLATES["lenet5"].build(10)))
    assert network_file(here / "own") is None
    assert meaning("own") == UnknownName("own")
    (here / "lenet5").write_bytes(b"")
    assert meaning("lenet5").title == TEMPLATES["lenet5"].title


def test_a_folder_called_like_a_template_hides_it_only_with_a_finished_run_in_it(here):
    (here / "lenet5").mkdir()
    assert isinstance(meaning("lenet5"), ListedNetwork)
    assert isinstance(meaning(str(here / "lenet5")), RunFolder)  # a whole path is never a name
    (here / "lenet5" / "result.json").write_bytes(b"{}")
    assert meaning("lenet5") == RunFolder(here.relative_to(here) / "lenet5")


@pytest.mark.parametrize("name", ["", ".", "resnet18000", "x" * 300, "a\0b", "own.txt"])
def test_what_nobody_knows_is_an_unknown_name(name, here):
    assert meaning(name) == UnknownName(name)


@pytest.mark.parametrize("opener", [open_network, lambda name: open_with_weights(name, Reporter())])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("resnet18000", "There is no template or torchvision network called “resnet"),
        ("gone.json", "No such file"),
        ("x" * 300 + ".json", "File name too long"),
        ("gone.onnx", "no such file|No such file"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(opener, name, sentence, here):
    with pytest.raises(LayerloomError, match=sentence):
        opener(name)


def test_a_run_that_is_gone_is_a_run_and_not_looked_into_without_its_weights(here):
    gone = str(here / "runs" / "gone")
    with pytest.raises(StorageError, match="no finished run in this folder"):
        open_with_weights(gone, Reporter())
    with pytest.raises(NetworkError, match="no template or torchvision network"):
        open_network(gone)


def test_a_run_comes_with_all_that_it_learnt(run):
    assert meaning(str(run.folder)) == RunFolder(run.folder)
    opened = open_with_weights(str(run.folder), Reporter())
    network, weights = run.network()
    assert opened.title == run.settings.network_title
    assert opened.network == network
    assert opened.weights.keys() == weights.keys()
    assert opened.preparation == run.result.preparation
    assert list(opened.labels) == run.result.labels
    assert (opened.trained_on, opened.licence) == (IMAGENET, "Apache-2.0")


def test_a_pretrained_network_comes_with_weights_only_where_they_are_wanted(weights):
    plain, whole = (
        open_network("efficientnet-lite0"),
        open_with_weights("EfficientNet-Lite0", Reporter()),
    )
    assert plain.weights is None
    assert (plain.trained_on, plain.licence) == ("", "")
    assert plain.preparation == whole.preparation
    assert plain.title == whole.title == TEMPLATES["efficientnet-lite0"].title
    assert whole.weights["classifier.bias"].shape == (1000,)
    assert (whole.trained_on, whole.licence) == (IMAGENET, "Apache-2.0")
    given = given_weights("efficientnet-lite0", "imagenet", Reporter())
    assert given.keys() == whole.weights.keys()


def test_a_design_has_the_weights_beside_it_and_an_onnx_file_those_in_it(here):
    network = TEMPLATES["lenet5"].build(10)
    inside = {
        f"{result.node.name}.{tensor.name}": np.ones(tensor.shape, np.float32)
        for result in analyse(network).own
        for tensor in result.tensors
    }
    (here / "own.json").write_bytes(encode_network(network))
    (here / "own.onnx").write_bytes(network_as_onnx(network, inside))
    assert open_with_weights("own.json", Reporter()).weights is None
    save_file({"other": np.zeros(3, np.float32)}, here / "own.safetensors")
    assert open_network("own.json").weights is None
    assert open_with_weights("own.json", Reporter()).weights.keys() == {"other"}
    assert open_with_weights("own.onnx", Reporter()).weights.keys() == inside.keys()
    with pytest.raises(PretrainedError, match=r"no ImageNet weights of “own\.json”"):
        given_weights("own.json", "imagenet", Reporter())


@pytest.mark.parametrize("name", ["lenet5", "alexnet", "own.json"])
def test_a_network_is_opened_for_other_images_and_classes(name, here):
    (here / "own.json").write_bytes(encode_network(TEMPLATES["alexnet"].build(10)))
    opened = open_resized(name, (3, 256, 256), 7)
    results = analyse(opened.network).results
    shapes = [results[node.id].output for node in opened.network.nodes]
    assert shapes[0] == (3, 256, 256)
    assert (7,) in shapes


def test_what_a_training_begins_from_is_kept_as_it_is_now(here):
    project = here / "Project"
    design = project / "networks" / "own.json"
    design.parent.mkdir(parents=True)
    design.write_bytes(encode_network(TEMPLATES["lenet5"].build(10)))
    kept = kept_beginning("networks/own.json", project, project)
    assert kept == kept_beginning("Project/networks/own.json", project)
    design.write_bytes(encode_network(TEMPLATES["alexnet"].build(10)))
    assert len(open_network(kept).network.nodes) == len(TEMPLATES["lenet5"].build(10).nodes)


def test_names_stay_and_what_is_there_gets_its_whole_path(here):
    assert kept_beginning("resnet18", here) == "resnet18"
    assert kept_beginning("gone.onnx", here) == "gone.onnx"
    (here / "net.onnx").write_bytes(b"")
    assert kept_beginning("net.onnx", here) == str(here / "net.onnx")
    (here / "run").mkdir()
    (here / "run" / "result.json").write_bytes(b"{}")
    assert kept_beginning("run", here) == str(here / "run")


def test_a_design_that_holds_none_is_named_itself_and_not_kept(here):
    (here / "own.json").write_bytes(b"nothing")
    with pytest.raises(NetworkError) as refused:
        kept_beginning("own.json", here / "Project")
    assert refused.value.where == "own.json"
    assert not (here / "Project").exists()
