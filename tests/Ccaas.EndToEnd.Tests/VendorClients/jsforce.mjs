// Salesforce's JavaScript client. Standard input is JSON: address of the sandbox, and a token or a client's id and secret.
// Standard output is JSON: what the API says about the user and the organization.
import { text } from 'node:stream/consumers';
import jsforce from 'jsforce';

const { address, id, secret, token } = JSON.parse(await text(process.stdin));
const login = new URL('/salesforce', address).href;
const connection = new jsforce.Connection(
  token ? { instanceUrl: login, accessToken: token } : { oauth2: { loginUrl: login, clientId: id, clientSecret: secret } });
if (!token) {
  await connection.authorize({ grant_type: 'client_credentials' });
}

const { organization_id: organization, user_id: user, username } = await connection.identity();
const { records: [{ Id, Name }] } = await connection.query('SELECT Id, Name FROM Organization');
const versions = await connection.request('/services/data');
console.log(JSON.stringify({ organization, user, username, queried: Id, name: Name, versions: versions.length, instance: connection.instanceUrl }));
if (!token) {
  await connection.oauth2.revokeToken(connection.accessToken);
}
