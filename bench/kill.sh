#!/bin/bash
# Kills a run that samples a posterior at random moments with kill -9, goes on with it each time, and compares its chain with that of a run that was left alone:
#     bench/kill.sh [KILLS [SEED]]
# A moment is drawn between the start of the process and the time in which it takes a twentieth of the steps, so that some are in its start-up, most between or within steps.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
kills=${1:-20}
RANDOM=${2:-1}
oort=$root/src/Oort.Cli/bin/Release/net10.0/oort
"$root/oort" --version >/dev/null || exit 1
[ -n "$DOTNET_ROOT" ] || DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
export DOTNET_ROOT
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
sed -e 's/^potential = .*/potential = fixed/' -e "s#^\(model\|survey\|data\) = #&$root/bench/small/#" "$root/bench/small/fit.ini" >"$work/fit.ini"
run=("$oort" fit "$work/fit.ini" --threads 1 --steps "$((kills * 20))")

fail() { echo "$*" >&2; exit 1; }
steps() { "$oort" chain info "$work/killed.db" --json 2>/dev/null | sed -n 's/^ *"steps": \([0-9]*\),*$/\1/p'; }

begun=$(date +%s%N)
"${run[@]}" --out "$work/whole.db" >/dev/null 2>"$work/error" || fail "$(cat "$work/error")"
taken=$((($(date +%s%N) - begun) / 1000000))
seconds=$("$oort" chain info "$work/whole.db" --json | sed -n 's/^ *"seconds": \([0-9]*\).*$/\1/p')
start=$((taken - 1000 * seconds))
echo "left alone: $((kills * 20)) steps in $((taken / 1000)) s, $((start / 1000)) s of it start-up"

before=0
for ((k = 1; k <= kills; k++)); do
    "${run[@]}" --out "$work/killed.db" >/dev/null 2>"$work/error" &
    pid=$!
    sleep "$(awk -v a="$start" -v b="$((1000 * seconds))" -v n="$kills" -v r="$RANDOM" 'BEGIN { printf "%.3f", (a + b / n) * r / 32768 / 1000 * (r % 4 ? 1.3 : 0.6) }')"
    kill -9 "$pid" 2>/dev/null || fail "it came to its end before kill $k"
    wait "$pid" 2>/dev/null
    now=$(steps)
    [ "${now:-0}" -ge "$before" ] || fail "kill $k: of $before steps $now are left"
    echo "kill $k: $before -> ${now:-0} steps"
    before=${now:-0}
done
"${run[@]}" --out "$work/killed.db" >/dev/null 2>"$work/error" || fail "$(cat "$work/error")"
for name in whole killed; do
    "$oort" chain export "$work/$name.db" --out "$work/$name.csv" || exit 1
done
cmp "$work/whole.csv" "$work/killed.csv" || fail "the chains differ"
echo "$kills kills: the chain is that of the run that was left alone, $(wc -l <"$work/whole.csv") lines"
