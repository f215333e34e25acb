// Zoom's own client. Standard input is JSON: address of the sandbox, and a token or a client's id, secret and account.
// Standard output is JSON: what the API says about the user.
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { UsersS2SAuthClient } from '@zoom/rivet/users';

const { address, id, secret, account, token } = JSON.parse(await text(process.stdin));
const { hostname, port } = new URL(address);

// The client has no setting for the login host: what goes to zoom.us is led to the sandbox, below its path for Zoom.
const { request } = https;
https.request = (options, callback) => request(
  options.hostname === 'zoom.us' ? { ...options, hostname, port, path: `/zoom${options.path}` } : options, callback);

const client = new UsersS2SAuthClient({
  clientId: id,
  clientSecret: secret,
  accountId: account,
  disableReceiver: true,
  baseUrl: new URL('/zoom/v2', address).href,
  // The client's own place for a token that it already has.
  ...token && { tokenStore: { getLatestToken: () => ({ accessToken: token, expirationTimeIso: new Date(Date.now() + 600_000).toISOString(), scopes: [] }), storeToken: () => {} } },
});

const { data } = await client.endpoints.users.getUser({ path: { userId: 'me' } });
console.log(JSON.stringify({ account: data.account_id, email: data.email }));
