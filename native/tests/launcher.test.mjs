import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { download } from '../download.js';
import program from '../program.js';

const unix = process.platform === 'win32' ? 'needs a Unix' : false;
const root = fileURLToPath(new URL('..', import.meta.url));
const here = program.platform();
// Stands for the executable: says how it was called, waits where it is asked to, and ends with 3.
const EXECUTABLE = `#!/bin/sh
echo "called $0 $*"
env | cut -d= -f1 | tr '\\n' ' '
if [ -n "$INPUT_WAIT" ]; then trap 'echo canceled; exit 130' INT TERM; echo; echo waiting; while :; do sleep 0.05; done; fi
exit 3
`;
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/** The action as the runner unpacks it, with a release in it. */
function action(t, { executables = { [here]: EXECUTABLE } } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ccaas native '));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [code, tools, temp] = ['action', 'tool cache', 'temp'].map(name => join(folder, name));
  [tools, temp].forEach(name => mkdirSync(name));
  cpSync(root, code, { recursive: true, filter: file => !file.includes('/tests') });
  writeFileSync(join(code, 'release.json'), JSON.stringify({
    version: '1.2.3', executables: Object.fromEntries(Object.entries(executables).map(([rid, text]) => [rid, { size: Buffer.byteLength(text), sha256: sha256(text) }])),
  }));
  return { folder, code, tools, temp, installed: join(tools, 'ccaas-token', '1.2.3', here, 'ccaas-token') };
}

/** @returns the address of a server that responds by the function, and the paths of its requests. */
async function serve(t, respond, { create = http.createServer, options = {}, host = '127.0.0.1' } = {}) {
  const requests = [];
  const server = create(options, (request, response) => {
    requests.push(request.url);
    respond(request, response);
  });
  await new Promise(resolve => server.listen(0, host, resolve));
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  const { port } = server.address();
  return { server, requests, port, url: `${create === https.createServer ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}` };
}

const release = (request, response) => response.end(EXECUTABLE);

/** Runs a file of the action as the runner does. */
function start(staged, server, { file = 'launcher.js', env = {}, onLine } = {}) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(staged.code, file)], {
      cwd: staged.folder,
      env: {
        PATH: process.env.PATH, HOME: '/home/runner', GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: server.url, GITHUB_ACTION_REPOSITORY: 'org/ccaas-token-action',
        RUNNER_TOOL_CACHE: staged.tools, RUNNER_TEMP: staged.temp, INPUT_PROVIDER: 'zoom', 'INPUT_CLIENT-ID': 'id', ...env,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', text => {
      output += text;
      onLine?.(output, child);
    });
    child.on('close', code => resolve({ code, output }));
  });
}

function assertRefused({ code, output }, message) {
  assert.match(output, /^::error title=ccaas-token could not be started::/);
  assert.match(output, message);
  assert.doesNotMatch(output, /called/);
  assert.equal(code, 7);
  assert.equal(output.trim().split('\n').length, 1, output);
}

test('the action without Docker', { skip: unix }, async t => {
  await t.test('downloads the executable of its own release, runs it, and ends as it ends', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    const { code, output } = await start(staged, server);
    assert.equal(code, 3);
    assert.match(output, new RegExp(`^called ${staged.installed} \n`));
    assert.deepEqual(server.requests, [`/org/ccaas-token-action/releases/download/v1.2.3/ccaas-token-${here}`]);
    assert.equal(statSync(staged.installed).mode & 0o777, 0o755);
    assert.deepEqual(readdirSync(dirname(staged.installed)), ['ccaas-token']);
    // Nothing is written anywhere else.
    assert.deepEqual([readdirSync(staged.temp), readdirSync(staged.folder).sort()], [[], ['action', 'temp', 'tool cache']]);
  });

  await t.test('takes the executable from the tool cache the next time', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    await start(staged, server);
    assert.equal((await start(staged, server)).code, 3);
    assert.equal(server.requests.length, 1);
  });

  await t.test('replaces an executable in the tool cache that has other bytes', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    await start(staged, server);
    writeFileSync(staged.installed, `${EXECUTABLE}# one byte more`);
    const { code, output } = await start(staged, server);
    assert.equal(code, 3, output);
    assert.equal(readFileSync(staged.installed, 'utf8'), EXECUTABLE);
  });

  await t.test('passes on what the program may see, and nothing that a loader or a runtime reads', async t => {
    const hidden = { LD_DEBUG_OUTPUT: 'x', DOTNET_GCHeapHardLimit: '1', SSL_CERT_FILE: '/x', NODE_OPTIONS: '', GLIBC_TUNABLES: '', OPENSSL_CONF: '/x', MY_SECRET: 'x' };
    const passed = { 'INPUT_CLIENT-SECRET': 'x', STATE_ccaas: 'x', GITHUB_OUTPUT: '/x', RUNNER_DEBUG: '1', ACTIONS_ID_TOKEN_REQUEST_URL: 'x', HTTPS_PROXY: '', no_proxy: '', AZURE_CLIENT_ID: 'x', AWS_REGION: 'x' };
    const { output } = await start(action(t), await serve(t, release), { env: { ...hidden, ...passed } });
    const names = output.split('\n')[1].split(' ').filter(Boolean);
    assert.deepEqual(Object.keys(hidden).filter(name => names.includes(name)), []);
    // A shell does not pass on names with a hyphen.
    assert.deepEqual(Object.keys(passed).filter(name => !names.includes(name) && !name.includes('-')), []);
    assert.deepEqual(['TMPDIR', 'TEMP', 'TMP'].filter(name => !names.includes(name)), []);
  });

  for (const [name, respond, message] of [
    ['another byte', (_, response) => response.end(EXECUTABLE.replace('exit 3', 'exit 4')), /another SHA-256/],
    ['too many bytes', (_, response) => response.end(EXECUTABLE + EXECUTABLE), /sent more than the \d+ bytes/],
    ['404', (_, response) => response.writeHead(404).end(), /responded with 404 to the request for .*ccaas-token-/],
    ['a redirect to an address that is not https', (_, response) => response.writeHead(302, { location: 'http://192.0.2.1/x' }).end(), /192\.0\.2\.1 is not https/],
    ['redirects without end', (request, response) => response.writeHead(302, { location: request.url }).end(), /responded with 302/],
  ]) {
    await t.test(`refuses ${name}`, async t => {
      const [staged, server] = [action(t), await serve(t, respond)];
      assertRefused(await start(staged, server), message);
      assert.equal(existsSync(staged.installed), false);
    });
  }

  for (const [name, fault] of [
    ['a body that is cut', (_, response) => response.writeHead(200, { 'content-length': EXECUTABLE.length }).write(EXECUTABLE.slice(0, 50), () => response.destroy())],
    ['503', (_, response) => response.writeHead(503).end()],
    ['a connection that is reset', request => request.socket.resetAndDestroy()],
  ]) {
    await t.test(`tries again after ${name}, three times in all`, async t => {
      const [staged, once] = [action(t), await serve(t, (request, response) => (once.requests.length > 1 ? release : fault)(request, response))];
      assert.equal((await start(staged, once)).code, 3);
      const always = await serve(t, fault);
      const other = action(t);
      assertRefused(await start(other, always), /::/);
      assert.equal(always.requests.length, 3);
      assert.equal(existsSync(other.installed), false);
    });
  }

  await t.test('follows a redirect to another host', async t => {
    const staged = action(t);
    const files = await serve(t, release, { host: '::1' });
    const server = await serve(t, (_, response) => response.writeHead(302, { location: `${files.url}/file` }).end());
    assert.equal((await start(staged, server)).code, 3);
    assert.deepEqual(files.requests, ['/file']);
  });

  await t.test('downloads from the address that executable-url names', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    const env = { 'INPUT_EXECUTABLE-URL': `${server.url}/mirror/{version}/{platform}`, GITHUB_SERVER_URL: 'https://192.0.2.1' };
    assert.equal((await start(staged, server, { env })).code, 3);
    assert.deepEqual(server.requests, [`/mirror/1.2.3/${here}`]);
  });

  await t.test('says which input or variable is not an address', async t => {
    const refused = async (env, code, message) => {
      const ended = await start(action(t), { url: 'https://releases.example.test' }, { env });
      assert.match(ended.output, message);
      assert.equal(ended.code, code);
    };
    await refused({ 'INPUT_EXECUTABLE-URL': 'files {platform}' }, 2, /The input executable-url is not an address/);
    await refused({ HTTPS_PROXY: 'http://:x@' }, 7, /The proxy in HTTPS_PROXY is not an address/);
  });

  await t.test('does not wait for a pipe in the place of a file', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    const pipe = join(staged.folder, 'pipe');
    mkdirSync(dirname(staged.installed), { recursive: true });
    execFileSync('mkfifo', [pipe, staged.installed]);
    assert.equal((await start(staged, server, { env: { 'INPUT_CA-CERTIFICATE': pipe } })).code, 3);
    assert.equal(readFileSync(staged.installed, 'utf8'), EXECUTABLE);
  });

  await t.test('gives up when its time is over', async t => {
    const server = await serve(t, () => {});
    await assert.rejects(download(server.url, { size: 1, sha256: '' }, {}, { timeout: 300 }), /timed out after 0\.3 s/);
  });

  await t.test('reaches the server through the proxy, over TLS that ca-certificate vouches for', async t => {
    const staged = action(t);
    const [key, certificate] = ['key.pem', 'certificate.pem'].map(name => join(staged.folder, name));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate, '-days', '2',
      '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,DNS:releases.example.test'], { stdio: 'ignore' });
    const server = await serve(t, release, { create: https.createServer, options: { key: readFileSync(key), cert: readFileSync(certificate) } });
    const tunnels = [];
    const proxy = await serve(t, () => assert.fail('not a tunnel'));
    proxy.server.on('connect', (request, socket) => {
      tunnels.push([request.url, request.headers['proxy-authorization']]);
      const upstream = net.connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      // One side may end the connection while the other still writes.
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
    });
    // A name that resolves nowhere: it is reached through the proxy or not at all.
    const env = { GITHUB_SERVER_URL: 'https://releases.example.test', HTTPS_PROXY: proxy.url.replace('//', '//user:p%40ss@'), 'INPUT_CA-CERTIFICATE': certificate };
    const ended = await start(staged, server, { env });
    assert.equal(ended.code, 3, ended.output);
    assert.deepEqual(tunnels, [['releases.example.test:443', `Basic ${Buffer.from('user:p@ss').toString('base64')}`]]);

    const other = action(t);
    assertRefused(await start(other, server, { env: { ...env, 'INPUT_CA-CERTIFICATE': '' } }), /No connection to releases\.example\.test \(.*SELF_SIGNED/);
    const direct = { ...env, GITHUB_SERVER_URL: `https://localhost:${server.port}`, NO_PROXY: 'example.org, localhost' };
    tunnels.length = 0;
    const reached = await start(other, server, { env: direct });
    assert.equal(reached.code, 3, reached.output);
    assert.deepEqual(tunnels, []);
  });

  await t.test('says that a proxy refused the connection', async t => {
    const proxy = await serve(t, () => {});
    proxy.server.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    const env = { GITHUB_SERVER_URL: 'https://releases.example.test', https_proxy: proxy.url.replace('//', '//user:password@') };
    const ended = await start(action(t), proxy, { env });
    assertRefused(ended, /The proxy 127\.0\.0\.1:\d+ refused the connection to releases\.example\.test \(407\)/);
    assert.doesNotMatch(ended.output, /password/);
  });

  await t.test('says that there is no network', async t => {
    assertRefused(await start(action(t), { url: 'http://127.0.0.1:9' }), /No connection to 127\.0\.0\.1:9 \(ECONNREFUSED\)/);
  });

  await t.test('uses RUNNER_TEMP where the tool cache is read-only', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    // A file where a folder should be: root may write to a read-only one.
    const { code, output } = await start(staged, server, { env: { RUNNER_TOOL_CACHE: join(staged.code, 'post.js', 'tools') } });
    assert.equal(code, 3, output);
    assert.match(output, new RegExp(`^called ${staged.temp}`));
  });

  await t.test('serves two jobs that start at once', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    const ended = await Promise.all(Array.from({ length: 6 }, () => start(staged, server)));
    assert.deepEqual(ended.map(({ code }) => code), Array(6).fill(3));
    assert.deepEqual(readdirSync(dirname(staged.installed)), ['ccaas-token']);
  });

  for (const signal of ['SIGINT', 'SIGTERM']) {
    await t.test(`passes on ${signal} and ends with the program's exit code`, async t => {
      const onLine = (output, child) => output.endsWith('waiting\n') && child.kill(signal);
      const { code, output } = await start(action(t), await serve(t, release), { env: { INPUT_WAIT: 'true' }, onLine });
      assert.equal(code, 130);
      assert.match(output, /canceled/);
    });
  }

  await t.test('says that a commit is not a release', async t => {
    assertRefused(await start(action(t, { executables: {} }), { url: '' }), /This commit is not a release/);
  });

  await t.test('says for which platforms there is an executable', async t => {
    assertRefused(await start(action(t, { executables: { 'plan9-x64': 'x' } }), { url: '' }), new RegExp(`no executable for ${here}\\. There is one for plan9-x64`));
  });

  await t.test('has a post step that runs the program where the step saved something, and does nothing else', async t => {
    const [staged, server] = [action(t), await serve(t, release)];
    assert.deepEqual(await start(staged, server, { file: 'post.js' }), { code: 0, output: '' });
    const { code, output } = await start(staged, server, { file: 'post.js', env: { STATE_ccaas: 'sealed' } });
    assert.equal(code, 3);
    assert.match(output, new RegExp(`^called ${staged.installed} post\n`));
  });

  await t.test('has a post step that fails no job', async t => {
    const { code, output } = await start(action(t), { url: 'http://127.0.0.1:9' }, { file: 'post.js', env: { STATE_ccaas: 'sealed' } });
    assert.equal(code, 0);
    assert.match(output, /^::warning title=ccaas-token could not be started::No connection/);
  });

  await t.test('keeps other people\'s words within one command', async t => {
    const server = await serve(t, (_, response) => response.writeHead(302, { location: 'http://a%0a::set-output' }).end());
    const { output } = await start(action(t), server);
    assert.equal(output.trim().split('\n').length, 1, output);
  });
});

test('what runs here', () => {
  assert.equal(program.fitting([here, 'plan9-x64']), here);
  assert.equal(program.fitting(['plan9-x64']), undefined);
});
