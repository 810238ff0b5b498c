"""Each folder of engine/ includes only itself and the folders above it."""

import pathlib
import re
import sys

STRATA = ["base", "language", "scenario", "import", "model", "runtime", "study", "inference", "store", "summary", "output", "report"]

engine = pathlib.Path(__file__).parent.parent / "engine"
wrong = []
for height, folder in enumerate(STRATA):
    for file in sorted((engine / folder).iterdir()):
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            included = re.match(r"\s*#include <entente/(\w+)/", line)
            if included and included[1] not in STRATA[: height + 1]:
                wrong.append(f"{file}:{number}: {folder} stands above {included[1]} and must not use it")
sys.exit("\n".join(wrong) or None)
