"""Commands about networks: which there are, what they compute, and their source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column

from core.commands.console import Result, answer, table
from core.commands.parameters import Json
from core.jobs.job import Reporter

if TYPE_CHECKING:
    from core.opening.listing import ListedNetwork

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

        return {"networks": [_listed(network) for network in list_networks()]}

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
        from core.opening.image_shape import parse_shape
        from core.opening.opening import open_resized

        shape = parse_shape(input) if input else None
        opened = open_resized(network, shape, classes or None)
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


def _listed(network: ListedNetwork) -> Result:
    """Return what the list says of a network; counts a template the first time."""
    return {
        "name": network.name,
        "title": network.title,
        "source": network.source,
        "year": network.year,
        "parameters": network.parameters,
        "multiply_adds": network.multiply_adds,
        "pretrained": network.pretrained,
        "available_offline": network.available_offline,
        "licence": network.licence,
        "top1_error": network.top1_error,
        "weights_bytes": network.weights_bytes or None,
    }


def _networks_table(result: Result) -> str:
    """Return a line for each network."""
    columns = (
        Column("Name"),
        Column("Title"),
        Column("Parameters", justify="right"),
        Column("Multiply-adds", justify="right"),
        Column("Pretrained"),
        Column("Top-1 error", justify="right"),
    )
    rows = (
        (
            n["name"],
            n["title"],
            f"{n['parameters']:,}",
            f"{n['multiply_adds'] / 1e6:,.1f} M",
            "yes" if n["pretrained"] else "no",
            f"{n['top1_error']:.1%}" if n["top1_error"] else "",
        )
        for n in result["networks"]
    )
    return table(columns, rows)


def _layers_table(result: Result) -> str:
    """Return the layers of a network as a table, its totals and its problems."""
    columns = (
        Column("Layer"),
        Column("Kind"),
        Column("Output"),
        Column("Parameters", justify="right"),
        Column("Multiply-adds", justify="right"),
    )
    rows = (
        (
            layer["name"],
            layer["kind"],
            " × ".join(map(str, layer["output_shape"] or ["?"])),
            f"{layer['parameters']:,}",
            f"{layer['multiply_adds']:,}",
        )
        for layer in result["layers"]
    )
    lines = [table(columns, rows)]
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
