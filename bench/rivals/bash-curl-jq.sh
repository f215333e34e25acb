#!/usr/bin/env bash
# The step as many write it today: curl for the token, jq to read it, two lines for the runner.
set -euo pipefail
answer=$(curl -sS --fail --user "$CLIENT_ID:$CLIENT_SECRET" --data grant_type=client_credentials "$TOKEN_URL")
token=$(jq -er .access_token <<<"$answer")
echo "::add-mask::$token"
echo "access-token=$token" >>"$GITHUB_OUTPUT"
