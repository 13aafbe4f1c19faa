"""Commands about using what was trained: testing, exporting, naming images."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.commands.accuracy import accuracy_sentence
from core.commands.console import Result, answer
from core.commands.parameters import Images, Json
from core.jobs.job import Reporter


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
        from core.runs.runs import open_run

        learnt: set[bytes] = set()
        if model.is_dir():
            from core.runs.classifiers import run_classifier
            from core.runs.image_set import learnt_by  # imports scikit-learn

            classifier = run_classifier(open_run(model), one_at_a_time=False)
            learnt = learnt_by(model.absolute())
        else:
            classifier = Classifier.from_file(model, one_at_a_time=False)
        evaluation = test(classifier, images, report, learnt)
        flat: Result = msgspec.to_builtins(evaluation)
        return {**flat.pop("scores"), **flat}

    answer(json, work, accuracy_sentence)


def export(
    run: Annotated[Path, typer.Argument(help="Folder of a run.")],
    out: Annotated[Path, typer.Option(help="Folder to create.")],
    precision: Annotated[str, typer.Option(help="Number format: fp32.")] = "fp32",
    json: Json = False,
) -> None:
    """Export a run as an ONNX file with a script and a README, and check its answers."""

    def work(report: Reporter) -> Result:
        import msgspec

        from core.export.export_job import ExportJob

        written: Result = msgspec.to_builtins(ExportJob(run, out, precision).run(report))
        return written

    answer(json, work, _proof)


def predict(
    model: Annotated[Path, typer.Argument(help="An exported .onnx file.")],
    images: Annotated[list[Path], typer.Argument(help="Images, or folders of images.")],
    csv: Annotated[Path | None, typer.Option(help="Also write a CSV file.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="Also copy each image into a folder of its label.")
    ] = None,
    top: Annotated[int, typer.Option(help="How many classes to show.", min=1)] = 1,
    json: Json = False,
) -> None:
    """Classify images with an exported file."""

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


def _proof(result: Result) -> str:
    parity, latency = result["parity"], result["latency_ms"]
    lines = [
        f"Written: {result['model']} ({result['bytes'] / 1e6:.1f} MB)",
        f"Checked with {parity['images']} images: {parity['changed']} answers changed, largest "
        f"difference in probability {parity['max_probability_difference']:.1e}.",
        f"Accuracy of the file: {result['accuracy']['onnx']:.1%}. One image takes "
        f"{latency['p50']:.1f} ms (p50), {latency['p95']:.1f} ms (p95); "
        f"{result['throughput_per_second']:.0f} images/s.",
    ]
    if result["missing"]:
        lines.append(
            f"{result['missing']} images of the run no longer exist and were not compared."
        )
    check = result["torch_check"]
    if check:
        lines.append(
            f"PyTorch: {check['parity']['changed']} of {check['parity']['images']} answers differ; "
            f"one image takes {check['latency_ms']['p50']:.1f} ms."
        )
    return "\n".join(lines)
