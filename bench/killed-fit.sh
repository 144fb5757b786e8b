#!/bin/bash
# A fit that is killed (SIGKILL) three times in the middle of a model, and goes on, beside the same fit left alone: must end with the same bytes.
#     bench/killed-fit.sh FIT.ini HIST [WHOLE.db WHOLE.json]
# The last two are those of a fit that was left alone before; without them one is run, which takes as long again.
set -euo pipefail
oort="$(cd "$(dirname "$0")/.." && pwd)/src/Oort.Cli/bin/Release/net10.0/oort"
oort=${OORT:-$oort}
[ $# -eq 2 ] || [ $# -eq 4 ] || { sed -n '2,4s/^# *//p' "$0" >&2; exit 2; }
fit=$1 data=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count() { sqlite3 "file:$1?mode=ro" "SELECT count(*) FROM evaluation" 2>/dev/null || echo 0; }
# All that a log says but the time that models took.
said() {
    for table in "SELECT number, stage, hex(chi2), failure FROM evaluation ORDER BY number" "SELECT evaluation, parameter, hex(value), value FROM position ORDER BY evaluation, parameter" \
        "SELECT evaluation, hex(value) FROM residual ORDER BY evaluation" "SELECT * FROM part ORDER BY evaluation, rowid" "SELECT * FROM fit ORDER BY name"; do
        sqlite3 "$1" "$table"
    done
}

if [ $# -eq 4 ]; then
    whole=$3 json=$4
else
    whole=$work/whole.db json=$work/whole.json
    "$oort" fit "$fit" --data "$data" --out "$whole" --json > "$json"
fi
all=$(count "$whole")

for part in 1 2 3; do
    until=$((all * part / 4))
    "$oort" fit "$fit" --data "$data" --out "$work/pieces.db" > "$work/out" 2> "$work/error" &
    pid=$!
    while [ "$(count "$work/pieces.db")" -lt "$until" ]; do
        kill -0 "$pid" 2>/dev/null || { echo "it ended before it could be killed:"; cat "$work/error"; exit 1; }
        sleep 0.2
    done
    sleep "0.$((RANDOM % 10))"
    kill -9 "$pid"
    wait "$pid" 2>/dev/null || true
    echo "killed with $(count "$work/pieces.db") of $all models in the log"
done

"$oort" fit "$fit" --data "$data" --out "$work/pieces.db" --json > "$work/pieces.json" 2> "$work/error"
cmp "$json" "$work/pieces.json"
said "$whole" > "$work/whole.txt"
said "$work/pieces.db" > "$work/pieces.txt"
cmp "$work/whole.txt" "$work/pieces.txt"
echo "the same: $(wc -c < "$json") bytes of results, $(wc -c < "$work/whole.txt") bytes of log"
