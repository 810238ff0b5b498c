"""Every file that commands write has the columns and keys that `entente reference formats` tells, and what is told is written by some command.

Usage: formats.py <the command>
"""

import csv
import itertools
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

import netCDF4

root = pathlib.Path(__file__).resolve().parents[2]
command = sys.argv[1]
formats = json.loads(subprocess.run([command, "reference", "formats", "--format", "json"], check=True, capture_output=True, text=True).stdout)
text = subprocess.run([command, "reference", "formats"], check=True, capture_output=True, text=True).stdout
kabul = str(root / "scenarios" / "moscow-kabul.yaml")
faults = []

# A world without dates, with rows that have dates, years, levels and failures.
small = """entente: 1
title: A small world
calendar: {start: 2020-02-01, end: 2021-12-31, step: month}
parameters: {gain: {value: 0.1, range: [0, 1], prior: "uniform(0, 1)"}}
agents:
  state: {fields: {trust: 0.5, mood: {start: calm, levels: [calm, {name: angry, label: Angry}]}}, members: [a, b]}
links: {tie: {source: state, target: state, fields: {warmth: 0}, members: [a -> b, b -> a]}}
steps:
  - {rule: grow, on: state, do: ["trust += normal(0, gain)", "mood = 1 if trust > 0.7 else 0", "trust = trust + 0 * log(trust - 0.05)"]}
  - {event: visit, on: tie, rate: 2, do: [warmth += 0.1]}
measures:
  each: {value: trust, on: state}
  fell: {value: first(trust > 0.8), on: state}
  visits: {value: total(visit), on: tie, per: year}
  moods: {value: last(mood), on: state}
  mood_by_year: {value: last(mood), on: state, per: year}
  mood_of_a: {value: "last(state[a].mood)", per: year}
  come: "first(state[a].trust > 0.8)"
  level: "state[a].trust"
"""
without_dates = "entente: 1\ncalendar: {ticks: 5}\nagents: {a: {members: [x], fields: {f: 0}}}\nsteps: [{rule: r, on: a, do: ['f += normal(0, 1)']}]\nmeasures: {f: 'a[x].f', c: 'first(a[x].f > 1)'}\n"
large = "entente: 1\ncalendar: {ticks: 2}\nagents: {crowd: {count: 450, fields: {f: 0}}}\nsteps: [{rule: r, on: crowd, do: ['f += normal(0, 1)']}]\nmeasures: {f: {value: f, on: crowd}}\n"
# A record that no value of the parameter comes near.
pressed = """entente: 1
calendar: {ticks: 3}
parameters: {level: {value: 0.5, range: [0, 1], prior: "uniform(0, 1)"}}
agents: {a: {members: [x], fields: {f: level}}}
steps: [{rule: r, on: a, do: ["f += 0.01 * normal(0, 1)"]}]
measures: {f: "last(a[x].f)"}
observed: {f: {value: 3}}
"""


class Made:
    """What one command line wrote and printed."""

    def __init__(self, folder, name, *arguments, out=True):
        self.folder = pathlib.Path(folder, name)
        self.name = arguments[0]
        where = ["--out", str(self.folder)] if out else []
        done = subprocess.run([command, *map(str, arguments), *where, "--json"], cwd=folder, capture_output=True, text=True)
        assert done.returncode in (0, 1, 3) or name == "broken", f"{arguments} ended with {done.returncode}: {done.stderr}"
        self.printed = json.loads(done.stdout)


def examples(folder):
    pathlib.Path(folder, "small.yaml").write_text(small)
    pathlib.Path(folder, "undated.yaml").write_text(without_dates)
    pathlib.Path(folder, "large.yaml").write_text(large)
    pathlib.Path(folder, "pressed.yaml").write_text(pressed)
    broken = root / "tests" / "tools" / "broken.yaml"
    points = pathlib.Path(folder, "points.csv")
    points.write_text("gain,weight\n0.1,1\n0.2,3\n")
    vary = ["--vary", "weight_aid=0:10:2", "--vary", "forgetting=0.2:0.4:2"]
    yield Made(folder, "run", "run", kabul, "--runs", 60, "--events", "--no-report", "--set", "forgetting=0.3")
    yield Made(folder, "small", "run", "small.yaml", "--runs", 40, "--series", "all", "--no-report")
    yield Made(folder, "undated", "run", "undated.yaml", "--runs", 10, "--no-report")
    yield Made(folder, "large", "run", "large.yaml", "--runs", 2, "--series", "all", "--no-report")
    yield Made(folder, "stop", "run", kabul, "--runs", 5, "--until", "2023-01-01", "--snapshot", "mid.snap", out=False)
    yield Made(folder, "branch", "run", "--from", "mid.snap", "--variant", "no_aid", "--no-report")
    yield Made(folder, "replay", "run", kabul, "--replay", "3,typical", "--runs", 20, out=False)
    yield Made(folder, "undated-replay", "run", "undated.yaml", "--replay", 0, out=False)
    yield Made(folder, "sweep", "sweep", kabul, *vary, "--replicates", 6, "--no-report")
    yield Made(folder, "unpaired", "sweep", "small.yaml", "--points", points, "--replicates", 20, "--unpaired", "--no-report")
    yield Made(folder, "sobol", "sensitivity", kabul, "--vary", "weight_aid=0:10", "--vary", "forgetting", "--vary", "words", "--samples", 8, "--replicates", 4, "--second-order",
               "--group", "both=weight_aid,words", "--set", "evidence=0.1", "--no-report")
    yield Made(folder, "morris", "sensitivity", "small.yaml", "--vary", "gain", "--vary", "state[a].trust=0.3:0.6", "--method", "morris", "--trajectories", 8, "--replicates", 4,
               "--allow-failed", 1, "--no-report")
    outcomes = pathlib.Path(folder, "outcomes.csv")
    design = list(csv.DictReader(open(pathlib.Path(folder, "sobol", "design.csv"))))
    outcomes.write_text("point,height\n" + "".join(f"{row['point']},{row['words']}\n" for row in design))
    yield Made(folder, "from-results", "sensitivity", kabul, "--vary", "weight_aid=0:10", "--vary", "forgetting", "--vary", "words", "--samples", 8, "--second-order", "--group", "both=weight_aid,words",
               "--from-results", outcomes, "--no-report")
    yield Made(folder, "compare", "compare", kabul, "--with", "no_aid", "--with", "weight_aid=9", "--replicates", 30, "--no-report")
    yield Made(folder, "apart", "compare", "small.yaml", "--with", "gain=0.2", "--replicates", 30, "--unpaired", "--no-report")
    fit = ["--vary", "weight_aid=0:10", "--vary", "forgetting"]
    yield Made(folder, "abc", "calibrate", kabul, *fit, "--particles", 30, "--runs", 1500, "--no-report")
    yield Made(folder, "pressed", "calibrate", "pressed.yaml", "--particles", 50, "--runs", 2000, "--no-report")
    yield Made(folder, "sbc", "calibrate", kabul, *fit, "--particles", 20, "--runs", 800, "--sbc", 3, "--no-report")
    likelihood = ["--method", "likelihood", "--until", "2023-12-31", "--particles", 20, "--filter-runs", 8, "--no-report"]
    yield Made(folder, "likelihood", "calibrate", kabul, *fit, *likelihood)
    yield Made(folder, "evidence", "calibrate", kabul, "--vary", "weight_aid=0:10", "--variants", "no_aid", *likelihood)
    yield Made(folder, "spread", "run", kabul, "--posterior", pathlib.Path(folder, "abc", "posterior.csv"), "--runs", 20, "--no-report")
    yield Made(folder, "score", "score", kabul, "--since", "2024-01-01", "--runs", 100, "--no-report")
    yield Made(folder, "weighted", "score", kabul, "--since", "2024-01-01", "--runs", 60, "--posterior", pathlib.Path(folder, "abc", "posterior.csv"), "--no-report")
    yield Made(folder, "states", "score", root / "scenarios" / "conflict-world.yaml", "--since", "2018-01-01", "--runs", 10, "--resamples", 20, "--no-report")
    yield Made(folder, "condition", "condition", kabul, "--until", "2023-12-31", "--particles", 100, "--no-report")
    yield Made(folder, "check", "check", root / "tests" / "tools" / "warned.yaml", out=False)
    yield Made(folder, "broken", "run", broken)


# -- tables ---------------------------------------------------------------------------------------------------------------------------------

seen = set()  # what is told and was found


def table_told(file, made):
    """The declaration of a table: two of one name are told apart by their commands."""
    told = [table for table in formats["tables"] if table["file"] == file]
    assert told, f"no table is called {file}"
    if file == "record.csv":
        return next(table for table in told if table["commands"].startswith(made.name))
    if file == "generations.csv":
        return next(table for table in told if made.printed["method"] in table["commands"])
    return told[0]


def pattern_of(name, names):
    """What a column may be called: `<outcome>` has a year, a level, `_years` or `_came` behind the measure's name."""
    one_of = {part: "(?:" + "|".join(map(re.escape, sorted(of))) + ")" for part, of in names.items() if of}
    one_of["<outcome>"] = one_of["<measure>"] + r"(?:\[\d{4}\])?(?:\[[a-z_]+\])?(?:_years|_came)?"
    one_of["<year>"] = r"\d{4}"
    return "".join(one_of.get(part, "$^") if part.startswith("<") else re.escape(part) for part in re.split(r"(<\w+>)", name))


def names_in(made, manifest):
    """What may stand in each placeholder."""
    factors = set(made.printed.get("factors", [])) | set(made.printed.get("parameters", {})) | set(manifest.get("study", {}).get("factors", []))
    if made.folder.name == "spread":
        factors |= {"weight_aid", "forgetting"}
    return {"<measure>": set(manifest["scenario"]["measures"]), "<factor>": factors}


def check_table(path, made, manifest):
    told = table_told(path.name, made)
    head = next(csv.reader(open(path, encoding="utf-8")))
    names = names_in(made, manifest)
    rest = list(head)
    for column in told["columns"]:
        key = (told["file"], told["commands"], column["name"])
        if column["presence"] in ("always", "sometimes"):
            if rest and rest[0] == column["name"]:
                rest.pop(0)
                seen.add(key)
            elif column["presence"] == "always":
                faults.append(f"{path}: '{column['name']}' is not where it should be: {rest[:3]}")
                return
        elif column["presence"] == "each":
            behind = told["columns"][told["columns"].index(column) + 1 :]
            group = [column, *itertools.takewhile(lambda c: c["presence"] == "beside", behind)]
            while rest and (found := [c for c in group if re.fullmatch(pattern_of(c["name"], names), rest[0])]):
                seen.add((told["file"], told["commands"], found[-1]["name"]))
                rest.pop(0)
    if rest:
        faults.append(f"{path}: columns that are not told: {rest[:5]}")


# -- JSON -----------------------------------------------------------------------------------------------------------------------------------

parts = {part["name"]: part["keys"] for part in formats["parts"]}


class Told:
    """The keys that are told of an object, as a tree."""

    def __init__(self):
        self.keys = {}
        self.type = None
        self.source = []  # what in the declarations says so

    def add(self, path, type_, source):
        node = self
        for segment in [s for s in re.split(r"\.|(\[\])", path) if s]:
            node = node.keys.setdefault(segment, Told())
        node.type, node.source = type_, [*node.source, source]
        return node


def tree_of(format_):
    tree = Told()
    for key in format_["keys"]:
        node = tree.add(key["path"], key["type"], (format_["format"], key["path"]))
        for part_key in parts[key["has"]] if "has" in key else []:
            node.add(part_key["path"], part_key["type"], ("part", key["has"], part_key["path"]))
    return tree


def check_json(value, node, where):
    seen.update(node.source)
    if node.type == "scenario":
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            below = node.keys.get(key) or next((child for name, child in node.keys.items() if name.startswith("<")), None)
            if below is None:
                faults.append(f"{where}.{key} is not told")
            else:
                check_json(inner, below, f"{where}.{key}")
    elif isinstance(value, list) and "[]" in node.keys:
        for item in value:
            check_json(item, node.keys["[]"], f"{where}[]")
    elif node.keys and value is not None:
        faults.append(f"{where} is {value!r}, and has no keys")
    elif value is not None:
        check_type(value, node.type, where)


def check_type(value, type_, where):
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    fits = {"text": isinstance(value, str), "number": is_number, "truth": isinstance(value, bool), "text or number": isinstance(value, str) or is_number,
            "object": isinstance(value, dict), "[low, high]": isinstance(value, list) and len(value) == 2}
    if not fits.get(type_, isinstance(value, list)):
        faults.append(f"{where} is {value!r}, told as {type_}")


trees = {format_["format"]: tree_of(format_) for format_ in formats["json"]}

# -- NetCDF, ledger -------------------------------------------------------------------------------------------------------------------------

series_told = {(part["of"], part["name"]) for part in formats["series"]}


def note_series(of, name):
    if (of, name) in series_told:
        seen.add((of, name))
    else:
        faults.append(f"series.nc: the {of} '{name}' is not told")


def check_series(path, manifest):
    file = netCDF4.Dataset(path)
    assert file.format == "entente-series/1"
    kinds = set(file.dimensions) - {"run", "time", "year"}
    for name in file.ncattrs():
        note_series("attribute of the file", name)
    for name in file.dimensions:
        note_series("dimension", "<kind>" if name in kinds else name)
    for name, variable in file.variables.items():
        end = next((e for e in ("_source", "_target") if name.endswith(e) and name[: -len(e)] in kinds), None)
        if end:
            note_series("variable", "<kind>" + end)
        elif name in manifest["scenario"]["measures"]:
            for attribute in set(variable.ncattrs()) - {"_FillValue"}:
                note_series("attribute of a measure", attribute)
        elif name == "time":
            for attribute in set(variable.ncattrs()) - {"_FillValue"}:
                note_series("attribute of `time`", attribute)
        else:
            assert name in file.dimensions, name
    file.close()


def check_ledger(path):
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (1,)
    columns = [(row[1], row[2]) for row in sqlite3.connect(path).execute("PRAGMA table_info(shards)")]
    assert columns == [(c["name"], c["type"].split()[0]) for c in formats["ledger"]], columns


with tempfile.TemporaryDirectory() as folder:
    for made in examples(folder):
        check_json(made.printed, trees[made.printed["format"]], made.printed["format"])
        for manifest_file in sorted(made.folder.rglob("manifest.json")):
            manifest = json.loads(manifest_file.read_text())
            assert manifest["tables"] == "entente-tables/1"
            check_json(manifest, trees[manifest["format"]], manifest["format"])
            if manifest_file.parent != made.folder:
                continue
            summary = json.loads((made.folder / "summary.json").read_text())
            assert summary["format"] == made.printed["format"]
            for table in sorted(made.folder.glob("*.csv")):
                check_table(table, made, manifest)
            if (made.folder / "series.nc").exists():
                check_series(made.folder / "series.nc", manifest)
            if (made.folder / "ledger.sqlite").exists():
                check_ledger(made.folder / "ledger.sqlite")
            unknown = {f.name for f in made.folder.iterdir() if f.is_file()} - {t["file"] for t in formats["tables"]} - {
                "manifest.json", "summary.json", "series.nc", "ledger.sqlite", "ledger.sqlite-journal", "state.snap", ".lock"}
            if unknown:
                faults.append(f"{made.folder}: files that are not told: {unknown}")

told = {(t["file"], t["commands"], c["name"]) for t in formats["tables"] for c in t["columns"]} | series_told
told |= {(f["format"], k["path"]) for f in formats["json"] for k in f["keys"]} | {("part", p["name"], k["path"]) for p in formats["parts"] for k in p["keys"]}
for one in sorted(told - seen, key=str):
    faults.append(f"told, and written by no example: {one}")
for table in formats["tables"]:
    assert f"## {table['file']} ({table['commands']})" in text
    assert all(f"| `{column['name']}`" in text for column in table["columns"])
assert not faults, f"{len(faults)} faults\n" + "\n".join(list(dict.fromkeys(faults))[:60])
print(f"{len(told)} columns, keys and attributes, each written and each told")
