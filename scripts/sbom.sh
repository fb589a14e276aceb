#!/usr/bin/env bash
# Writes the list of the libraries that our jars hold or can be used with, with versions and licences, in CycloneDX's
# format: sbom.sh [FILE.json]
#
# Without a file it is target/sparkgrad-sbom.json. What Spark brings is not in it. Needs a JDK 17 and Maven.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
[[ ${1:-} != -* ]] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2; }
made=$root/target/sparkgrad-sbom.json
file=$(realpath -m "${1:-$made}")
JAVA_HOME=$("$root/scripts/java-home.sh")
export JAVA_HOME

cd "$root"
mvn -q -B -Dquick compile org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom >&2
[[ $file == "$made" ]] || cp "$made" "$file"
echo "$file"
