import assert from 'node:assert/strict';
import { chmodSync, chownSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { environment, run, taskFolder } from './job.mjs';
import { fixture, here, stage, temporaryFolder } from './staged-task.mjs';

const unix = process.platform === 'win32' ? 'needs a Unix' : false;
const connection = { id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', authorization: { username: 'id', password: 'of-the-connection' }, data: { region: 'eu-west-1' } };
const other = { id: '9b2504e0-4f89-11d3-9a0c-0305e82c3302', authorization: { username: 'id', password: 'of-another' } };

/** Runs the launcher in a world that is pretended where it has to be. */
const start = (staged, { pretend, script = staged.launcher, variables = {}, onLine, options, ...given } = {}) => run(
  script,
  environment({ temp: staged.temp, ...given, variables: { ...(pretend && { PRETEND: JSON.stringify(pretend) }), ...variables } }),
  { nodeArguments: pretend ? ['--require', fixture('pretend.cjs')] : [], onLine, options });

/** What the stand-in said of how it was called. */
function called(agent) {
  const line = agent.log.find(text => text.startsWith('called '));
  assert.ok(line, `the executable was not called: ${agent.stdout}${agent.stderr}`);
  return JSON.parse(line.slice(7));
}

function assertFailed(agent, message) {
  assert.deepEqual(agent.commands.map(command => command.event), ['logissue', 'complete']);
  assert.deepEqual([agent.exitCode, agent.result], [0, 'Failed']);
  assert.match(agent.issues[0].message, message);
  assert.equal(agent.operation, agent.issues[0].message);
  assert.deepEqual([agent.warnings, agent.errors], [[], []]);
}

/** A folder with a docker that is the stand-in, and nothing else but Node. */
function fakeDocker(t) {
  const bin = temporaryFolder(t, 'bin');
  copyFileSync(fixture('executable'), join(bin, 'docker'));
  chmodSync(join(bin, 'docker'), 0o755);
  return `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`;
}

test('launcher', { skip: unix }, async t => {
  await t.test('passes what the program may see, and nothing else', async t => {
    const passed = {
      AGENT_PROXYBYPASSLIST: '["a"]', AGENT_PROXYURL: 'http://proxy',
      AGENT_PROXYUSERNAME: 'user', SECRET_AGENT_PROXYPASSWORD: 'word', SYSTEM_DEBUG: 'true',
      HTTPS_PROXY: 'http://a', HTTP_PROXY: 'http://b', NO_PROXY: 'c', ALL_PROXY: 'http://d', https_proxy: 'http://e', http_proxy: 'http://f', no_proxy: 'g', all_proxy: 'http://h',
      HOME: '/home/agent',
    };
    const preserved = {
      SECRET_OTHER: 'x', GITHUB_TOKEN: 'x', AWS_SECRET_ACCESS_KEY: 'x', NODE_OPTIONS: '', LD_PRELOAD_NOT: 'x', MY_INPUT_X: 'x', SECUREFILE_TICKET_A: 'x',
      LANG: 'C.UTF-8', USERPROFILE: '/u', AGENT_CAINFO: '/ca.pem', SSL_CERT_DIR: '/certs', SSL_CERT_FILE: '/bundle.pem', INPUT_OF_NO_TASK: 'x',
      SYSTEM_ACCESSTOKEN: 'x', CCAAS_ACCESS_TOKEN: 'x', DOCKER_HOST: '', AGENT_NAME: 'x', AGENT_CLIENTCERT: '/cert.pem', [`ENDPOINT_${connection.id}`]: 'x',
    };
    const agent = await start(stage(t), { connections: { genesysConnection: connection }, taskVariables: { CCAASSTATE: 'sealed' }, variables: { ...passed, ...preserved } });
    const { env, args } = called(agent);
    const inputs = Object.keys(env).filter(name => name.startsWith('INPUT_'));
    assert.equal(inputs.length, JSON.parse(readFileSync(join(taskFolder, 'task.json'))).inputs.length);
    assert.deepEqual(Object.keys(env).filter(name => !name.startsWith('INPUT_')).sort(), [
      ...Object.keys(passed), 'TF_BUILD', 'AGENT_TEMPDIRECTORY', 'TMPDIR', 'TEMP', 'TMP', 'BUILD_BUILDID', 'SYSTEM_TEAMPROJECTID', 'SYSTEM_COLLECTIONID', 'VSTS_TASKVARIABLE_CCAASSTATE',
      `ENDPOINT_URL_${connection.id}`, `ENDPOINT_AUTH_${connection.id}`, `ENDPOINT_AUTH_SCHEME_${connection.id}`, `ENDPOINT_DATA_${connection.id}`,
      `ENDPOINT_AUTH_PARAMETER_${connection.id}_USERNAME`, `ENDPOINT_AUTH_PARAMETER_${connection.id}_PASSWORD`, `ENDPOINT_DATA_${connection.id}_REGION`,
    ].sort());
    assert.deepEqual(Object.entries(passed).filter(([name, value]) => env[name] !== value), []);
    assert.deepEqual([args, agent.result], [[], 'Succeeded']);
  });

  await t.test('passes the connections that the inputs name, whatever the case of the id', async t => {
    const staged = stage(t);
    const ids = agent => [...new Set(Object.keys(called(agent).env).flatMap(name => /^ENDPOINT_URL_(.*)$/.exec(name)?.[1] ?? []))];
    const variables = { [`ENDPOINT_URL_${other.id}`]: 'https://other', [`ENDPOINT_AUTH_PARAMETER_${other.id}_PASSWORD`]: 'of-another' };
    assert.deepEqual(ids(await start(staged, { variables })), []);
    assert.deepEqual(ids(await start(staged, { connections: { cxoneConnection: connection }, variables })), [connection.id]);
    assert.deepEqual(ids(await start(staged, { connections: { genesysConnection: connection, cxoneConnection: other } })), [connection.id, other.id]);
    assert.deepEqual(ids(await start(staged, { connections: { genesysConnection: connection }, variables: { INPUT_GENESYSCONNECTION: ` ${connection.id.toUpperCase()} ` } })), [connection.id]);
  });

  await t.test('passes the credentials of a store to a step that uses one of its kind, and to no other', async t => {
    const staged = stage(t);
    const azure = { AZURE_CLIENT_SECRET: 'x', AZURESUBSCRIPTION_CLIENT_ID: 'x', SYSTEM_ACCESSTOKEN: 'x', SYSTEM_OIDCREQUESTURI: 'x' };
    const aws = { AWS_SECRET_ACCESS_KEY: 'x', AWS_WEB_IDENTITY_TOKEN_FILE: 'x' };
    const seen = async cache => {
      const { env } = called(await start(staged, { inputs: { cache }, variables: { ...azure, ...aws, SYSTEM_COLLECTIONURI: 'x' } }));
      return Object.keys(env).filter(name => /^(AZURE|AWS|SYSTEM_(ACCESS|OIDC|COLLECTIONURI))/.test(name)).sort();
    };
    for (const cache of ['job', '', 'off', 'constructor', 'azure']) assert.deepEqual(await seen(cache), [], cache);
    assert.deepEqual(await seen('azure-keyvault://contoso/token'), Object.keys(azure).sort());
    assert.deepEqual(await seen(' AWS-SecretsManager://eu-west-1/token'), Object.keys(aws).sort());
  });

  for (const name of ['SystemVssConnection', '', '.*', '00000000-0000-0000-0000-000000000000']) {
    await t.test(`passes no connection for the name "${name}"`, async t => {
      const agent = await start(stage(t), { inputs: { genesysConnection: name } });
      assert.deepEqual(Object.keys(called(agent).env).filter(variable => variable.startsWith('ENDPOINT')), []);
      assert.doesNotMatch(agent.stdout, /the-jobs-own-token/);
    });
  }

  await t.test('makes the executable executable where it lies', async t => {
    const staged = stage(t);
    const agent = await start(staged);
    assert.equal(called(agent).file, staged.executable);
    assert.equal(statSync(staged.executable).mode & 0o777, 0o755);
    assert.deepEqual(readdirSync(staged.temp), []);
  });

  await t.test('leaves an executable alone that can be run', async t => {
    const staged = stage(t, { mode: 0o500 });
    assert.equal(called(await start(staged)).mode, '500');
  });

  await t.test('runs a copy where the folder is read-only, and removes it', async t => {
    const staged = stage(t);
    const agent = await start(staged, { pretend: { readOnly: staged.task } });
    const { file, mode } = called(agent);
    assert.equal(dirname(dirname(file)), staged.temp);
    assert.equal(mode, '700');
    assert.equal(statSync(staged.executable).mode & 0o777, 0o644);
    assert.deepEqual(readdirSync(staged.temp), []);
  });

  await t.test('runs a copy where the folder belongs to somebody else', { skip: process.getuid() !== 0 && 'needs root, to become another user' }, async t => {
    const staged = stage(t);
    chownSync(staged.temp, 65534, 65534);
    const agent = await start(staged, { options: { uid: 65534, gid: 65534 } });
    assert.equal(dirname(dirname(called(agent).file)), staged.temp);
    assert.deepEqual([agent.result, readdirSync(staged.temp)], ['Succeeded', []]);
  });

  await t.test('says what is supported on a platform that it has nothing for', async t => {
    const agent = await start(stage(t, { executables: ['linux-x64', 'win-x64'] }), { pretend: { platform: 'freebsd', arch: 'ppc64' } });
    assertFailed(agent, /no executable for freebsd-ppc64\. .*names no container image.* supports \(linux-x64, win-x64\).*docs\/azure-pipelines\.md/);
  });

  await t.test('tells musl from glibc', async t => {
    const [glibc, musl] = [{ platform: 'linux', arch: 'x64', glibc: '2.36' }, { platform: 'linux', arch: 'x64' }];
    const both = stage(t, { executables: ['linux-x64', 'linux-musl-x64'] });
    assert.match(called(await start(both, { pretend: musl })).file, /\/linux-musl-x64\//);
    assert.match(called(await start(both, { pretend: glibc })).file, /\/linux-x64\//);
    assertFailed(await start(stage(t, { executables: ['linux-x64'] }), { pretend: musl }), /no executable for linux-musl-x64/);
    assertFailed(await start(stage(t, { executables: ['linux-musl-x64'] }), { pretend: glibc }), /no executable for linux-x64/);
  });

  for (const [pretend, expected] of [
    [{ platform: 'linux', arch: 'x64', glibc: '2.31' }, 'linux-x64/ccaas-token'], [{ platform: 'linux', arch: 'arm64', glibc: '2.31' }, 'linux-arm64/ccaas-token'],
    [{ platform: 'win32', arch: 'x64' }, 'win-x64/ccaas-token.exe'], [{ platform: 'win32', arch: 'arm64' }, 'win-x64/ccaas-token.exe'],
    [{ platform: 'darwin', arch: 'arm64' }, 'osx-arm64/ccaas-token'],
  ]) {
    await t.test(`picks ${expected} on ${pretend.platform} ${pretend.arch}`, async t => {
      const staged = stage(t, { executables: ['linux-arm64', 'linux-x64', 'osx-arm64', 'win-x64'], mode: 0o755 });
      assert.ok(called(await start(staged, { pretend })).file.endsWith(expected));
    });
  }

  await t.test('passes post on after the job', async t => {
    const staged = stage(t);
    assert.deepEqual(called(await start(staged, { script: staged.post })).args, ['post']);
  });

  await t.test('ends with the exit code of the executable', async t => {
    const agent = await start(stage(t), { inputs: { scope: 'exit 134' } });
    assert.deepEqual([agent.exitCode, agent.result], [134, 'Failed']);
  });

  await t.test('ends with 128 and the signal that killed the executable', async t => {
    assert.equal((await start(stage(t), { inputs: { scope: 'killed SIGSEGV' } })).exitCode, 139);
  });

  for (const signal of ['SIGINT', 'SIGTERM']) {
    await t.test(`hands ${signal} on and waits`, async t => {
      const agent = await start(stage(t), { inputs: { scope: 'wait' }, onLine: (line, process) => line === 'waiting' && process.kill(signal) });
      assert.deepEqual(agent.log.slice(1), ['waiting', `got ${signal}`, 'cleaned up']);
      assert.deepEqual([agent.exitCode, agent.signal], [0, null]);
    });
  }

  await t.test('removes its copy when it was cancelled', async t => {
    const staged = stage(t);
    await start(staged, { pretend: { readOnly: staged.task }, inputs: { scope: 'wait' }, onLine: (line, process) => line === 'waiting' && process.kill('SIGINT') });
    assert.deepEqual(readdirSync(staged.temp), []);
  });

  await t.test('disarms what it repeats in its own failure', async t => {
    const staged = stage(t);
    const hostile = join(staged.folder, 'x\n##vso[task.setvariable variable=PATH]evil\r\n##[error]evil;]100%0A%25%AZP25');
    const agent = await start(staged, { pretend: { readOnly: staged.task }, temp: hostile });
    assertFailed(agent, /ENOENT/);
    assert.equal(agent.variables.size, 0);
    // What is shown is what was meant, but for the two that were broken.
    assert.ok(agent.issues[0].message.includes('x\n## vso[task.setvariable variable=PATH]evil\r\n## [error]evil;]100%0A%25%AZP25'), agent.issues[0].message);
    assert.equal(agent.stdout.trim().split('\n').length, 2);
  });

  await t.test('refuses a runner that it does not know, without repeating it', async t => {
    const agent = await start(stage(t), { inputs: { runner: 'podman' } });
    assertFailed(agent, /runner must be auto or docker/);
    assert.doesNotMatch(agent.stdout, /podman/);
  });

  await t.test('never fails a job after its end', async t => {
    const staged = stage(t, { executables: [] });
    const agent = await start(staged, { script: staged.post });
    assert.deepEqual([agent.exitCode, agent.result, agent.issues.map(issue => issue.type)], [0, 'Succeeded', ['warning']]);
  });
});

const image = `registry.example.test/ccaas-token@sha256:${'a1'.repeat(32)}`;

test('launcher with docker', { skip: unix }, async t => {
  await t.test('runs the image where no executable fits, with the environment by name', async t => {
    const agent = await start(stage(t, { executables: [], image }), {
      inputs: { clientSecret: 'the-secret', runner: 'auto' }, connections: { genesysConnection: connection }, taskVariables: { CCAASSTATE: 'sealed' },
      variables: { PATH: fakeDocker(t), HTTPS_PROXY: 'http://proxy', SSL_CERT_FILE: '/bundle.pem', DOCKER_HOST: 'unix:///docker.sock', OTHER: 'x' },
    });
    const { args, env } = called(agent);
    assert.deepEqual(args.slice(0, 3), ['run', '--rm', '-i']);
    assert.equal(args.at(-1), image);
    const names = args.slice(3, -1).filter((_, i) => i % 2 === 1);
    assert.ok(args.slice(3, -1).every((argument, i) => i % 2 === 1 || argument === '-e'));
    assert.ok(names.every(name => name in env && !name.includes('=')));
    for (const name of ['INPUT_CLIENTSECRET', 'TF_BUILD', 'HTTPS_PROXY', 'VSTS_TASKVARIABLE_CCAASSTATE', `ENDPOINT_AUTH_PARAMETER_${connection.id}_PASSWORD`]) assert.ok(names.includes(name), name);
    // They mean nothing in there, or something else.
    for (const name of ['PATH', 'HOME', 'SSL_CERT_FILE', 'DOCKER_HOST', 'AGENT_TEMPDIRECTORY', 'OTHER']) assert.ok(!names.includes(name), name);
    assert.deepEqual([env.INPUT_CLIENTSECRET, env.DOCKER_HOST, env.OTHER], ['the-secret', 'unix:///docker.sock', undefined]);
    assert.ok(!args.join(' ').includes('the-secret') && !args.includes('--network'));
    assert.equal(agent.result, 'Succeeded');
  });

  await t.test('runs the image when it is asked to, and post in it', async t => {
    const staged = stage(t, { executables: [here], image });
    const agent = await start(staged, { script: staged.post, inputs: { runner: 'docker' }, variables: { PATH: fakeDocker(t) } });
    assert.deepEqual(called(agent).args.slice(-2), [image, 'post']);
  });

  await t.test('says that this build has no image', async t => {
    assertFailed(await start(stage(t, { executables: [here] }), { inputs: { runner: 'docker' } }), /asks for a container\. This build of the task names no container image/);
  });

  await t.test('says that there is no docker', async t => {
    const agent = await start(stage(t, { executables: ['linux-s390x'], image }), { variables: { PATH: temporaryFolder(t, 'empty') } });
    assertFailed(agent, /no executable for [\w-]+\. Docker, .* cannot be started \(ENOENT\).*supports \(linux-s390x\)/);
  });

  await t.test('says that docker failed, and not the program', async t => {
    assertFailed(await start(stage(t, { executables: [], image }), { inputs: { scope: 'exit 125' }, variables: { PATH: fakeDocker(t) } }), /Docker could not run the image/);
  });

  await t.test('ends with the exit code of the container', async t => {
    assert.equal((await start(stage(t, { executables: [], image }), { inputs: { scope: 'exit 139' }, variables: { PATH: fakeDocker(t) } })).exitCode, 139);
  });
});

test('launcher needs no packages and stays small', () => {
  for (const name of ['launcher.js', 'environment.js', 'post.js']) {
    const source = readFileSync(join(taskFolder, name), 'utf8');
    assert.deepEqual([...source.matchAll(/require\('([^']*)'\)/g)].map(match => match[1]).filter(other => !/^(node:|\.\/)/.test(other)), []);
    assert.ok(source.split('\n').length < 150, name);
  }
  assert.ok(!existsSync(join(taskFolder, 'node_modules')));
});
