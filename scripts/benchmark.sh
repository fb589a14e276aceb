#!/usr/bin/env bash
# Measures a suite: benchmark.sh SUITE [--cases A,B] [--systems A,B] [--json FILE]
#
# Suites:
#   engines   loss and gradient over all rows, every engine against the limits of the machine
#             cases    dense-ROWSxFEATURES-kOUTPUTS, sparse-ROWSxFEATURESxNONZEROS-kOUTPUTS
#             systems  stream (reading memory), sgemm (1024 x 1024), cpu, cpu-java (without OpenBLAS), cpu-exact (the
#                      same with the library's exponentials, as it was before), row-wise (a plain sparse loop),
#                      opencl, reference, pytorch (where python3 has it)
#   grid      a cross-validation beside a single fit, in double
#             cases    dense-ROWSxFEATURES-SETTINGSxFOLDS
#             systems  one-fit, grid (GpuCrossValidator), cv-stock (CrossValidator over the same estimator)
#
# The JSON is an array of {suite, case, system, metric, unit, median, min, max, runs}. Medians are over turns: systems
# of a case take one each in every round, so that a busy machine is busy for all. processorSeconds is what the slowest
# thread of a step spent on a processor: it tells more than seconds where others use the machine.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
suite=${1:-}
if [[ $suite != engines && $suite != grid ]]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
    exit 2
fi
shift
options=()
while (($#)); do
    case $1 in
        --cases | --systems | --json)
            (($# > 1)) || { echo "benchmark.sh: $1 needs a value" >&2; exit 2; }
            value=$2
            [[ $1 != --json ]] || value=$(realpath -m "$2")
            options+=("$1" "$value")
            shift 2
            ;;
        *) echo "benchmark.sh: no option $1" >&2; exit 2 ;;
    esac
done

JAVA_HOME=$("$root/scripts/java-home.sh")
export JAVA_HOME

# They hold OpenBLAS to other kernels, which the engines do not see but what is measured beside them does.
for variable in $(compgen -e | grep '^OPENBLAS_' || true); do
    echo "benchmark.sh: $variable=${!variable} is unset" >&2
    unset "$variable"
done
grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null | grep -oE '\b(avx2|fma|avx512[a-z]+|amx_[a-z0-9]+)\b' | sort -u |
    paste -sd ' ' | sed 's/^/instruction sets: /' >&2 || true
uptime 2>/dev/null | sed 's/.*load/load/' >&2 || true

cd "$root"
module=gpu-kernels main=org.sparkgrad.gpu.benchmark.EngineSuite
if [[ $suite == engines ]]; then
    options+=(--pytorch scripts/benchmark-pytorch.py)
else
    module=spark-job main=org.sparkgrad.job.benchmark.GridSuite
fi
classes=$module/target/test-classes
[[ $suite != engines || -e $classes/META-INF/BenchmarkList ]] ||
    rm -rf "$classes" # the checks compile without JMH's generator
mvn -q -B -Dquick -pl "$module" -am test-compile org.apache.maven.plugins:maven-dependency-plugin:build-classpath \
    -Dmdep.outputFile=target/benchmark.classpath >&2
exec "$JAVA_HOME/bin/java" -cp "$classes:$module/target/classes:$(<$module/target/benchmark.classpath)" \
    "$main" "${options[@]}"
