// AWS's own client of Secrets Manager, which does what it is told and says what became of it.
//
// Standard input is JSON:
//   endpoint     where the service is; ca: whom it is trusted by, as PEM
//   region       what requests are signed for
//   attempts     how often a request is made in all; 1 unless given
//   clockOffset  milliseconds that the client's clock is off
//   change       what becomes of a request after it was signed, one of the changes below
//   credentials  { key }, { webIdentity, sts }, { container } or { instance }, see below
//   commands     [ [name of the operation, its input], … ]
// Standard output is JSON: for each command { output } or { error: { name, message, status } }.
import https from 'node:https';
import { text } from 'node:stream/consumers';
import * as service from '@aws-sdk/client-secrets-manager';
import { fromHttp, fromInstanceMetadata, fromWebToken } from '@aws-sdk/credential-providers';

const { endpoint, ca, region, attempts = 1, clockOffset = 0, change, credentials, commands } = JSON.parse(await text(process.stdin));
const requestHandler = { httpsAgent: new https.Agent({ ca }) };

function provider({ key, webIdentity, sts, container, instance }) {
  if (webIdentity) {
    return fromWebToken({ ...webIdentity, clientConfig: { endpoint: sts, region, requestHandler, maxAttempts: 1 } });
  }

  if (container) {
    return fromHttp({ awsContainerCredentialsFullUri: container.uri, awsContainerAuthorizationToken: container.token, maxRetries: 0 });
  }

  if (instance) {
    // There is no other way to tell it.
    process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = instance;
    return fromInstanceMetadata({ maxRetries: 0 });
  }

  return { ...key, expiration: undefined };
}

const client = new service.SecretsManagerClient({
  endpoint,
  region,
  requestHandler,
  maxAttempts: attempts,
  systemClockOffset: clockOffset,
  credentials: provider(credentials),
});

const changes = {
  body: (request) => { request.body = request.body.replace('one', 'two'); },
  // As somebody would who takes the double at its word about the hash.
  hash: (request) => { request.body = request.body.replace('one', 'two'); request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'; },
  target: (request) => { request.headers['x-amz-target'] = 'secretsmanager.GetSecretValue'; },
  extra: (request) => { request.headers['x-amz-extra'] = 'was not signed'; },
  path: (request) => { request.query = { added: 'later' }; },
  unsigned: (request) => { delete request.headers.authorization; },
};

if (change) {
  client.middlewareStack.add((next) => (args) => {
    changes[change](args.request);
    return next(args);
  }, { step: 'finalizeRequest', priority: 'low', name: 'change' });
}

const results = [];
for (const [name, input] of commands) {
  try {
    const { $metadata, ...output } = await client.send(new service[`${name}Command`](input));
    results.push({ output });
  } catch (error) {
    results.push({ error: { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode ?? null } });
  }
}

console.log(JSON.stringify(results));
