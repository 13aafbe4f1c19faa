from pathlib import Path

import msgspec
import numpy as np
import pytest
import safetensors.numpy
import torch

from core.errors import LayerloomError
from core.images.labelled_image import ImageSplit, LabelledImage
from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.fully_connected import Flatten
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, encode_network
from core.network.running.module import NetworkModule
from core.network.templates.short_forms import conv
from core.project.project import create_project
from core.recipes.recipes import RECIPES
from core.runs.checkpoint import Best, Checkpoint, read_checkpoint, write_checkpoint
from core.runs.curve import EpochPoint
from core.runs.image_set import read_image_set
from core.training.features.array_store import ArrayStore
from core.training.features.pixel_cache import PixelCache
from core.training.learning.schedule import one_cycle, rate_at_depth
from core.training.learning.trainer import tries_patience
from core.training.train_job import TrainJob
from tests.conftest import write_images
from tests.core.conftest import PLAIN, small_network
from tests.core.images.test_preparation import prepare

OPTIONS = {"epochs": 3, "batch_size": 4, **PLAIN}


def train(project, design, heard=None, **options):
    report = heard.reporter() if heard else Reporter()
    return TrainJob(project.folder, "scratch", design, 0, {**OPTIONS, **options}).run(report)


def test_it_learns_and_says_how_it_goes(small_project, design, heard):
    run = train(small_project, design, heard, epochs=12, learning_rate=0.02)
    points = [point for point in heard.points if isinstance(point, EpochPoint)]
    assert points[-1].training_loss < points[0].training_loss
    assert run.result.held_out.accuracy == 1.0
    assert points[0].validation_images == 10
    assert set(points[0].updates) == {
        *(f"block{n}.{part}" for n in range(3) for part in ("conv", "norm")),
        "classifier",
    }
    assert all(value > 0 for value in points[0].updates.values())
    best = min(points, key=lambda point: point.validation_loss)
    assert best.best
    assert run.settings.chosen == {"device": "cpu", "precision": "fp32", "layout": "nchw"}
    assert run.settings.options["epochs"] == 12
    expected = [RECIPES["scratch"].expected(design, 30, {"epochs": n}) for n in (12, 24)]
    assert 0 < expected[0] < expected[1]


def test_a_network_that_learnt_nothing_is_not_praised(small_project, design, heard):
    run = train(small_project, design, heard, epochs=1, learning_rate=1e-7, averaging=0.0)
    assert run.result.held_out.accuracy <= run.result.held_out.baseline < 1
    assert "no better than always" in run.result.notes[-1]


def test_it_stops_by_itself_when_nothing_gets_better(small_project, design, heard):
    train(small_project, design, heard, epochs=50, patience=2, learning_rate=1e-7, averaging=0.0)
    points = [point for point in heard.points if isinstance(point, EpochPoint)]
    assert len(points) < 50
    assert points[-1].patience_left == 0
    assert not points[-1].best


def test_while_the_last_layer_alone_is_the_best_only_what_is_learnt_well_tries_patience():
    alone, later = Best(0, 0.2, 0.9), Best(1, 0.2, 0.9)
    counted = {
        (best.epoch, learnt): tries_patience(Checkpoint(epoch=2, best=best), 0, learnt)
        for best in (alone, later)
        for learnt in (0.85, 0.95)
    }
    assert counted == {(0, 0.85): False, (0, 0.95): True, (1, 0.85): True, (1, 0.95): True}
    faultless = Checkpoint(epoch=2, best=Best(0, 0.01, 1.0))
    assert [tries_patience(faultless, 0, learnt) for learnt in (0.95, 0.985)] == [False, True]


def test_too_large_a_rate_is_halved_from_the_last_good_checkpoint(tmp_path, small_project, heard):
    network = small_network(norm=False)
    path = tmp_path / "wild.json"
    path.write_bytes(encode_network(network))
    options = {"learning_rate": 1.0, "clipping": 0.0, "epochs": 3, "patience": 0}
    finite = torch.isfinite
    looks = iter([True] * 7 + [False])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch, "isfinite", lambda x: finite(x) & torch.tensor(next(looks, True)))
        run = train(small_project, str(path), heard, **options)
    assert any("continues from epoch 1.0 with half of it (0.5" in text for text in heard.texts)
    assert "was too large and was reduced to 0.5" in run.result.notes[-1]
    epochs = [p.epoch for p in heard.points if isinstance(p, EpochPoint)]
    assert epochs == [1, 2, 3]


def test_a_training_that_fails_at_every_rate_ends_with_a_sentence(small_project, design):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch, "isfinite", lambda _: torch.tensor(False))
        with pytest.raises(LayerloomError, match="without limit, even with a small"):
            train(small_project, design)


def test_weights_that_make_no_numbers_are_refused_with_a_sentence(tmp_path, small_project):
    network = small_network(norm=False)
    (tmp_path / "wild.json").write_bytes(encode_network(network))
    state = NetworkModule(network).state_dict()
    huge = {name: np.full(value.shape, 1e30, np.float32) for name, value in state.items()}
    safetensors.numpy.save_file(huge, tmp_path / "wild.safetensors")
    options = {"epochs": 3, **PLAIN}
    job = TrainJob(small_project.folder, "thorough", str(tmp_path / "wild.json"), 0, options)
    with np.errstate(all="ignore"), pytest.raises(LayerloomError, match="without limit"):
        job.run(Reporter())


def test_a_batch_learnt_in_pieces_gives_the_same_step(tmp_path, small_project):
    path = tmp_path / "plain.json"
    path.write_bytes(encode_network(small_network(norm=False)))
    results = []
    for piece in (4, 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "core.training.learning.setup.piece_that_fits", lambda *_, piece=piece: piece
            )
            run = train(small_project, str(path), augmentation=False, epochs=1, averaging=0.0)
        results.append(run.network()[1])
    dropped = "classifier.weight"  # dropout draws other numbers for pieces
    for name, value in results[0].items():
        if name != dropped:
            assert results[1][name] == pytest.approx(value, abs=5e-3)


def test_when_memory_is_short_pieces_get_smaller(small_project, design, heard):
    loss = torch.nn.functional.cross_entropy

    def short(scores, labels, *others, **named):
        learns = torch.is_grad_enabled() and named.get("reduction") == "sum"
        if learns and len(labels) > 2:
            raise RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate")
        return loss(scores, labels, *others, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.nn.functional, "cross_entropy", short)
        train(small_project, design, heard)
    assert any("split into parts of 2 images" in text for text in heard.texts)


def test_rare_classes_weigh_more(tmp_path, design):
    from core.training.learning.setup import class_weights

    write_images(tmp_path / "P" / "train", ("blue",), 12, 24)
    write_images(tmp_path / "P" / "train", ("red",), 4, 24)
    write_images(tmp_path / "P" / "val", count=4, side=24)
    project = create_project(tmp_path / "Project", tmp_path / "P")
    run = train(project, design, epochs=1)
    data = read_image_set(run.folder)
    assert class_weights(data, wanted=True).tolist() == pytest.approx([16 / 24, 16 / 8])
    assert class_weights(data, wanted=False).tolist() == [1.0, 1.0]
    plain = train(project, design, epochs=1, class_weights=False)
    change = run.network()[1]["classifier.bias"] - plain.network()[1]["classifier.bias"]
    assert np.abs(change).max() > 1e-6


def test_the_pixel_cache_holds_what_the_exported_file_prepares(ants_bees, tmp_path):
    from core.images.reading import read_image

    paths = sorted((ants_bees / "val" / "ants").iterdir())[:6]
    preparation = Preparation(mean=(0.0,) * 3, scale=(1.0,) * 3)
    found = [LabelledImage(path, "ants", ImageSplit.VALIDATION) for path in paths]
    images = PixelCache(tmp_path, preparation).fill(found, [], Reporter())
    again = PixelCache(tmp_path, preparation)  # read back from the disk
    for image in images:
        expected = prepare(read_image(image.path), preparation)[0]
        assert np.array_equal(again.centre(image.content_hash), expected)


def test_a_damaged_store_is_made_again(tmp_path):
    store = ArrayStore(tmp_path, np.float16, 2)
    store.add(b"k" * 16, np.ones((2, 3)))
    store.save()
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole[:4], b"", b"\xff" * 40, b"\x08" + b"\0" * 7 + b"{}      "):
        file.write_bytes(damaged)
        assert b"k" * 16 not in ArrayStore(tmp_path, np.float16, 2)
        assert not file.exists()
    file.write_bytes(whole)
    assert ArrayStore(tmp_path, np.float16, 2)[b"k" * 16].tolist() == [[1, 1, 1]] * 2


def test_two_checkpoints_are_kept(tmp_path):
    for step in (5, 10, 15):
        write_checkpoint(tmp_path, Checkpoint(step=step), {"a": np.array([step])})
    names = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert [Path(name).stem for name in names] == ["0000000010"] * 2 + ["0000000015"] * 2
    record, tensors = read_checkpoint(tmp_path)
    assert (record.step, tensors["a"].tolist()) == (15, [15])


def test_the_images_of_a_run_are_those_it_began_with(small_project, design):
    run = train(small_project, design, epochs=1)
    data = read_image_set(run.folder)
    assert [image.path for image in data.images] == [i.path for i in small_project.images()]
    assert [image.split for image in data.images] == [i.split for i in small_project.images()]


def test_the_learning_rate_rises_and_falls():
    rates = [one_cycle(step, 100) for step in range(100)]
    assert rates[0] < 0.1
    assert max(rates) == pytest.approx(1.0, abs=0.02)
    assert rates.index(max(rates)) == 15
    assert rates[-1] < 0.02
    assert [rate_at_depth(place, 3, 0.01) for place in range(3)] == pytest.approx([0.01, 0.1, 1.0])


def test_views_give_quick_more_to_learn_from(images, tmp_path, weights):
    project = create_project(tmp_path / "Project", images)
    run = TrainJob(project.folder, options={"views": 2}).run(Reporter())
    assert run.result.held_out.accuracy == 1.0
    assert run.settings.options == {"views": 2, "class_weights": True}
    plain = TrainJob(project.folder).run(Reporter())
    changed = run.network()[1]["classifier.weight"] - plain.network()[1]["classifier.weight"]
    assert np.abs(changed).max() > 1e-5


@pytest.mark.parametrize("recipe", ["balanced", "thorough"])
def test_a_pretrained_network_adapts(recipe, images, tmp_path, weights, heard):
    project = create_project(tmp_path / "Project", images)
    options = {"epochs": 1, "batch_size": 4, **PLAIN}
    run = TrainJob(project.folder, recipe, options=options).run(heard.reporter())
    assert run.result.held_out.accuracy == 1.0
    (point,) = [point for point in heard.points if isinstance(point, EpochPoint)]
    frozen = {layer.name for layer in run.settings.layers if layer.frozen}
    assert bool(frozen) == (recipe == "balanced")
    assert all((point.updates[name] == 0) == (name in frozen) for name in point.updates)
    assert frozen <= point.updates.keys()
    assert any("random weights: classifier" in text for text in heard.texts)
    assert any("With only a new last layer" in text for text in heard.texts)


@pytest.mark.parametrize("recipe", ["balanced", "quick"])
def test_dropout_before_the_pooling_does_not_hide_it_from_the_fitted_layer(
    recipe, small_project, tmp_path, heard
):
    network = small_network()
    relu = network.named("block2.relu").id
    dropping = msgspec.structs.replace(network.named("block2.relu"), layer=Dropout())
    nodes = tuple(dropping if node.id == relu else node for node in network.nodes)
    network = msgspec.structs.replace(network, nodes=nodes)
    weights = {k: v.numpy() for k, v in NetworkModule(network).state_dict().items()}
    (tmp_path / "own.json").write_bytes(encode_network(network))
    safetensors.numpy.save_file(weights, tmp_path / "own.safetensors")
    options = {"views": 1} if recipe == "quick" else {"views": 1, "epochs": 1, **PLAIN}
    path = str(tmp_path / "own.json")
    run = TrainJob(small_project.folder, recipe, path, options=options).run(heard.reporter())
    assert run.network()[1]["classifier.weight"].shape == (2, 8)
    if recipe == "balanced":
        assert any("With only a new last layer it gets 100.0%" in text for text in heard.texts)


@pytest.mark.parametrize("rectified", [False, True])
def test_a_convolution_that_makes_the_scores_is_fitted_too(
    rectified, small_project, tmp_path, heard
):
    b = Builder()
    x = b.chain(b.input(3, 16, 16), ("first", conv(6, 3)), ("drop", Dropout()))
    x = b.add("scores", conv(7, 1), x)
    x = b.add("relu", ReLU(), x) if rectified else x
    network = b.network(b.chain(x, ("pool", GlobalAvgPool2d()), ("flatten", Flatten())))
    weights = {k: v.numpy() for k, v in NetworkModule(network).state_dict().items()}
    (tmp_path / "own.json").write_bytes(encode_network(network))
    safetensors.numpy.save_file(weights, tmp_path / "own.safetensors")
    path, options = str(tmp_path / "own.json"), {"epochs": 1, "small_first": 0.0, **PLAIN}
    TrainJob(small_project.folder, "thorough", path, options=options).run(heard.reporter())
    assert any("With only a new last layer it gets 100.0%" in text for text in heard.texts)
