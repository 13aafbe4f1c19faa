"""Commands about training: what a folder of images holds, learning from it, and going on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.commands.accuracy import accuracy_sentence
from core.commands.console import Result, answer, note
from core.commands.parameters import Images, Json
from core.jobs.job import Reporter


def scan(images: Images, json: Json = False) -> None:
    """Show what a folder contains and list problems."""

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
        lines += [f"The same image: {', '.join(group)}" for group in problems["near_duplicates"]]
        lines += [f"In two splits: {', '.join(group)}" for group in problems["leaks"]]
        lines += [
            f"The same image in several classes: {', '.join(group)}"
            for group in problems["mislabelled_duplicates"]
        ]
        lines += [f"Few images: {name} ({n})" for name, n in problems["few_images"].items()]
        if small := len(problems["small_images"]):
            lines.append(f"Smaller than 64 pixels: {small} of the images")
        return "\n".join(lines)

    answer(json, work, say)


def train(
    images: Images,
    network: Annotated[
        str,
        typer.Option(help="Name of a network, a design .json, or the folder of a finished run."),
    ] = "efficientnet-lite0",
    recipe: Annotated[
        str, typer.Option(help="Recipe: quick, balanced, thorough or scratch.")
    ] = "quick",
    validation: Annotated[Path | None, typer.Option(help="Folder of validation images.")] = None,
    project: Annotated[
        Path | None, typer.Option(help="Project folder; created if missing.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.", min=0)] = 0,
    epochs: Annotated[
        int | None, typer.Option(help="Maximum number of epochs; not for quick.", min=1)
    ] = None,
    batch_size: Annotated[int | None, typer.Option(help="Images per training step.", min=1)] = None,
    threads: Annotated[int | None, typer.Option(help="CPU cores to use; 0: all.", min=0)] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the recipe's other settings.")
    ] = None,
    json: Json = False,
) -> None:
    """Train on a folder of images. Ctrl+C pauses; continue with “resume”."""
    named = {"epochs": epochs, "batch_size": batch_size, "threads": threads}
    if recipe == "quick" and any(value is not None for value in named.values()):
        raise typer.BadParameter("The recipe “quick” has no epochs: leave these options out.")

    def work(report: Reporter) -> Result:
        from core.distributed import ranks, require_one_process
        from core.project.project import project_for_images
        from core.recipes.options import parsed
        from core.recipes.recipes import recipe_named
        from core.runs.run_report import run_report
        from core.training.start import follow_training
        from core.training.train_job import TrainJob

        if recipe == "quick":
            require_one_process()
        if not ranks().first:
            return run_report(follow_training())
        given = parsed(recipe_named(recipe).options, option or [])
        given.update({name: value for name, value in named.items() if value is not None})
        opened = project_for_images(images, folder=project, validation=validation, seed=seed)
        for text in opened.notices:
            note(text)
        start = _as_it_is_now(network, opened.folder)
        return run_report(TrainJob(opened.folder, recipe, start, seed, given).run(report))

    answer(json, work, _trained, pauses=True)


def resume(
    run: Annotated[Path, typer.Argument(help="Folder of a run that was paused or interrupted.")],
    json: Json = False,
) -> None:
    """Resume a paused or interrupted training."""

    def work(report: Reporter) -> Result:
        from core.runs.run_report import run_report
        from core.training.train_job import ResumeJob

        return run_report(ResumeJob(run).run(report))

    answer(json, work, _trained, pauses=True)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for everything it writes.")] = Path(
        "layerloom-demo"
    ),
    json: Json = False,
) -> None:
    """Train on handwritten digits, test, export, and predict with the exported script."""

    def work(report: Reporter) -> Result:
        from core.commands.demo import run_demo

        return run_demo(out, report)

    def say(result: Result) -> str:
        parity = result["parity"]
        return "\n".join(
            [
                f"Trained on {result['images']['train']} images of handwritten digits; "
                f"all steps together took {result['seconds']['total']:.0f} s.",
                accuracy_sentence(result),
                f"The exported file gave the same answer on {parity['agreement']:.0%} of "
                f"{parity['images']} images; largest difference in probability "
                f"{parity['max_probability_difference']:.1e}.",
                f"Its script predict.py classified {result['script']['right']} of "
                f"{result['script']['images']} test images correctly, in a separate process.",
                f"Images:   {result['dataset']}",
                f"Project:  {result['project']}",
                f"Model:    {result['model']}",
            ]
        )

    answer(json, work, say)


def _as_it_is_now(network: str, project: Path) -> str:
    """Return what a training starts from so that it can be begun once more, from any folder.

    Of a design it is a copy, which saving does not change.

    Raises:
        NetworkError: The design's file holds none.
        StorageError: It cannot be kept.
    """
    from core.network.network import read_network
    from core.project.designs import pin_design

    path = Path(network)
    if path.suffix.lower() == ".json" and path.is_file():
        read_network(path)  # what is wrong with it is said of the file itself, not of the copy
        return str(pin_design(project, path))
    is_file = path.suffix.lower() == ".onnx" and path.is_file()
    return str(path.absolute()) if is_file or (path / "result.json").exists() else network


def _trained(result: Result) -> str:
    """Say how good a training was, what it left out and where it lies."""
    lines = [accuracy_sentence(result), *result["notes"]]
    if left_out := result["images"]["unreadable"]:
        files = "file" if left_out == 1 else "files"
        lines.append(f"Skipped: {left_out} {files} that cannot be read (“scan” shows why).")
    return "\n".join([*lines, f"The run is in {result['run']}"])
