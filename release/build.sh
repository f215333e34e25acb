#!/usr/bin/env bash
# Builds what a release consists of, on this machine, into one folder: executables, their SHA-256, third-party notices, SBOM.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

usage() {
  cat <<'TEXT'
release/build.sh [options]

  --rid RID           build for this platform; may be given more than once. This machine's own when not given
  --sysroot FOLDER    link against the C library in this folder (release/sysroot.sh makes one); Linux only
  --output FOLDER     where the files go; artifacts/release when not given
  --help

Writes ccaas-token-RID (.exe on Windows), SHA256SUMS, THIRD-PARTY-NOTICES.txt and sbom.cdx.json. The same commit gives the
same bytes wherever it lies, with the same SDK, linker and C library. linux-arm64 is built on x64 with Debian's
gcc-aarch64-linux-gnu, binutils-aarch64-linux-gnu and zlib1g-dev:arm64. Native code for Windows and macOS is made there alone;
elsewhere their executable is a single file that brings the runtime with it: larger, slower to start, and not the same bytes
from one build to the next.

Exit codes: 0 built · 1 a build failed · 2 wrong options
TEXT
}

refuse() {
  printf 'build.sh: %s\n' "$1" >&2
  exit 2
}

rids=() sysroot='' output="$repository/artifacts/release"
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --rid | --sysroot | --output) (($# > 1)) || refuse "$1 needs a value" ;;
    *) refuse "there is no option $1; --help lists them" ;;
  esac
  case $1 in
    --rid)
      [[ $2 =~ ^(linux|linux-musl|osx|win)-(x64|arm64)$ ]] || refuse "$2 is no platform that can be built"
      rids+=("$2") ;;
    --sysroot)
      [[ -d $2 ]] || refuse "$2 is no folder"
      sysroot=$(cd "$2" && pwd) ;;
    --output) output=$2 ;;
  esac
  shift 2
done
own=$(dotnet --info | sed -nE 's/^ *RID: *([a-z0-9-]+) *$/\1/p')
((${#rids[@]})) || rids=("$own")

mkdir -p "$output"
output=$(cd "$output" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for rid in "${rids[@]}"; do
  properties=(-p:ArtifactsPath="$work/$rid")
  if [[ ${rid%%-*} == "${own%%-*}" ]]; then
    properties+=(-p:Native=true)
    lock=$repository/src/Ccaas.Action/packages.$rid.lock.json
  else
    lock=''
    # IL2104: see Ccaas.Action.csproj.
    properties+=(--self-contained -p:PublishSingleFile=true -p:PublishTrimmed=true -p:EnableCompressionInSingleFile=true -p:WarningsNotAsErrors=IL2104 -p:DebugType=none)
  fi
  if [[ -e $lock ]]; then
    properties+=(-p:RestoreLockedMode=true)
  else
    printf '%s is built without a lock file: packages are pinned by version only\n' "$rid" >&2
    properties+=(-p:NuGetLockFilePath="$work/$rid/packages.lock.json")
  fi
  # The same folder of objects as dotnet publish makes without -r; its name is in the bytes.
  if [[ $rid == "$own" ]]; then properties+=(--use-current-runtime); else properties+=(-r "$rid"); fi
  [[ -z $sysroot || $rid != "$own" ]] || properties+=(-p:SysRoot="$sysroot")
  [[ $rid != linux-arm64 || $own == "$rid" ]] || properties+=(-p:ObjCopyName=aarch64-linux-gnu-objcopy)
  name=ccaas-token suffix=''
  [[ $rid == win-* ]] && name=ccaas-token.exe suffix=.exe
  dotnet publish "$repository/src/Ccaas.Action" "${properties[@]}" -o "$work/$rid/out" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  cp "$work/$rid/out/$name" "$output/ccaas-token-$rid$suffix"
  printf '%s: %d bytes\n' "ccaas-token-$rid$suffix" "$(wc -c <"$output/ccaas-token-$rid$suffix")"
done

node "$here/packages.mjs" "$repository" "$output"
(cd "$output" && sha256sum ccaas-token-* THIRD-PARTY-NOTICES.txt sbom.cdx.json >SHA256SUMS)
