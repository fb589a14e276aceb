#!/usr/bin/env bash
# A resource discovery script for Spark (spark.{driver,executor,worker}.resource.gpu.discoveryScript): prints the
# machine's NVIDIA GPUs by index, or no addresses where there are none. Address k is OpenCL's k-th GPU.
set -euo pipefail

addresses=
if command -v nvidia-smi >/dev/null; then
    addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader,nounits |
        sort -n | awk '/^[0-9]+$/ {printf "%s\"%s\"", separator, $1; separator = ", "}') || addresses=
fi
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
