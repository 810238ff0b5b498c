# Tests: tools/python/examples, and the progress bar in a notebook.
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbconvert")
pytest.importorskip("ipykernel")

pytestmark = pytest.mark.filterwarnings("ignore:.*relax_add_props")

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tools/python/examples"
SCENARIO = ROOT / "scenarios/moscow-kabul.yaml"


def executed(notebook, folder, there):
    """The notebook with what its cells gave."""
    from nbconvert.preprocessors import ExecutePreprocessor

    os.environ |= {"IPYTHONDIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder), "JUPYTER_DATA_DIR": str(folder), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    ExecutePreprocessor(timeout=300, kernel_name="python3").preprocess(notebook, {"metadata": {"path": str(there)}})
    return notebook


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    notebook = executed(nbformat.read(EXAMPLES / "moscow-kabul.ipynb", as_version=4), tmp_path_factory.mktemp("jupyter"), EXAMPLES)
    page_of(notebook, tmp_path_factory)
    return notebook


def page_of(notebook, places):
    """Written as a page, to be looked at: in the build folder where there is one."""
    from nbconvert import HTMLExporter

    command = os.environ.get("ENTENTE_COMMAND")
    folder = Path(command).parents[1] / "notebooks" if command else places.mktemp("notebooks")
    folder.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        (folder / f"moscow-kabul-{theme}.html").write_text(HTMLExporter(theme=theme).from_notebook_node(notebook)[0], encoding="utf-8")


def outputs(notebook, code):
    """Of the cell that has a line which begins so: texts of its outputs, HTML where there is any."""
    (cell,) = (one for one in notebook.cells if one.cell_type == "code" and any(line.startswith(code) for line in one.source.splitlines()))
    return " ".join(one.get("text") or one["data"].get("text/html") or one["data"]["text/plain"] for one in cell.outputs)


def command(*arguments):
    made = subprocess.run([os.environ["ENTENTE_COMMAND"], *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


has_command = pytest.mark.skipif("ENTENTE_COMMAND" not in os.environ, reason="ENTENTE_COMMAND names no command")


def test_the_notebook_is_stored_without_outputs_and_is_valid():
    for file in EXAMPLES.glob("*.ipynb"):
        notebook = nbformat.read(file, as_version=4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert cell.outputs == [] and cell.execution_count is None
                assert all(len(line) <= 120 for line in cell.source.splitlines())


def test_no_cell_errs_or_warns(tour):
    for cell in tour.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error" and output.get("name") != "stderr", output


def test_the_engine_of_the_notebook_is_the_one_under_test(tour, tmp_path):
    import entente

    asked = executed(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import entente; print(entente.__file__)")]), tmp_path, tmp_path)
    assert asked.cells[0].outputs[0].text.strip() == entente.__file__


@has_command
def test_runs_are_those_of_the_command(tour):
    summary = command("run", SCENARIO, "--runs", 1000, "--seed", 1, "--json", "--quiet")
    assert f"digest {summary['digest']}" in outputs(tour, "r = s.run(1000")
    came = summary["measures"]["recognised"]
    assert f"{came['came']} of 1,000" in outputs(tour, 'r.came("recognised")')


@has_command
@pytest.mark.parametrize(
    "code, arguments",
    [
        ("s.compare(", ["compare", SCENARIO, "--with", "no_aid", "--with", "sealed_border", "--with", "aid_rate=4", "--replicates", 500, "--measure", "recognised", "--measure", "moscow_trust", "--measure", "hardship"]),
        ("s.sweep(", ["sweep", SCENARIO, "--vary", "pull_trust=0:9:4", "--vary", "ambassador_rate={0.03, 0.09, 0.3}", "--replicates", 200, "--measure", "recognised", "--measure", "moscow_trust"]),
        ("s.score(", ["score", SCENARIO, "--since", "2024-01-01", "--runs", 1000]),
        ("known = s.condition(", ["condition", SCENARIO, "--until", "2023-12-31", "--particles", 1000]),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_studies_have_the_digest_of_the_command(tour, tmp_path, code, arguments):
    summary = command(*arguments, "--out", tmp_path / "out", "--json", "--quiet", "--no-report")
    assert f"digest {summary['digest']}" in outputs(tour, code)


def test_the_learner_learns_something(tour):
    learnt, constant, none = map(float, re.search(r"learnt ([\d.]+), best constant ([\d.]+), no aid ([\d.]+)", outputs(tour, "learnt = earns(policy)")).groups())
    assert learnt > constant > none


def test_a_progress_bar_warns_of_nothing_and_leaves_nothing(tmp_path):
    code = """
import entente as en
from entente import _work
with _work.Bar(True) as bar:
    for done in range(0, 11):
        bar.call(done, 10, done // 5, 1.0)
    shown = bar._bar
print(type(shown).__name__, shown.n, shown.total)
"""
    cell = executed(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), tmp_path, tmp_path).cells[0]
    text = "".join(one.get("text", "") for one in cell.outputs)
    assert re.search(r"(PageBar|tqdm\w*) 10 10", text) and "arning" not in text
    assert not any(one.get("name") == "stderr" and one.text.strip() for one in cell.outputs)
    assert not any("<progress" in one.get("data", {}).get("text/html", "") for one in cell.outputs)


def test_a_line_of_html_tells_how_far_it_is(monkeypatch):
    from entente import _work

    shown = []

    class Handle:
        def update(self, what, raw=False):
            shown.append(what if raw else what._repr_html_())

    monkeypatch.setitem(sys.modules, "IPython.display", type(sys)("IPython.display"))
    sys.modules["IPython.display"].display = lambda what, display_id: Handle()
    bar = _work.PageBar(2000)
    bar.set_postfix(failed=3)
    bar.n = 500
    bar.refresh()
    assert re.fullmatch(r'<progress value="500" max="2000"></progress> 500 of 2,000 runs, [\d,]+ s left, 3 failed', shown[-1])
    bar.close()
    assert shown[-1]["text/html"] == ""
