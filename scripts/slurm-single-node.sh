#!/bin/bash
# Runs a command beside a Slurm of one node, this machine, and waits for the jobs that it submits: how 'adapter-train experiment --submit slurm' is tried for real.
#   apt-get install slurmctld slurmd slurm-client munge
#   scripts/slurm-single-node.sh adapter-train experiment FILE --submit slurm
# As root. Everything of it lies in a temporary folder and is gone afterwards.
set -euo pipefail

if [ $# -eq 0 ]; then
    sed -n '2,5s/^# \?//p' "$0"
    exit 2
fi
for program in munged slurmctld slurmd sbatch; do
    command -v "$program" > /dev/null || { echo "$program is missing: apt-get install slurmctld slurmd slurm-client munge" >&2; exit 1; }
done

work=$(mktemp -d)
chmod 755 "$work"
pids=()
stop() {
    for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
    wait
    rm -rf "$work"
}
trap stop EXIT

# Munge authenticates with a key of its own and a socket of its own.
mkdir -m 755 "$work/munge"
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 status=none
chmod 400 "$work/munge/key"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed" 2> /dev/null &
pids+=($!)

host=$(hostname -s)
mkdir "$work/state" "$work/spool"
cat > "$work/slurm.conf" <<CONF
ClusterName=single
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(awk '/MemTotal/ {print int($2 / 1024 * 0.9)}' /proc/meminfo) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$work/slurm.conf"
slurmctld -D -f "$SLURM_CONF" 2> /dev/null &
pids+=($!)
slurmd -D -f "$SLURM_CONF" 2> /dev/null &
pids+=($!)

for _ in $(seq 60); do
    if sinfo -h -o %T 2> /dev/null | grep -q '^idle'; then break; fi
    sleep 1
done
sinfo || { tail -5 "$work"/*.log >&2; exit 1; }

"$@"
while [ -n "$(squeue -h)" ]; do
    sleep 1
done
echo "Every job has ended."
