// A certified client, openid-client. Standard input is JSON: address of the sandbox, the client's id, how it authenticates, and
// what it needs for that: a secret, a PKCS #8 key and its algorithm, or a certificate and its key.
// Standard output is JSON: what introspection says of the token before and after it was revoked.
import { once } from 'node:events';
import https from 'node:https';
import { buffer, text } from 'node:stream/consumers';
import * as openid from 'openid-client';

const { address, id, method, secret, key, algorithm: signing, certificate } = JSON.parse(await text(process.stdin));

// Its own way to show a certificate: fetch has no setting for one without another package.
async function fetchWithCertificate(url, { method, headers, body }) {
  const request = https.request(url, { method, headers, cert: certificate, key });
  request.end(body?.toString());
  const [response] = await once(request, 'response');
  return new Response(await buffer(response), { status: response.statusCode, headers: response.headers });
}

async function privateKey() {
  const names = { ES256: { name: 'ECDSA', namedCurve: 'P-256' }, RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, PS256: { name: 'RSA-PSS', hash: 'SHA-256' } };
  const bytes = Buffer.from(key.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return crypto.subtle.importKey('pkcs8', bytes, names[signing], false, ['sign']);
}

const authentication = {
  client_secret_basic: () => openid.ClientSecretBasic(secret),
  client_secret_post: () => openid.ClientSecretPost(secret),
  private_key_jwt: async () => openid.PrivateKeyJwt(await privateKey()),
  tls_client_auth: () => openid.TlsClientAuth(),
}[method];

// In both places where metadata can stand: OpenID Connect Discovery and RFC 8414.
let config;
for (const algorithm of ['oidc', 'oauth2']) {
  config = await openid.discovery(new URL('/as', address), id, undefined, await authentication(), {
    algorithm,
    ...certificate && { [openid.customFetch]: fetchWithCertificate },
  });
}

const { access_token: token, expires_in: expiresIn } = await openid.clientCredentialsGrant(config, { scope: 'contacts:read' });
const before = await openid.tokenIntrospection(config, token);
await openid.tokenRevocation(config, token);
const after = await openid.tokenIntrospection(config, token);
console.log(JSON.stringify({ issuer: config.serverMetadata().issuer, expiresIn, before, after }));
