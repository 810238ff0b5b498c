"""The JSON Schema of scenarios takes every scenario that is shipped, and refuses faults of shape, as the command does.

Usage: scenario_schema.py <the command>
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

root = pathlib.Path(__file__).resolve().parents[1]
command = sys.argv[1]


class Yaml12(yaml.SafeLoader):
    """As editors read YAML: `yes`, dates and `1_000` are texts, `1e-3` is a number."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)$", "-+0123456789."),
]:
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first.replace("\0", "")) + ([""] if "\0" in first else []))
# YAML 1.2 takes 1e-3 for a number, which PyYAML's own conversion also does.
Yaml12.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan")))
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))

shipped_schema = root / "scenarios" / "entente.schema.json"
printed = subprocess.run([command, "reference", "--format", "json-schema"], check=True, capture_output=True, text=True).stdout
assert printed == shipped_schema.read_text(), "write it anew: entente reference --format json-schema > scenarios/entente.schema.json"
schema = json.loads(printed)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)


def faults_of(text):
    """What the schema refuses in a scenario."""
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in validator.iter_errors(yaml.load(text, Yaml12))]


# -- what is shipped ----------------------------------------------------------------------------------------------------------------------

shipped = sorted((root / "scenarios").rglob("*.yaml"))
scenes = [*sorted((root / "tests" / "scenes").rglob("*.yaml")), *sorted((root / "tests" / "tools").glob("*.yaml"))]
scenes = [file for file in scenes if file.stem != "broken" and not re.search(r"^ *[A-Z]{3,}$", file.read_text(), re.M)]  # some are filled in by programs
assert len(shipped) > 30 and len(scenes) > 15
for file in shipped + scenes:
    found = faults_of(file.read_text())
    assert not found, f"{file}:\n" + "\n".join(found)
for file in shipped:
    line = file.read_text().split("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", line)
    assert named and (file.parent / named[1]).resolve() == shipped_schema, f"{file} does not begin with the line that names its schema"

# -- faults of shape ----------------------------------------------------------------------------------------------------------------------

base = """entente: 1
title: A world for faults
authors: [me]
calendar: {start: 2021-01-01, end: 2023-12-31, step: month}
runs: 2
parameters:
  gain: {value: 0.1, unit: 1/year, range: [0, 1], prior: "uniform(0, 1)", fitted_to: 2021-06-30}
  bold: yes
  many: 1_000
inputs:
  oil: {table: oil.csv, date: month, value: price, between: linear, outside: hold, missing: skip}
agents:
  state:
    fields:
      trust: {start: 0.5, range: [0, 1]}
      standing: {start: 0, levels: [none, {name: mission, label: Mission}]}
      arms: gain * 2
    derived:
      worry: 1 - trust
    members: {russia: {trust: 0.3, label: Russia}, iran: }
  crowd: {count: 9, fields: {mood: 0}}
links:
  tie:
    source: state
    target: state
    fields: {warmth: 0}
    members: [russia -> iran, iran -> russia: {warmth: 1}]
  near:
    source: crowd
    target: crowd
    pattern: {grid: {width: 3, height: 3, torus: yes}}
    topology_seed: 4
steps:
  - rule: cool
    on: tie
    let: {loss: gain * dt * bold / many}
    do: [warmth -= loss, source.trust += 0.01]
  - event: visit
    on: tie
    where: warmth >= 0
    rate: 2 + oil * 0
    do: warmth += 0.1
    code: {cameo: "042", goldstein: 1.9}
  - {event: turn, on: near, choice: target.mood, temperature: 0.5, do: [target.mood += 0.1]}
  - {rule: arm, on: state, do: [arms += worry + standing]}
timeline:
  - {date: 2021-05-01, event: visit, on: russia -> iran, source: a paper}
  - {date: 2022-01-01, set: {gain: 0.2}}
variants:
  timid: {parameters: {gain: 0.01}, agents: {state: {members: {iran: {trust: 0.9}}}}, timeline: [{date: 2022-05-01, set: {gain: 0}}]}
measures:
  trust: mean(s.trust for s in state)
  seen: {value: "total(tie[russia, iran].visit)", per: year}
  warm: {value: "first(tie[russia, iran].warmth > 3)", about: a date}
  on_each: {value: last(standing), on: state}
  moods: mean(c.mood for c in crowd)
observed:
  warm: {date: 2022-03, source: a list}
  seen: {value: 3, sd: 1}
record:
  - {events: visit, dates: {russia -> iran: [2021-05-01]}, complete: [2021-05-01, 2021-05-31]}
"""

# What stands in the base, and what is wrong in its place.
replacements = {
    "no version": ("entente: 1\n", ""),
    "another version": ("entente: 1", "entente: 2"),
    "an unknown section": ("title:", "titel:"),
    "a list for a text": ("title: A world for faults", "title: [A, world]"),
    "nothing for a text": ("title: A world for faults", "title:"),
    "authors as a text": ("authors: [me]", "authors: me"),
    "an author as a mapping": ("authors: [me]", "authors: [{name: me}]"),
    "calendar as a text": ("calendar: {start: 2021-01-01, end: 2023-12-31, step: month}", "calendar: monthly"),
    "no step of the calendar": (", step: month}", "}"),
    "end and ticks": ("end: 2023-12-31,", "end: 2023-12-31, ticks: 36,"),
    "neither end nor ticks": ("end: 2023-12-31, ", ""),
    "a step without a start": ("start: 2021-01-01, end: 2023-12-31,", "ticks: 3,"),
    "no date": ("start: 2021-01-01", "start: spring"),
    "a date of a thirteenth month": ("start: 2021-01-01", "start: 2021-13-01"),
    "an unknown length": ("step: month", "step: fortnight"),
    "an unknown key of the calendar": ("step: month", "step: month, unit: day"),
    "no runs at all": ("runs: 2", "runs: 0"),
    "half a run": ("runs: 2", "runs: 2.5"),
    "runs in words": ("runs: 2", "runs: many runs"),
    "parameters as a list": ("parameters:\n  gain: {value: 0.1, unit: 1/year, range: [0, 1], prior: \"uniform(0, 1)\", fitted_to: 2021-06-30}\n  bold: yes\n  many: 1_000", "parameters: [gain, bold, many]"),
    "a parameter without a value": ("gain: {value: 0.1, ", "gain: {"),
    "an unknown key of a parameter": ("unit: 1/year", "units: 1/year"),
    "a parameter's value as a list": ("value: 0.1", "value: [0.1, 0.2]"),
    "a parameter's value with an operator": ("value: 0.1", "value: 1 / 10"),
    "a name with a blank": ("  many: 1_000", "  very many: 1_000"),
    "a range of one": ("range: [0, 1], prior", "range: [0], prior"),
    "a range of three": ("range: [0, 1], prior", "range: [0, 0.5, 1], prior"),
    "a range in words": ("range: [0, 1], prior", "range: low to high, prior"),
    "an unknown distribution": ("uniform(0, 1)", "flat(0, 1)"),
    "a prior that is a number": ('prior: "uniform(0, 1)"', "prior: 0.5"),
    "a day that is none": ("fitted_to: 2021-06-30", "fitted_to: last summer"),
    "an input without a table": ("oil: {table: oil.csv, ", "oil: {"),
    "an input as a file alone": ("oil: {table: oil.csv, date: month, value: price, between: linear, outside: hold, missing: skip}", "oil: oil.csv"),
    "an input's table as a mapping": ("table: oil.csv", "table: {file: oil.csv}"),
    "an unknown word for between": ("between: linear", "between: cubic"),
    "an unknown word for outside": ("outside: hold", "outside: zero"),
    "an unknown word for missing": ("missing: skip", "missing: drop"),
    "an unknown word for unknown": ("missing: skip", "unknown: drop"),
    "an unknown aggregate": ("missing: skip", "aggregate: median"),
    "an unknown decimal sign": ("missing: skip", 'decimal: ";"'),
    "a separator of two signs": ("missing: skip", 'separator: ";;"'),
    "agents as a list": ("crowd: {count: 9, fields: {mood: 0}}", "crowd: [a, b]"),
    "an unknown key of agents": ("crowd: {count: 9,", "crowd: {number: 9,"),
    "no agents": ("count: 9", "count: 0"),
    "a count and members": ("crowd: {count: 9,", "crowd: {count: 9, members: [a],"),
    "a field without a start": ("trust: {start: 0.5, range", "trust: {range"),
    "an unknown key of a field": ("trust: {start: 0.5, range", "trust: {start: 0.5, rnage"),
    "a field that is a list": ("arms: gain * 2", "arms: [1, 2]"),
    "a field that is nothing": ("arms: gain * 2", "arms:"),
    "one level": ("levels: [none, {name: mission, label: Mission}]", "levels: [none]"),
    "levels as a text": ("levels: [none, {name: mission, label: Mission}]", "levels: none"),
    "a level without a name": ("{name: mission, label: Mission}", "{label: Mission}"),
    "an unknown key of a level": ("label: Mission}", "title: Mission}"),
    "levels and a range": ("levels: [none", "range: [0, 1], levels: [none"),
    "an unknown key of a derived field": ("worry: 1 - trust", "worry: {value: 1 - trust, start: 1}"),
    "a derived field without a value": ("worry: 1 - trust", "worry: {unit: share}"),
    "members as a number": ("members: {russia: {trust: 0.3, label: Russia}, iran: }", "members: 2"),
    "a member that is a number": ("iran: }", "iran: 0.4}"),
    "a start that is a list": ("russia: {trust: 0.3,", "russia: {trust: [0.3],"),
    "an unknown key of links": ("    topology_seed: 4", "    seed: 4"),
    "a seed that is a text": ("topology_seed: 4", "topology_seed: four"),
    "links as a text": ("    members: [russia -> iran, iran -> russia: {warmth: 1}]", "    members: russia -> iran"),
    "an unknown pattern": ("pattern: {grid: {width: 3, height: 3, torus: yes}}", "pattern: lattice"),
    "an unknown form": ("{grid: {", "{lattice: {"),
    "a pattern that lacks a key": ("{width: 3, height: 3, torus: yes}", "{width: 3}"),
    "an unknown key of a pattern": ("torus: yes", "wrap: yes"),
    "a torus that is a number": ("torus: yes", "torus: round"),
    "five neighbours": ("torus: yes", "neighbours: 5"),
    "a radius and neighbours": ("torus: yes", "neighbours: 4, radius: 2"),
    "a radius within the cell": ("torus: yes", "radius: 0.5"),
    "two patterns": ("torus: yes}}", "torus: yes}, ring: {k: 2}}"),
    "an odd ring": ("{grid: {width: 3, height: 3, torus: yes}}", "{ring: {k: 3}}"),
    "a chance above 1": ("{grid: {width: 3, height: 3, torus: yes}}", "{random: {p: 2}}"),
    "no newcomers": ("{grid: {width: 3, height: 3, torus: yes}}", "{scale_free: {m: 0}}"),
    "a step without a name": ("  - {rule: arm, on: state,", "  - {on: state,"),
    "a step that is a text": ("  - {rule: arm, on: state, do: [arms += worry + standing]}", "  - arms += worry + standing"),
    "a rule and an event": ("{rule: arm, on: state,", "{rule: arm, event: arming, rate: 1, on: state,"),
    "a rule without statements": ("{rule: arm, on: state, do: [arms += worry + standing]}", "{rule: arm, on: state}"),
    "a rule without rows": ("{rule: arm, on: state,", "{rule: arm,"),
    "an unknown key of a rule": ("{rule: arm, on: state,", "{rule: arm, on: state, when: 1,"),
    "a rule with a rate": ("{rule: arm, on: state,", "{rule: arm, on: state, rate: 1,"),
    "a statement that assigns nothing": ("do: [arms += worry + standing]", "do: [arms + worry]"),
    "statements as a mapping": ("do: [arms += worry + standing]", "do: {arms: worry + standing}"),
    "let as a list": ("let: {loss: gain * dt * bold / many}", "let: [loss]"),
    "an event without a chance": ("    rate: 2 + oil * 0\n", ""),
    "an event with two": ("    rate: 2 + oil * 0\n", "    rate: 2 + oil * 0\n    probability: 0.1\n"),
    "a temperature without a choice": ("    rate: 2 + oil * 0\n", "    rate: 2 + oil * 0\n    temperature: 1\n"),
    "an unknown key of an event": ("    rate: 2 + oil * 0\n", "    rate: 2 + oil * 0\n    chance: 1\n"),
    "an unknown key of a code": ("goldstein: 1.9", "weight: 1.9"),
    "a weight above 10": ("goldstein: 1.9", "goldstein: 11"),
    "a code that is a text": ('code: {cameo: "042", goldstein: 1.9}', 'code: "042"'),
    "the timeline as a mapping": ("timeline:\n  - {date: 2021-05-01, event: visit, on: russia -> iran, source: a paper}\n  - {date: 2022-01-01, set: {gain: 0.2}}", "timeline: {date: 2021-05-01, event: visit, on: russia -> iran}"),
    "an entry without a date": ("{date: 2021-05-01, event: visit,", "{event: visit,"),
    "an entry with a date and a tick": ("{date: 2021-05-01, event: visit,", "{date: 2021-05-01, tick: 3, event: visit,"),
    "an entry in which nothing happens": ("{date: 2022-01-01, set: {gain: 0.2}}", "{date: 2022-01-01}"),
    "an event that happens nowhere": ("event: visit, on: russia -> iran, source", "event: visit, source"),
    "a place without an event": ("{date: 2022-01-01, set: {gain: 0.2}}", "{date: 2022-01-01, on: iran, set: {gain: 0.2}}"),
    "set as a text": ("set: {gain: 0.2}}\n", "set: gain = 0.2}\n"),
    "a tick below 0": ("{date: 2022-01-01, set", "{tick: -1, set"),
    "an unknown key of an entry": ("source: a paper", "reference: a paper"),
    "an entry by table and date": ("{date: 2022-01-01, set: {gain: 0.2}}", "{date: 2022-01-01, table: visits.csv}"),
    "a variant that is a number": ("timid: {parameters: {gain: 0.01}, agents: {state: {members: {iran: {trust: 0.9}}}}, timeline: [{date: 2022-05-01, set: {gain: 0}}]}", "timid: 3"),
    "an unknown key of a variant": ("timid: {parameters: {gain: 0.01},", "timid: {settings: {gain: 0.01},"),
    "a variant's parameter as a list": ("{gain: 0.01}", "{gain: [0.01]}"),
    "an unknown key of a variant's kind": ("{state: {members: {iran", "{state: {rows: {iran"),
    "a variant's timeline as a mapping": ("timeline: [{date: 2022-05-01, set: {gain: 0}}]", "timeline: {date: 2022-05-01, set: {gain: 0}}"),
    "an input whose unit a variant changes": ("timid: {", "timid: {inputs: {oil: {table: oil.csv, unit: USD}}, "),
    "a measure as a list": ("trust: mean(s.trust for s in state)", "trust: [trust]"),
    "a measure without a value": ("on_each: {value: last(standing), on", "on_each: {on"),
    "an unknown key of a measure": ("on_each: {value: last(standing), on", "on_each: {value: last(standing), by"),
    "a measure by month": ("per: year}", "per: month}"),
    "a record with a value and a date": ("seen: {value: 3,", "seen: {value: 3, date: 2022-01-01,"),
    "a record of nothing": ("seen: {value: 3, sd: 1}", "seen: {sd: 1}"),
    "an error below 0": ("sd: 1}", "sd: -1}"),
    "a record's date that is none": ("warm: {date: 2022-03,", "warm: {date: soon,"),
    "an unknown precision": ("warm: {date: 2022-03,", "warm: {date: 2022-03-01, precision: decade,"),
    "an unknown bound of a date": ("warm: {date: 2022-03,", "warm: {date: {until: 2022-03-01},"),
    "a date of three": ("warm: {date: 2022-03,", "warm: {date: [2022-03, 2022-04, 2022-05],"),
    "an unknown key of what was observed": ("seen: {value: 3, sd: 1}", "seen: {value: 3, error: 1}"),
    "the record as a mapping": ("record:\n  - {events", "record:\n  {events"),
    "a record that is never complete": (", complete: [2021-05-01, 2021-05-31]}", "}"),
    "a record complete from one day": ("complete: [2021-05-01, 2021-05-31]", "complete: 2021-05-01"),
    "a record of no event": ("{events: visit, dates", "{dates"),
    "a record of an empty list of events": ("{events: visit, dates", "{events: [], dates"),
    "a record with dates and ticks": ("complete: [2021-05-01", "ticks: {}, complete: [2021-05-01"),
    "a record without dates": ("dates: {russia -> iran: [2021-05-01]}, ", ""),
    "dates as a list": ("dates: {russia -> iran: [2021-05-01]}", "dates: [2021-05-01]"),
    "an unknown key of a record": ("{events: visit, dates", "{events: visit, seen: 1, dates"),
    "use of a mapping": ("title:", "use: {file: a.yaml}\ntitle:"),
}


def verdict(folder, text):
    """The command's exit code, and what it says."""
    done = subprocess.run([command, "check", "-"], cwd=folder, input=text, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "oil.csv").write_text("month,price\n2021-01,50\n2023-12,70\n")
    found = faults_of(base)
    code, said = verdict(folder, base)
    assert not found and code < 2, (found, said)
    wrong = []
    for name, (old, new) in replacements.items():
        assert base.count(old) == 1, f"'{old}' is {base.count(old)} times in the base"
        text = base.replace(old, new)
        if not faults_of(text):
            wrong.append(f"{name}: the schema takes it")
        code, said = verdict(folder, text)
        if code != 2:
            wrong.append(f"{name}: the command takes it: {said}")
    assert not wrong, "\n".join(wrong)
    print(f"{len(shipped) + len(scenes)} scenarios accepted, {len(replacements)} faults refused")
