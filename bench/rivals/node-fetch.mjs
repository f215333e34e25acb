// A JavaScript action that does the same request, without packages.
import { appendFileSync } from 'node:fs';

const { CLIENT_ID, CLIENT_SECRET, TOKEN_URL, GITHUB_OUTPUT } = process.env;
const response = await fetch(TOKEN_URL, {
  method: 'POST',
  headers: { authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}` },
  body: new URLSearchParams({ grant_type: 'client_credentials' }),
  signal: AbortSignal.timeout(60_000),
});
if (!response.ok) throw new Error(`status ${response.status}`);
const { access_token: token } = await response.json();
console.log(`::add-mask::${token}`);
appendFileSync(GITHUB_OUTPUT, `access-token=${token}\n`);
