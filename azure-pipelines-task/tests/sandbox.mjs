// The sandbox, for tests of the real program.
//
//   CCAAS_SANDBOX     the executable ccaas-sandbox
//   CCAAS_EXECUTABLE  the executable ccaas-token, which must not need an installed runtime
//   CCAAS_VSIX        the package to test; else one is made of CCAAS_EXECUTABLE
//   CCAAS_REQUIRE_ALL=1  makes a failure of what is skipped otherwise

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './job.mjs';
import { here } from './staged-task.mjs';
import { unzip } from './unzip.mjs';

const { CCAAS_SANDBOX: sandboxFile, CCAAS_EXECUTABLE: executable, CCAAS_VSIX: vsix, CCAAS_REQUIRE_ALL: requireAll } = process.env;

/** @returns why the tests are skipped; false when nothing is missing. */
export function missing() {
  const what = !sandboxFile ? 'CCAAS_SANDBOX is not set' : !existsSync(sandboxFile) ? `there is no ${sandboxFile}`
    : !executable && !vsix ? 'neither CCAAS_EXECUTABLE nor CCAAS_VSIX is set'
      : executable && !existsSync(executable) ? `there is no ${executable}` : false;
  if (what && requireAll === '1') throw new Error(what);
  return what;
}

export const client = { id: 'canary-client', secret: 'canary+secret/with=signs%41AndMoreLetters9Zq', accessKeyId: 'canary-key-id', accessKeySecret: 'canary/key+secretAndMoreLetters9Zq4Tx==' };

/** Starts the sandbox. @returns its address, its requests and how it is stopped. */
export async function startSandbox() {
  const child = spawn(sandboxFile, ['serve', '--control', '--client-id', client.id, '--access-key-id', client.accessKeyId], {
    env: { ...process.env, CCAAS_SANDBOX_CLIENT_SECRET: client.secret, CCAAS_SANDBOX_ACCESS_KEY_SECRET: client.accessKeySecret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let address;
  for await (const line of createInterface(child.stdout)) {
    address ??= /^http +(\S+?)\/?$/.exec(line)?.[1];
    if (line === 'ready') break;
  }
  assert.ok(address, 'the sandbox did not start');
  return {
    address,
    requests: async () => (await (await fetch(`${address}/_sandbox/requests`)).json()).map(request => `${request.method ?? request.Method} ${request.path ?? request.Path}`),
    order: async fault => assert.equal((await fetch(`${address}/_sandbox/faults`, { method: 'POST', body: JSON.stringify([fault]) })).status, 204),
    forget: () => fetch(`${address}/_sandbox/requests`, { method: 'DELETE' }),
    stop: () => new Promise(resolve => child.on('close', resolve) && child.kill('SIGTERM')),
  };
}

/** Fills an empty folder with what the agent unpacks. @returns the task's folder. */
export function unpack(folder) {
  let archive = vsix;
  if (!archive) {
    const packed = spawnSync(join(root, 'package.sh'), ['--no-build', '--executable', `${here}=${executable}`, '--output', join(folder, 'packed')], { encoding: 'utf8' });
    assert.equal(packed.status, 0, packed.stderr);
    archive = join(folder, 'packed', readdirSync(join(folder, 'packed'))[0]);
  }
  unzip(archive, join(folder, 'unpacked'));
  return join(folder, 'unpacked', 'task');
}
