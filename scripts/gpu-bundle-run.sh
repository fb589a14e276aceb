#!/bin/bash
# Self-test, benchmark, PyTorch and jobs of Spark on OpenCL device 0, in one call:
#     run.sh [--json FILE] [--cases A,B] [--systems A,B] [--seconds N]
# The JSON is an array of {suite, case, system, metric, unit, median, min, max, runs}, whole after each line; "self-test"
# counts failed tests and names them. What is worth most comes first; after N seconds (350) nothing more is measured.
# Ends with 0; with 1 if a test or a measurement failed, which the others survive; with 4 if there is no device or driver.
set -euo pipefail

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
libraries=${LD_LIBRARY_PATH:-}

# Prints the file of a library: of the loader's path, else below folders where drivers and containers put libraries.
find_library() {
    local folder file cache
    local folders=/lib:/lib64:/usr/lib:/usr/lib64:/usr/lib/x86_64-linux-gnu:/usr/local/lib:/usr/local/cuda/lib64
    cache=$(PATH=${PATH:-/usr/bin}:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || cache=
    while read -r file; do
        [[ $file != "$1 "*x86-64* ]] || { echo "${file##*=> }"; return; }
    done <<<"$cache"
    IFS=: read -ra found <<<"$libraries:$folders"
    for folder in "${found[@]}"; do
        [[ -z $folder || ! -e $folder/$1 ]] || { echo "$folder/$1"; return; }
    done
    shopt -s globstar nullglob
    for file in /usr/local/nvidia/**/"$1" /usr/lib*/**/"$1" /opt/nvidia/**/"$1"; do
        [[ $file == */i386-linux-gnu/* || $file == */lib32/* ]] || { echo "$file"; return; }
    done
    return 1
}

for name in "$here"/lib/*; do
    find_library "${name##*/}" >/dev/null || libraries=$name${libraries:+:$libraries}
done
# A driver that was mounted into a container has no platform file: the loader takes its library by name.
if [[ -z ${OCL_ICD_VENDORS:-} ]] && ! compgen -G '/etc/OpenCL/vendors/*.icd' >/dev/null; then
    driver=$(find_library libnvidia-opencl.so.1) || {
        echo "run.sh: no OpenCL driver: /etc/OpenCL/vendors has no .icd file, and there is no libnvidia-opencl.so.1 on the" \
            "loader's path or below /usr/local/nvidia, /usr/lib* and /opt/nvidia; OCL_ICD_VENDORS may name another file" >&2
        exit 4
    }
    export OCL_ICD_VENDORS=$driver
    libraries=${libraries:+$libraries:}${driver%/*} # it loads other libraries of the driver
fi
export LD_LIBRARY_PATH=$libraries
for variable in $(compgen -e | while read -r name; do [[ $name != OPENBLAS_* ]] || echo "$name"; done); do
    unset "$variable"
done

java=$here/java/bin/java
if ! words=$("$java" -version 2>&1); then
    printf '%s\nrun.sh: the Java of the bundle does not start here; it needs glibc 2.34 and x86-64\n' "$words" >&2
    exit 4
fi
defaults=()
[[ " $* " == *" --json "* ]] || defaults+=(--json "$here/results.json")
[[ " $* " == *" --seconds "* ]] || defaults+=(--seconds 350)
[[ " $* " == *" --systems "* ]] || defaults+=(--systems stream,sgemm,cpu,device-copy,opencl,pytorch)
[[ " $* " == *" --cases "* ]] || defaults+=(--cases "dense-60000x784-k10,dense-2000000x100-k1,train,dense-100000x1000-k1,\
sparse-500000x1000000x40-k1,dense-100000x1000-k100,dense-4000000x28-k10")
exec "$java" -cp "$here/jars/*" org.sparkgrad.gpu.benchmark.EngineSuite --self-test \
    --pytorch "$here/benchmark-pytorch.py" --train "$here/train.sh" "${defaults[@]}" "$@"
