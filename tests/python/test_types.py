"""What the module says of its types is what type checkers read."""

import subprocess
import sys
from pathlib import Path

import pytest

import entente
from conftest import ROOT

mypy = pytest.importorskip("mypy")


def checked(*arguments):
    made = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-warn-return-any", "--cache-dir=/dev/null", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)
    return made.stdout + made.stderr


def test_the_module_is_typed_throughout():
    assert "Success" in checked("--ignore-missing-imports", ROOT / "tools/python/entente")


def test_a_program_is_checked_against_it(tmp_path):
    program = tmp_path / "program.py"
    program.write_text("import entente as en\ns = en.Scenario('a.yaml')\nreveal_type(s.run())\nreveal_type(s.run(until='2020-01-01'))\nreveal_type(s.sweep(a=(0, 1)).points)\ns.run('many')\n")
    said = checked("--ignore-missing-imports", program)
    assert 'note: Revealed type is "entente._runs.Runs"' in said and 'note: Revealed type is "entente._snapshot.Snapshot"' in said
    assert 'program.py:6: error: No overload variant of "run"' in said


def test_all_that_is_public_has_a_docstring():
    lacking = []
    for name in entente.__all__:
        thing = getattr(entente, name)
        if not thing.__doc__:
            lacking.append(name)
        for member in vars(thing) if isinstance(thing, type) else []:
            value = getattr(thing, member)
            if not member.startswith("_") and not isinstance(value, (str, int, float, dict)) and not getattr(value, "__doc__", None) and member not in getattr(thing, "__dataclass_fields__", {}):
                lacking.append(f"{name}.{member}")
    assert set(lacking) <= {"Scenario.title", "Scenario.about", "Runs.scenario"}


def test_the_stubs_name_what_the_engine_has():
    from entente import _core

    text = (Path(entente.__file__).resolve().parent / "_core.pyi").read_text()
    for name in dir(_core):
        if not name.startswith("_"):
            assert f"class {name}:" in text or f"def {name}(" in text, name
        thing = getattr(_core, name)
        for member in vars(thing) if isinstance(thing, type) else []:
            assert member.startswith("_") or f"    def {member}(" in text, f"{name}.{member}"
