#!/usr/bin/env bash
# Draws docs/images anew: the real app on the starter book, in both themes.
# Needs no display and no GPU.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images
GIGAWATCH_PICTURES="$PWD/docs/images" cargo test --test it pictures_of_the_documentation
ls -l docs/images
