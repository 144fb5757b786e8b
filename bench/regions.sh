#!/bin/bash
# Stars drawn in regions of the sky against integrals over them: bench/regions.sh [STARS IN EACH REGION] [BUILD] [SURVEY]
# Draws stars of Mc17a in the 30 regions of Sun et al. (2025), 10^7 in each unless told otherwise, and prints chi-squared of the integrals
# of either accuracy, with the processor time of each. 3 x 10^8 stars take about a quarter of an hour of processor time.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
count=${1:-1e7} build=${2:-} survey=${3:-$root/surveys/sun25.ini}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
TIMEFORMAT="%U s of processor time"
"$root/oort" --version >/dev/null || exit 1
if [ -z "$build" ]; then
    build=$work/mc17a
    "$root/oort" build "$root/models/sun25-mc17a.ini" --out "$build" >/dev/null || exit 1
fi

echo "drawing $count stars in each region"
time "$root/oort" predict "$build" --survey "$survey" --method sample --count "$count" --out "$work/drawn" || exit 1
for accuracy in standard high; do
    echo "integrals, accuracy $accuracy"
    time "$root/oort" compare "$build" "$work/drawn/histograms.csv" --survey "$survey" --errors none --accuracy "$accuracy"
done
