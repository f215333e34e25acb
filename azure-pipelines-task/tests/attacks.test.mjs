// What an earlier step of the job may have set, by a log line that holds ##vso[task.setvariable …] or by a file in the checkout,
// one by one. The agent exports every public variable of the job to every task.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { environment, run } from './job.mjs';
import { fixture, here, stage, temporaryFolder } from './staged-task.mjs';

const skip = process.platform === 'win32' ? 'needs a Unix' : false;
const HOSTILE = 'https://attacker.example.test/canary';
const connection = { id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', authorization: { username: 'id', password: 'of-the-connection' }, data: { region: 'eu-west-1' } };
const image = `registry.example.test/ccaas-token@sha256:${'a1'.repeat(32)}`;

const start = (staged, { script = staged.launcher, nodeArguments, options, ...given } = {}) =>
  run(script, environment({ temp: staged.temp, connections: { genesysConnection: connection }, ...given }), { nodeArguments, options });
const called = agent => agent.log.filter(line => line.startsWith('called ')).map(line => JSON.parse(line.slice(7)))[0];

function assertRefused(agent, name) {
  assert.equal(called(agent), undefined, 'the program was started');
  assert.deepEqual([agent.exitCode, agent.result, agent.commands.map(command => command.event)], [0, 'Failed', ['logissue', 'complete']]);
  assert.match(agent.issues[0].message, /earlier step/);
  assert.ok(agent.issues[0].message.includes(` ${name} `), agent.issues[0].message);
  assert.ok(!agent.stdout.includes(HOSTILE));
}

/** The agent's own spelling, by what an earlier step wrote. */
const refused = [
  ...['INPUT_TOKEN_URL', 'INPUT_TOKENURL', 'input.tokenUrl', 'Input TokenUrl', 'INPUT_API_URL', 'INPUT_APIURL', 'INPUT_REVOCATIONURL', 'INPUT_ISSUER', 'INPUT_SEALKEY', 'INPUT_SEALEDTOKEN',
    'INPUT_ENVIRONMENTVARIABLE', 'INPUT_CACERTIFICATE', 'INPUT_CACHE', 'INPUT_RUNNER', 'INPUT_GENESYSCONNECTION', 'INPUT_CLIENT_SECRET', 'INPUT_OF_NO_TASK'].map(name => ({ name })),
  ...['URL', 'AUTH', 'AUTH_SCHEME', 'DATA'].map(part => ({ name: `ENDPOINT_${part}_${connection.id}` })),
  ...['AUTH_PARAMETER', 'DATA'].map(part => ({ name: `endpoint.${part}.${connection.id}.REGION` })),
  { name: 'VSTS_TASKVARIABLE_CCAASSTATE' },
  { name: 'vsts.taskvariable.x' },
  ...['AGENT_TEMPDIRECTORY', 'agent tempDirectory', 'AGENT_PROXYURL', 'AGENT_PROXYUSERNAME', 'AGENT_PROXYBYPASSLIST', 'SECRET_AGENT_PROXYPASSWORD',
    'SYSTEM_DEBUG', 'BUILD_BUILDID', 'SYSTEM_TEAMPROJECTID', 'SYSTEM_COLLECTIONID', 'HOME'].map(name => ({ name })),
  { name: 'AGENT_PROXYPASSWORD', isSecret: true, as: 'SECRET_AGENT_PROXYPASSWORD' },
  { name: 'INPUT_TOKENURL', isSecret: true },
  ...['SYSTEM_OIDCREQUESTURI', 'SYSTEM_ACCESSTOKEN', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURESUBSCRIPTION_TENANT_ID']
    .map(name => ({ name, inputs: { cache: 'azure-keyvault://contoso/token' } })),
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN']
    .map(name => ({ name, inputs: { cache: 'aws-secretsmanager://eu-west-1/token' } })),
  ...['DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY'].map(name => ({ name, inputs: { runner: 'docker' } })),
];

/** Names no host, key or folder of the program's: it is not passed, whoever set it. */
const ignored = [
  'SSL_CERT_FILE', 'SSL_CERT_DIR', 'OPENSSL_MODULES', 'OPENSSL_ENGINES', 'NODE_EXTRA_CA_CERTS', 'DOTNET_SYSTEM_IO_DISABLEFILELOCKING', 'DOTNET_gcServer', 'LD_LIBRARY_PATH',
  'AGENT_CAINFO', 'agent.cainfo', 'GITHUB_ACTIONS', 'GITHUB_OUTPUT', 'GITHUB_ENV', 'RUNNER_TEMP', 'CCAAS_SYSTEM', 'CCAAS_CLIENT_SECRET', 'CCAAS_TOKEN_URL', 'TF_BUILD',
  'TMPDIR', 'TEMP', 'TMP', 'XDG_RUNTIME_DIR', 'XDG_CACHE_HOME', 'SYSTEM_DEFAULTWORKINGDIRECTORY', 'SECRET_OTHER', 'COMPlus_x', 'GCONV_PATH',
  'AZURE_AUTHORITY_HOST', 'AZURE_POD_IDENTITY_AUTHORITY_HOST', 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT',
  'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_SECRETS_MANAGER', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_CA_BUNDLE', 'AWS_PROFILE', 'AWS_CONFIG_FILE',
];

test('variables of an earlier step', { skip }, async t => {
  const staged = stage(t, { image });
  for (const isOld of [true, false]) {
    const agent = isOld ? 'an agent up to 5.276' : 'a later agent';
    for (const { name, isSecret, as = name, inputs = {} } of refused) {
      await t.test(`${isSecret ? 'secret ' : ''}${name} stops the task, on ${agent}`, async () => {
        const result = await start(staged, { inputs, isOld, [isSecret ? 'secrets' : 'job']: { [name]: HOSTILE } });
        assertRefused(result, as.toUpperCase().replaceAll(/[. ]/g, '_'));
      });
    }

    for (const cache of ['azure-keyvault://contoso/token', 'aws-secretsmanager://eu-west-1/token']) {
      await t.test(`others never reach the program, with ${cache.split(':')[0]}, on ${agent}`, async () => {
        const job = Object.fromEntries(ignored.map(name => [name, HOSTILE]));
        for (const given of [{ job }, { variables: job }]) {
          const result = await start(staged, { inputs: { cache }, isOld, ...given });
          const { env } = called(result) ?? assert.fail(result.stdout + result.stderr);
          assert.deepEqual(Object.entries(env).filter(([, value]) => value === HOSTILE), []);
          assert.deepEqual([env.TF_BUILD, env.AGENT_TEMPDIRECTORY, env.TMPDIR, env.TEMP, env.TMP], ['True', ...Array(4).fill(staged.temp)]);
        }
      });
    }
  }

  await t.test('names of the agent itself stop nothing', async () => {
    const { env } = called(await start(staged, {
      job: { 'agent.proxyurl': 'http://proxy', 'agent.proxyusername': 'user', 'agent.proxybypasslist': '["a"]', 'system.debug': 'true', HTTPS_PROXY: 'http://a', NO_PROXY: 'b', DOCKER_BUILDKIT: '1' },
      secrets: { 'agent.proxypassword': 'word', OTHER: 'x' },
    }));
    assert.deepEqual(
      ['AGENT_PROXYURL', 'AGENT_PROXYUSERNAME', 'AGENT_PROXYBYPASSLIST', 'SYSTEM_DEBUG', 'HTTPS_PROXY', 'NO_PROXY', 'SECRET_AGENT_PROXYPASSWORD', 'BUILD_BUILDID', 'SYSTEM_TEAMPROJECTID', 'SYSTEM_COLLECTIONID'].map(name => env[name]),
      ['http://proxy', 'user', '["a"]', 'true', 'http://a', 'b', 'word', '42', '5b0f2ab1-0000-4000-8000-000000000001', '5b0f2ab1-0000-4000-8000-000000000002']);
  });

  await t.test("the step's own env: gives a store its credentials, under the names of secret variables too", async () => {
    const { env } = called(await start(staged, {
      inputs: { cache: 'azure-keyvault://contoso/token' }, secrets: { 'system.accessToken': 'x', AZURE_CLIENT_SECRET: 'y' }, job: { 'system.oidcRequestUri': 'https://dev.example.test/' },
      variables: { SYSTEM_ACCESSTOKEN: 'x', AZURE_CLIENT_SECRET: 'y', AZURE_TENANT_ID: 'z' },
    }));
    assert.deepEqual([env.SYSTEM_ACCESSTOKEN, env.AZURE_CLIENT_SECRET, env.AZURE_TENANT_ID, env.SYSTEM_OIDCREQUESTURI], ['x', 'y', 'z', 'https://dev.example.test/']);
  });

  await t.test('after the job, a warning takes the place of a failure', async () => {
    const agent = await start(staged, { script: staged.post, job: { INPUT_REVOCATIONURL: HOSTILE } });
    assert.deepEqual([called(agent), agent.result, agent.issues.map(issue => issue.type)], [undefined, 'Succeeded', ['warning']]);
  });

  await t.test('a name that is a command is shown and not obeyed', async () => {
    const agent = await start(staged, { job: { 'INPUT_##vso[task.setvariable variable=PATH]x\n##vso[task.complete result=Succeeded;]': HOSTILE } });
    assert.deepEqual([agent.result, agent.variables.size, agent.stdout.trim().split('\n').length], ['Failed', 0, 2]);
  });

  await t.test('a list that cannot be read stops the task', async () => {
    for (const list of [undefined, '', '{}', '["a"']) {
      const given = environment({ temp: staged.temp });
      for (const name of ['VSTS_PUBLIC_VARIABLES', 'VSTS_SECRET_VARIABLES']) {
        const agent = await run(staged.launcher, Object.fromEntries(Object.entries({ ...given, [name]: list }).filter(([, value]) => value !== undefined)));
        assert.deepEqual([called(agent), agent.result], [undefined, 'Failed']);
        assert.match(agent.issues[0].message, /VSTS_PUBLIC_VARIABLES/);
      }
    }
  });
});

test('docker of the checkout', { skip }, async t => {
  /** A folder with programs that must not be started. */
  function checkout(t) {
    const folder = temporaryFolder(t, 'checkout');
    mkdirSync(join(folder, 'bin'));
    for (const name of ['docker', 'docker.exe', 'docker.cmd', 'docker.bat', 'docker.com']) {
      for (const place of [folder, join(folder, 'bin')]) {
        copyFileSync(fixture('executable'), join(place, name));
        chmodSync(join(place, name), 0o755);
      }
    }
    return folder;
  }

  const elsewhere = `${dirname(process.execPath)}:/usr/bin:/bin`;
  for (const platform of [undefined, 'win32']) {
    for (const [what, entries] of [
      ['no entry', () => []], ['an empty entry', () => ['']], ['a dot', () => ['.', './']], ['a relative folder', () => ['bin', './bin', '../' + 'x']],
      ['the checkout itself', folder => [folder, `${folder}/`, `${folder}/../${folder.split('/').at(-1)}`]], ['a folder of it', folder => [join(folder, 'bin')]],
      ['a link to it', folder => { symlinkSync(folder, `${folder}-link`); return [`${folder}-link`]; }],
    ]) {
      await t.test(`is not started by PATH with ${what}${platform ? ' on Windows' : ''}`, async t => {
        const folder = checkout(t);
        const agent = await start(stage(t, { image }), {
          inputs: { runner: 'docker' }, options: { cwd: folder }, nodeArguments: platform && ['--require', fixture('pretend.cjs')],
          // No docker of this machine, either.
          variables: { PATH: [...entries(folder), ...elsewhere.split(':').filter(place => !existsSync(join(place, 'docker')))].join(':'), ...(platform && { PRETEND: JSON.stringify({ platform }) }) },
        });
        assert.equal(called(agent), undefined);
        assert.equal(agent.result, 'Failed');
        assert.match(agent.issues[0].message, /Docker, .* cannot be started/);
      });
    }

    await t.test(`is passed over for the first one of PATH${platform ? ' on Windows' : ''}`, async t => {
      const [folder, bin] = [checkout(t), temporaryFolder(t, 'bin')];
      const file = join(bin, platform ? 'docker.exe' : 'docker');
      copyFileSync(fixture('executable'), file);
      chmodSync(file, 0o755);
      mkdirSync(join(bin, 'not', 'docker'), { recursive: true });
      const agent = await start(stage(t, { image }), {
        inputs: { runner: 'docker' }, options: { cwd: folder }, nodeArguments: platform && ['--require', fixture('pretend.cjs')],
        variables: { PATH: `.::${folder}:${join(bin, 'not')}:${bin}:${elsewhere}`, ...(platform && { PRETEND: JSON.stringify({ platform }) }) },
      });
      assert.equal(called(agent)?.file, file, agent.stdout);
    });
  }

  await t.test('is of no use to a task that holds an executable', async t => {
    const folder = checkout(t);
    const agent = await start(stage(t, { executables: [here], image }), { options: { cwd: folder }, variables: { PATH: `.:${elsewhere}` } });
    assert.match(called(agent).file, /ccaas-token$/);
  });
});
