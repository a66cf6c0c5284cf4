#!/usr/bin/env bash
# Measures start and memory of the packaged gateway; --help says how.
set -euo pipefail

# shellcheck source=run-class.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/run-class.sh"
run_class FootprintMain "$@" "$gateway"
