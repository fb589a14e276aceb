#!/bin/bash
# Trains in Spark's local mode on generated data of MNIST's size, on OpenCL device 0 and on the processor, by mini-batches
# and over the whole data: train.sh [ROWS]. Prints a line of JSON for each number, as soon as it is there.
set -euo pipefail

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
rows=${1:-60000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export SPARK_LOCAL_IP=127.0.0.1 OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
export HADOOP_USER_NAME=${HADOOP_USER_NAME:-sparkgrad} # containers may have no name for the user
sparkgrad() {
    "$here/java/bin/java" "@$here/spark/options" -Xss8m -XX:MaxRAMPercentage=40 -Djava.io.tmpdir="$work" \
        -cp "$here/spark/conf:$here/spark/*" org.apache.spark.deploy.SparkSubmit --master 'local[*]' \
        --properties-file "$here/spark/conf/spark-defaults.conf" --class org.sparkgrad.job.cli.Main \
        "$here/sparkgrad.jar" "$@" >&2
}

# number NAME FILE: the first number of that name in a summary
number() {
    local line
    while read -r line; do
        if [[ $line =~ ^\"$1\"\ :\ ([-+.0-9eE]+),?$ ]]; then
            echo "${BASH_REMATCH[1]}"
            return
        fi
    done <"$2"
    return 1
}

result() { # result CASE ENGINE METRIC UNIT VALUE
    printf '{"suite": "train", "case": "%s", "system": "%s", "metric": "%s", "unit": "%s"' "$1" "$2" "$3" "$4"
    printf ', "median": %s, "min": %s, "max": %s, "runs": 1}\n' "$5" "$5" "$5"
}

sparkgrad generate --kind dense --rows "$rows" --features 784 --classes 10 --format parquet --output "$work/data"
for case in minibatch lbfgs; do
    for engine in opencl cpu; do
        options=(--optimizer lbfgs --max-iter 30)
        [[ $case == lbfgs ]] || options=(--optimizer adam --batch-size 4096 --epochs 10)
        sparkgrad train --format parquet --data "$work/data" --label label --engine "$engine" "${options[@]}" \
            --reg-param 1e-4 --output "$work/$case-$engine"
        summary=$work/$case-$engine/summary.json
        name=train-${rows}x784-k10-$case
        result "$name" "$engine" trainSeconds s "$(number train "$summary")"
        result "$name" "$engine" totalSeconds s "$(number total "$summary")"
        result "$name" "$engine" steps 1 "$(number steps "$summary")"
        result "$name" "$engine" objective 1 "$(number objective "$summary")"
    done
done
