"""Commands about networks: which there are, what they compute, and their source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.commands.console import Result, answer
from core.commands.parameters import Json
from core.jobs.job import Reporter

Design = Annotated[
    str,
    typer.Argument(
        help="Name of a template or torchvision model, a design .json or an .onnx file."
    ),
]


def networks(json: Json = False) -> None:
    """List the templates and pretrained networks."""

    def work(_: Reporter) -> Result:
        from core.opening.listing import list_networks

        return {"networks": list_networks()}

    answer(json, work, _networks_table)


def analyse(
    network: Design,
    input: Annotated[
        str, typer.Option(help="Size of the image: channels x height x width, 3x224x224.")
    ] = "",
    classes: Annotated[
        int, typer.Option(help="Number of classes of the last layer.", min=0, max=1_000_000)
    ] = 0,
    weights: Annotated[
        str,
        typer.Option(
            help="Also show which layers these weights fit: “imagenet”, or a .safetensors or "
            ".pth file.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Show the size, parameters and multiply-adds of every layer, and list problems."""

    def work(progress: Reporter) -> Result:
        from core.network.analysis import analyse as measure
        from core.network.review.network_report import report, weights_report
        from core.network.running.fit_weights import fit_weights
        from core.opening.given_weights import given_weights
        from core.opening.opening import open_network, parse_shape

        shape = parse_shape(input) if input else None
        opened = open_network(network, shape, classes or None)
        tensors = given_weights(network, weights, progress) if weights else opened.weights
        said = report(opened.network, measure(opened.network))
        if tensors is not None:
            said["weights"] = weights_report(fit_weights(opened.network, tensors))
        return {"title": opened.title, **said}

    answer(json, work, _layers_table)


def source(
    network: Design,
    out: Annotated[
        Path | None, typer.Option(help="File to write; without it the source is printed.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a network as readable PyTorch source."""

    def work(_: Reporter) -> Result:
        from core.atomic import write_atomically
        from core.network.source.source import source_text
        from core.opening.opening import open_network

        opened = open_network(network)
        text = source_text(opened.network, opened.title)
        if out:
            write_atomically(out, text.encode())
        return {"source": text, "file": str(out) if out else ""}

    def say(result: Result) -> str:
        return f"Written: {result['file']}" if out else str(result["source"]).rstrip("\n")

    answer(json, work, say)


def _networks_table(result: Result) -> str:
    """Return a line for each network."""
    return "\n".join(
        f"{n['name']:<22} {n['title']:<32} {n['parameters']:>12,} parameters "
        f"{n['multiply_adds'] / 1e6:>11,.1f} M multiply-adds"
        f"{'   pretrained' if n['pretrained'] else ''}"
        f"{', top-1 error %.1f %%' % (100 * n['top1_error']) if n['top1_error'] else ''}"
        for n in result["networks"]
    )


def _layers_table(result: Result) -> str:
    """Return the layers of a network as a table, its totals and its problems."""
    lines = [
        f"{layer['name'][:43]:<44}{layer['kind']:<20}"
        f"{' × '.join(map(str, layer['output_shape'] or ['?'])):<18}"
        f"{layer['parameters']:>13,}{layer['multiply_adds']:>16,}"
        for layer in result["layers"]
    ]
    totals = result["totals"]
    lines.append(
        f"{result['title']}: {totals['parameters']:,} parameters "
        f"({totals['trainable_parameters']:,} trainable), {totals['multiply_adds']:,} "
        f"multiply-adds, {totals['activation_bytes']:,} bytes of activations, "
        f"depth {totals['depth']}."
    )
    for problem in result["problems"]:
        parts = (problem["what"], problem["why"], problem["hint"], *problem["fixes"])
        where = f"{problem['layer']}: " if problem["layer"] else ""
        lines.append(where + " ".join(f"{part.rstrip('.')}." for part in parts if part))
    return "\n".join(lines + _weights_lines(result.get("weights")))


def _weights_lines(weights: Result | None) -> list[str]:
    """Say how many layers given weights fit, and why others do not."""
    if weights is None:
        return []
    lines = [
        f"Weights: {weights['kept']} layers kept, {weights['partly']} partly, "
        f"{weights['new']} re-initialised; {len(weights['unused'])} tensors of the file not used."
    ]
    words = {"partly": "partly kept", "new": "re-initialised"}
    return lines + [
        f"{layer['name']} is {words[layer['fit']]}. {layer['why']}"
        for layer in weights["layers"]
        if layer["fit"] in words
    ]
