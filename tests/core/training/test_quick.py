import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import Stopped, StorageError
from core.images.folders import FolderError, Split
from core.jobs.job import Reporter
from core.jobs.messages import Wish
from core.network.analysis import analyse
from core.project.project import create_project
from core.recipes.recipes import RecipeError
from core.runs.classifiers import run_classifier
from core.runs.curve import CURVE_FILE, read_curve
from core.runs.runs import list_runs, open_run
from core.training.features.head import STRENGTHS, fit_head
from core.training.train_job import TrainJob
from tests.conftest import write_images

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.usefixtures("weights")


@pytest.fixture
def project(images, tmp_path):
    return create_project(tmp_path / "Project", images)


def test_from_images_to_a_run(project):
    run = TrainJob(project.folder).run(Reporter())
    result = run.result
    assert result.labels == ["blue", "red"]
    assert (result.images.train, result.images.validation, result.images.test) == (8, 2, 2)
    assert result.held_out is result.test
    assert result.held_out.accuracy == 1.0
    assert result.images_per_second > 0
    assert open_run(run.folder) == run
    network, weights = run.network()
    assert analyse(network).trainable_parameters == 2 * 1280 + 2
    assert weights["classifier.weight"].shape == (2, 1280)


def test_what_the_run_answered_is_what_its_network_answers(project):

    from core.images.reading import read_image

    run = TrainJob(project.folder).run(Reporter())
    classifier = run_classifier(run)
    predictions = run.predictions()
    assert len(predictions) == 4
    for prediction in predictions:
        answer = classifier.predict(read_image(Path(prediction.path)))
        assert np.abs(answer - prediction.probabilities).max() < 1e-4


def test_features_are_kept_and_reused(project):
    first = TrainJob(project.folder).run(Reporter())
    second = TrainJob(project.folder).run(Reporter())
    assert second.result.images_per_second == 0.0
    assert second.predictions() == first.predictions()
    assert [run.folder for run in list_runs(project.runs_folder)[0]] == [
        second.folder,
        first.folder,
    ]


def test_damaged_features_are_computed_again(project):
    first = TrainJob(project.folder).run(Reporter())
    for shard in project.cache_folder.rglob("*.safetensors"):
        shard.write_bytes(shard.read_bytes()[:99])
    assert TrainJob(project.folder).run(Reporter()).predictions() == first.predictions()


def test_unreadable_images_are_left_out_and_counted(project, images):
    (images / "red" / "broken.png").write_bytes(b"no image")
    result = TrainJob(project.folder).run(Reporter()).result
    assert result.images.unreadable == 1
    assert [i.path.name for i in project.images() if i.problem] == ["broken.png"]


def test_a_class_without_an_image_is_left_out_and_named(project, images):
    (images / "wasps").mkdir()
    said = []
    run = TrainJob(project.folder).run(
        Reporter(lambda told: said.append(getattr(told, "text", "")))
    )
    assert run.result.labels == ["blue", "red"]
    assert "Left out, because the folder contains no image: “wasps”." in said


def test_copies_in_training_and_validation_are_pointed_out(tmp_path, ants_bees):
    import shutil

    for split in ("train", "val"):
        for name in ("ants", "bees"):
            (tmp_path / "photos" / split / name).mkdir(parents=True)
            for photo in sorted((ants_bees / split / name).iterdir())[:4]:
                shutil.copy(photo, tmp_path / "photos" / split / name)
    shutil.copy(photo, tmp_path / "photos" / "train" / "bees" / "copy.jpg")
    project = create_project(tmp_path / "Project", tmp_path / "photos")
    leak, few = TrainJob(project.folder).run(Reporter()).result.notes
    assert leak.startswith("1 of the images it was tested with also appear")
    assert few.startswith("With only 8 images set aside, the score says little")


def test_a_stopped_training_leaves_no_run(project):
    with pytest.raises(Stopped):
        TrainJob(project.folder).run(Reporter(wish=lambda: Wish.STOP))
    assert list_runs(project.runs_folder) == ([], [])


def test_an_unknown_recipe(project):
    with pytest.raises(RecipeError, match="no recipe called “slow”"):
        TrainJob(project.folder, recipe="slow").run(Reporter())


def test_a_damaged_run_is_named_and_the_others_are_listed(project):
    good, bad = (TrainJob(project.folder, seed=seed).run(Reporter()) for seed in (0, 1))
    (bad.folder / "result.json").write_text("{}")
    runs, errors = list_runs(project.runs_folder)
    assert [run.folder for run in runs] == [good.folder]
    assert "result.json cannot be read" in str(errors[0])
    with pytest.raises(StorageError):
        open_run(bad.folder)


def test_the_daily_work_needs_no_torch(images, tmp_path):
    """Quick training, evaluation, export and prediction run where torch cannot be imported."""
    (tmp_path / "without" / "torch").mkdir(parents=True)
    (tmp_path / "without" / "torch" / "__init__.py").write_text("raise ImportError('no torch')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "without")}

    def command(*arguments):
        shown = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, arguments), "--json"],
            capture_output=True,
            env=environment,
            text=True,
            check=False,
        )
        assert shown.returncode == 0, shown
        return json.loads(shown.stdout)

    run = command("train", images, "--project", tmp_path / "Project")["run"]
    assert command("evaluate", run, images)["accuracy"] == 1.0
    exported = command("export", run, "--out", tmp_path / "out")
    assert exported["accuracy"] == {"torch": None, "onnx": 1.0}
    assert exported["torch_check"] is None
    predicted = command("predict", exported["model"], images / "red")
    assert {p["label"] for p in predicted["predictions"]} == {"red"}


def blobs(classes: int, count: int, seed: int = 0):
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(classes), count)
    centres = random.normal(0, 3, (classes, 20))
    return (centres[labels] + random.normal(size=(len(labels), 20))).astype(np.float32), labels


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_the_head_equals_scikit_learn_on_standardised_features(classes):
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    features, labels = blobs(classes, 30)
    head = fit_head(features, labels, np.arange(len(labels)), 0, Reporter())
    standardised = StandardScaler().fit_transform(features)
    reference = LogisticRegression(C=head.strength, max_iter=300).fit(standardised, labels)
    difference = head.probabilities(features) - reference.predict_proba(standardised)
    assert np.abs(difference).max() < 2e-3


def test_classes_can_count_alike_however_many_images_they_have():
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    features, labels = blobs(2, 40)
    keep = np.r_[0:40, 40:46]
    features, labels = features[keep] + 3 * np.sin(np.arange(46 * 20)).reshape(46, 20), labels[keep]
    head = fit_head(features, labels, np.arange(46), 0, Reporter(), classes_alike=True)
    standardised = StandardScaler().fit_transform(features)
    reference = LogisticRegression(C=head.strength, max_iter=300, class_weight="balanced")
    expected = reference.fit(standardised, labels).predict_proba(standardised)
    assert np.abs(head.probabilities(features) - expected).max() < 2e-3
    plain = fit_head(features, labels, np.arange(46), 0, Reporter())
    rare = head.probabilities(features)[:, 1].mean()
    assert rare > plain.probabilities(features)[:, 1].mean()


def test_a_feature_that_is_silent_in_training_does_not_decide_alone():
    features, labels = blobs(2, 30)
    features[:, 0] = 1e-7 * labels
    head = fit_head(features, labels, np.arange(len(labels)), 0, Reporter())
    changed = features.copy()
    changed[:, 0] = 0.5
    same = head.probabilities(changed).argmax(axis=1) == head.probabilities(features).argmax(axis=1)
    assert same.all()


def test_classes_whose_images_all_look_alike_are_learnt():
    features, labels = blobs(classes=2, count=6)
    head = fit_head(features, labels, labels, 0, Reporter())
    assert (head.probabilities(features).argmax(axis=1) == labels).all()


def test_each_strength_is_judged_on_images_left_out_as_scikit_learn_would():
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold, cross_validate
    from sklearn.preprocessing import StandardScaler

    features, labels = blobs(3, 30)
    groups = np.arange(len(labels))
    points = []
    head = fit_head(features, labels, groups, 4, Reporter(), tell=points.append)
    assert [point.strength for point in points] == list(STRENGTHS)
    assert min(points, key=lambda point: point.validation_loss).strength == head.strength
    order = np.random.default_rng(4).permutation(len(labels))
    standardised = StandardScaler().fit_transform(features)[order]
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=4)
    for point in points:
        expected = cross_validate(
            LogisticRegression(C=point.strength, max_iter=300),
            standardised,
            labels[order],
            groups=groups[order],
            cv=folds,
            scoring=("accuracy", "neg_log_loss"),
            return_train_score=True,
        )
        for part, key in (("validation", "test"), ("training", "train")):
            accuracy, loss = (
                getattr(point, f"{part}_{measure}") for measure in ("accuracy", "loss")
            )
            assert accuracy == pytest.approx(expected[f"{key}_accuracy"].mean())
            assert loss == pytest.approx(-expected[f"{key}_neg_log_loss"].mean(), rel=1e-4)


def test_a_run_keeps_how_good_each_strength_was(project, heard):
    run = TrainJob(project.folder).run(heard.reporter())
    kept = read_curve(run.folder / CURVE_FILE)
    assert kept == heard.points
    *strengths, fit = kept
    assert [point.strength for point in strengths] == list(STRENGTHS[: len(strengths)])
    assert fit.strength in STRENGTHS
    assert fit.validation_images == run.result.validation.images
    assert fit.validation_accuracy == pytest.approx(run.result.validation.accuracy)


def test_a_class_with_one_training_image():
    features, labels = blobs(3, 10)
    keep = np.r_[0:10, 10:11, 20:30]
    head = fit_head(features[keep], labels[keep], np.arange(len(keep)), 0, Reporter())
    assert head.weight.shape == (3, 20)


def test_splits_come_from_the_folders_where_they_name_them(tmp_path):
    write_images(tmp_path / "photos" / "train", count=5)
    write_images(tmp_path / "photos" / "val", count=3)
    project = create_project(tmp_path / "Project", tmp_path / "photos")
    result = TrainJob(project.folder).run(Reporter()).result
    assert result.test is None
    assert result.validation.images == 6
    assert {i.split for i in project.images()} == {Split.TRAINING, Split.VALIDATION}


def test_a_class_that_is_only_validated_with_is_refused(tmp_path):
    write_images(tmp_path / "photos" / "train", count=3)
    write_images(tmp_path / "photos" / "val", classes=("blue", "green"), count=2)
    project = create_project(tmp_path / "Project", tmp_path / "photos")
    with pytest.raises(FolderError, match="class “green” has test images but no"):
        TrainJob(project.folder).run(Reporter())
