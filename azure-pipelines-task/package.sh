#!/usr/bin/env bash
# Packs the Azure Pipelines task: builds the executables that this machine can build, lays everything out in a folder of its
# own, checks it, and has tfx-cli make a .vsix of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

usage() {
  cat <<'TEXT'
azure-pipelines-task/package.sh [options]

  --executable RID=PATH  bundle this executable instead of building one, such as linux-arm64=out/ccaas-token;
                         may be given for each of linux-x64, linux-arm64, linux-musl-x64, linux-musl-arm64,
                         osx-x64, osx-arm64, win-x64 and win-arm64
  --no-build             bundle only what --executable names
  --image NAME@sha256:…  the container image that the task runs where no executable fits
  --publisher NAME       the marketplace's publisher; the manifest's placeholder when not given
  --version X.Y.Z        another version than the product's, for a trial: an agent keeps a version that it has once seen
  --output FOLDER        where the .vsix goes; artifacts/azure-pipelines when not given
  --help

Without --no-build it builds natively for this machine (clang and zlib's headers on Linux), and for Windows, where that is
not this machine, an executable that brings the runtime with it; whether that can be had is said.

Exit codes: 0 packed · 1 a build or tfx-cli failed · 2 wrong options · 3 what was to be packed breaks a rule
TEXT
}

refuse() {
  printf 'package.sh: %s\n' "$1" >&2
  exit 2
}

say() { printf '%s\n' "$1" >&2; }

has() {
  local given
  for given in ${executables[@]+"${executables[@]}"}; do
    [[ $given == "$1="* ]] && return
  done
  return 1
}

executables=()
build=true image='' publisher='' version='' output="$repository/artifacts/azure-pipelines"
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --no-build) build=false; shift; continue ;;
    --executable | --image | --publisher | --version | --output) (($# > 1)) || refuse "$1 needs a value" ;;
    *) refuse "there is no option $1; --help lists them" ;;
  esac
  case $1 in
    --executable)
      [[ $2 =~ ^(linux|linux-musl|osx|win)-(x64|arm64)=(.+)$ ]] || refuse "--executable wants RID=PATH, not $2"
      [[ -f ${BASH_REMATCH[3]} ]] || refuse "${BASH_REMATCH[3]} is no file"
      ! has "${2%%=*}" || refuse "--executable names ${2%%=*} twice"
      executables+=("$2") ;;
    --image) image=$2 ;;
    --publisher) publisher=$2 ;;
    --version) version=$2 ;;
    --output) output=$2 ;;
  esac
  shift 2
done

# The product has one version, and the program shows it too; neither manifest has one of its own.
if [[ -z $version ]]; then
  version=$(sed -nE 's:.*<Version>([0-9.]+)</Version>.*:\1:p' "$repository/Directory.Build.props")
fi
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || refuse "the version '$version' is not three numbers"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
  local rid=$1 suffix=''
  [[ $rid == win-* ]] && suffix=.exe
  say "building $rid"
  "$repository/release/build.sh" --rid "$rid" --output "$work/$rid" >&2 || return
  executables+=("$rid=$work/$rid/ccaas-token-$rid$suffix")
}

if $build; then
  rid=$(dotnet --info | sed -nE 's/^ *RID: *([a-z0-9-]+) *$/\1/p')
  [[ $rid =~ ^(linux|linux-musl|osx|win)-(x64|arm64)$ ]] || refuse "this machine ($rid) is none that the task runs on; give --no-build and --executable"
  has "$rid" || build "$rid" || exit 1
  has win-x64 || build win-x64 || say '  left out: it cannot be built here'
fi

if ! node -e "const { packages } = require('$here/package-lock.json');
  for (const name of Object.keys(packages[''].devDependencies)) {
    if (require('$here/node_modules/' + name + '/package.json').version !== packages['node_modules/' + name].version) process.exit(1);
  }" 2>/dev/null; then
  say 'installing tfx-cli, and what the tests need'
  npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }
fi

pack() {
  rm -rf "$work/stage" "$work/packed"
  mkdir "$work/stage" "$work/packed"
  node "$here/stage.mjs" "$work/stage" "$version" "$publisher" "$image" "$@"
  node "$here/rules.mjs" "$work/stage" || exit 3
  (cd "$work/stage" && node "$here/node_modules/tfx-cli/_build/tfx-cli.js" extension create \
    --manifest-globs vss-extension.json --output-path "$work/packed" --no-prompt --no-color --json) >"$work/tfx.log" 2>&1 || { cat "$work/tfx.log" >&2; exit 1; }
  vsix=$(echo "$work"/packed/*.vsix)
  bytes=$(wc -c <"$vsix")
}

limit=$((25 * 1024 * 1024))
pack ${executables[@]+"${executables[@]}"}
if ((bytes >= limit)) && [[ -e $work/win-x64/ccaas-token-win-x64.exe ]]; then
  say "with win-x64 the package has $bytes bytes, and Azure DevOps Server takes less than $limit: left out"
  kept=()
  for given in "${executables[@]}"; do
    [[ $given == "win-x64=$work/"* ]] || kept+=("$given")
  done
  pack ${kept[@]+"${kept[@]}"}
fi
if ((bytes >= limit)); then
  say "the package has $bytes bytes, and Azure DevOps Server takes less than $limit"
  exit 3
fi

mkdir -p "$output"
cp "$vsix" "$output/"
printf '%s\n%d bytes\n' "$output/$(basename "$vsix")" "$bytes"
(cd "$work/stage" && find . -type f -exec wc -c {} +)
