"""What the analysis of a network says, in the form the command line prints."""

from __future__ import annotations

import csv
import io
from typing import Any

from core.network.analysis import Analysis, LayerResult
from core.network.network import Network
from core.network.review.advice import advise
from core.network.review.fixes import affordable, fixes
from core.network.running.fit_weights import Fit, FittedWeights

MOST_FIXED = 20
"""Problems whose fixes are worked out; each fix is checked by an analysis of its own."""


def report(network: Network, analysis: Analysis) -> dict[str, Any]:
    """Return totals, layers and problems; shapes are without the batch, memory in bytes."""
    return {
        "totals": {
            "parameters": analysis.parameters,
            "trainable_parameters": analysis.trainable_parameters,
            "multiply_adds": analysis.multiply_adds,
            "activation_bytes": analysis.activation_bytes,
            "depth": analysis.depth,
        },
        "layers": [_layer(result) for result in analysis.results.values()],
        "problems": _problems(network, analysis),
    }


COLUMNS = ("Layer", "Kind", "Output", "Parameters", "Multiply-adds", "Receptive field")
"""Of the table of layers."""


def layer_row(result: LayerResult) -> tuple[str, str, str, int, int, str]:
    """Return a layer's row of the table; shapes are without the batch, the field in pixels."""
    field = " × ".join(f"{side:g}" for side in result.field.size)
    kind = result.node.layer.title
    return (
        result.node.name,
        f"{kind}, bypassed" if result.node.bypassed else kind,
        " × ".join(map(str, result.output or ())),
        result.parameters,
        result.multiply_adds,
        field if result.measures else "",
    )


def layers_as_csv(analysis: Analysis) -> str:
    """Return the table of layers in computing order, as spreadsheets read it (RFC 4180).

    A name that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for result in analysis.results.values():
        name, *rest = layer_row(result)
        writer.writerow((f"'{name}" if name.startswith(FORMULA_SIGNS) else name, *rest))
    return text.getvalue()


FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the begin of a formula. Source: OWASP, "CSV Injection"."""


def weights_report(fitted: FittedWeights) -> dict[str, Any]:
    """Return how many layers keep their weights, each layer with why it does not, and the rest."""
    fits = [layer.fit for layer in fitted.layers]
    return {
        "kept": fits.count(Fit.KEPT),
        "partly": fits.count(Fit.PARTLY),
        "new": fits.count(Fit.NEW),
        "layers": [
            {"name": layer.name, "fit": layer.fit.name.lower(), "why": layer.why}
            for layer in fitted.layers
        ],
        "unused": list(fitted.unused),
    }


def _layer(result: LayerResult) -> dict[str, Any]:
    height, width = result.field.size
    return {
        "name": result.node.name,
        "kind": type(result.node.layer).__name__,
        "input_shapes": result.inputs,
        "output_shape": result.output,
        "bypassed": result.node.bypassed,
        "parameters": result.parameters,
        "multiply_adds": result.multiply_adds,
        "receptive_field": (height, width) if result.measures else None,
    }


def _problems(network: Network, analysis: Analysis) -> list[dict[str, Any]]:
    listed, most = [], affordable(analysis, MOST_FIXED)
    for number, problem in enumerate((*analysis.problems, *advise(analysis))):
        node = network.by_id.get(problem.node)
        offered = fixes(analysis, problem) if number < most else ()
        listed.append(
            {
                "layer": node.name if node else "",
                "what": problem.what,
                "why": problem.why,
                "hint": problem.hint,
                "advice": problem.advice,
                "fixes": [fix.text for fix in offered],
            }
        )
    return listed
