#!/usr/bin/env bash
# Says what can be said about the GPU kernels without a card: gpu-evidence.sh [PART...]; all parts without a name.
#
#   races    Oclgrind runs every kernel for GPUs and reports data races, wrong addresses and wrong calls; as a control, a
#            barrier taken out must be reported
#   fake     PoCL calls itself a GPU (fake-gpu.c): the tests of the bundle, and a train that chooses its engine itself
#   trace    the calls of a step there: launches, waits, buffers made, bytes each way, the calling thread's processor time
#   code     clang and ptxas compile the kernels for sm_80 and sm_90: registers, spills, and the loops that load; a model of
#            a cache says how often X is read
#
# Ends with 0 if all these parts ran and hold; with 1 if one does not hold; with 4 and the name of the missing tool if one
# could not run. The last line on standard output has the figures.
#
# Needs a C compiler, Maven, a JDK 17 and PoCL; for races oclgrind (Debian, Ubuntu: apt-get install oclgrind), which is
# installed where this user may; for code clang 15 or later, and ptxas of NVIDIA's CUDA (PTXAS names it elsewhere than on
# the path: the Python package nvidia-cuda-nvcc-cu12 has it, too). What was seen: docs/gpu.md.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$root"
parts=("$@")
((${#parts[@]})) || parts=(races fake trace code)
for part in "${parts[@]}"; do
    [[ $part =~ ^(races|fake|trace|code)$ ]] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
figures=()

say() { echo "gpu-evidence.sh: $*" >&2; }
fails() { say "$*"; exit 1; }
missing() { say "$1 is missing: ${*:2}"; exit 4; }

library() { # the file of a library by its file's name
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p | awk -v name="$1" '$1 == name && !found++ { print $NF }'
}

compiler=$(command -v cc || command -v gcc) || missing "a C compiler" "apt-get install gcc libc6-dev"
shim() { # shim FILE DRIVER: fake-gpu.c over a driver
    "$compiler" -O1 -Wall -Wno-strict-prototypes -shared -fPIC -DDRIVER="\"$2\"" -o "$1" scripts/fake-gpu.c \
        -Wl,--no-as-needed,-rpath,"$(dirname "$2")" "$2" || missing "a C library to link with" "apt-get install libc6-dev"
}

pocl() {
    local name
    name=$(cat /etc/OpenCL/vendors/*pocl*.icd 2>/dev/null | head -n 1) || true
    [[ $name == /* ]] || name=$(library libpocl.so.2)
    [[ -n $name && -e $name && -n $(library libOpenCL.so.1) ]] || missing PoCL "apt-get install pocl-opencl-icd ocl-icd-libopencl1"
    echo "$name"
}

JAVA_HOME=$(scripts/java-home.sh)
export JAVA_HOME
command -v mvn >/dev/null || missing Maven "apt-get install maven"
module=gpu-kernels/benchmarks
[[ -e $module/target/classes/META-INF/BenchmarkList ]] ||
    rm -rf "$module/target/classes" # the checks compile without JMH's generator
mvn -q -B -Dquick -Pbenchmarks -pl "$module" -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/benchmark.classpath >&2
# In a new home: a program that is kept there would be compiled without its barrier, or with it, by another call.
java() { "$JAVA_HOME/bin/java" -Duser.home="$(mktemp -d -p "$work")" -Xmx3g -Xss8m -cp "$module/target/classes:$(<$module/target/benchmark.classpath)" "$@"; }

# tests DRIVER LOG [CLASS...]: the self-test of the bundle on a driver; prints how many ran and failed
tests() {
    OCL_ICD_VENDORS=$1 java org.sparkgrad.gpu.benchmark.SelfTest "${@:3}" 2>"$2" >"$2.json" || true
    grep -q 'self-test on fake GPU .*(GPU,' "$2" || { cat "$2" >&2; fails "the tests did not run on the fake GPU"; }
    sed -n 's/.*"case": "self-test",.*"failedTests".*"median": \([0-9]*\).*"runs": \([0-9]*\)}.*/\2 \1/p' "$2.json"
}

races() {
    local driver=/usr/lib/oclgrind/liboclgrind-rt-icd.so ran failed found small=org.sparkgrad.gpu.engine.SmallSizesTest
    local reports='data race|Invalid (read|write)|error detected|divergence detected'
    [[ -e $driver ]] || scripts/install.sh oclgrind || missing oclgrind "apt-get install oclgrind"
    shim "$work/simulated.so" "$driver"
    export OCLGRIND_DATA_RACES=1 OCLGRIND_CHECK_API=1
    tests "$work/simulated.so" "$work/races" "$small" >"$work/races.count"
    read -r ran failed <"$work/races.count" || { cat "$work/races" >&2; fails "races: the tests did not end"; }
    found=$(grep -ciE "$reports" "$work/races" || true)
    ((failed == 0 && found == 0)) || { cat "$work/races" >&2; fails "races: $failed of $ran tests failed, $found reports"; }
    FAKE_GPU_WITHOUT_BARRIER=1 tests "$work/simulated.so" "$work/control" "$small" >"$work/control.count"
    found=$(grep -ciE 'data race' "$work/control" || true)
    ((found > 0)) || fails "races: a barrier was taken out, and Oclgrind did not report it"
    unset OCLGRIND_DATA_RACES OCLGRIND_CHECK_API
    figures+=("races: $ran tests, 0 reports, $found without a barrier")
}

fake() {
    local ran failed out=$work/train
    tests "$work/fake-gpu.so" "$work/fake" >"$work/fake.count"
    read -r ran failed <"$work/fake.count" || { cat "$work/fake" >&2; fails "fake: the tests did not end"; }
    ((failed == 0)) || { cat "$work/fake" >&2; fails "fake: $failed of $ran tests failed"; }
    scripts/sparkgrad --master 'local[2]' --driver-memory 1g generate --kind dense --rows 3000 --features 50 --classes 3 \
        --output "$out/data" >"$work/generate" 2>&1 || { cat "$work/generate" >&2; fails "fake: nothing was generated"; }
    OCL_ICD_VENDORS=$work/fake-gpu.so scripts/sparkgrad --master 'local[2]' --driver-memory 1g train --data "$out/data" \
        --header true --label label --optimizer adam --batch-size 256 --epochs 2 --output "$out/model" \
        >"$work/train.log" 2>&1 || { cat "$work/train.log" >&2; fails "fake: train failed"; }
    grep -q 'fake GPU' "$out/model/summary.json" || { cat "$work/train.log" >&2; fails "fake: train chose another device"; }
    figures+=("fake: $ran tests, 0 failed, train chose the GPU")
}

trace() {
    # Mini-batches of 256 and 4,096 x 784 x 10; the whole of 60,000 x 784 x 10 and 1,000,000 x 100. What the calling thread
    # does depends little on the rows. Its time counts in the first case: the other kernels run so long on this machine's
    # own cores that its code and data are in no cache afterwards. What counts is the fastest tenth of the steps, since the
    # clock of a thread also counts what other guests of a machine take. A small young generation is soon used again.
    FAKE_GPU_TRACE=$work/calls OCL_ICD_VENDORS=$work/fake-gpu.so java -Xmn64m org.sparkgrad.gpu.benchmark.StepTrace \
        dense-1024x784-k10:256 dense-20480x784-k10:4096 dense-60000x784-k10 dense-1000000x100-k1 2>"$work/trace.log" ||
        { cat "$work/trace.log" >&2; fails "trace: the steps failed"; }
    awk '
        $1 == "case" { name = $2; steps = 0; delete most; delete now; next }
        name == "" { next }
        $1 == "step" {
            steps++; nanos[steps] = $2
            for (what in now) if (now[what] > most[what]) most[what] = now[what]
            delete now; next
        }
        $1 == "end" {
            for (i = 2; i <= steps; i++) for (j = i; j > 1 && nanos[j] < nanos[j - 1]; j--) {
                t = nanos[j]; nanos[j] = nanos[j - 1]; nanos[j - 1] = t
            }
            printf "%s: %d launches, %d waits, %d buffers, %d bytes there, %d back, %.2f ms of the calling thread (median %.2f)\n",
                name, most["launch"], most["wait"], most["buffer"], most["there"], most["back"],
                nanos[int((steps + 9) / 10)] / 1e6, nanos[int((steps + 1) / 2)] / 1e6
            name = ""; next
        }
        { now[$1] += ($1 == "there" || $1 == "back") ? $2 : 1 }' "$work/calls" >"$work/steps"
    [[ $(wc -l <"$work/steps") == 4 ]] || fails "trace: there are no steps in the trace"
    cat "$work/steps"
    awk '{
            back = NR == 4 ? 4096 : 65536 # one output, several
            if ($2 > 2 || $4 > 1 || $6 > 0 || $11 > back || NR == 1 && $13 > 0.1) { print; wrong = 1 }
        } END { exit wrong }' "$work/steps" >&2 ||
        fails "trace: more than 2 launches, 1 wait, 0 buffers, 64 KiB back (4 with one output) or 0.1 ms"
    figures+=("trace: $(paste -sd ';' "$work/steps" | sed 's/;/; /g')")
}

code() {
    local clang ptxas architecture kernel
    ptxas=${PTXAS:-$(command -v ptxas || true)}
    clang=$(compgen -c clang- | grep -E '^clang-[0-9]+$' | sort -t - -k 2 -n | tail -n 1 || true)
    clang=$(command -v "${clang:-clang}") || missing clang "apt-get install clang-16"
    [[ -x $ptxas ]] || missing ptxas "install NVIDIA's CUDA, or set PTXAS to the file"
    mkdir -p "$work/kernels"
    java org.sparkgrad.gpu.benchmark.KernelSources "$work/kernels" 2>/dev/null
    for architecture in sm_80 sm_90; do
        for kernel in "$work"/kernels/*.cl; do
            "$clang" -x cl -target nvptx64 -march="$architecture" -cl-std=CL1.2 -O3 -mllvm -inline-threshold=100000 -S -o "$kernel.ptx" \
                -Xclang -finclude-default-header "$kernel" 2>"$work/clang.log" ||
                { cat "$work/clang.log" >&2; fails "code: $kernel does not compile"; }
            # The driver's mathematical functions are missing here, so the object is not linked.
            "$ptxas" -c -v -arch="$architecture" -o "$work/object" "$kernel.ptx" >"$work/ptxas" 2>&1 ||
                { cat "$work/ptxas" >&2; fails "code: ptxas refuses $kernel"; }
            awk -v kernel="$(basename "$kernel" .cl)" -v architecture="$architecture" '
                FILENAME ~ /ptxas$/ && /Function properties for run$/ { run = 1; next }
                FILENAME ~ /ptxas$/ && run && /spill/ {
                    match($0, /[0-9]+ bytes spill stores/); spills = substr($0, RSTART, RLENGTH) + 0
                }
                FILENAME ~ /ptxas$/ && run && match($0, /Used [0-9]+ registers/) {
                    registers = substr($0, RSTART + 5, RLENGTH) + 0; run = 0
                }
                FILENAME ~ /ptxas$/ { next }
                /\.entry run/ { entry = 1 }
                entry && /^\$L/ { label = $1; sub(":.*", "", label); n = loads = copied = 0; next }
                entry && /^\t[a-z@]/ { n++ }
                entry && /st\.shared/ { copied++ }
                entry && /ld\.global\.[fb]/ { loads++ }
                entry && /bra/ {
                    target = $NF; sub(";", "", target)
                    # Loads values of X and their coefficients, and copies the values.
                    if (target == label && loads == 2 * copied && copied > 1 && kernel ~ /Binary/) {
                        if (n / copied > element) element = n / copied
                        if (!flying || copied < flying) flying = copied
                    }
                    if (target == label && loads) loops = loops sprintf("%s%d/%d", loops == "" ? "" : " ", n, loads)
                }
                END {
                    printf "%s %s: %d registers, %d bytes spilled, loops (instructions/loads): %s",
                        architecture, kernel, registers, spills, loops
                    if (kernel ~ /Binary/) {
                        # What is in flight in groups of 128 lanes, each load of X 700 ns away.
                        lanes = int(65536 / (int((registers + 7) / 8) * 8) / 128) * 128
                        if (lanes > 2048) lanes = 2048
                        units = architecture == "sm_80" ? 108 : 132
                        printf "; one output: %.1f instructions an element, %d loads of X in flight, at most %d GB/s on %d units",
                            element, flying, flying * lanes * units * (kernel ~ /Float/ ? 4 : 8) / 700, units
                    }
                    print ""
                }' "$work/ptxas" "$kernel.ptx"
        done
    done >"$work/code"
    cat "$work/code"
    ! grep -v ' 0 bytes spilled' "$work/code" >&2 || fails "code: registers are spilled"
    awk '/ one output: / {
            sub(".*one output: ", "")
            if ($1 == 0 || $1 > 6 || $5 < 4) wrong = 1
        } END { exit wrong }' "$work/code" || fails "code: more than 6 instructions an element, or fewer than 4 loads in flight"
    java org.sparkgrad.gpu.kernel.CacheModel >"$work/cache" ||
        { cat "$work/cache" >&2; fails "code: more than 1.1 reads of X from memory, by the model of a cache"; }
    cat "$work/cache"
    figures+=("code: $(grep 'sm_90 FloatGroupBinaryTreeKernel' "$work/code"); $(tail -n 1 "$work/cache")")
}

if [[ " ${parts[*]} " =~ \ (fake|trace)\  ]]; then
    driver=$(pocl) || exit
    shim "$work/fake-gpu.so" "$driver"
fi
for part in "${parts[@]}"; do
    say "$part"
    "$part"
done
figure=$(printf '; %s' "${figures[@]}")
echo "${figure:2}"
