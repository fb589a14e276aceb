#!/usr/bin/env bash
# The whole suite with every check: test.sh [--full] [Maven options]
#
# test.sh -Dtest=LossTest runs a test class (or several: A,B; or A#method) without the checks, and installs nothing; what
# has changed is compiled. test.sh -Dit.test=DemoIT runs an integration test on the packed jars. Options come in any order.
#
# test.sh -Pspark-4 runs on Spark 4.0.1 what may differ there: the list is in spark-job/pom.xml, profile spark-4; other
# tests by -Dtest= and -Dit.test=, another Spark by -Dspark.version=4.2.0.
#
# --full compares with MLlib over the whole product of what a regression may be, 432 problems, instead of some that have
# every three levels of different dimensions in one of them, reads 300 tables in ten dialects instead of one table of each
# kind, and trains 20 instead of 9; test.sh --full -Dtest=MllibParityTest runs the first alone.
#
# Brings an OpenCL CPU device (PoCL), a browser (Chromium) and PySpark (in virtual environments below ~/.cache) where
# there are none and it may; else the tests that need them are skipped and counted. With SPARKGRAD_REQUIRE_OPENCL=1,
# SPARKGRAD_REQUIRE_BROWSER=1, SPARKGRAD_REQUIRE_PYSPARK=1 it fails instead.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$root"
# A shell without job control starts "test.sh &" deaf to SIGINT; so would be the JVMs that tests interrupt.
if [[ $(trap -p INT) == "trap -- ''"* ]]; then
    env --default-signal=INT,QUIT true 2>/dev/null || {
        echo "test.sh: SIGINT is ignored here, and tests send it: start it in the foreground, or after set -m" >&2
        exit 2
    }
    exec env --default-signal=INT,QUIT scripts/test.sh "$@"
fi
full=()
given=() # to Maven
tests=
its=
spark4=
version=
for option; do
    case $option in
        -Pspark-4) spark4=4.0.1 given+=("$option") ;;
        -Dspark.version=*) version=${option#*=} given+=("$option") ;;
        --full) full=(-Dsparkgrad.full=true) ;;
        -Dtest=*) tests=${option#*=} given+=("$option") ;;
        -Dit.test=*) its=${option#*=} given+=("$option") ;;
        *) given+=("$option") ;;
    esac
done
spark=${spark4:+${version:-$spark4}}
spark=${spark:-3.5.7}
build=${spark4:+spark-$spark/}target
opencl_packages=(pocl-opencl-icd ocl-icd-libopencl1)

has_opencl_cpu_device() {
    local loaders
    loaders=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || true)
    [[ $loaders == *libOpenCL.so.1* ]] || return 1
    [[ -n ${OCL_ICD_VENDORS:-} ]] || grep -qsiE 'pocl|intelocl' /etc/OpenCL/vendors/*.icd
}

has_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

pysparks=("$spark")
[[ -z $spark4 ]] || pysparks=(3.5.7 4.0.1 4.2.0)
pyspark_home=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/sparkgrad/pyspark

# Prints a python with PySpark of a version and what builds a wheel.
python_of() {
    local python
    for python in "${SPARKGRAD_PYTHON:-python3}" "$pyspark_home-$1/bin/python"; do
        if "$python" -c "import setuptools, wheel, pip, numpy, pyspark
assert pyspark.__version__.startswith('${1%.*}.')" 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    return 1
}

# Names a python for this Spark in SPARKGRAD_PYTHON, and those for all Sparks in SPARKGRAD_PYTHONS.
has_pyspark() {
    local version python pythons=()
    for version in "${pysparks[@]}"; do
        python=$(python_of "$version") || return 1
        pythons+=("$python")
    done
    python=$(python_of "$spark") || return 1
    export SPARKGRAD_PYTHON=$python SPARKGRAD_PYTHONS=${pythons[*]}
}

install_pyspark() {
    local python=${SPARKGRAD_PYTHON:-python3} version home
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install python3 python3-venv || return 1
    for version in "${pysparks[@]}"; do
        if ! python_of "$version" >/dev/null; then
            home=$pyspark_home-$version
            echo "test.sh: installing PySpark into $home"
            rm -rf "$home"
            "$python" -m venv "$home" || return 1
            "$home/bin/pip" --disable-pip-version-check install -q setuptools wheel || return 1
            "$home/bin/pip" --disable-pip-version-check install -q numpy "pyspark==$version" || return 1
        fi
    done
}

install() {
    scripts/install.sh "$@"
}

# bring CHECK NAME REQUIRED PACKAGE...
bring() {
    local check=$1 name=$2 required=$3
    shift 3
    if ! "$check" && ! { install "$@" && "$check"; }; then
        echo "test.sh: no $name; on Debian or Ubuntu: apt-get install $*" >&2
        [[ $required != 1 ]] || exit 4
    fi
}

# Returns the modules that have a test class of a name in $1, as A,B#method, or fails.
modules_of() {
    local name found names modules=()
    IFS=, read -ra names <<<"$1"
    for name in "${names[@]}"; do
        found=$(find gpu-kernels spark-job -path "*/src/test/java/*" -name "${name%%#*}.java" |
            sed 's|/src/test/java/.*||' | sort -u)
        if [[ -z $found ]]; then
            echo "test.sh: no test class is named ${name%%#*}" >&2
            return 1
        fi
        modules+=($found)
    done
    printf '%s\n' "${modules[@]}" | sort -u | paste -sd, -
}

modules=
if [[ -n $tests$its ]]; then
    modules=$(modules_of "$tests${tests:+${its:+,}}$its") || exit 2
    install() {
        return 1
    }
fi

bring has_opencl_cpu_device "OpenCL CPU device" "${SPARKGRAD_REQUIRE_OPENCL:-0}" "${opencl_packages[@]}"
bring has_browser Chromium "${SPARKGRAD_REQUIRE_BROWSER:-0}" chromium
if [[ -z $tests ]] && ! has_pyspark && ! { [[ -z $tests$its ]] && install_pyspark && has_pyspark; }; then
    echo "test.sh: no PySpark ${pysparks[*]}; give a python that has it, pip, setuptools and wheel as SPARKGRAD_PYTHON" >&2
    [[ ${SPARKGRAD_REQUIRE_PYSPARK:-0} != 1 ]] || exit 4
fi

JAVA_HOME=$(scripts/java-home.sh)
export JAVA_HOME
command -v mvn >/dev/null || {
    echo "test.sh: Maven is needed (Debian, Ubuntu: apt-get install maven)" >&2
    exit 4
}

options=(-B -ntp)
# Unit tests wait as much as they compute: two JVMs at a time, where there are tests for both and memory for what each of
# them starts.
available=$(awk '/^MemAvailable/ {print $2}' /proc/meminfo 2>/dev/null || true)
if [[ -z $tests || $tests == *[,*]* ]] && (($(nproc 2>/dev/null || echo 1) > 1 && ${available:-0} > 12 << 20)); then
    options+=(-DforkCount=2)
fi
rm -rf ./{,*/}*/"$build"/{surefire,failsafe}-reports
phase=verify
if [[ -z $modules ]]; then
    if [[ -z $spark4 ]]; then
        options+=(-Pbenchmarks) # to check them
    else
        options+=(-Dquick -Dgpu-kernels.tests.skip) # the suite with Spark 3.5 checks and tests them
    fi
    # The launcher compiles without the checks.
    ((${#given[@]})) || rm -rf ./{,*/}*/"$build"/{classes,test-classes}
else
    options+=(-q -Dquick -pl "$modules" -am)
    export MAVEN_OPTS=${MAVEN_OPTS--XX:TieredStopAtLevel=1 -XX:+UseSerialGC} # most runs end before better code pays off
    [[ ,$modules, == *,gpu-kernels,* ]] || options+=(-Dgpu-kernels.tests.skip) # no other module needs them
    if [[ -z $its ]]; then
        phase=test
    elif [[ -z $tests ]]; then
        options+=(-Dtest=None)
    fi
fi

status=0
mvn "${options[@]}" "${full[@]}" "$phase" "${given[@]}" || status=$?
if [[ -n $modules && $status == 0 ]] && ! grep -qs '<testcase ' ./{,*/}*/"$build"/*-reports/TEST-*.xml; then
    echo "test.sh: no test is named $tests$its" >&2
    status=2
fi

# report NAME REQUIRED WORD: how many tests were skipped for a reason with that word
report() {
    local skipped
    skipped=$(cat ./{,*/}*/"$build"/*-reports/TEST-*.xml 2>/dev/null | grep -ciE "<skipped.*$3" || true)
    echo "test.sh: $1 tests skipped: $skipped"
    if ((skipped > 0)) && [[ $2 == 1 ]]; then
        echo "test.sh: none of them may be" >&2
        status=4
    fi
}

report OpenCL "${SPARKGRAD_REQUIRE_OPENCL:-0}" OpenCL
report browser "${SPARKGRAD_REQUIRE_BROWSER:-0}" Chromium
report Python "${SPARKGRAD_REQUIRE_PYSPARK:-0}" PySpark
exit "$status"
