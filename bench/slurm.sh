#!/bin/bash
# Runs a fit as a job of a Slurm of its own on this machine: bench/slurm.sh [STEPS]
# The job, of two ranks, is told twice that its time is over, requeues itself, and goes on to the end; its chain must be that of one process.
# Needs root, mpirun, and slurm-wlm and munge (Debian: apt-get install slurm-wlm munge openmpi-bin libopenmpi-dev).
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
steps=${1:-10}
oort=$root/src/Oort.Cli/bin/Release/net10.0/oort
"$root/oort" --version >/dev/null || exit 1
[ -n "$DOTNET_ROOT" ] || DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
export DOTNET_ROOT
fail() { echo "$*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || fail "needs root, to start Slurm"
for program in slurmctld slurmd sbatch munged mpirun; do
    command -v "$program" >/dev/null || fail "needs $program (Debian: apt-get install slurm-wlm munge openmpi-bin libopenmpi-dev)"
done
work=$(mktemp -d) || exit 1
chmod 755 "$work"
host=$(hostname -s)
export SLURM_CONF=$work/slurm.conf

stop() {
    scontrol shutdown >/dev/null 2>&1
    for file in slurmctld slurmd; do [ -f "$work/$file.pid" ] && kill "$(cat "$work/$file.pid")" 2>/dev/null; done
    [ -f "$work/munge/pid" ] && kill "$(cat "$work/munge/pid")" 2>/dev/null
    sleep 1
    rm -rf "$work"
}
trap stop EXIT

install -d -o munge -g munge -m 755 "$work/munge" || exit 1
runuser -u munge -- munged --socket="$work/munge/socket" --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed" || fail "munged does not start"
mkdir "$work/state" "$work/spool"
cat >"$SLURM_CONF" <<CONF
ClusterName=oort
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
KillWait=5
SlurmctldPort=16917
SlurmdPort=16918
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld -f "$SLURM_CONF" || fail "slurmctld does not start"
slurmd -f "$SLURM_CONF" || fail "slurmd does not start: $(tail -n 3 "$work/slurmd.log")"
for _ in $(seq 60); do sinfo -h -o %t 2>/dev/null | grep -q idle && break; sleep 1; done
sinfo -h -o %t | grep -q idle || fail "no node is idle: $(tail -n 3 "$work/slurmctld.log")"

cd "$work" || exit 1
fit=$root/bench/small/fit.ini
"$oort" fit "$fit" --out alone.db --steps "$steps" --threads 1 >/dev/null 2>&1 || fail "the fit fails without Slurm"
"$oort" fit "$fit" --out run.db --steps "$steps" --slurm job.sh --ranks 2 --time 00:30:00 || fail "no script was written"
grep -q 'ntasks=2' job.sh || fail "the script has one rank: there is no MPI shim beside $oort"
bash -n job.sh || fail "the script is no shell script"
job=$(sbatch --parsable job.sh) || fail "the job is refused"

told=0 before=-1
for _ in $(seq 1200); do
    state=$(scontrol show job "$job" -o | sed -n 's/.*JobState=\([A-Z]*\).*/\1/p')
    case $state in
        COMPLETED) break ;;
        FAILED | CANCELLED | TIMEOUT | NODE_FAIL) fail "the job ends as $state: $(tail -n 5 run.slurm.log)" ;;
        PENDING) scontrol update JobId="$job" StartTime=now 2>/dev/null ;;
        RUNNING)
            now=$("$oort" chain info run.db --json 2>/dev/null | sed -n 's/^ *"steps": \([0-9]*\),*$/\1/p')
            if [ "$told" -lt 2 ] && [ "${now:--1}" -gt "$before" ]; then
                echo "step $now: the time is nearly over"
                scancel --batch --signal=USR1 "$job"
                told=$((told + 1)) before=$now
                for _ in $(seq 60); do [ "$(scontrol show job "$job" -o | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p')" -ge "$told" ] && break; sleep 1; done
            fi ;;
    esac
    sleep 1
done
[ "$state" = COMPLETED ] || fail "the job is still $state"
restarts=$(scontrol show job "$job" -o | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p')
echo "completed after $restarts requeues"
[ "$restarts" -eq 2 ] || fail "not as often as it was told"
for name in alone run; do
    "$oort" chain export "$name.db" --out "$name.csv" || exit 1
done
cmp alone.csv run.csv || fail "the chains differ"
echo "the chain is that of one process: $steps steps"
