"""The step in Python with requests, as a script in a repository would have it."""
import os

import requests

answer = requests.post(
    os.environ["TOKEN_URL"],
    auth=(os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]),
    data={"grant_type": "client_credentials"},
    timeout=60,
)
answer.raise_for_status()
token = answer.json()["access_token"]
print(f"::add-mask::{token}")
with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as output:
    output.write(f"access-token={token}\n")
