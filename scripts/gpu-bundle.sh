#!/usr/bin/env bash
# Packs self-test, benchmark and jobs of Spark for a bare Linux machine with a GPU: gpu-bundle.sh [FILE.tar.gz]
#
# There it needs an OpenCL driver, glibc 2.34 and nothing else: no network, no Java. Unpack it and run
#     sparkgrad-gpu/run.sh [--json FILE] [--cases A,B] [--systems A,B] [--seconds N]
# First come the tests of every kernel family on OpenCL device 0, against the reference engine, then the suite engines of
# benchmark.sh, with PyTorch's gradient on the same card where python3 has it, and train on data of MNIST's size.
#
# Needs a JDK 17 with jmods (Debian, Ubuntu: openjdk-17-jdk-headless), Maven, zip, and an OpenCL loader, which it takes along.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
[[ ${1:-} != -* ]] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2; }
target=$(realpath -m "${1:-$root/gpu-kernels/target/sparkgrad-gpu.tar.gz}")
JAVA_HOME=$("$root/scripts/java-home.sh")
export JAVA_HOME

library() { # the file of a shared library of this machine
    local file
    file=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p | awk -v name="$1" '$1 == name && /x86-64/ && !found++ { print $NF }')
    [[ -n $file ]] || { echo "gpu-bundle.sh: there is no $1 on this machine" >&2; exit 4; }
    readlink -f "$file"
}

# Looked for first: a build takes minutes.
declare -A libraries
for name in libOpenCL.so.1 libz.so.1 libstdc++.so.6 libgcc_s.so.1; do
    libraries[$name]=$(library "$name") || exit 4
done
command -v zip >/dev/null || { echo "gpu-bundle.sh: zip is missing (Debian, Ubuntu: apt-get install zip)" >&2; exit 4; }
command -v mvn >/dev/null || { echo "gpu-bundle.sh: Maven is missing (Debian, Ubuntu: apt-get install maven)" >&2; exit 4; }

cd "$root"
module=gpu-kernels/benchmarks
[[ -e $module/target/classes/META-INF/BenchmarkList ]] ||
    rm -rf "$module/target/classes" # the checks compile without JMH's generator
mvn -q -B -Dquick -Pbenchmarks -pl "$module" -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/benchmark.classpath >&2

mvn -q -B -Dquick -DskipTests -pl spark-job -am package >&2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle=$work/sparkgrad-gpu
mkdir -p "$bundle"/{lib,jars,spark/conf}

"$JAVA_HOME/bin/jlink" --strip-debug --no-header-files --no-man-pages --compress=2 --output "$bundle/java" --add-modules \
    java.se,jdk.management,jdk.security.auth,jdk.unsupported
# A library of this machine asks for this machine's glibc, so each is used only where there is none.
for name in "${!libraries[@]}"; do
    mkdir "$bundle/lib/$name"
    cp "${libraries[$name]}" "$bundle/lib/$name/$name"
done

"$JAVA_HOME/bin/jar" -cf "$bundle/jars/gpu-kernels.jar" -C gpu-kernels/target/classes .
"$JAVA_HOME/bin/jar" -cf "$bundle/jars/gpu-kernels-tests.jar" -C gpu-kernels/target/test-classes .
"$JAVA_HOME/bin/jar" -cf "$bundle/jars/gpu-kernels-benchmarks.jar" -C "$module/target/classes" .
IFS=: read -ra jars <<<"$(<$module/target/benchmark.classpath)"
for jar in "${jars[@]}"; do
    case ${jar##*/} in
        classes | test-classes | archunit* | jmh-generator*) ;;
        *) cp "$jar" "$bundle/jars" ;;
    esac
done
# Other systems' libraries, and LAPACK: nothing here calls it.
zip -q -d "$bundle"/jars/aparapi-jni-*.jar 'win/*' 'osx/*' 'linux/*_arm*' 'linux/*_aarch64*' 'linux/*_x86.so'
zip -q -d "$bundle"/jars/openblas-*-linux-x86_64.jar '*/libjniopenblas.so' '*/include/*' '*/lib/*'
zip -q -d "$bundle"/jars/jna-*.jar 'com/sun/jna/win32-*' 'com/sun/jna/*bsd-*' 'com/sun/jna/aix-*' 'com/sun/jna/sunos-*' \
    'com/sun/jna/darwin-*' 'com/sun/jna/linux-[!x]*' 'com/sun/jna/linux-x86/*'

# Spark without databases and systems that local mode does not use.
spark=spark-job/target/spark
for jar in "$spark"/jars/*.jar; do
    case ${jar##*/} in
        rocksdbjni* | leveldbjni* | curator* | zookeeper* | tink* | py4j* | *aarch_64* | *osx*) ;;
        *) cp "$jar" "$bundle/spark" ;;
    esac
done
zip -q -d "$bundle"/spark/zstd-jni-*.jar 'darwin/*' 'win/*' 'freebsd/*' 'aix/*' 'linux/[!a]*' 'linux/aarch64/*' 'linux/arm/*'
cp spark-job/target/sparkgrad.jar "$bundle"
cp conf/spark-defaults.conf conf/log4j2.properties "$bundle/spark/conf"
# What Spark's launcher gives a JVM, an option a line.
SPARK_HOME=$spark SPARK_SCALA_VERSION=2.12 "$JAVA_HOME/bin/java" -cp "$spark/jars/*" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit job | tr '\0' '\n' | grep -E '^(--add-opens|-XX:\+Ignore|-Djdk)' >"$bundle/spark/options"

cp scripts/benchmark-pytorch.py LICENSE "$bundle"
cp scripts/gpu-bundle-run.sh "$bundle/run.sh"
cp scripts/gpu-bundle-train.sh "$bundle/train.sh"

glibc=$(grep -rhaoE 'GLIBC_2\.[0-9]+' "$bundle/java" | sort -uV | tail -n 1)
[[ $glibc == "$(printf '%s\n' "$glibc" GLIBC_2.34 | sort -V | head -n 1)" ]] ||
    echo "gpu-bundle.sh: the JDK of this machine needs $glibc: the bundle does not run on an older glibc" >&2
tar -C "$work" -czf "$target" sparkgrad-gpu
echo "$target: $(du -h "$target" | cut -f 1)"
