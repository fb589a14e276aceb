#!/usr/bin/env bash
# Installs packages of Debian or Ubuntu, where this user may: install.sh PACKAGE...; fails where not.
set -euo pipefail

as_root=()
command -v apt-get >/dev/null || exit 1
if ((EUID != 0)); then
    sudo -n true 2>/dev/null || exit 1
    as_root=(sudo -n)
fi
echo "install.sh: installing $*" >&2
"${as_root[@]}" apt-get -qq update || true # stale lists may do
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" >/dev/null
