#!/usr/bin/env bash
# Pins the base images of the Dockerfile: adds to each FROM the digest that its tag has now. Needs docker with buildx.
#
#   release/pin-images.sh [DOCKERFILE]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=${1:-$(dirname "$here")/Dockerfile}

while read -r image; do
  digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
  [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { printf 'pin-images.sh: %s has no digest\n' "$image" >&2; exit 1; }
  sed -i "s|^FROM $image\( \|$\)|FROM $image@$digest\1|" "$file"
  printf '%s@%s\n' "$image" "$digest"
done < <(sed -nE 's/^FROM ([^ @]+)( .*)?$/\1/p' "$file")
