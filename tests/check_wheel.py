"""Build the wheel, compare it with the checkout, and start it from a bare environment."""

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENTRY = "import sys; from layerloom.main import main; sys.argv = ['layerloom', '--version']; main()"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
        quietly(build)
        (wheel,) = folder.glob("*.whl")
        compare(wheel)
        start(wheel, folder / "bare")
    print(f"{wheel.name}: contents and start are right")


def compare(wheel: Path) -> None:
    """Fail unless the wheel holds exactly the tracked sources and resources."""
    listed = subprocess.run(
        ["git", "ls-files", "core", "gui", "resources", "main.py"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    wanted = {name for name in listed if name and (ROOT / name).exists()}
    inside = {
        name.removeprefix("layerloom/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("layerloom/") and not name.endswith("/")
    }
    if wanted != inside:
        sys.exit(
            f"missing in the wheel: {sorted(wanted - inside)}; too much: {sorted(inside - wanted)}"
        )


def start(wheel: Path, environment: Path) -> None:
    """Install the wheel where nothing else is, with only what `--version` needs, and run it."""
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [str(python), "-m", "pip", "install"]
    quietly([*pip, "--no-deps", str(wheel)])
    quietly([*pip, "msgspec", "platformdirs", "rich", "typer"])
    shown = subprocess.run(
        [str(python), "-c", ENTRY], capture_output=True, text=True, check=True, cwd=environment
    )
    if not shown.stdout.startswith("layerloom "):
        sys.exit(f"layerloom --version printed {shown.stdout!r}")


def quietly(command: list[str]) -> None:
    """Run a command and print what it said only if it failed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


if __name__ == "__main__":
    main()
