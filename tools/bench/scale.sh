#!/usr/bin/env bash
# Measures how many gateway nodes one admin node holds; --help says how.
set -euo pipefail

# shellcheck source=run-class.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/run-class.sh"
run_class ScaleMain "$@" "$gateway"
