#!/usr/bin/env bash
# Makes a folder with an older Debian's C library (11: glibc 2.31), for build.sh --sysroot: an executable that is linked against
# it starts on every Linux that has that version or a later one. Needs root and debootstrap.
#
#   release/sysroot.sh FOLDER [MIRROR]      debootstrap's own mirror when none is given
set -euo pipefail
folder=${1:?usage: release/sysroot.sh FOLDER [MIRROR]}

# libssl1.1 and the authorities are for running the result in this folder.
debootstrap --variant=minbase --include=libc6-dev,zlib1g-dev,libgcc-10-dev,libssl1.1,ca-certificates bullseye "$folder" "${@:2}" >"$folder.log" 2>&1 \
  || { cat "$folder.log" >&2; exit 1; }
rm "$folder.log"
# A linker follows an absolute link out of the folder.
find "$folder/usr/lib" "$folder/usr/lib64" -type l -lname '/*' | while read -r link; do
  ln -sfrn "$folder$(readlink "$link")" "$link"
done
