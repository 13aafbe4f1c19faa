import pytest

from core.errors import Paused
from core.jobs.messages import Wish
from core.network.templates import TEMPLATES
from core.runs.curve import EpochPoint, read_curve
from core.training.features import image_sizes as sizes
from core.training.features.image_sizes import ImageSizes, image_sizes
from core.training.learning import setup
from core.training.learning.setup import PixelInputs
from core.training.learning.trainer import Trainer
from core.training.train_job import ResumeJob, TrainJob
from tests.core.conftest import PLAIN

OPTIONS = {"epochs": 4, "batch_size": 4, "patience": 0, "small_first": 0.5, **PLAIN}


@pytest.fixture
def small_sides(monkeypatch):
    """Let images of 16 pixels be made smaller; return the sides that were trained with."""
    monkeypatch.setattr(sizes, "STEP", 4)
    monkeypatch.setattr(sizes, "LEAST", 4)
    seen, training = [], PixelInputs.training

    def watched(self, hashes, keys, side):
        tensors = training(self, hashes, keys, side)
        seen.append((keys[0][1], tensors[0].shape[-1]))
        return tensors

    monkeypatch.setattr(PixelInputs, "training", watched)
    return seen


def test_a_training_of_20_epochs_is_worth_11_with_small_images_first():
    found = image_sizes(TEMPLATES["resnet18"].build(5), 0.7, 20)
    assert found == ImageSizes(full=224, small=128, small_epochs=14)
    assert [found.side(epoch) for epoch in (0, 13, 14, 19)] == [128, 128, 224, 224]
    assert found.work(20) == pytest.approx(6 + 14 * (128 / 224) ** 2)
    assert found.work(14) == pytest.approx(14 * (128 / 224) ** 2)
    assert "first 14 epochs use images of 128 × 128 pixels" in found.describe()


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "alexnet-2012", "zfnet"])
def test_networks_whose_weights_depend_on_the_size_stay_at_it(name):
    network = TEMPLATES[name].build(5)
    found = image_sizes(network, 0.7, 20)
    assert found.small_epochs == 0
    assert found.work(20) == 20
    assert found.describe() == ""


@pytest.mark.parametrize(("share", "epochs"), [(0.7, 1), (0.0, 20), (0.95, 2)])
def test_the_last_epoch_is_in_full_size(share, epochs):
    found = image_sizes(TEMPLATES["squeezenet1_1"].build(5), share, epochs)
    assert found.side(epochs - 1) == 224


@pytest.mark.parametrize("augmentation", [True, False])
def test_the_first_epochs_see_smaller_images(
    small_project, design, heard, small_sides, augmentation
):
    options = {**OPTIONS, "augmentation": augmentation}
    TrainJob(small_project.folder, "scratch", design, 0, options).run(heard.reporter())
    learnt = {epoch: {side for e, side in small_sides if e == epoch} for epoch in range(4)}
    assert learnt[0] == learnt[1] == {8}
    assert learnt[2] == {16}
    assert 16 in learnt[3]
    assert any("The first 2 epochs use images of 8 × 8" in text for text in heard.texts)


def test_of_small_images_more_are_learnt_at_once(
    small_project, design, heard, small_sides, monkeypatch
):
    passed = set()
    learn = Trainer.learn

    def watched(self, batch):
        def keep(_module, inputs):
            passed.add((inputs[0].shape[-1], len(inputs[0])))

        hook = self.learner.register_forward_pre_hook(keep)
        result = learn(self, batch)
        hook.remove()
        return result

    monkeypatch.setattr(setup, "piece_that_fits", lambda *_: 1)
    monkeypatch.setattr(Trainer, "learn", watched)
    TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(heard.reporter())
    assert {count for side, count in passed if side == 16} == {1}
    assert max(count for side, count in passed if side == 8) == 4  # of a quarter of the size


def test_patience_begins_with_the_full_size(small_project, design, heard, small_sides):
    options = {**OPTIONS, "epochs": 20, "patience": 2, "learning_rate": 1e-7, "averaging": 0.0}
    TrainJob(small_project.folder, "scratch", design, 0, options).run(heard.reporter())
    points = [point for point in heard.points if isinstance(point, EpochPoint)]
    assert [point.patience_left for point in points[:10]] == [2] * 10
    assert 12 <= len(points) < 20
    assert points[-1].patience_left == 0


def test_a_pause_among_the_small_images_changes_nothing(small_project, design, heard, small_sides):
    whole = TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(heard.reporter())

    def pause():
        return Wish.PAUSE if any(isinstance(p, EpochPoint) for p in heard.points) else None

    heard.points.clear()
    with pytest.raises(Paused) as paused:
        job = TrainJob(small_project.folder, "scratch", design, 0, OPTIONS)
        job.run(heard.reporter(pause))
    resumed = ResumeJob(paused.value.folder).run(heard.reporter())
    curves = [
        [p.validation_loss for p in read_curve(run.folder / "metrics.jsonl") if hasattr(p, "best")]
        for run in (whole, resumed)
    ]
    assert curves[0] == pytest.approx(curves[1], abs=1e-6)
    for name, value in whole.network()[1].items():
        assert resumed.network()[1][name] == pytest.approx(value, abs=1e-6), name
