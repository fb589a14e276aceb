#!/usr/bin/env bash
# Measures a suite: benchmark.sh SUITE [--cases A,B] [--systems A,B] [--json FILE]
#
# Suites:
#   engines   loss and gradient over all rows, every engine against the limits of the machine
#             cases    dense-ROWSxFEATURES-kOUTPUTS, sparse-ROWSxFEATURESxNONZEROS-kOUTPUTS
#             systems  stream (reading memory), sgemm (1024 x 1024), cpu, cpu-java (without OpenBLAS), cpu-exact (the
#                      same with the library's exponentials, as it was before), row-wise (a plain sparse loop),
#                      device-copy (the OpenCL device, in its memory), opencl, reference, pytorch (where python3 or
#                      /usr/bin/python3 has it)
#   exchange  a step beside computing: two workers, 16 shards, sums that are ready
#             cases    FLOATS-MASTER: 8000, 100000, 1000000; local, local-cluster, standalone; FLOATS-MASTER-xT has T workers,
#                      a power of two up to 16
#                      adam-60000x784-k10-b256-local-cluster: an epoch on real engines, and the sum of each step's slowest,
#                      after 10,000 steps as in the short cases, and of the first epochs
#             systems  stage, job (a Spark job a step), stage-auth, stage-crypto (spark.authenticate, spark.network.crypto),
#                      loopback (the same bytes through plain sockets), pytorch (of the epoch, on one thread)
#   peers     the time until a model is within 1e-4 of the best known objective, beside other libraries
#             cases    mnist, a9a (with SPARKGRAD_DATA, a folder of folders mnist and a9a), dense-ROWSxFEATURES, the same
#                      with -correlated or -l1, sparse-ROWSxFEATURESxNONZEROS; by default mnist, dense-2000000x100, a9a
#             systems  cpu, opencl, mllib, dl4j (SparkDl4jMultiLayer, parameters averaged), and where a python3 has them
#                      sklearn, liblinear (scikit-learn's), pytorch
#             metrics  secondsToOptimum (from cached data), secondsTotal (from file to saved model, a process of its own),
#                      passes, peakMemory (of that process); notReached is the objective of who did not arrive in 2,000
#                      steps or --most-seconds. One judge in double computes every objective from the coefficients.
#             more     --rounds N (3), --most-seconds N (600), --plot FILE.svg, --data FOLDER; PEERS_MEMORY is the heap of a JVM (12g)
#   grid      a cross-validation beside a single fit, in double
#             cases    dense-ROWSxFEATURES-SETTINGSxFOLDS
#             systems  one-fit, grid (GpuCrossValidator), cv-stock (CrossValidator over the same estimator)
#   predict   files read, scored and written again with predictions, in order, beside stock Spark
#             cases    parquet-ROWSxFEATURES, csv-ROWSxFEATURES; by default parquet-2000000x100, csv-200000x100
#             systems  sparkgrad (the command predict), mllib (transform of the same model, rows in any order; types of
#                      CSV inferred), mllib-schema (CSV with types written down)
#             more     of grid and predict: --rounds N (3)
#   ingest    from files to memory, in a session that has started; nothing is trained
#             cases    parquet-columns-ROWSxFEATURES (floats), parquet-vector-… (MLlib's, of doubles), parquet-array-… (of
#                      floats), csv-…, libsvm-ROWSxFEATURESxNONZEROS, idx-… (bytes), cache-vector-… (Spark's cache, not
#                      files); with cluster- before it two executors of one core read, instead of one JVM
#             systems  scan (Spark's reader, rows to nowhere), scan-columnar (Spark's reader, batches), sparkgrad (train up
#                      to blocks on engines, with statistics; of a cache a fit of no steps), mllib (a fit of one step, with
#                      VectorAssembler where it needs it); to an array of floats, where python3, or the one that PYTHON
#                      names, has them: pyarrow, pandas, polars
#             metrics  coldSeconds (the first turn of a process), seconds (later ones), both with processorSeconds, rate (MB
#                      of the files a second), peakHeap (garbage included), shuffled; peakMemory is what the cold turn
#                      adds to the resident memory
#             more     --scale N divides rows by N (1), --rounds N processes of a system (3), --warm N turns after the cold
#                      one (1), --data FOLDER of the files, which stay; INGEST_MEMORY is the heap of a JVM (8g)
#   start     a cold process from a file to a saved model
#             cases    demo (20,000 generated pets), a9a, mnist, titanic (with SPARKGRAD_DATA, a folder of folders a9a, mnist
#                      and titanic)
#             systems  sparkgrad (the command train), mllib (a program in a JVM, without spark-submit), sklearn (where python3
#                      has it and pandas)
#             metrics  seconds and processorSeconds of the process; startSeconds, readSeconds, ... of what it says itself
#             more     --rounds N (3)
#   memory    what an executor of two cores takes that trains 1,200,000 x 100, beyond an idle one; takes --json alone
#
# The JSON is an array of {suite, case, system, metric, unit, median, min, max, runs}. Medians are over turns: systems
# of a case take one each in every round, so that a busy machine is busy for all. processorSeconds is what the slowest
# thread of a step spent on a processor: it tells more than seconds where others use the machine; so does driverProcessor,
# what a step's messages cost the driver.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
suite=${1:-}
if [[ $suite != engines && $suite != exchange && $suite != peers && $suite != grid && $suite != predict &&
    $suite != ingest && $suite != start && $suite != memory ]]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
    exit 2
fi
shift
options=()
while (($#)); do
    case $1 in
        --cases | --systems | --json | --rounds | --most-seconds | --plot | --data | --scale | --warm)
            (($# > 1)) || { echo "benchmark.sh: $1 needs a value" >&2; exit 2; }
            value=$2
            [[ $1 != --json && $1 != --plot && $1 != --data ]] || value=$(realpath -m "$2")
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
module=spark-job/benchmarks
[[ $suite != engines ]] || module=gpu-kernels/benchmarks
python=
if [[ $suite == peers ]]; then
    for peers in 'numpy, sklearn, torch' numpy; do
        for python in python3 /usr/bin/python3; do
            ! "$python" -c "import $peers" 2>/dev/null || break 2
        done
    done
    "$python" -c 'import numpy' || { echo "benchmark.sh: peers needs a python3 with NumPy" >&2; exit 4; }
fi
[[ $suite != engines || -e $module/target/classes/META-INF/BenchmarkList ]] ||
    rm -rf "$module/target/classes" # the checks compile without JMH's generator
mvn -q -B -Dquick -Pbenchmarks -pl "$module" -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/benchmark.classpath >&2
classpath=$root/$module/target/classes:$(<"$module/target/benchmark.classpath")
# What Spark needs of a JDK 17, as in pom.xml.
read -r -d '' -a opens < <(sed -n '/<spark.module.options>/,/<\/spark.module.options>/{/spark.module/!p}' pom.xml) || true

case $suite in
    engines)
        exec "$JAVA_HOME/bin/java" -cp "$classpath" org.sparkgrad.gpu.benchmark.EngineSuite "${options[@]}" \
            --pytorch scripts/benchmark-pytorch.py
        ;;
    peers)
        java=$(printf '%s\n' "${opens[@]}" -Xss8m "-Xmx${PEERS_MEMORY:-12g}" -cp "$classpath")
        exec "$python" scripts/benchmark-peers.py "${options[@]}" "--java=$java" --java-binary "$JAVA_HOME/bin/java"
        ;;
    start)
        java=$(printf '%s\n' "${opens[@]}" -Xss8m -XX:MaxRAMPercentage=50 -cp "$classpath")
        exec python3 scripts/benchmark-start.py "${options[@]}" "--java=$java" --java-binary "$JAVA_HOME/bin/java"
        ;;
    exchange | memory | ingest)
        main=exchange.ExchangeSuite
        [[ $suite != memory ]] || main=ml.MemorySuite
        [[ $suite != ingest ]] || main=benchmark.IngestSuite
        export SPARK_HOME=$root/spark-job/target/spark-home SPARK_SCALA_VERSION=2.12 SPARK_LOCAL_IP=127.0.0.1
        export OMP_NUM_THREADS=1
        exec "$JAVA_HOME/bin/java" -Xmx3g "${opens[@]}" -cp "$classpath" "org.sparkgrad.job.$main" "${options[@]}"
        ;;
    grid | predict)
        exec "$JAVA_HOME/bin/java" -cp "$classpath" "org.sparkgrad.job.benchmark.${suite^}Suite" "${options[@]}"
        ;;
esac
