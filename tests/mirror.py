"""tests/ mirrors engine/: a test file bears the name of the source whose promises it tests, alone or with what of it after an
underscore (`kernels_draws.cpp`); what else it tests stands in a first line as `// Tests: parser, checker_calls, scenario/reader.`
Every source of engine/ is named by one or the other."""

import pathlib
import re
import sys

root = pathlib.Path(__file__).parent.parent
sources = {}  # folder/stem: tested
for file in (root / "engine").glob("*/*.[chi][pn][pc]"):
    sources[f"{file.parent.name}/{file.stem}"] = False

wrong = []
for test in sorted((root / "tests").glob("*/*.cpp")):
    folder = test.parent.name
    own = [name for name in sources if name.startswith(folder + "/") and (f"{folder}/{test.stem}" + "_").startswith(name + "_")]
    if (root / "engine" / folder).is_dir():
        if own:
            sources[max(own, key=len)] = True
        else:
            wrong.append(f"{test}: no source of engine/{folder} is called so")
    declared = re.match(r"// Tests: ([^\n]+)\.\n", test.read_text())
    for name in declared[1].split(", ") if declared else []:
        name = name if "/" in name else f"{folder}/{name}"
        if name not in sources:
            wrong.append(f"{test}: there is no engine/{name}")
        sources[name] = True
wrong += [f"engine/{name}: no test bears its name or says that it tests it" for name, tested in sorted(sources.items()) if not tested]
sys.exit("\n".join(wrong) or None)
