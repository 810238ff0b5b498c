"""CITATION.cff has what the Citation File Format 1.2 requires, and the project's version and licence.

Usage: citation.py <version>
"""

import pathlib
import re
import sys

root = pathlib.Path(__file__).parent.parent
text = (root / "CITATION.cff").read_text()
keys = dict(re.findall(r"^([a-z-]+): ?(.*)$", text, re.MULTILINE))
licence = (root / "LICENSE").read_text().split()[0]
expected = {"cff-version": "1.2.0", "version": sys.argv[1], "license": licence, "title": "Entente", "type": "software"}
wrong = [f"CITATION.cff: {key} is {keys.get(key)!r}, not {value!r}" for key, value in expected.items() if keys.get(key) != value]
wrong += [f"CITATION.cff: {key} is missing" for key in ("message", "authors") if key not in keys]
if not re.search(r"^authors:\n  - name: \S", text, re.MULTILINE):
    wrong.append("CITATION.cff: no author is named")
sys.exit("\n".join(wrong) or None)
