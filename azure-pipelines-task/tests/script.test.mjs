// The program in a script step, run by the task library that Bash@3 and CmdLine@2 load.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { environment, root, run } from './job.mjs';
import { client, missing, startSandbox, unpack } from './sandbox.mjs';
import { fixture, here, temporaryFolder } from './staged-task.mjs';

const withoutLibrary = process.platform === 'win32' ? 'needs a Unix' : existsSync(join(root, 'node_modules', 'azure-pipelines-task-lib')) ? false : 'npm ci was not run here';
if (withoutLibrary && process.env.CCAAS_REQUIRE_ALL === '1') throw new Error(withoutLibrary);
const bash = { inputs: [{ name: 'script', defaultValue: '' }] };

/** @param mapped what the step's env: maps. */
const script = (t, text, { mapped = {}, temp = temporaryFolder(t), ...given } = {}) =>
  run(fixture('bash-task.cjs'), environment({ task: bash, inputs: { script: text }, temp, variables: mapped, ...given }), { task: {}, pipes: true });

test('script', { skip: withoutLibrary }, async t => {
  await t.test('sees CCAAS_ from its env:, and no INPUT_', async t => {
    const mapped = { CCAAS_CLIENT_SECRET: 'one', INPUT_CLIENT_SECRET: 'two' };
    const agent = await script(t, 'echo "saw $CCAAS_CLIENT_SECRET, ${INPUT_CLIENT_SECRET-nothing}, $TF_BUILD"', { mapped });
    assert.ok(agent.log.includes('saw one, nothing, True'), agent.stdout);
  });

  await t.test('learns what a task published, and no secret that it did not ask for', async t => {
    const job = { 'token.region': 'eu-west-1', 'token.expiresAt': '2026-11-24T12:00:00Z' };
    const agent = await script(t, 'echo "saw $TOKEN_REGION, $TOKEN_EXPIRESAT, ${TOKEN_ACCESSTOKEN-nothing}, ${SECRET_TOKEN_ACCESSTOKEN-nothing}"', { job, secrets: { 'token.accessToken': 'x' } });
    assert.ok(agent.log.includes('saw eu-west-1, 2026-11-24T12:00:00Z, nothing, nothing'), agent.stdout);
  });

  await t.test('runs what stands in place of a variable that is not set, unless it comes by env:', async t => {
    const agent = await script(t, 'expiresAt() { echo ran >&2; }; date --date "$(expiresAt)" >/dev/null; [[ $EXPIRES_AT == \'$(\'* ]] && echo "not set"', { mapped: { EXPIRES_AT: '$(expiresAt)' } });
    assert.deepEqual(agent.log.filter(line => ['ran', 'not set'].includes(line)).sort(), ['not set', 'ran'], agent.stdout);
  });
});

test('program in a script', { skip: withoutLibrary || missing() }, async t => {
  const executable = join(unpack(temporaryFolder(t)), 'bin', here, 'ccaas-token');
  chmodSync(executable, 0o755);
  const sandbox = await startSandbox();
  let stolen = 0;
  const attacker = createServer((request, response) => { stolen++; response.end('{"access_token":"of-the-attacker","token_type":"Bearer","expires_in":3600}'); });
  await new Promise(resolve => attacker.listen(0, '127.0.0.1', resolve));
  t.after(() => { attacker.close(); return sandbox.stop(); });
  t.beforeEach(() => sandbox.forget());

  const elsewhere = `http://127.0.0.1:${attacker.address().port}`;
  const get = `"${executable}" get --provider genesys-cloud --region eu-west-1 --client-id ${client.id} --token-url ${sandbox.address}/oauth/token --api-url ${sandbox.address}`;
  const mapped = { CCAAS_CLIENT_SECRET: client.secret };

  await t.test('gets a token with options and CCAAS_CLIENT_SECRET', async t => {
    const agent = await script(t, `token=$(${get}) && echo "got \${#token}"`, { mapped });
    assert.match(agent.log.join('\n'), /^got [1-9]\d+$/m);
    assert.equal(agent.result, 'Succeeded', agent.stdout);
    assert.deepEqual(await sandbox.requests(), ['POST /oauth/token']);
  });

  await t.test('takes no address and no system from variables of an earlier step', async t => {
    const job = Object.fromEntries([
      ...['TOKEN_URL', 'API_URL', 'TOKENURL', 'ISSUER'].flatMap(name => [`CCAAS_${name}`, `INPUT_${name}`]).map(name => [name, elsewhere]),
      ['CCAAS_SYSTEM', 'terminal'], ['SSL_CERT_FILE', '/nowhere'], ['SSL_CERT_DIR', '/nowhere'],
    ]);
    // An address is missing, and none is taken from the environment.
    const agent = await script(t, `"${executable}" get --provider oauth2 --client-id x --timeout 2s --max-attempts 1 || echo "ended $?"`, { mapped, job });
    assert.ok(agent.log.includes('ended 2'), agent.stdout);
    assert.deepEqual(agent.issues.map(issue => issue.type), ['error'], 'it did not take itself for a step of this agent');
    const given = await script(t, `token=$(${get}) && echo "got \${#token}"`, { mapped, job });
    assert.match(given.log.join('\n'), /^got [1-9]\d+$/m);
    assert.equal(stolen, 0);
  });

  await t.test('uses no command of another system, under which the token would be shown in clear', async t => {
    const agent = await script(t, `token=$(${get}); echo "showing $token"`, { mapped, job: { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: '/dev/stdout' } });
    assert.ok(!agent.stdout.includes('::add-mask::'), agent.stdout);
    assert.ok(agent.log.some(line => /^showing (\*\*\*)?$/.test(line)), agent.stdout);
  });
});
