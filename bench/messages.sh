#!/bin/bash
# What messages between ranks cost rank 0, with models that only wait: bench/messages.sh [PARAMETERS [MILLISECONDS [RANKS...]]]
# Ranks may be many more than processors. Batches have four models for each rank. Needs mpirun and a shim (docs/clusters.md).
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
parameters=${1:-14} milliseconds=${2:-20}
[ $# -gt 2 ] && ranks=("${@:3}") || ranks=(2 4 8 16)
"$root/oort" --version >/dev/null || exit 1
export OORT_MPI=$root/src/Oort.Cli/bin/Release/net10.0/liboort-mpi.so DOTNET_TieredPGO=0
program=$root/bench/Oort.Benchmarks/bin/Release/net10.0/Oort.Benchmarks.dll
[ -f "$program" ] || dotnet build -c Release -v q "$root/bench/Oort.Benchmarks" >&2 || exit 1
if [ "$(id -u)" -eq 0 ]; then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi
echo "models: $parameters parameters, $milliseconds ms each; a model: messages both ways, bytes both ways, microseconds of rank 0's processor; per cent of a processor that rank 0 takes; efficiency"
printf '%5s %-7s %8s %9s %9s %8s %8s\n' ranks of messages bytes us percent eff
for k in "${ranks[@]}"; do
    mpirun --oversubscribe --bind-to none -n "$k" dotnet "$program" ranks "$((4 * k))" "$parameters" "$milliseconds" || exit 1
done
