#!/usr/bin/env bash
# Makes the release commit on the current commit, and pushes it as the tag vX.Y.Z, which is never moved. The tag vX follows when
# the release has its files: until then its users would find nothing to download.
#
#   release/tag.sh FOLDER IMAGE@sha256:DIGEST [REMOTE]      FOLDER: what build.sh has written. REMOTE: origin when not given
#
# What else is changed in the work tree, such as the digests of pin-images.sh, becomes part of the release commit.
# Exit codes: 0 pushed · 1 git failed · 2 the version is released already, or an argument is wrong
set -euo pipefail
(($# == 2 || $# == 3)) || { sed -n '2,8s/^# \?//p' "$0"; exit 2; }
folder=$(cd "$1" && pwd) image=$2 remote=${3:-origin}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$(dirname "$here")"
version=$(sed -nE 's:.*<Version>([0-9]+\.[0-9]+\.[0-9]+)</Version>.*:\1:p' Directory.Build.props)
if git ls-remote --exit-code --tags "$remote" "refs/tags/v$version" >/dev/null; then
  printf 'tag.sh: v%s is released already; raise the version in Directory.Build.props\n' "$version" >&2
  exit 2
fi

node "$here/commit.mjs" . "$folder" "$image"
git commit -qam "Release $version"
git tag "v$version"
git push -q "$remote" "refs/tags/v$version"
printf 'released %s\n' "v$version"
