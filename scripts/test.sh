#!/usr/bin/env bash
# The whole suite with every check: test.sh [--full] [Maven options], for instance test.sh -Dtest=LogisticLossTest
#
# --full compares with MLlib over the whole product of what a regression may be, 288 problems, instead of some that have
# every three levels of different dimensions in one of them; test.sh --full -Dtest=MllibParityTest runs that alone.
#
# Brings an OpenCL CPU device (PoCL) where there is none and it may; else the OpenCL tests are skipped and counted.
# With SPARKGRAD_REQUIRE_OPENCL=1 it fails instead.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$root"
required=${SPARKGRAD_REQUIRE_OPENCL:-0}
full=()
if [[ ${1:-} == --full ]]; then
    full=(-Dsparkgrad.full=true)
    shift
fi
packages=(pocl-opencl-icd ocl-icd-libopencl1)

has_opencl_cpu_device() {
    local loaders
    loaders=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || true)
    [[ $loaders == *libOpenCL.so.1* ]] || return 1
    [[ -n ${OCL_ICD_VENDORS:-} ]] || grep -qsiE 'pocl|intelocl' /etc/OpenCL/vendors/*.icd
}

install_opencl_cpu_device() {
    local as_root=()
    command -v apt-get >/dev/null || return 1
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    echo "test.sh: installing ${packages[*]}"
    "${as_root[@]}" apt-get -qq update || true # stale lists may do
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
        "${packages[@]}" >/dev/null
}

if ! has_opencl_cpu_device && ! { install_opencl_cpu_device && has_opencl_cpu_device; }; then
    echo "test.sh: no OpenCL CPU device; on Debian or Ubuntu: apt-get install ${packages[*]}" >&2
    [[ $required != 1 ]] || exit 4
fi

JAVA_HOME=$(scripts/java-home.sh)
export JAVA_HOME
command -v mvn >/dev/null || {
    echo "test.sh: Maven is needed (Debian, Ubuntu: apt-get install maven)" >&2
    exit 4
}

options=(-B -ntp)
rm -rf ./*/target/{surefire,failsafe}-reports
if (($# == 0)); then
    rm -rf ./*/target/{classes,test-classes} # the launcher compiles without the checks
elif [[ " $*" == *" -Dtest="* && " $*" != *" -Dit.test="* ]]; then
    options+=(-DskipITs)
elif [[ " $*" == *" -Dit.test="* ]]; then
    options+=(-Dtest=None)
fi

status=0
mvn "${options[@]}" "${full[@]}" verify "$@" || status=$?

skipped=$(cat ./*/target/*-reports/TEST-*.xml 2>/dev/null | grep -ciE '<skipped.*OpenCL' || true)
echo "test.sh: OpenCL tests skipped: $skipped"
if ((skipped > 0)) && [[ $required == 1 ]]; then
    echo "test.sh: SPARKGRAD_REQUIRE_OPENCL=1 allows none to be" >&2
    status=4
fi
exit "$status"
