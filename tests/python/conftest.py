"""What the tests of the module share."""

import json
import os
import subprocess
from pathlib import Path

import pytest

import entente as en

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
FOUNDING = SCENARIOS / "moscow-kabul.yaml"
WALK = ROOT / "tests/tools/walk.yaml"
FAILS = ROOT / "tests/tools/fails.yaml"
HAZARD = ROOT / "tests/tools/hazard.yaml"


class Command:
    """`entente` as a program of its own, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *arguments):
        line = [os.environ["ENTENTE_COMMAND"], *map(str, arguments)]
        return subprocess.run(line, cwd=self.folder, capture_output=True, text=True)

    def json(self, *arguments):
        made = self(*arguments, "--json")
        assert made.returncode in (0, 1, 3), made.stderr
        return json.loads(made.stdout)


@pytest.fixture
def command(tmp_path):
    return Command(tmp_path)


@pytest.fixture(scope="module")
def walk():
    return en.Scenario(WALK)


@pytest.fixture(scope="module")
def founding():
    return en.Scenario(FOUNDING)
