"""Every expression and statement of every scenario is Python, as Python's own parser sees it.

Usage: python_parses.py <entente> <folder of scenarios>
"""

import ast
import json
import pathlib
import subprocess
import sys

entente, folder = sys.argv[1:]


def of_kind(kind):
    yield from (field["start"] for field in kind.get("fields", {}).values())
    yield from (derived["value"] for derived in kind.get("derived", {}).values())
    for member in kind.get("members", {}).values():
        yield from member.values()


def of_entry(entry):
    for target, value in entry.get("set", {}).items():
        yield from (target, value)


def of_scenario(scenario):
    for kinds in ("agents", "links"):
        for kind in scenario.get(kinds, {}).values():
            yield from of_kind(kind)
    for step in scenario.get("steps", []):
        yield from (step[key] for key in ("where", "probability", "rate", "count", "choice", "temperature", "outside") if key in step)
        yield from step.get("let", {}).values()
        yield from step.get("do", [])
    for entry in scenario.get("timeline", []):
        yield from of_entry(entry)
    for variant in scenario.get("variants", {}).values():
        for entry in variant.get("timeline", []):
            yield from of_entry(entry)
    yield from (measure["value"] for measure in scenario.get("measures", {}).values())


def parses(text):
    try:
        ast.parse(text, mode="eval")
        return True
    except SyntaxError:
        body = ast.parse(text).body  # a statement: x += e
        return len(body) == 1 and isinstance(body[0], (ast.Assign, ast.AugAssign))


wrong = []
for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
    described = subprocess.run([entente, "describe", str(path), "--json"], capture_output=True, text=True, check=False)
    if described.returncode != 0:
        if "library" not in path.parts:
            wrong.append(f"{path}: {described.stderr}")
        continue  # a part of other scenarios, read with them
    texts = [text for text in of_scenario(json.loads(described.stdout)) if isinstance(text, str)]
    if not texts:
        wrong.append(f"{path}: no expressions found")
    for text in texts:
        try:
            fine = parses(text)
        except SyntaxError:
            fine = False
        if not fine:
            wrong.append(f"{path}: {text}")
    print(f"{path.name}: {len(texts)} expressions")
sys.exit("\n".join(wrong) or None)
