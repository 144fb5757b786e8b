#!/bin/bash
# Times the commands end to end, as whole processes: bench/commands.sh [REPEATS]
# Prints the median and the least of wall and processor seconds and the largest memory. On a shared machine trust the least.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
repeats=${1:-5}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
command -v /usr/bin/time >/dev/null || { echo "needs /usr/bin/time (Debian: apt-get install time)" >&2; exit 1; }
"$root/oort" --version >/dev/null || exit 1

{ echo "R,z"; for i in $(seq 0 38); do awk -v i="$i" 'BEGIN { printf "%.4f,0\n", 0.25 * 120 ^ (i / 38) }'; done
  for i in $(seq 0 28); do awk -v i="$i" 'BEGIN { printf "8.27,%.4f\n", 0.025 * i * (1 + 0.15 * i) }'; done; } >"$work/points.csv"

# row NAME COMMAND...: the command, REPEATS times after one that is not counted.
row() {
    local name=$1 i
    shift
    : >"$work/times"
    for i in $(seq 0 "$repeats"); do
        /usr/bin/time -o "$work/one" -f "%e %U %S %M" "$@" >/dev/null 2>"$work/error" || { echo "$name: failed: $(head -n 1 "$work/error")"; return; }
        [ "$i" -eq 0 ] || cat "$work/one" >>"$work/times"
    done
    awk -v name="$name" '
        { wall[NR] = $1; cpu[NR] = $2 + $3; if ($4 > memory) memory = $4 }
        function sort(a, n,   i, j, t) { for (i = 2; i <= n; i++) { t = a[i]; for (j = i - 1; j > 0 && a[j] > t; j--) a[j + 1] = a[j]; a[j + 1] = t } }
        END { sort(wall, NR); sort(cpu, NR); m = int((NR + 1) / 2)
              printf "%-44s %8.2f %8.2f %8.2f %8.2f %8.0f\n", name, wall[m], wall[1], cpu[m], cpu[1], memory / 1024 }' "$work/times"
}

printf "%-44s %8s %8s %8s %8s %8s\n" "" "wall s" "least" "CPU s" "least" "MB"
row "oort --version" "$root/oort" --version
row "oort build models/bv23.ini" "$root/oort" build "$root/models/bv23.ini" --out "$work/bv23"
row "the same, 1 thread" "$root/oort" build "$root/models/bv23.ini" --out "$work/bv23" --threads 1
row "oort moments, 39 radii and 29 heights" "$root/oort" moments "$work/bv23" "$work/points.csv"
row "oort vdf at the Sun, every 10 km/s" "$root/oort" vdf "$work/bv23" --at 8.27,0 --step 10
if "$root/oort" sample --help >/dev/null 2>&1; then
    row "oort sample, 10^6 particles, NEMO" "$root/oort" sample "$work/bv23" --count 1000000 --seed 1 --format nemo --out "$work/sample.nemo"
    row "oort sample, 10^6 particles, Gadget-2" "$root/oort" sample "$work/bv23" --count 1000000 --seed 1 --format gadget --out "$work/sample.gadget"
fi
