"""What still fits after a change, and what the sentence says."""

from __future__ import annotations

import numpy as np

from core.network.network import Network
from core.network.running.fit_weights import Fit, fit_weights
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES


def weights_of(network: Network) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in NetworkModule(network).state_dict().items()}


def test_the_same_network_keeps_all() -> None:
    network = TEMPLATES["squeezenet1_1"].build(10)
    fitted = fit_weights(network, weights_of(network))
    assert fitted.complete
    assert not fitted.unused


def test_a_changed_width_reinitialises_what_hangs_on_it() -> None:
    network = TEMPLATES["lenet5"].build(10)
    first = network.nodes[1]
    changed = network.with_setting(first.id, "out_channels", 8)
    first_fit, second, *others = (f.fit for f in fit_weights(changed, weights_of(network)).layers)
    assert first_fit is Fit.NEW
    assert second is Fit.PARTLY  # its bias has the old length
    assert set(others) == {Fit.KEPT}


def test_a_missing_bias_and_tensors_of_nobody() -> None:
    network = TEMPLATES["lenet5"].build(10)
    weights = weights_of(network)
    name = next(name for name in weights if name.endswith("bias"))
    del weights[name]
    weights["nobody.weight"] = np.zeros(3, np.float32)
    fitted = fit_weights(network, weights)
    assert fitted.layers[0].fit is Fit.PARTLY
    assert name in fitted.layers[0].why
    assert fitted.unused == ("nobody.weight",)


def test_old_names_of_torchvision() -> None:
    network = TEMPLATES["densenet121"].build(10)
    weights = weights_of(network)
    old = {
        name.replace("norm1.", "norm.1.").replace("conv2.", "conv.2."): value
        for name, value in weights.items()
        if not name.endswith("num_batches_tracked")
    }
    assert fit_weights(network, old).complete
