import numpy as np
import pytest
import safetensors.numpy
import torch
from torchvision import models

from core.errors import StorageError
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.network.bypassing import set_bypassed
from core.network.layers.ends import Input, Output
from core.network.network import encode_network
from core.network.running.fit_weights import Fit
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from core.pretrained.catalogue import IMAGENET
from core.pretrained.torchvision_table import entry
from core.project.project import create_project
from core.recipes.recipes import RECIPES
from core.training.start import StartError
from core.training.starting_point import starting_point
from core.training.train_job import TrainJob
from tests.core.conftest import small_network

LABELS = ["a", "b", "c"]


def shape_of(network, kind):
    return analyse(network).results[network.only(kind).id].output


def test_a_pretrained_network_keeps_all_but_its_last_layer(weights):
    start = starting_point("efficientnet-lite0", LABELS, Reporter())
    assert start.has_weights
    assert shape_of(start.network, Output) == (3,)
    assert [layer.name for layer in start.layers if layer.fit != "kept"] == ["classifier"]
    assert start.sentence() == (
        "98 of 99 layers with weights keep them; random weights: classifier."
    )
    assert (start.licence, start.preparation.crop) == ("Apache-2.0", 224)


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "resnet18", "squeezenet1_1"])
def test_a_template_begins_anew_with_the_projects_classes(name):
    start = starting_point(name, LABELS, Reporter(), fresh=True)
    assert not start.weights
    assert start.sentence() == "All layers start from random weights."
    assert shape_of(start.network, Output) == (3,)
    channels, side, _ = shape_of(start.network, Input)
    assert (start.preparation.channels, start.preparation.crop) == (channels, side)
    assert start.preparation.resize_to == (32 if side == 32 else 256)


def test_bypassed_layers_of_a_design_take_no_part(tmp_path):
    network = small_network(classes=3)
    left_out = next(node for node in network.nodes if node.name == "block1.conv")
    bypassed = set_bypassed(network, [left_out.id], True)
    (tmp_path / "own.json").write_bytes(encode_network(bypassed))
    start = starting_point(str(tmp_path / "own.json"), LABELS, Reporter(), fresh=True)
    assert "block1.conv" not in {node.name for node in start.network.nodes}
    assert "block1.conv" not in {layer.name for layer in start.layers}
    assert not analyse(start.network).problems


def test_a_design_with_weights_beside_it_keeps_those_that_fit(tmp_path):
    network = small_network(classes=7)
    weights = {k: v.numpy() for k, v in NetworkModule(network).state_dict().items()}
    del weights["block1.conv.weight"]
    weights["block2.conv.weight"] = np.zeros((8, 8, 5, 5), np.float32)
    (tmp_path / "own.json").write_bytes(encode_network(network))
    safetensors.numpy.save_file(weights, tmp_path / "own.safetensors")
    start = starting_point(str(tmp_path / "own.json"), LABELS, Reporter())
    fits = {layer.name: layer.fit.value for layer in start.layers}
    assert fits["block0.conv"] == "kept"
    assert fits["block1.conv"] == "partly fitting"  # its bias is there
    assert fits["block2.conv"] == "partly fitting"
    assert fits["classifier"] == "re-initialised"
    assert not start.has_weights


def test_what_cannot_be_trained_is_refused_with_a_sentence(tmp_path, small_project, design):
    wide = TEMPLATES["lenet5"].build(3)
    entry = wide.only(Input)
    path = tmp_path / "wide.json"
    path.write_bytes(encode_network(wide.with_setting(entry.id, "width", 48)))
    with pytest.raises(Exception, match=r"square|does not fit|features"):
        starting_point(str(path), LABELS, Reporter())
    with pytest.raises(StartError, match="has no weights to start from"):
        TrainJob(small_project.folder, "balanced", design).run(Reporter())
    with pytest.raises(StartError, match="has no weights to start from"):
        TrainJob(small_project.folder, "quick", design).run(Reporter())


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name)
def test_every_option_of_every_recipe_is_declared_and_checked(recipe):
    settings = recipe.settings({})
    assert list(settings) == [option.name for option in recipe.options]
    for option in recipe.options:
        assert option.checked(option.default) == option.default
        assert option.title
        assert option.explanation.endswith(".")
        with pytest.raises(Exception, match=option.title):
            option.checked([])
    with pytest.raises(Exception, match="no setting called “speed”"):
        recipe.settings({"speed": 1})


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("resnet18", "fc"),
        ("mobilenet_v3_small", "classifier.3"),
        ("efficientnet_b0", "classifier.1"),
        ("googlenet", "fc"),
    ],
)
def test_torchvisions_weights_are_all_kept_but_those_of_the_last_layer(
    name, last, tmp_path, monkeypatch
):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    with_side = {"aux_logits": True, "init_weights": False} if name == "googlenet" else {}
    state = models.get_model(name, weights=None, **with_side).state_dict()
    entry(name).path.parent.mkdir(parents=True)
    torch.save(state, entry(name).path)
    start = starting_point(name, ["ants", "bees", "wasps"], Reporter())
    assert start.has_weights
    assert start.last == last
    assert [layer.name for layer in start.layers if layer.fit is not Fit.KEPT] == [last]
    assert start.preparation == entry(name).preparation
    assert shape_of(start.network, Output) == (3,)
    wanted = {key for key in state if not key.startswith((f"{last}.", "aux"))}
    assert start.weights.keys() == wanted
    for key in wanted:
        assert np.array_equal(start.weights[key], state[key].numpy()), key


def test_a_network_of_torchvision_is_trained_on(tmp_path, monkeypatch, images):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    entry("mobilenet_v3_small").path.parent.mkdir(parents=True)
    torch.manual_seed(0)
    state = models.mobilenet_v3_small(weights=None).state_dict()
    torch.save(state, entry("mobilenet_v3_small").path)
    project = create_project(tmp_path / "Project", images)
    options = {"epochs": 1, "batch_size": 4, "views": 0}
    run = TrainJob(project.folder, "balanced", "mobilenet_v3_small", 0, options).run(Reporter())
    frozen = [layer.name for layer in run.settings.layers if layer.frozen]
    assert "features.0.0" in frozen
    trained = run.network()[1]
    for name in frozen:
        assert np.array_equal(trained[f"{name}.weight"], state[f"{name}.weight"].numpy())
    assert run.settings.trained_on == IMAGENET


def test_a_run_that_is_gone_is_named(tmp_path):
    gone = tmp_path / "runs" / "2026-11-26 03.26.20 scratch"
    with pytest.raises(StorageError, match="no finished run in this folder") as refused:
        starting_point(str(gone), LABELS, Reporter())
    assert refused.value.where == str(gone)
