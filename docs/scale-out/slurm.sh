#!/bin/bash
# A sweep as an array job: each task runs one share. From the repository, on a file system that all nodes see:
#
#   shares=$(sbatch --parsable docs/scale-out/slurm.sh sweeps/evidence.json results)
#   sbatch --dependency=afterok:"$shares" docs/scale-out/slurm-merge.sh results
#
# A share that ran out of time goes on with its own file when it is submitted again: sbatch --array=3 docs/scale-out/slurm.sh ...
#SBATCH --job-name=lowrank-sweep
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --mem=4G
#SBATCH --time=04:00:00
# A minute before the end the sweep is told to stop, and writes its last cell.
#SBATCH --signal=TERM@60
#SBATCH --output=sweep-%A-%a.log
set -euo pipefail

sweep=${1:?usage: slurm.sh SWEEP.json FOLDER}
folder=${2:?usage: slurm.sh SWEEP.json FOLDER}
mkdir -p "$folder"

# srun passes the signal on to the sweep itself; without Slurm the script runs one share all the same.
run=(exec)
if command -v srun > /dev/null; then run=(exec srun); fi
"${run[@]}" node scripts/lab.mjs --backend cpu --sweep "$sweep" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --out "$folder/results-$SLURM_ARRAY_TASK_ID.json"
