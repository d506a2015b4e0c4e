"""The one script: what it puts in its environment, and what it says to a wrong port."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with the script, an installer that only writes down what it was asked, and a Python that does nothing."""
    shutil.copy(ROOT / "alongside", tmp_path)
    for name, does in {".uv/bin/uv": 'echo "$@" >> asked', ".venv/bin/python": "exit 0", ".venv/bin/granian": "exit 0"}.items():
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o755)
    (tmp_path / "requirements").mkdir()
    for name in ("base", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("")
    return tmp_path


def run(house: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./alongside", *words],
        cwd=house,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.mark.parametrize(("made", "asked"), [("test", "test"), ("base", "base"), ("", "base")])
def test_new_requirements_never_take_the_tools_of_the_tests_away(house: Path, made: str, asked: str) -> None:
    if made:
        (house / ".venv" / "made").write_text(made)
        os.utime(house / ".venv" / "made", (0, 0))
    assert run(house, "demo", "--prepare").returncode == 0
    assert (house / "asked").read_text().split()[-1] == f"requirements/{asked}.txt"
    assert (house / ".venv" / "made").read_text() == asked


@pytest.mark.parametrize("port", ["99999", "0", "80x", "-1", "8" * 30])
def test_a_port_that_cannot_be_is_named_in_one_sentence(house: Path, port: str) -> None:
    said = run(house, "serve", ALONGSIDE_PORT=port)
    assert said.returncode == 1
    assert f"ALONGSIDE_PORT is '{port}'" in said.stderr and "Traceback" not in said.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_end_the_server_and_its_worker(house: Path, ending: signal.Signals) -> None:
    """The server hears it once, from the script: told twice at the same time, by the terminal and by its parent, it used to hang."""
    (house / ".venv" / "made").write_text("base")
    long = '#!/bin/sh\necho $$ >> "$(basename "$0").pid"\nexec sleep 300\n'
    (house / ".venv/bin/granian").write_text(long)
    (house / ".venv/bin/python").write_text('#!/bin/sh\n[ "$3" = work ] || exit 0\n' + long.removeprefix("#!/bin/sh\n"))
    script = _serve(house)
    pids = [_pid_in(house / "granian.pid"), _pid_in(house / "python.pid")]
    assert os.getpgid(pids[0]) != script.pid
    os.killpg(script.pid, ending)
    assert script.wait(timeout=60) == 0
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_ctrl_c_in_the_very_moment_in_which_the_server_starts_ends_both(house: Path) -> None:
    """The script does not yet know the number of what it has just started; it used to wait for it for ever."""
    (house / ".venv" / "made").write_text("base")
    (house / ".venv/bin/granian").write_text('#!/bin/sh\nkill -INT "$PPID"\nexec sleep 300\n')
    (house / ".venv/bin/python").write_text('#!/bin/sh\n[ "$3" = work ] || exit 0\nexec sleep 300\n')
    script = _serve(house)
    assert script.wait(timeout=120) == 0
    assert [one for one in Path("/proc").glob("[0-9]*/cwd") if os.path.realpath(one) == str(house)] == []


def _serve(house: Path) -> subprocess.Popen[bytes]:
    """Start it as from a terminal: whoever runs the suite in the background has Ctrl-C ignored, and no shell can hear it again."""

    def hears_ctrl_c() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return subprocess.Popen(
        ["./alongside", "serve"], cwd=house, stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=hears_ctrl_c
    )


def _pid_in(file: Path) -> int:
    for _time in range(200):
        if file.exists() and file.read_text().strip():
            return int(file.read_text())
        time.sleep(0.05)
    raise AssertionError(f"{file.name} was never written")


def test_a_place_for_packages_that_was_not_finished_is_begun_again(house: Path) -> None:
    (house / ".venv" / "half").write_text("written")
    assert run(house, "demo", "--prepare").returncode == 0
    assert "venv -q --clear" in (house / "asked").read_text()
    (house / "asked").unlink()
    os.utime(house / ".venv" / "made", (0, 0))
    assert run(house, "demo", "--prepare").returncode == 0
    assert "--clear" not in (house / "asked").read_text()


@pytest.mark.parametrize(("python", "code"), [(0, 0), (65, 65), (75, 75), (1, 75), (2, 75), (137, 75)])
def test_a_mail_server_is_told_again_whatever_goes_wrong(house: Path, python: int, code: int) -> None:
    """It throws away what ends with anything but 0 and 75 (sysexits.h)."""
    (house / ".venv" / "made").write_text("base")
    # The words are compiled first (-c); only the command itself goes wrong.
    (house / ".venv/bin/python").write_text(f'#!/bin/sh\n[ "$1" = -m ] || exit 0\nexit {python}\n')
    assert run(house, "bounce").returncode == code


def test_a_house_that_cannot_be_made_tells_a_mail_server_again_and_anybody_else_no(house: Path) -> None:
    for command, code in (("bounce", 75), ("nobody-lost", 1)):
        assert run(house, command, PYTHON="no-such-python").returncode == code


def test_help_writes_nothing(house: Path) -> None:
    before = sorted(path.name for path in house.iterdir())
    assert "help" in run(house, "help").stdout
    assert sorted(path.name for path in house.iterdir()) == before


def test_a_number_of_processes_that_cannot_be_is_named_in_one_sentence(house: Path) -> None:
    said = run(house, "serve", ALONGSIDE_WORKERS="abc")
    assert said.returncode == 1
    assert "ALONGSIDE_WORKERS is 'abc'" in said.stderr and "Traceback" not in said.stderr
