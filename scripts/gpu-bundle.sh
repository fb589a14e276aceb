#!/usr/bin/env bash
# Packs self-test and benchmark of the OpenCL engine for a bare Linux machine: gpu-bundle.sh [FILE.tar.gz]
#
# There it needs an OpenCL driver, glibc 2.34 and nothing else: no network, no Java. Unpack it and run
#     sparkgrad-gpu/run.sh [--json FILE] [--cases A,B] [--systems A,B]
# Correctness comes first: the tests of every kernel family on OpenCL device 0, against the reference engine. Where they
# pass, the suite engines of benchmark.sh follows, with PyTorch's gradient on the same card where python3 has it.
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

cd "$root"
module=gpu-kernels/benchmarks
[[ -e $module/target/classes/META-INF/BenchmarkList ]] ||
    rm -rf "$module/target/classes" # the checks compile without JMH's generator
mvn -q -B -Dquick -Pbenchmarks -pl "$module" -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/benchmark.classpath >&2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle=$work/sparkgrad-gpu
mkdir -p "$bundle/lib" "$bundle/jars"

"$JAVA_HOME/bin/jlink" --add-modules java.base,java.logging,java.management,jdk.unsupported \
    --strip-debug --no-header-files --no-man-pages --compress=2 --output "$bundle/java"
for name in libOpenCL.so.1 libz.so.1 libstdc++.so.6 libgcc_s.so.1; do
    cp "$(library "$name")" "$bundle/lib/$name"
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

cp scripts/benchmark-pytorch.py LICENSE "$bundle"
cp scripts/gpu-bundle-run.sh "$bundle/run.sh"
tar -C "$work" -czf "$target" sparkgrad-gpu
echo "$target: $(du -h "$target" | cut -f 1)"
