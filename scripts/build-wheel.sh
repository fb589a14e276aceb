#!/usr/bin/env bash
# Makes spark-job/python/dist/sparkgrad-VERSION-py3-none-any.whl, with sparkgrad.jar inside: build-wheel.sh [FOLDER]
#
# FOLDER is where the wheel goes instead. The jar is built first unless it is there. Needs a python3 with pip, which
# fetches setuptools where it is not installed; SPARKGRAD_PYTHON names another python.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
python=${SPARKGRAD_PYTHON:-python3}
dist=$(realpath -m "${1:-$root/spark-job/python/dist}")
jar=$root/spark-job/target/sparkgrad.jar
"$python" -m pip --version >/dev/null 2>&1 || {
    echo "build-wheel.sh: $python has no pip (Debian, Ubuntu: apt-get install python3-pip)" >&2
    exit 4
}
own=()
! "$python" -c 'import setuptools, wheel' 2>/dev/null || own=(--no-build-isolation)
[[ -f $jar ]] || (cd "$root" && mvn -B -ntp -q -Dquick package -DskipTests)

# A copy, so that no file of a build stays among the sources.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$root"/LICENSE "$root"/spark-job/python/{pyproject.toml,README.md,sparkgrad} "$copy"
cp "$jar" "$copy/sparkgrad/jars/"
"$python" -m pip --disable-pip-version-check wheel -q --no-deps "${own[@]}" -w "$dist" "$copy"
echo "$dist/$(cd "$dist" && echo sparkgrad-*.whl)"
