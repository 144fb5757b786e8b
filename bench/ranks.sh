#!/bin/bash
# Samples a small posterior with one rank and with several, each on a core of its own: bench/ranks.sh [RANKS [STEPS]]
# Prints the time of the steps, start-up apart, and the speed-up; fails if the chains differ in a byte. Needs mpirun and a shim (docs/clusters.md).
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
ranks=${1:-2} steps=${2:-1}
oort=$root/src/Oort.Cli/bin/Release/net10.0/oort
"$root/oort" --version >/dev/null || exit 1
[ -n "$DOTNET_ROOT" ] || DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
export DOTNET_ROOT
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
if [ "$(id -u)" -eq 0 ]; then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi

for k in 1 "$ranks"; do
    mpirun -n "$k" --bind-to core "$oort" fit "$root/bench/small/fit.ini" --out "$work/$k.db" --steps "$steps" --threads 1 >"$work/out" 2>"$work/error" \
        || { cat "$work/error" >&2; exit 1; }
    "$oort" chain export "$work/$k.db" --out "$work/$k.csv" || exit 1
    seconds=$("$oort" chain info "$work/$k.db" --json | sed -n 's/^ *"seconds": \([0-9.e+-]*\),*$/\1/p')
    [ "$k" -eq 1 ] && alone=$seconds
    awk -v k="$k" -v s="$seconds" -v a="$alone" 'BEGIN { printf "%4d ranks %9.3f s, %.3f times as fast as one\n", k, s, a / s }'
done
cmp "$work/1.csv" "$work/$ranks.csv" && echo "the chains are the same"
