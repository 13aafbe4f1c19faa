"""Networks are timed by running them."""

from __future__ import annotations

import pytest

from core.jobs.job import Reporter
from core.network.layers.convolution import Conv2d
from core.network.layers.merge import Add
from core.network.network import Builder, NetworkError
from core.network.running.timing_job import TimeNetworkJob
from core.network.templates import TEMPLATES


def chain(side: int):
    """Return a network whose first layer has 500 times the multiply-adds of its second one."""
    builder = Builder()
    end = builder.chain(
        builder.input(3, side, side),
        ("a", Conv2d(out_channels=64, kernel_size=(27, 27), padding="same")),
        ("a.2", Conv2d(out_channels=64, kernel_size=(1, 1), groups=16)),
    )
    return builder.network(end)


def test_the_larger_layer_and_the_larger_network_take_longer() -> None:
    # So much larger that a busy machine cannot turn the order around.
    small, large = (TimeNetworkJob(chain(side)).run(Reporter()) for side in (4, 96))
    assert 0 < small.low <= small.median <= small.high
    assert large.median > small.median
    assert large.layers["a"] > large.layers["a.2"] > 0


@pytest.mark.parametrize("name", ["lenet5-1998", "squeezenet1_1", "mobilenet_v2"])
def test_every_layer_that_computes_has_a_time(name: str) -> None:
    network = TEMPLATES[name].build(10)
    timing = TimeNetworkJob(network).run(Reporter())
    silent = {"Input", "Output", "Dropout", "Identity", "StochasticDepth"}
    computing = {n.name for n in network.nodes if type(n.layer).__name__ not in silent}
    assert computing == {name for name, time in timing.layers.items() if time > 0} & computing
    assert timing.runs >= 3


def test_a_network_with_a_problem_is_refused_with_its_sentence() -> None:
    builder = Builder()
    image = builder.input(3, 8, 8)
    left = builder.add("left", Conv2d(out_channels=4), image)
    right = builder.add("right", Conv2d(out_channels=5), image)
    network = builder.network(builder.add("sum", Add(), left, right))
    with pytest.raises(NetworkError, match="Add needs inputs of one shape"):
        TimeNetworkJob(network).run(Reporter())


def test_a_network_too_large_for_memory_is_refused() -> None:
    builder = Builder()
    conv = Conv2d(out_channels=1_000_000, kernel_size=(1, 1))
    end = builder.chain(
        builder.input(1000, 4, 4), ("wide", conv), ("next", Conv2d(out_channels=1000))
    )
    with pytest.raises(NetworkError, match="too large to be timed"):
        TimeNetworkJob(builder.network(end)).run(Reporter())
