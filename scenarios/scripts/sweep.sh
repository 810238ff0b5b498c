#!/usr/bin/env bash
# Sweeps Kabul and Moscow over two parameters, and prints where recognition comes most often.
#   sweep.sh OUT [REPLICATES]
set -euo pipefail

out=${1:?which folder?}
replicates=${2:-200}
scenario=$(dirname "$(readlink -f "$0")")/../moscow-kabul.yaml

status=0
summary=$(entente sweep "$scenario" --vary weight_aid=0:10:5 --vary forgetting=0.1:0.9:3 --replicates "$replicates" --out "$out" --json) || status=$?
case $status in
    0) ;;
    3) echo "some runs failed; the others are kept" >&2 ;;
    *) exit "$status" ;;
esac

python3 -c '
import json, sys
summary = json.load(sys.stdin)
best = summary["outcomes"]["recognised_came"]["max"]
print("{runs} runs, digest {digest}".format(**summary))
print("recognised most often, in {:.0%} of runs, at {}".format(best["mean"], ", ".join("{} = {:g}".format(*one) for one in best["at"].items())))
' <<<"$summary"
