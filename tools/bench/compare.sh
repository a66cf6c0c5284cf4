#!/usr/bin/env bash
# Compares Intermission's fronts with other ways to give the same answer; --help says how.
set -euo pipefail

# shellcheck source=run-class.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/run-class.sh"
run_class CompareMain "$@"
