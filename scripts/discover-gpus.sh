#!/usr/bin/env bash
# A resource discovery script for Spark (spark.{driver,executor,worker}.resource.gpu.discoveryScript): prints the addresses
# of the machine's NVIDIA GPUs, or none where there are none. Address k is the k-th of all GPUs that OpenCL shows, which
# need not be nvidia-smi's k-th: OpenCL leaves out what CUDA_VISIBLE_DEVICES does not name, puts the fastest card first, and
# shows GPUs of other makers, too.
#
# Where clinfo is installed, its GPUs are those of nvidia-smi that have the same PCI bus id. Without it (or where a driver
# says no bus id) the GPUs that CUDA_VISIBLE_DEVICES leaves are counted; then no other maker's GPU may come before them.
set -euo pipefail

answer() {
    local addresses
    addresses=$(printf ', "%s"' "$@")
    (($#)) || addresses='  '
    echo "{\"name\": \"gpu\", \"addresses\": [${addresses:2}]}"
    exit
}

cards=$(nvidia-smi --query-gpu=pci.bus_id,uuid --format=csv,noheader 2>/dev/null) || answer
bus_ids= # as clinfo writes them: a domain of four digits, small letters
uuids=()
while IFS=', ' read -r bus uuid; do
    [[ $bus =~ ^[0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\.[0-9]$ ]] || continue
    bus=${bus,,}
    bus_ids+=" ${bus: -12} "
    uuids+=("$uuid")
done <<<"$cards"
((${#uuids[@]})) || answer

if devices=$(clinfo 2>/dev/null); then
    # A line for each GPU: its bus id, or nothing. An older clinfo leaves out the domain 0000.
    gpus=$(awk '
        function finish() { if (type ~ /GPU/) print "bus " bus; type = bus = "" }
        /^  Device Name  / { finish() }
        /^  Device Type  / { type = $NF }
        /^  Device / && match($0, /PCI-E, [0-9a-fA-F:.]+/) {
            bus = tolower(substr($0, RSTART + 7, RLENGTH - 7))
            if (bus ~ /^[0-9a-f]+:[0-9a-f]+\./) bus = "0000:" bus
        }
        /^(NULL platform|ICD loader)/ { exit }
        END { finish() }' <<<"$devices")
    if [[ $gpus == *bus\ [0-9a-f]* ]]; then
        addresses=()
        address=0
        while read -r _ bus; do
            [[ -z $bus || $bus_ids != *" $bus "* ]] || addresses+=("$address")
            address=$((address + 1))
        done <<<"$gpus"
        answer "${addresses[@]}"
    fi
fi

# As CUDA reads the variable: indices, or beginnings of UUIDs, up to the first that is wrong.
count=0
if [[ -n ${CUDA_VISIBLE_DEVICES+set} ]]; then
    IFS=, read -ra visible <<<"$CUDA_VISIBLE_DEVICES"
    for one in "${visible[@]}"; do
        one=${one// /}
        if [[ $one =~ ^[0-9]+$ ]]; then
            ((10#$one < ${#uuids[@]})) || break
        elif [[ $one == GPU-* ]]; then
            [[ " ${uuids[*]}" == *" $one"* ]] || break
        else
            [[ $one == MIG-* ]] || break
        fi
        count=$((count + 1))
    done
else
    count=${#uuids[@]}
fi
addresses=()
for ((address = 0; address < count; address++)); do
    addresses+=("$address")
done
answer "${addresses[@]}"
