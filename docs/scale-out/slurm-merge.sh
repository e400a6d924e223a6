#!/bin/bash
# Joins what the tasks of slurm.sh have written into a folder. Ends with 2 where cells are missing: all.json has what there is, and the log names the rest.
#SBATCH --job-name=lowrank-merge
#SBATCH --time=00:10:00
#SBATCH --output=merge-%j.log
set -euo pipefail

folder=${1:?usage: slurm-merge.sh FOLDER}
exec node scripts/lab.mjs merge "$folder"/results-*.json --out "$folder/all.json"
