// The package, unpacked as the agent does it, with the real program in it, against the sandbox.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { environment, run } from './job.mjs';
import { client, missing, startSandbox, unpack } from './sandbox.mjs';
import { here } from './staged-task.mjs';

const skip = missing();

const has = (text, secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')].some(form => text.includes(form));

/** What holds for every run: no secret outside the commands that are meant for it, and none that is not masked at that time. */
function assertSafe(agent, secrets) {
  assert.deepEqual([agent.exitCode, agent.stderr, agent.warnings, agent.errors], [0, '', [], []]);
  const spared = agent.stdout.split(/\r?\n/).filter(line => !/^##vso\[task\.setsecret]/.test(line));
  for (const secret of secrets) {
    for (const line of spared.filter(text => has(text, secret))) assert.match(line, /^##vso\[task\.setvariable [^\]]*issecret=true/, 'a secret in the clear');
    assert.ok(agent.masks.includes(secret), 'a secret was never masked');
    assert.ok(!agent.log.some(line => has(line, secret)));
  }
  for (const { event, properties, data, masked } of agent.commands.filter(command => command.event === 'setvariable')) {
    if (/^true$/i.test(properties.issecret ?? '')) assert.ok(agent.masks.slice(0, masked).includes(data), `${event} of ${properties.variable} before its mask`);
  }
  assert.equal(agent.depth, 0, 'a group was not closed');
}

test('task', { skip }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'ccaas real '));
  const temp = join(folder, 'temp');
  mkdirSync(temp);
  const task = unpack(folder);
  const sandbox = await startSandbox();
  t.after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  // Each test is a job of its own, which begins with an empty folder.
  t.beforeEach(() => {
    for (const name of readdirSync(temp)) rmSync(join(temp, name), { recursive: true });
    return sandbox.forget();
  });

  const plain = { provider: 'genesys-cloud', region: 'eu-west-1', clientId: client.id, clientSecret: client.secret, tokenUrl: `${sandbox.address}/oauth/token`, apiUrl: sandbox.address };
  const { clientId: _, clientSecret: __, region: ___, ...addresses } = plain;
  const start = (given, script = 'launcher.js', options) => run(join(task, script), environment({ temp, ...given }), options);
  const connection = (authorization, data) => ({ id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', authorization, data });

  await t.test('publishes a token, masked first', async () => {
    assert.equal(statSync(join(task, 'bin', here, 'ccaas-token')).mode & 0o111, 0);
    const agent = await start({ inputs: { ...plain, verify: 'true' } });
    assert.equal(agent.result, 'Succeeded', agent.stdout);
    const token = agent.value('token.accessToken');
    assert.ok(token.length > 20);
    assertSafe(agent, [token, client.secret]);
    assert.deepEqual(agent.variables.get('ccaas_access_token'), { name: 'CCAAS_ACCESS_TOKEN', value: token, secret: true, output: false });
    assert.ok(agent.variables.get('token.accesstoken').secret);
    assert.deepEqual([...agent.variables.keys()].sort(), ['ccaas_access_token', ...['accessToken', 'apiUrl', 'expiresAt', 'expiresIn', 'organizationId', 'organizationName', 'provider', 'region', 'sealedToken', 'source', 'tokenType'].map(name => `token.${name}`.toLowerCase())].sort());
    const events = agent.commands.map(command => command.event);
    assert.ok(events.indexOf('setsecret') < events.indexOf('setvariable'));
    assert.ok(!events.includes('complete') || events.lastIndexOf('setvariable') < events.indexOf('complete'));
    assert.equal(agent.taskVariables.size, 0);
    // The job's cache, sealed, and nothing else.
    assert.deepEqual(readdirSync(temp).map(name => name.replace(/^ccaas-token-[0-9a-f]{32}/, '')).sort(), ['.jwe', '.lock']);
    for (const name of readdirSync(temp)) assert.ok(![token, client.secret].some(secret => has(readFileSync(join(temp, name), 'utf8'), secret)), name);
  });

  await t.test('publishes the cached token in the next task of the job, and sends no request', async () => {
    const first = await start({ inputs: plain });
    await sandbox.forget();
    const second = await start({ inputs: plain });
    assert.deepEqual([first.value('token.source'), second.value('token.source')], ['issued', 'cache']);
    assert.equal(second.value('token.accessToken'), first.value('token.accessToken'));
    assert.deepEqual(await sandbox.requests(), []);
  });

  await t.test('fails the step when the secret is wrong', async () => {
    const agent = await start({ inputs: { ...plain, clientSecret: 'canary-of-a-wrong-secret' } });
    assert.equal(agent.result, 'Failed');
    assertSafe(agent, ['canary-of-a-wrong-secret']);
    assert.equal(agent.commands.at(-1).event, 'complete');
    assert.equal(agent.issues.filter(issue => issue.type === 'error').length, 1);
    assert.equal(agent.variables.size, 0);
  });

  await t.test('does nothing that a vendor writes', async () => {
    const text = '##vso[task.setvariable variable=PATH]x\n##vso[task.complete result=Succeeded;]\r##[error]x';
    await sandbox.order({ path: '/oauth/token', kind: 'status', status: 401, contentType: 'application/json', body: JSON.stringify({ error: 'invalid_client', error_description: text }) });
    const agent = await start({ inputs: plain });
    assert.equal(agent.result, 'Failed');
    assertSafe(agent, [client.secret]);
    assert.equal(agent.variables.size, 0);
    assert.ok(agent.commands.every(command => ['setsecret', 'logissue', 'complete', 'debug'].includes(command.event)));
  });

  await t.test('says that it was cancelled', async () => {
    // While it waits for the next attempt, and says so.
    await sandbox.order({ path: '/oauth/token', kind: 'retry-after', status: 503, seconds: 20 });
    const agent = await start({ inputs: plain }, 'launcher.js', { onLine: (line, process) => /503/.test(line) && process.kill('SIGINT') });
    assert.match(agent.stdout, /503/);
    assert.equal(agent.result, 'Canceled', agent.stdout);
    assertSafe(agent, [client.secret]);
    assert.equal(agent.variables.size, 0);
  });

  await t.test('takes client and region from a service connection, and masks no region', async () => {
    const agent = await start({ inputs: addresses, connections: { genesysConnection: connection({ username: client.id, password: client.secret }, { region: 'eu-west-1' }) } });
    assert.equal(agent.result, 'Succeeded', agent.stdout);
    assertSafe(agent, [agent.value('token.accessToken'), client.secret]);
    assert.equal(agent.value('token.region'), 'eu-west-1');
    assert.deepEqual(agent.masks.filter(mask => 'eu-west-1'.includes(mask) || mask.includes('eu-west-1')), []);
  });

  await t.test('takes client, access key and issuer from a service connection', async () => {
    const agent = await start({
      inputs: { provider: 'nice-cxone' },
      connections: { cxoneConnection: connection({ username: client.id, password: client.secret, accessKeyId: client.accessKeyId, accessKeySecret: client.accessKeySecret }, { region: '', issuer: `${sandbox.address}/cxone`, flow: 'password' }) },
    });
    assert.equal(agent.result, 'Succeeded', agent.stdout);
    assertSafe(agent, [agent.value('token.accessToken'), client.secret, client.accessKeySecret]);
    assert.deepEqual(agent.masks.filter(mask => mask === 'password' || mask.includes(sandbox.address)), []);
  });

  await t.test('sends the credentials of a connection nowhere else', async t => {
    let asked = 0;
    const attacker = createServer((_, response) => { asked++; response.end('{"access_token":"of-the-attacker","token_type":"Bearer"}'); });
    await new Promise(resolve => attacker.listen(0, '127.0.0.1', resolve));
    t.after(() => attacker.close());
    const connections = { genesysConnection: connection({ username: client.id, password: client.secret }, { region: 'eu-west-1' }) };
    for (const name of ['INPUT_TOKEN_URL', 'INPUT_TOKENURL', 'INPUT_API_URL', 'input.tokenUrl']) {
      for (const isOld of [true, false]) {
        const agent = await start({ inputs: { provider: 'genesys-cloud', verify: 'true', timeout: '2s' }, connections, job: { [name]: `http://127.0.0.1:${attacker.address().port}` }, isOld });
        assert.deepEqual([agent.result, agent.variables.size, asked], ['Failed', 0, 0]);
        assert.ok(!agent.stdout.includes(client.secret), name);
      }
    }
  });

  await t.test('sets no variable of the job when none is wanted', async () => {
    const agent = await start({ inputs: { ...plain, environmentVariable: '' } });
    assert.deepEqual([...agent.variables.values()].filter(variable => !variable.output), []);
    assert.ok(agent.value('token.accessToken'));
  });

  await t.test('revokes the token after the job', async () => {
    const inputs = { ...plain, revoke: 'true' };
    const agent = await start({ inputs });
    const token = agent.value('token.accessToken');
    assertSafe(agent, [token, client.secret]);
    assert.ok(agent.taskVariables.size > 0, 'nothing was saved');
    assert.ok(![...agent.taskVariables.values()].some(value => has(value, token)));

    const post = await start({ inputs, taskVariables: Object.fromEntries(agent.taskVariables) }, 'post.js');
    assert.deepEqual([post.result, post.issues], ['Succeeded', []], post.stdout);
    assert.ok((await sandbox.requests()).includes('DELETE /api/v2/tokens/me'));
    assert.ok(!post.log.some(line => has(line, token)) && !has(post.stdout.replace(/^##vso\[task\.setsecret].*$/gm, ''), token));
    assert.equal((await fetch(`${sandbox.address}/api/v2/tokens/me`, { headers: { authorization: `Bearer ${token}` } })).status, 401);
  });

  await t.test('does nothing after the job when no token is to be revoked', async () => {
    const post = await start({ inputs: plain }, 'post.js');
    assert.deepEqual([post.result, post.issues, await sandbox.requests()], ['Succeeded', [], []]);
  });
});
