// An OAuth 2.0 server of other authors, @node-oauth/oauth2-server, on loopback for as long as one test. It has a token endpoint
// and a resource, and no metadata, revocation or introspection.
//
// The first line of standard input is what it is to be, as JSON: { clients: [{ id, secret, scope: [] }] }
// The first line of standard output says where it is, as JSON: { address }
// It ends when standard input does, and in any case after two minutes.
import { once } from 'node:events';
import http from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import OAuth2Server from '@node-oauth/oauth2-server';

const LONGEST = 120_000;
setTimeout(() => process.exit(1), LONGEST).unref();
const input = createInterface({ input: process.stdin });
input.on('close', () => process.exit(0));
const { clients } = JSON.parse((await once(input, 'line'))[0]);
const tokens = new Map();

const server = new OAuth2Server({
  model: {
    getClient: (id, secret) => clients.filter((client) => client.id === id && client.secret === secret)
      .map((client) => ({ ...client, grants: ['client_credentials'] }))[0],
    getUserFromClient: ({ id }) => ({ id }),
    validateScope: (user, client, scope = []) => scope.every((one) => client.scope.includes(one)) && scope,
    saveToken: (token, client, user) => {
      const saved = { ...token, client, user };
      tokens.set(token.accessToken, saved);
      return saved;
    },
    getAccessToken: (token) => tokens.get(token),
  },
  accessTokenLifetime: 600,
});

const endpoints = {
  'POST /token': (request, response) => server.token(request, response),
  'GET /resource': async (request, response) => {
    const { client, scope } = await server.authenticate(request, response);
    response.body = { client: client.id, scope };
  },
};

const listener = http.createServer(async (req, res) => {
  const response = new OAuth2Server.Response();
  try {
    const body = Object.fromEntries(new URLSearchParams(await text(req)));
    const request = new OAuth2Server.Request({ method: req.method, headers: req.headers, query: {}, body });
    await (endpoints[`${req.method} ${req.url}`] ?? (() => { response.status = 404; }))(request, response);
  } catch (error) {
    // The library has written what the client is told.
    response.status = error.code ?? 500;
  }

  res.writeHead(response.status, { ...response.headers, 'content-type': 'application/json' });
  res.end(JSON.stringify(response.body));
});
await once(listener.listen(0, '127.0.0.1'), 'listening');
console.log(JSON.stringify({ address: `http://127.0.0.1:${listener.address().port}` }));
