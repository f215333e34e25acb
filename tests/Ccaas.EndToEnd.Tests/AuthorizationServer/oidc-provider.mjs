// A certified authorization server, oidc-provider, on loopback for as long as one test.
//
// The first line of standard input is what it is to be, as JSON:
//   clients  metadata as in RFC 7591; the defaults below fit a client of the client credentials grant
//   tls      { key, cert, ca } as PEM: what the https address shows, and whose client certificates it trusts
//   lost     how many granted tokens never arrive: the client is told 503 instead
// The first line of standard output says where it is, as JSON: { issuer, secureIssuer }.
// It ends when standard input does, and in any case after two minutes.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const LONGEST = 120_000;
setTimeout(() => process.exit(1), LONGEST).unref();
const input = createInterface({ input: process.stdin });
input.on('close', () => process.exit(0));
const { clients, tls, lost = 0 } = JSON.parse((await once(input, 'line'))[0]);

const records = new Map();
const requests = [];
let stillLost = lost;

// What both issuers have granted and seen. Only what the endpoints in use call for is there.
class Storage {
  constructor(model) {
    this.model = model;
  }

  async find(id) {
    return records.get(`${this.model}:${id}`);
  }

  async upsert(id, payload) {
    records.set(`${this.model}:${id}`, payload);
  }

  async destroy(id) {
    records.delete(`${this.model}:${id}`);
  }
}

const certificate = (ctx) => ctx.socket.getPeerX509Certificate?.();

// Node lists the parts of the name in their order, one a line; RFC 4514 writes them from the last to the first.
const distinguishedName = ({ subject }) => subject.split('\n').reverse().join(',');

const configuration = {
  adapter: Storage,
  clients,
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth'],
  clientDefaults: { grant_types: ['client_credentials'], response_types: [], redirect_uris: [], id_token_signed_response_alg: 'ES256' },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
  scopes: ['contacts:read', 'contacts:write'],
  ttl: { ClientCredentials: 600 },
  // Introspection tells which fields the token was asked for with, save those that prove the client.
  extraTokenClaims({ oidc: { body: { client_secret, client_assertion, ...asked } } }) {
    return { asked };
  },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true, allowedPolicy: (ctx, client, token) => token.clientId === client.clientId },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (ctx, resource) => ({ scope: 'contacts:read contacts:write', audience: resource, accessTokenFormat: 'opaque' }),
    },
    mTLS: {
      enabled: true,
      tlsClientAuth: true,
      certificateBoundAccessTokens: true,
      getCertificate: certificate,
      certificateAuthorized: (ctx) => ctx.socket.authorized === true,
      certificateSubjectMatches: (ctx, property, expected) => property === 'tls_client_auth_subject_dn' && distinguishedName(certificate(ctx)) === expected,
    },
  },
};

async function listen(server, scheme) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `${scheme}://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  provider.on('server_error', (ctx, error) => console.error(error));
  // What the client is not told: why it was refused.
  for (const event of ['grant.error', 'introspection.error', 'revocation.error']) {
    provider.on(event, ({ req }, { error, error_detail: detail, error_description: description, cause }) => {
      req.reason = `: ${error}, ${detail ?? cause?.message ?? description}`;
    });
  }

  provider.on('grant.success', (ctx) => {
    if (stillLost > 0) {
      stillLost -= 1;
      ctx.status = 503;
      ctx.body = '';
    }
  });

  const answer = provider.callback();
  server.on('request', (req, res) => {
    if (req.url === '/requests') {
      res.end(JSON.stringify(requests));
      return;
    }

    // Noted before the client can have the answer.
    const writeHead = res.writeHead;
    res.writeHead = (status, ...rest) => {
      requests.push(`${req.method} ${req.url} ${status}${req.reason ?? ''}`);
      return writeHead.call(res, status, ...rest);
    };
    answer(req, res);
  });
  return issuer;
}

// Whoever comes without a certificate, or with a wrong one, is refused by the endpoint and not by TLS.
const secure = https.createServer({ ...tls, requestCert: true, rejectUnauthorized: false });
const [issuer, secureIssuer] = [await listen(http.createServer(), 'http'), await listen(secure, 'https')];
console.log(JSON.stringify({ issuer, secureIssuer }));
