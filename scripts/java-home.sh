#!/usr/bin/env bash
# Prints the home of a Java 17: JAVA_HOME, else the java on the path, else one of the usual folders; or says what to do.
set -euo pipefail

on_path=$(command -v java || true)
for home in "${JAVA_HOME:-}" "${on_path:+$(dirname "$(dirname "$(readlink -f "$on_path")")")}" \
    /usr/lib/jvm/*17* "${HOME:-}"/.sdkman/candidates/java/17*; do
    if [[ -x $home/bin/java ]] && grep -qs '^JAVA_VERSION="17[."]' "$home/release"; then
        echo "$home"
        exit
    fi
done

cat >&2 <<'END'
sparkgrad: no Java 17 in JAVA_HOME, on the path or in /usr/lib/jvm. Spark 3.5 runs on that version, not on newer ones.
Install it (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME to where it is.
END
exit 4
