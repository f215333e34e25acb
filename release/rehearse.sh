#!/usr/bin/env bash
# Rehearses a release on this machine, against a registry, a download server and a sandbox on loopback: the release commit is made
# in a scratch clone, and from that commit both variants of the action run in the runner's manner. Then one byte is changed in
# each of the things that the commit pins, and nothing may run.
#
#   release/rehearse.sh FOLDER IMAGE SANDBOX
#
# FOLDER: what build.sh has written. IMAGE: a local image of the Dockerfile. SANDBOX: the executable of src/Ccaas.Sandbox.
# Needs docker, docker-registry, node and git. Ends with 0 when every step was as it has to be.
set -euo pipefail
(($# == 3)) || { sed -n '2,9s/^# \?//p' "$0"; exit 2; }
folder=$(cd "$1" && pwd) image=$2 sandbox=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")
rid=$(dotnet --info | sed -nE 's/^ *RID: *([a-z0-9-]+) *$/\1/p')
work=$(mktemp -d)
secret=$(openssl rand -hex 24)
started=()
cleanup() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

die() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

# Starts a server that prints a line with the port, by the pattern.
serve() {
  local log=$1 pattern=$2
  shift 2
  "$@" >"$work/$log" 2>&1 &
  started+=($!)
  for _ in $(seq 100); do
    grep -qs "$pattern" "$work/$log" && return
    sleep 0.1
  done
  cat "$work/$log" >&2
  die "$1 did not start"
}

version=$(sed -nE 's:.*<Version>([0-9.]+)</Version>.*:\1:p' "$repository/Directory.Build.props")

cat >"$work/registry.yml" <<YAML
version: 0.1
storage: { filesystem: { rootdirectory: $work/registry } }
http: { addr: "127.0.0.1:5017" }
YAML
serve registry.log 'listening on' docker-registry serve "$work/registry.yml"
name=127.0.0.1:5017/org/ccaas-token-action
# An image of its own, whose manifest the engine has never seen; it keeps each by its digest.
push() {
  printf 'FROM %s\nLABEL rehearsal=%s\n' "$image" "$work-$1" | docker build -q -t "$name:$1" - >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
  docker push -q "$name:$1" >/dev/null
  digest=$(docker inspect --format '{{index .RepoDigests 0}}' "$name:$1")
  digest=${digest#*@}
  docker rmi -f "$name:$1" >/dev/null
}

push "$version"
# The release commit and its tags, in a clone of what is committed here, pushed to a repository beside it.
export GIT_AUTHOR_NAME=rehearsal GIT_AUTHOR_EMAIL=rehearsal@example.invalid GIT_COMMITTER_NAME=rehearsal GIT_COMMITTER_EMAIL=rehearsal@example.invalid
git clone -q --bare --no-tags "$repository" "$work/remote.git"
git clone -q --no-tags "$work/remote.git" "$work/source"
"$work/source/release/tag.sh" "$folder" "$name@$digest" || die 'the release commit was not pushed'
! "$work/source/release/tag.sh" "$folder" "$name@$digest" 2>/dev/null || die 'a version was released twice'
git -c advice.detachedHead=false clone -q --branch "v$version" "$work/remote.git" "$work/release"
grep -q "docker://$name@$digest" "$work/release/action.yml" || die 'action.yml does not name the image by its digest'

mkdir -p "$work/www/org/ccaas-token-action/releases/download"
ln -s "$folder" "$work/www/org/ccaas-token-action/releases/download/v$version"
serve downloads.log 'port' node -e "
  const http = require('node:http'), fs = require('node:fs');
  http.createServer((request, response) => fs.createReadStream('$work/www' + request.url).on('error', () => response.writeHead(404).end()).pipe(response))
    .listen(0, '127.0.0.1', function () { console.log('port', this.address().port); });"
downloads=http://127.0.0.1:$(sed -nE 's/^port //p' "$work/downloads.log")
serve sandbox.log '^ready' env CCAAS_SANDBOX_CLIENT_SECRET="$secret" "$sandbox" serve --control
vendor=$(sed -nE 's:^http +(.*)/$:\1:p' "$work/sandbox.log")
client=$(sed -nE 's/^client id +//p' "$work/sandbox.log")

# A job's folders and command files, and the environment of its step with every input, empty ones too.
new_job() {
  job=$(mktemp -d -p "$work")
  mkdir "$job/temp" "$job/tools" "$job/commands" "$job/workspace"
  touch "$job"/commands/{output,env,state,summary}
  inputs=()
  while read -r input; do inputs+=("INPUT_${input^^}="); done < <(sed -nE '/^inputs:/,/^outputs:/s/^  ([a-z-]+):$/\1/p' "$work/release/action.yml")
  inputs+=(INPUT_PROVIDER=genesys-cloud "INPUT_CLIENT-ID=$client" "INPUT_CLIENT-SECRET=$secret"
    "INPUT_TOKEN-URL=$vendor/oauth/token" "INPUT_API-URL=$vendor" INPUT_VERIFY=true INPUT_REVOKE=true INPUT_CACHE=job
    "INPUT_REVOCATION-URL=" INPUT_ENVIRONMENT-VARIABLE=CCAAS_ACCESS_TOKEN INPUT_TIMEOUT=30s)
}

# What the runner makes of name<<DELIMITER and a line: STATE_name in the post step.
state() {
  local name
  name=$(head -1 "$job/commands/state")
  printf 'STATE_%s=%s' "${name%%<<*}" "$(sed -n 2p "$job/commands/state")"
}

native() {
  local file=$1
  shift
  (cd "$job/workspace" && env -i PATH="$PATH" HOME="$job" GITHUB_ACTIONS=true GITHUB_SERVER_URL="$downloads" GITHUB_ACTION_REPOSITORY=org/ccaas-token-action \
    RUNNER_TEMP="$job/temp" RUNNER_TOOL_CACHE="$job/tools" GITHUB_OUTPUT="$job/commands/output" GITHUB_ENV="$job/commands/env" GITHUB_STATE="$job/commands/state" \
    GITHUB_STEP_SUMMARY="$job/commands/summary" "${inputs[@]}" "$@" node "$work/release/native/$file")
}

container() {
  local entry=$1 variable
  shift
  local names=()
  for variable in "${inputs[@]}" "$@"; do names+=(-e "$variable"); done
  docker run --rm --network host --workdir /github/workspace -e GITHUB_ACTIONS=true -e RUNNER_TEMP=/github/runner_temp -e GITHUB_OUTPUT=/github/file_commands/output \
    -e GITHUB_ENV=/github/file_commands/env -e GITHUB_STATE=/github/file_commands/state -e GITHUB_STEP_SUMMARY=/github/file_commands/summary "${names[@]}" \
    -v "$job/temp:/github/runner_temp" -v "$job/commands:/github/file_commands" -v "$job/workspace:/github/workspace" \
    ${entry:+--entrypoint "$entry"} "$(sed -nE 's:^  image\: docker\://::p' "$work/release/action.yml")"
}

# Obtains a token, uses it, and revokes it in the post step.
show() {
  local variant=$1 main=$2 post=$3 token
  new_job
  "$variant" "$main" >"$job/log" 2>&1 || { cat "$job/log" >&2; die "$variant: no token"; }
  token=$(grep -A1 '^access-token<<' "$job/commands/output" | tail -1)
  [[ -n $token ]] || die "$variant: no output"
  curl -sf -H "Authorization: Bearer $token" "$vendor/api/v2/organizations/me" >/dev/null || die "$variant: the token is not valid"
  "$variant" "$post" "$(state)" >>"$job/log" 2>&1 || { cat "$job/log" >&2; die "$variant: the post step failed"; }
  ! curl -sf -H "Authorization: Bearer $token" "$vendor/api/v2/organizations/me" >/dev/null || { cat "$job/log" >&2; die "$variant: the token was not revoked"; }
  ! grep -v '^::add-mask::' "$job/log" | grep -qF "$token" || die "$variant: the token is in the log"
  printf '%s: token, output, revoked in the post step\n' "$variant"
}

# Nothing may run, and no request may reach the vendor.
refused() {
  local what=$1 message=$2
  shift 2
  new_job
  curl -sf -X DELETE "$vendor/_sandbox/requests" >/dev/null
  ! "$@" >"$job/log" 2>&1 || die "$what: it ran"
  grep -q "$message" "$job/log" || { cat "$job/log" >&2; die "$what: not the message"; }
  [[ $(curl -sf "$vendor/_sandbox/requests") == '[]' ]] || die "$what: a request was sent"
  [[ ! -s $job/commands/output ]] || die "$what: something was published"
  printf '%s: refused\n' "$what"
}

show native launcher.js post.js
show container '' /ccaas-token-post

file=ccaas-token-$rid
cp "$folder/$file" "$work/changed"
printf '\x90' | dd of="$work/changed" bs=1 seek=100000 conv=notrunc status=none
rm "$work/www/org/ccaas-token-action/releases/download/v$version"
mkdir "$work/www/org/ccaas-token-action/releases/download/v$version"
cp "$work/changed" "$work/www/org/ccaas-token-action/releases/download/v$version/$file"
refused 'one byte of the executable changed' 'another SHA-256' native launcher.js
cp "$folder/$file" "$work/www/org/ccaas-token-action/releases/download/v$version/$file"
sha256=$(sha256sum "$folder/$file" | cut -d ' ' -f 1)
sed -i "s/$sha256/$(tr '0-9a-f' '1-9a-f0' <<<"${sha256:0:1}")${sha256:1}/" "$work/release/native/release.json"
refused 'one digit of the checksum changed' 'another SHA-256' native launcher.js

released=$digest
push changed
sed -i "s/$released/$digest/" "$work/release/action.yml"
# Before the engine has fetched it.
sed -i '0,/"size": */s//"size": 1/' "$(find "$work/registry" -path "*/blobs/sha256/*/${digest#sha256:}/data")"
refused 'one byte of the image changed' 'manifest verification failed' container ''
docker rmi -f "$name@$released" >/dev/null
