"""Kernels share no inline function with the rest: compiled for AVX-512, the linker could hand it to everyone.

Usage: kernel_symbols.py <nm> <archive of the runtime>
"""

import re
import subprocess
import sys

nm, archive = sys.argv[1:]
listing = subprocess.run([nm, "--demangle", archive], capture_output=True, text=True, check=True).stdout
shared = []
member = ""
for line in listing.splitlines():
    if line.endswith(".o:"):
        member = line
    elif member.startswith("kernels_avx") and re.match(r"[0-9a-f]+ W ", line):
        shared.append(f"{member} {line}")
if "kernels_avx2" not in listing:
    shared.append("there are no kernels for AVX2 among them")
sys.exit("\n".join(shared) or None)
