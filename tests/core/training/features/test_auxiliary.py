import numpy as np
import onnx
import pytest
import safetensors.numpy
import torch
from torch import nn
from torch.nn import functional
from torchvision import models

from core.errors import Paused
from core.export.export_job import ExportJob
from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.jobs.messages import Wish
from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.ends import AuxiliaryOutput, Input
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, encode_network
from core.network.running.module import NetworkModule
from core.network.templates.googlenet import googlenet
from core.network.templates.short_forms import conv, max_pool
from core.onnx.onnx_session import open_session
from core.recipes.recipes import RECIPES
from core.training.features.auxiliary import teaching_heads
from core.training.features.frozen_prefix import PIXELS, boundary_of, frozen_prefix
from core.training.learning.learner import Learner
from core.training.learning.schedule import one_cycle
from core.training.learning.setup import make_ready
from core.training.start import new_plan
from core.training.starting_point import starting_point, with_frozen
from core.training.train_job import ResumeJob, TrainJob
from tests.core.conftest import PLAIN, curve_of, same_figures
from tests.core.training.test_resume import in_the_second_epoch

PREPARATION = Preparation(resize_to=16, crop=16, mean=(127.0,) * 3, scale=(64.0,) * 3)

OPTIONS = {
    "epochs": 2,
    "batch_size": 5,
    "patience": 0,
    "averaging": 0.0,
    "clipping": 0.0,
    "label_smoothing": 0.0,
    "augmentation": False,
    **PLAIN,
}


def branched(classes=2, weight=0.3):
    """Return a network with a side classifier behind its first convolution."""
    b = Builder()
    x = b.chain(b.input(3, 16, 16), ("first", conv(4, 3, padding=1)), ("relu", ReLU()))
    side = b.add("side.pool", GlobalAvgPool2d(), x)
    b.chain(
        side,
        ("side.flatten", Flatten()),
        ("side.fc", Linear(out_features=classes)),
        ("side.output", AuxiliaryOutput(loss_weight=weight)),
    )
    x = b.chain(
        b.add("shrink", max_pool(2, 2), x),
        ("second", conv(6, 3)),
        ("relu2", ReLU()),
        ("pool", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("fc", Linear(out_features=classes)),
    )
    return b.network(x)


@pytest.fixture
def side_design(tmp_path):
    path = tmp_path / "side.json"
    path.write_bytes(encode_network(branched(classes=7)))  # not as many as there are classes
    return str(path)


class Plain(nn.Module):
    """The same network in plain PyTorch."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 6, 3)
        self.fc = nn.Linear(6, 2)
        self.side = nn.Module()
        self.side.fc = nn.Linear(4, 2)

    def forward(self, x):
        x = self.first(x).relu()
        side = self.side.fc(x.mean((2, 3)))
        x = self.second(functional.max_pool2d(x, 2)).relu()
        return self.fc(x.mean((2, 3))), side


def test_training_equals_a_hand_written_loop_with_the_side_loss(small_project, side_design):
    run = TrainJob(small_project.folder, "scratch", side_design, 0, OPTIONS).run(Reporter())
    plan = new_plan(
        small_project, RECIPES["scratch"], side_design, 0, run.settings.options, Reporter()
    )
    batches = make_ready(plan, Reporter()).batches
    model = Plain()
    model.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in plan.weights.items()})
    settings = run.settings.options
    weights = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim == 1]
    decays = [settings["weight_decay"], 0.0]
    optimiser = torch.optim.AdamW(
        [{"params": p, "weight_decay": d} for p, d in zip([weights, others], decays, strict=True)]
    )
    mean, scale = (
        torch.tensor(values).reshape(1, 3, 1, 1)
        for values in (plan.preparation.mean, plan.preparation.scale)
    )
    step, losses, after = 0, [], []
    for epoch in range(2):
        for batch in batches.epoch(epoch):
            for group in optimiser.param_groups:
                group["lr"] = settings["learning_rate"] * one_cycle(step, 2 * batches.count)
            scores, side = model((batch.inputs[0] - mean) / scale)
            loss = functional.cross_entropy(scores, batch.labels)
            losses.append(float(loss.detach()) * len(batch.labels))
            optimiser.zero_grad()
            (loss + 0.3 * functional.cross_entropy(side, batch.labels)).backward()
            optimiser.step()
            step += 1
        after.append({name: value.numpy().copy() for name, value in model.state_dict().items()})
    points = curve_of(run.folder)
    per_epoch = np.array(losses).reshape(2, -1).sum(1) / batches.images
    assert [p["training_loss"] for p in points] == pytest.approx(per_epoch.tolist(), abs=1e-6)
    best = max(point["epoch"] for point in points if point["best"])
    trained = run.network()[1]
    assert trained.keys() == after[best - 1].keys()
    for name, value in after[best - 1].items():
        assert trained[name] == pytest.approx(value, abs=1e-6), name


def test_its_gradients_are_those_of_torchvisions_googlenet():
    network = googlenet(classes=3, size=64, auxiliary=True)
    for node in network.nodes:
        if isinstance(node.layer, Dropout):
            network = network.with_setting(node.id, "probability", 0.0)
    torch.manual_seed(0)
    theirs = models.googlenet(weights=None, aux_logits=True, init_weights=False, num_classes=3)
    for module in theirs.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    weights = {name: value.numpy().copy() for name, value in theirs.state_dict().items()}
    same = Preparation(resize_to=64, crop=64, mean=(127.0,) * 3, scale=(64.0,) * 3)
    learner = Learner(network, weights, (), same).train()
    pixels = torch.randint(0, 256, (4, 3, 64, 64), dtype=torch.uint8)
    labels = torch.tensor([0, 1, 2, 1])
    ours = [functional.cross_entropy(scores, labels) for scores in learner(pixels)]
    assert learner.loss_weights == (1.0, 0.3, 0.3)
    sum(w * loss for w, loss in zip(learner.loss_weights, ours, strict=True)).backward()
    given = theirs.train()((pixels - 127.0) / 64.0)
    losses = [functional.cross_entropy(scores, labels) for scores in given]
    (losses[0] + 0.3 * (losses[1] + losses[2])).backward()
    gradients = {name: p.grad for name, p in learner.part.named_parameters()}
    for name, parameter in theirs.named_parameters():
        torch.testing.assert_close(gradients[name], parameter.grad, rtol=1e-3, atol=1e-5)


def test_torchvisions_inception_listens_to_its_head_with_two_fifths():
    start = starting_point("inception_v3", ["a", "b"], Reporter(), fresh=True)
    assert list(teaching_heads(start.network).values()) == [0.4]
    new = {layer.name for layer in start.layers}
    assert "AuxLogits.fc" in new
    assert start.network.named("AuxLogits.fc").layer.out_features == 2


def test_a_resumed_run_has_the_same_figures(small_project, side_design, heard):
    options = {**OPTIONS, "epochs": 3, "averaging": 0.9}
    whole = TrainJob(small_project.folder, "scratch", side_design, 0, options).run(Reporter())
    with pytest.raises(Paused) as paused:
        TrainJob(small_project.folder, "scratch", side_design, 0, options).run(
            heard.reporter(in_the_second_epoch(heard, Wish.PAUSE))
        )
    resumed = ResumeJob(paused.value.folder).run(Reporter())
    same_figures(curve_of(resumed.folder), curve_of(whole.folder))
    for name, value in whole.network()[1].items():
        assert resumed.network()[1][name] == pytest.approx(value, abs=1e-6), name


def test_the_exported_file_is_without_them(small_project, side_design, tmp_path):
    run = TrainJob(small_project.folder, "scratch", side_design, 0, OPTIONS).run(Reporter())
    assert "side.fc.weight" in run.network()[1]
    report = ExportJob(run.folder, tmp_path / "out").run(Reporter())
    assert report.parity.agreement == 1.0
    model = onnx.load(tmp_path / "out" / "model.onnx")
    names = {tensor.name for tensor in model.graph.initializer}
    names |= {name for node in model.graph.node for name in (node.name, *node.output)}
    assert any("second" in name for name in names)
    assert not any("side" in name for name in names)


def test_a_head_that_would_teach_only_itself_is_not_listened_to():
    network = branched()
    network = with_frozen(network, {network.named("first").id})
    assert teaching_heads(network) == {}
    assert len(boundary_of(network)) == 1
    free = branched()
    free = with_frozen(free, {free.named("second").id})
    assert list(teaching_heads(free).values()) == [0.3]
    assert boundary_of(free) == ((free.only(Input).id, 0),)
    assert teaching_heads(branched(weight=0.0)) == {}


def test_a_head_behind_the_frozen_prefix_reads_what_crosses_into_the_rest():
    b = Builder()
    x = b.chain(b.input(3, 16, 16), ("zero", conv(4, 3, padding=1)), ("relu0", ReLU()))
    x = b.chain(x, ("first", conv(4, 3, padding=1)), ("relu", ReLU()))
    side = b.chain(x, ("side.pool", GlobalAvgPool2d()), ("side.flatten", Flatten()))
    b.chain(side, ("side.fc", Linear(out_features=2)), ("side.output", AuxiliaryOutput()))
    x = b.chain(x, ("second", conv(6, 3)), ("pool", GlobalAvgPool2d()), ("flatten", Flatten()))
    network = b.network(b.add("fc", Linear(out_features=2), x))
    network = with_frozen(network, {network.named("zero").id})
    weights = {k: v.numpy().copy() for k, v in NetworkModule(network).state_dict().items()}
    prefix = frozen_prefix(network, weights, PREPARATION)
    whole = Learner(network, weights, (), PREPARATION).train()
    rest = Learner(network, weights, prefix.boundary, PREPARATION).train()
    pixels = torch.randint(0, 256, (4, 3, 16, 16), dtype=torch.uint8)
    values = open_session(prefix.file).run(None, {PIXELS: pixels.numpy()})
    labels = torch.tensor([0, 1, 0, 1])
    for learner, inputs in ((whole, (pixels,)), (rest, tuple(map(torch.from_numpy, values)))):
        losses = [functional.cross_entropy(scores, labels) for scores in learner(*inputs)]
        assert len(losses) == 2
        (losses[0] + 0.3 * losses[1]).backward()
    expected = {name: p.grad for name, p in whole.part.named_parameters()}
    learnt = {name: p.grad for name, p in rest.part.named_parameters() if p.grad is not None}
    assert set(learnt) == {
        f"{n}.{k}" for n in ("first", "second", "fc", "side.fc") for k in ("weight", "bias")
    }
    for name, gradient in learnt.items():
        torch.testing.assert_close(gradient, expected[name], rtol=1e-4, atol=1e-6)


def test_quick_leaves_them_out(tmp_path, small_project):
    """A network with a side classifier and weights of its own, whose last layer is fitted."""
    path = tmp_path / "own.json"
    network = branched()
    path.write_bytes(encode_network(network))
    state = NetworkModule(network).state_dict()
    safetensors.numpy.save_file(
        {name: value.numpy() for name, value in state.items()}, path.with_suffix(".safetensors")
    )
    run = TrainJob(small_project.folder, "quick", str(path)).run(Reporter())
    assert not any(name.startswith("side") for name in run.network()[1])
    assert ExportJob(run.folder, tmp_path / "out").run(Reporter()).parity.agreement == 1.0
