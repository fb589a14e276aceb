#!/bin/bash
# Self-test, benchmark and PyTorch on OpenCL device 0, in one call: run.sh [--json FILE] [--cases A,B] [--systems A,B]
# The JSON is an array of {suite, case, system, metric, unit, median, min, max, runs}; "self-test" counts failed tests.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LD_LIBRARY_PATH=$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
# A driver that was mounted into a container has no platform file: the loader takes its library by name.
if [[ -z ${OCL_ICD_VENDORS:-} ]] && ! compgen -G '/etc/OpenCL/vendors/*.icd' >/dev/null; then
    export OCL_ICD_VENDORS=libnvidia-opencl.so.1
fi
for variable in $(compgen -e | while read -r name; do [[ $name != OPENBLAS_* ]] || echo "$name"; done); do
    unset "$variable"
done

defaults=()
[[ " $* " == *" --json "* ]] || defaults+=(--json "$here/results.json")
[[ " $* " == *" --systems "* ]] || defaults+=(--systems stream,sgemm,cpu,device-copy,opencl,pytorch)
exec "$here/java/bin/java" -cp "$here/jars/*" org.sparkgrad.gpu.benchmark.EngineSuite \
    --self-test --pytorch "$here/benchmark-pytorch.py" "${defaults[@]}" "$@"
