#!/bin/bash
# A sweep as an array of Slurm jobs, each making its share into a folder of its own; the last step joins them.
#   sbatch slurm.sh                                        # the array
#   sbatch --dependency=afterok:JOB slurm.sh merge         # joins, when the array JOB has ended well
# A share that was cut off goes on when it is submitted again: sbatch --array=7 slurm.sh
#SBATCH --job-name=entente-sweep
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --time=01:00:00
#SBATCH --output=%x-%A-%a.log
set -euo pipefail

scenario=${SCENARIO:-scenarios/moscow-kabul.yaml}
results=${RESULTS:-results/slurm}
shares=${SHARES:-${SLURM_ARRAY_TASK_COUNT:-16}}

if [[ ${1:-} == merge ]]; then
    exec entente merge "$results"/share-* --out "$results/whole"
fi
exec entente sweep "$scenario" --vary weight_aid=0:10:11 --vary forgetting=0.1:0.9:9 --replicates "${REPLICATES:-1000}" \
    --threads "${SLURM_CPUS_PER_TASK:-0}" --shard "$SLURM_ARRAY_TASK_ID/$shares" --out "$results/share-$SLURM_ARRAY_TASK_ID"
