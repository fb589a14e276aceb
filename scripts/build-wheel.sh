#!/usr/bin/env bash
# Makes spark-job/python/dist/sparkgrad-VERSION-py3-none-any.whl, with sparkgrad.jar for Spark 3.5 and for Spark 4 inside:
# build-wheel.sh [FOLDER]
#
# FOLDER is where the wheel goes instead. A jar is built first if sources are newer. Needs a python3 with pip, which
# fetches setuptools where it is not installed; SPARKGRAD_PYTHON names another python.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
python=${SPARKGRAD_PYTHON:-python3}
dist=$(realpath -m "${1:-$root/spark-job/python/dist}")
jar=$root/spark-job/target/sparkgrad.jar
jar4=$root/spark-job/spark-4.0.1/target/sparkgrad.jar
sources=("$root"/pom.xml "$root"/{gpu-kernels,spark-job}/{pom.xml,src/main} "$root"/spark-job/{src/spark-{3,4},python/sparkgrad})
"$python" -m pip --version >/dev/null 2>&1 || {
    echo "build-wheel.sh: $python has no pip (Debian, Ubuntu: apt-get install python3-pip)" >&2
    exit 4
}
own=()
! "$python" -c 'import setuptools, wheel' 2>/dev/null || own=(--no-build-isolation)
build() {
    local jar=$1
    shift
    [[ -f $jar && -z $(find "${sources[@]}" -newer "$jar" -print -quit) ]] ||
        (cd "$root" && mvn -B -ntp -q -Dquick "$@" -pl spark-job -am package -Dmaven.test.skip >&2)
}
(
    if command -v flock >/dev/null; then flock 9; fi # as the launcher does
    build "$jar"
    build "$jar4" -Pspark-4
) 9<"$root/pom.xml"

# A copy, so that no file of a build stays among the sources.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$root"/LICENSE "$root"/spark-job/python/{pyproject.toml,README.md,sparkgrad} "$copy"
install -D -m 644 "$jar" "$copy/sparkgrad/jars/spark-3/sparkgrad.jar"
install -D -m 644 "$jar4" "$copy/sparkgrad/jars/spark-4/sparkgrad.jar"
"$python" -m pip --disable-pip-version-check wheel -q --no-deps "${own[@]}" -w "$dist" "$copy"
echo "$dist/$(cd "$dist" && echo sparkgrad-*.whl)"
