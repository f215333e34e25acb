// Genesys Cloud's own client. Standard input is JSON: address of the sandbox, and a token or a client's id and secret.
// Standard output is JSON: what the API says about the organization.
import { text } from 'node:stream/consumers';
import platform from 'purecloud-platform-client-v2';

const { address, id, secret, token } = JSON.parse(await text(process.stdin));
const { hostname, port } = new URL(address);
const client = platform.ApiClient.instance;
// The client's setting for a gateway in front of the login and the API host.
client.setGateway({ protocol: 'https', host: hostname, port: Number(port), path_params_login: '', path_params_api: '' });

if (token) {
  client.setAccessToken(token);
} else {
  await client.loginClientCredentialsGrant(id, secret);
}

const tokens = new platform.TokensApi();
await tokens.headTokensMe();
const { OAuthClient } = await tokens.getTokensMe();
const { id: organization, name, defaultCountryCode } = await new platform.OrganizationApi().getOrganizationsMe();
if (!token) {
  await tokens.deleteTokensMe();
}

console.log(JSON.stringify({ organization, name, defaultCountryCode, client: OAuthClient.id }));
