"""What the engine writes into a page is what the page's script reads: the structs of engine/report/page_data.hpp and what it includes, the keys of
page_json.cpp and the interfaces of tools/report/src/data.ts and what it imports have the same members, of the same types, in the same order."""

import pathlib
import re
import sys

root = pathlib.Path(__file__).parent.parent
HEADERS = ["page_data.hpp", "packed.hpp", "page_calibration.hpp", "page_ensemble.hpp", "page_outcomes.hpp", "page_replay.hpp", "page_spatial.hpp", "page_studies.hpp", "page_study_runs.hpp", "page_scenario.hpp"]
SCRIPTS = ["data.ts", "calibration_data.ts", "ensemble_data.ts", "outcomes_data.ts", "replay_data.ts", "spatial_data.ts", "studies_data.ts", "study_runs_data.ts", "scenario_data.ts"]
TYPES = {  # C++, and what it may be called in TypeScript
    "std::string": ["string"],
    "bool": ["boolean"],
    "int": ["number"],
    "std::int64_t": ["number"],
    "double": ["number"],
    "std::pair<int, int>": ["[number, number]"],
    "Moment": ["Moment"],
    "Number": ["number", "number | null"],
    "Numbers": ["Numbers", "number[]"],
}


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)


def types_of(cpp):
    """How a type of a struct may be written in an interface."""
    if inner := re.fullmatch(r"std::vector<(.+)>", cpp):
        return [f"({one})[]" if "|" in one else f"{one}[]" for one in types_of(inner[1])]
    if inner := re.fullmatch(r"std::optional<(.+)>", cpp):
        return [f"{one} | null" for one in types_of(inner[1])]
    return TYPES.get(cpp, [cpp])


def structs():
    text = "".join(without_comments((root / "engine/report" / file).read_text()) for file in HEADERS)
    found = re.findall(r"struct (\w+) \{(.*?)\n\};", text, re.DOTALL)
    return {name: [(member, kind) for kind, member in re.findall(r"\n    (\S.*?) (\w+)(?: = [^;]*)?;", body)] for name, body in found}


def interfaces():
    text = "".join(without_comments((root / "tools/report/src" / file).read_text()) for file in SCRIPTS)
    found = re.findall(r"export interface (\w+) \{(.*?)\n\}", text, re.DOTALL)
    return {name: [(member, kind) for member, kind in re.findall(r"\n    (\w+\??): ([^;]+);", body)] for name, body in found}


def written():
    """The keys of each struct; a key is written from the member of its name."""
    text = without_comments((root / "engine/report/page_json.cpp").read_text())
    found = re.findall(r"static void to_json\(Json& json, const (\w+)& data\) \{(.*?)\n\}", text, re.DOTALL)
    keys = {}
    for name, body in found:
        pairs = re.findall(r'\{"(\w+)",\s*(?:or_null\()?data\.(\w+)\)?\}', body) + re.findall(r'json\["(\w+)"\] = \*?data\.(\w+);', body)
        wrong.extend(f"page_json.cpp: the key {key} of {name} is written from {member}" for key, member in pairs if key != member)
        if len(pairs) != body.count('"') // 2:
            wrong.append(f"page_json.cpp: some key of {name} is written in a form that this test does not read")
        keys[name] = [key for key, _ in pairs]
    return keys


wrong = []
cpp, ts, keys = structs(), interfaces(), written()
if len(cpp) < 40:
    wrong.append(f"page_data.hpp: found no more than {len(cpp)} structs")
for name in sorted(cpp.keys() | ts.keys() | keys.keys()):
    missing = [file for file, all_ in [("page_data.hpp", cpp), ("data.ts", ts), ("page_json.cpp", keys)] if name not in all_]
    if missing:
        wrong.append(f"{name} is missing in {', '.join(missing)}")
        continue
    members = [member for member, _ in cpp[name]]
    if members != keys[name]:
        wrong.append(f"{name}: page_data.hpp has {members}, page_json.cpp writes {keys[name]}")
    if members != [member.rstrip("?") for member, _ in ts[name]]:
        wrong.append(f"{name}: page_data.hpp has {members}, data.ts reads {[member for member, _ in ts[name]]}")
        continue
    for (member, kind), (asked, read) in zip(cpp[name], ts[name]):
        may = types_of(kind)
        if asked.endswith("?"):  # left out where there is none
            may = [one.removesuffix(" | null") for one in may]
        if re.fullmatch(r'"[^"]*"(?: \| "[^"]*")*', read):
            read = "string"
        if read not in may:
            wrong.append(f"{name}.{member}: {kind} in page_data.hpp, {read} in data.ts")
sys.exit("\n".join(wrong) or None)
