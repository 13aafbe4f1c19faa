"""The command line."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from core.console import Result, answer, note
from core.jobs.job import Reporter
from core.version import VERSION

app = typer.Typer(
    help="Teach a computer to recognise your own images. Without a command, the window opens.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Images = Annotated[
    Path,
    typer.Argument(help="Folder with a sub-folder per class, or with train/ and val/ of such."),
]
Design = Annotated[
    str,
    typer.Argument(
        help="Name of a template or torchvision model, a design .json or an .onnx file."
    ),
]


def run() -> None:
    """Run the command that the program's arguments name."""
    for stream in (sys.stdout, sys.stderr):  # file names may hold what the terminal cannot show
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _interrupt)
    app()


def _interrupt(*_: object) -> None:
    """End as Ctrl+C does, so that what was begun is cleared away."""
    raise KeyboardInterrupt


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(f"layerloom {VERSION}")


@app.command()
def networks(json: Json = False) -> None:
    """List the templates and pretrained networks."""

    def work(_: Reporter) -> Result:
        from core.pretrained.listing import list_networks

        return {"networks": list_networks()}

    answer(json, work, _networks_table)


@app.command()
def analyse(
    network: Design,
    input: Annotated[
        str, typer.Option(help="Size of the image: channels x height x width, 3x224x224.")
    ] = "",
    classes: Annotated[int, typer.Option(help="Of the last layer.", min=0, max=1_000_000)] = 0,
    weights: Annotated[
        str,
        typer.Option(
            help="Also say which layers given weights fit: “imagenet”, or a .safetensors or "
            ".pth file.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Say the size, parameters and multiply-adds of every layer, and what is wrong."""

    def work(progress: Reporter) -> Result:
        from core.network.analysis import analyse as measure
        from core.network.fit_weights import fit_weights
        from core.network.importing.opening import open_network, parse_shape
        from core.network.report import report, weights_report
        from core.pretrained.given_weights import given_weights

        shape = parse_shape(input) if input else None
        opened = open_network(network, shape, classes or None)
        tensors = given_weights(network, weights, progress) if weights else opened.weights
        said = report(opened.network, measure(opened.network))
        if tensors is not None:
            said["weights"] = weights_report(fit_weights(opened.network, tensors))
        return {"title": opened.title, **said}

    answer(json, work, _layers_table)


@app.command()
def source(
    network: Design,
    out: Annotated[Path | None, typer.Option(help="File to write; printed if left out.")] = None,
    json: Json = False,
) -> None:
    """Write a network as readable PyTorch source."""

    def work(_: Reporter) -> Result:
        from core.atomic import write_atomically
        from core.network.importing.opening import open_network
        from core.network.source import source_text

        opened = open_network(network)
        text = source_text(opened.network, opened.title)
        if out:
            write_atomically(out, text.encode())
        return {"source": text, "file": str(out) if out else ""}

    def say(result: Result) -> str:
        return f"Written: {result['file']}" if out else str(result["source"]).rstrip("\n")

    answer(json, work, say)


@app.command()
def scan(images: Images, json: Json = False) -> None:
    """Say what a folder holds and what is wrong with it."""

    def work(report: Reporter) -> Result:
        import msgspec

        from core.images.scanning import scan_folder

        found: Result = msgspec.to_builtins(scan_folder(images, report))
        return found

    def say(result: Result) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in result["classes"].items())
        classes = len(result["classes"])
        kinds = f"{classes} class{'' if classes == 1 else 'es'}"
        lines = [f"{result['images']} images in {kinds}: {counts}."]
        problems = result["problems"]
        lines += [
            f"Cannot be read: {file['path']}: {file['why']}" for file in problems["unreadable"]
        ]
        lines += [f"The same picture: {', '.join(group)}" for group in problems["near_duplicates"]]
        lines += [f"In two splits: {', '.join(group)}" for group in problems["leaks"]]
        lines += [
            f"The same picture in several classes: {', '.join(group)}"
            for group in problems["mislabelled_duplicates"]
        ]
        lines += [f"Few images: {name} ({n})" for name, n in problems["few_images"].items()]
        if small := len(problems["small_images"]):
            lines.append(f"Smaller than 64 pixels: {small} of the images")
        return "\n".join(lines)

    answer(json, work, say)


@app.command()
def train(
    images: Images,
    network: Annotated[
        str,
        typer.Option(help="Name of a network, a design .json, or the folder of a finished run."),
    ] = "efficientnet-lite0",
    recipe: Annotated[
        str, typer.Option(help="Way to train: quick, balanced, thorough or scratch.")
    ] = "quick",
    validation: Annotated[
        Path | None, typer.Option(help="Folder of images to validate with.")
    ] = None,
    project: Annotated[Path | None, typer.Option(help="Project folder; made if missing.")] = None,
    seed: Annotated[int, typer.Option(help="Of everything random.", min=0)] = 0,
    epochs: Annotated[int | None, typer.Option(help="At most; not for quick.", min=1)] = None,
    batch_size: Annotated[int | None, typer.Option(help="Images a step.", min=1)] = None,
    threads: Annotated[int | None, typer.Option(help="Cores to use; 0: all.", min=0)] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the recipe's other settings.")
    ] = None,
    json: Json = False,
) -> None:
    """Train on a folder of images. Ctrl+C pauses; “resume” goes on."""
    named = {"epochs": epochs, "batch_size": batch_size, "threads": threads}
    if recipe == "quick" and any(value is not None for value in named.values()):
        raise typer.BadParameter("The recipe “quick” has no epochs: leave these options out.")

    def work(report: Reporter) -> Result:
        from core.project.project import project_for_images
        from core.training.distributed import ranks
        from core.training.options import parsed
        from core.training.recipes import recipe_named
        from core.training.start import follow_training
        from core.training.train_job import TrainJob

        if not ranks().first:
            return as_result(follow_training())
        given = parsed(recipe_named(recipe).options, option or [])
        given.update({name: value for name, value in named.items() if value is not None})
        opened = project_for_images(images, folder=project, validation=validation, seed=seed)
        for text in opened.notices:
            note(text)
        return as_result(TrainJob(opened.folder, recipe, network, seed, given).run(report))

    answer(json, work, _trained, pauses=True)


@app.command()
def resume(
    run: Annotated[Path, typer.Argument(help="Folder of a run that was paused or interrupted.")],
    json: Json = False,
) -> None:
    """Go on with an interrupted training."""

    def work(report: Reporter) -> Result:
        from core.training.train_job import ResumeJob

        return as_result(ResumeJob(run).run(report))

    answer(json, work, _trained, pauses=True)


@app.command()
def evaluate(
    model: Annotated[Path, typer.Argument(help="Folder of a run, or an exported .onnx file.")],
    images: Images,
    json: Json = False,
) -> None:
    """Test a run or an exported file on a folder of labelled images."""

    def work(report: Reporter) -> Result:
        import msgspec

        from core.evaluation.evaluate import evaluate as test
        from core.inference.classifier import Classifier
        from core.training.runs import open_run

        if model.is_dir():
            classifier = Classifier.from_run(open_run(model), one_at_a_time=False)
        else:
            classifier = Classifier.from_file(model, one_at_a_time=False)
        evaluation = test(classifier, images, report)
        flat: Result = msgspec.to_builtins(evaluation)
        return {**flat.pop("scores"), **flat}

    answer(json, work, _sentence)


@app.command()
def export(
    run: Annotated[Path, typer.Argument(help="Folder of a run.")],
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    precision: Annotated[str, typer.Option(help="fp32")] = "fp32",
    json: Json = False,
) -> None:
    """Write a run as one ONNX file with all around it, and prove that it agrees."""

    def work(report: Reporter) -> Result:
        import msgspec

        from core.export.export_job import ExportJob

        written: Result = msgspec.to_builtins(ExportJob(run, out, precision).run(report))
        return written

    answer(json, work, _proof)


@app.command()
def predict(
    model: Annotated[Path, typer.Argument(help="An exported .onnx file.")],
    images: Annotated[list[Path], typer.Argument(help="Images, or folders of images.")],
    csv: Annotated[Path | None, typer.Option(help="Also write a table.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="Also copy each image into a folder of its label.")
    ] = None,
    top: Annotated[int, typer.Option(help="How many classes to name.", min=1)] = 1,
    json: Json = False,
) -> None:
    """Name images with an exported file."""

    def work(report: Reporter) -> Result:
        from core.inference.predicting import predict_images

        return predict_images(model, images, top=top, csv=csv, into=into, report=report)

    def say(result: Result) -> str:
        lines = [
            f"{p['path']}: " + ", ".join(f"{t['label']} {t['probability']:.4f}" for t in p["top"])
            for p in result["predictions"]
        ]
        lines += [f"{u['path']}: cannot be read: {u['why']}" for u in result["unreadable"]]
        return "\n".join(lines)

    answer(json, work, say)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for all it writes.")] = Path("layerloom-demo"),
    json: Json = False,
) -> None:
    """Train on handwritten digits, test, export, and predict with the exported script."""

    def work(report: Reporter) -> Result:
        from core.demo import run_demo

        return run_demo(out, report)

    def say(result: Result) -> str:
        parity = result["parity"]
        return "\n".join(
            [
                f"Trained on {result['images']['train']} images of handwritten digits; "
                f"all steps together took {result['seconds']['total']:.0f} s.",
                _sentence(result),
                f"The exported file gave the same answer on {parity['agreement']:.0%} of "
                f"{parity['images']} images; largest difference in a probability "
                f"{parity['max_probability_difference']:.1e}.",
                f"Its script predict.py named {result['script']['right']} of "
                f"{result['script']['images']} test images right, in a process of its own.",
                f"Images:   {result['dataset']}",
                f"Project:  {result['project']}",
                f"Model:    {result['model']}",
            ]
        )

    answer(json, work, say)


def is_command(name: str) -> bool:
    """Return whether a command has this name; a folder of the same name may lie around."""
    return any(name == c.callback.__name__ for c in app.registered_commands if c.callback)


def as_result(run: object) -> Result:
    """Return the JSON form of a finished training."""
    from core.training.runs import Run

    assert isinstance(run, Run)
    import msgspec

    result = run.result
    scores: Result = msgspec.to_builtins(result.held_out)
    tested = scores.pop("images")
    return {
        "run": str(run.folder),
        **scores,
        "tested_images": tested,
        "tested_on": "test" if result.test else "validation",
        "labels": result.labels,
        "images": msgspec.to_builtins(result.images),
        "seconds": msgspec.to_builtins(result.seconds),
        "images_per_second": result.images_per_second,
        "notes": result.notes,
    }


def _networks_table(result: Result) -> str:
    """Return a line for each network."""
    return "\n".join(
        f"{n['name']:<22} {n['title']:<32} {n['parameters']:>12,} parameters "
        f"{n['multiply_adds'] / 1e6:>11,.1f} M multiply-adds"
        f"{'   pretrained' if n['pretrained'] else ''}"
        f"{', top-1 error %.1f %%' % (100 * n['top1_error']) if n['top1_error'] else ''}"
        for n in result["networks"]
    )


def _trained(result: Result) -> str:
    """Say how good a training was and where it lies."""
    return "\n".join([_sentence(result), *result["notes"], f"The run is in {result['run']}"])


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


def _sentence(result: Result) -> str:
    """Say how good a result is, how sure that is, and what guessing would get."""
    images = result.get("tested_images", result["images"])
    right = round(result["accuracy"] * images)
    low, high = result["interval"]
    return (
        f"{right} of {images} images right: {result['accuracy']:.1%} "
        f"(95 % sure between {low:.1%} and {high:.1%}); "
        f"always the same answer would get {result['baseline']:.1%}."
    )


def _proof(result: Result) -> str:
    parity, latency = result["parity"], result["latency_ms"]
    lines = [
        f"Written: {result['model']} ({result['bytes'] / 1e6:.1f} MB)",
        f"Checked with {parity['images']} images: {parity['changed']} answers changed, largest "
        f"difference in a probability {parity['max_probability_difference']:.1e}.",
        f"Accuracy of the file: {result['accuracy']['onnx']:.1%}. One image takes "
        f"{latency['p50']:.1f} ms (p50), {latency['p95']:.1f} ms (p95); "
        f"{result['throughput_per_second']:.0f} images/s.",
    ]
    if result["missing"]:
        lines.append(f"{result['missing']} images of the run are gone and were not compared.")
    check = result["torch_check"]
    if check:
        lines.append(
            f"PyTorch: {check['parity']['changed']} of {check['parity']['images']} answers differ; "
            f"one image takes {check['latency_ms']['p50']:.1f} ms."
        )
    return "\n".join(lines)
