#!/usr/bin/env bash
# Measures the time from the closing of an API until it is drained; --help says how.
set -euo pipefail

# shellcheck source=run-class.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/run-class.sh"
run_class DrainMain "$@" "$gateway"
