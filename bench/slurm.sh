#!/bin/bash
# Runs a fit as a job of a Slurm of its own on this machine: bench/slurm.sh [STEPS]
# The job, of two ranks, is told that its time is over and requeues itself, is then preempted (requeued by Slurm, which kills it), and goes on to the end; its chain must be that of one process.
# Needs root, mpirun, and slurm-wlm and munge (Debian: apt-get install slurm-wlm munge openmpi-bin libopenmpi-dev).
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
steps=${1:-2000}
oort=$root/src/Oort.Cli/bin/Release/net10.0/oort
"$root/oort" --version >/dev/null || exit 1
[ -n "$DOTNET_ROOT" ] || DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
export DOTNET_ROOT
fail() { echo "$*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || fail "needs root, to start Slurm"
for program in slurmctld slurmd sbatch munged mpirun; do
    command -v "$program" >/dev/null || fail "needs $program (Debian: apt-get install slurm-wlm munge openmpi-bin libopenmpi-dev)"
done
job=
work=$(mktemp -d) || exit 1
chmod 755 "$work"
host=$(hostname -s)
export SLURM_CONF=$work/slurm.conf

stop() {
    # Slurm's daemons leave running jobs alone when they end.
    if [ -n "$job" ] && scancel "$job" 2>/dev/null; then
        for _ in $(seq 30); do squeue -h 2>/dev/null | grep -q . || break; sleep 1; done
    fi
    scontrol shutdown >/dev/null 2>&1
    for file in slurmctld slurmd; do [ -f "$work/$file.pid" ] && kill "$(cat "$work/$file.pid")" 2>/dev/null; done
    [ -f "$work/munge/pid" ] && kill "$(cat "$work/munge/pid")" 2>/dev/null
    sleep 1
    rm -rf "$work"
}
trap stop EXIT

install -d -o munge -g munge -m 755 "$work/munge" || exit 1
runuser -u munge -- munged --socket="$work/munge/socket" --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed" || fail "munged does not start"
mkdir "$work/state" "$work/spool" "$work/tmp"
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
TmpFS=$work/tmp
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
fit=fit.ini
sed -e 's/^potential = .*/potential = fixed/' -e "s#^\(model\|survey\|data\) = #&$root/bench/small/#" "$root/bench/small/fit.ini" >"$fit"
"$oort" fit "$fit" --out alone.db --steps "$steps" --threads 1 >/dev/null 2>&1 || fail "the fit fails without Slurm"
"$oort" fit "$fit" --out run.db --steps "$steps" --slurm job.sh --ranks 2 --time 00:30:00 || fail "no script was written"
grep -q 'ntasks=2' job.sh || fail "the script has one rank: there is no MPI shim beside $oort"
bash -n job.sh || fail "the script is no shell script"
job=$(sbatch --parsable job.sh) || fail "the job is refused"

show() { scontrol show job "$job" -o | sed -n "s/.*$1=\([A-Z0-9]*\).*/\1/p"; }
# What the PMIx of the last allocation leaves goes away when its daemon does, some seconds after its job. Slurm usually waits for two minutes before a job runs again; here it is told to begin at once.
left() { compgen -G "$work/tmp/spmix_appdir_*" || compgen -G "$work/spool/stepd.slurm.pmix.*"; }
again() {
    for _ in $(seq 60); do [ "$(show JobState)" = PENDING ] && break; sleep 1; done
    for _ in $(seq 60); do left >/dev/null || break; sleep 1; done
    left >/dev/null && fail "a minute after the job was stopped there is still $(left)"
    [ "$(show Restarts)" -eq "$told" ] || fail "the job was not queued again: $(tail -n 5 run.slurm.log)"
    scontrol update JobId="$job" StartTime=now
}

told=0 before=-1
for _ in $(seq 2400); do
    state=$(show JobState)
    case $state in
        COMPLETED) break ;;
        FAILED | CANCELLED | TIMEOUT | NODE_FAIL) fail "the job ends as $state: $(tail -n 5 run.slurm.log)" ;;
        RUNNING)
            now=$("$oort" chain info run.db --json 2>/dev/null | sed -n 's/^ *"steps": \([0-9]*\),*$/\1/p')
            if [ "$told" -lt 2 ] && [ "${now:--1}" -gt "$before" ]; then
                told=$((told + 1)) before=$now
                if [ "$told" -eq 1 ]; then
                    echo "step $now: the time is nearly over"
                    scancel --batch --signal=USR1 "$job"
                else
                    echo "step $now: others come first"
                    scontrol requeue "$job"
                fi
                again
            fi ;;
    esac
    sleep 1
done
[ "$state" = COMPLETED ] || fail "the job is still $state"
restarts=$(show Restarts)
echo "completed after $restarts requeues"
[ "$restarts" -eq 2 ] || fail "not as often as it was told"
grep -q 'interrupted after' run.slurm.log || fail "it was killed when its time was over, and did not stop by itself: $(cat run.slurm.log)"
for name in alone run; do
    "$oort" chain export "$name.db" --out "$name.csv" || exit 1
done
cmp alone.csv run.csv || fail "the chains differ"
echo "the chain is that of one process: $steps steps"
