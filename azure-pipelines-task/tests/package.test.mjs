// package.sh with a stand-in for the executable, and what comes out of its package.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { environment, readJson, root, run } from './job.mjs';
import { fixture, here, temporaryFolder } from './staged-task.mjs';
import { unzip } from './unzip.mjs';

const skip = process.platform === 'win32' ? 'package.sh needs a Unix' : existsSync(join(root, 'node_modules', 'tfx-cli')) ? false : 'npm ci was not run here';
const packed = (...args) => spawnSync(join(root, 'package.sh'), args, { encoding: 'utf8' });
const standIn = `${here}=${fixture('executable')}`;

test('package', { skip }, async t => {
  await t.test('holds what the agent needs, one version, and runs without permissions', async t => {
    const folder = temporaryFolder(t);
    const result = packed('--no-build', '--executable', standIn, '--version', '7.8.9', '--publisher', 'somebody', '--output', folder);
    assert.equal(result.status, 0, result.stderr);
    const vsix = join(folder, 'somebody.ccaas-token-7.8.9.vsix');
    assert.ok(result.stdout.startsWith(`${vsix}\n${statSync(vsix).size} bytes\n`), result.stdout);

    const unpacked = temporaryFolder(t);
    const names = unzip(vsix, unpacked);
    assert.deepEqual(names.filter(name => name.startsWith('task/')).sort(), [`task/bin/${here}/ccaas-token`, 'task/environment.js', 'task/icon.png', 'task/image.json', 'task/launcher.js', 'task/post.js', 'task/program.js', 'task/task.json']);
    assert.deepEqual(readJson(unpacked, 'task', 'task.json').version, { Major: 7, Minor: 8, Patch: 9 });
    assert.match(readFileSync(join(unpacked, 'extension.vsixmanifest'), 'utf8'), /Version="7\.8\.9"/);
    assert.equal(statSync(join(unpacked, 'task', 'bin', here, 'ccaas-token')).mode & 0o111, 0);

    const agent = await run(join(unpacked, 'task', 'launcher.js'), environment({ temp: folder }));
    assert.match(agent.stdout, /^called /);
    assert.equal(agent.result, 'Succeeded');
  });

  await t.test('holds an executable for each platform that is given', t => {
    const [folder, unpacked] = [temporaryFolder(t), temporaryFolder(t)];
    const given = ['linux-x64', 'linux-arm64', 'win-x64'].map(rid => {
      writeFileSync(join(folder, rid), `for ${rid}`);
      return ['--executable', `${rid}=${join(folder, rid)}`];
    });
    const result = packed('--no-build', ...given.flat(), '--output', join(folder, 'out'));
    assert.equal(result.status, 0, result.stderr);
    unzip(join(folder, 'out', readdirSync(join(folder, 'out'))[0]), unpacked);
    const holds = file => readFileSync(join(unpacked, 'task', 'bin', file), 'utf8');
    assert.deepEqual(readdirSync(join(unpacked, 'task', 'bin')).sort(), ['linux-arm64', 'linux-x64', 'win-x64']);
    assert.deepEqual(['linux-x64/ccaas-token', 'linux-arm64/ccaas-token', 'win-x64/ccaas-token.exe'].map(holds), ['for linux-x64', 'for linux-arm64', 'for win-x64']);

    const twice = packed('--no-build', ...given[0], ...given[0], '--output', folder);
    assert.deepEqual([twice.status, twice.stderr], [2, 'package.sh: --executable names linux-x64 twice\n']);
  });

  await t.test('takes an image by its digest alone', t => {
    const folder = temporaryFolder(t);
    const image = `registry.example.test/ccaas-token@sha256:${'0f'.repeat(32)}`;
    assert.equal(packed('--no-build', '--image', image, '--output', folder).status, 0);
    const unpacked = temporaryFolder(t);
    unzip(join(folder, readdirSync(folder)[0]), unpacked);
    assert.deepEqual(readJson(unpacked, 'task', 'image.json'), { image });

    const result = packed('--no-build', '--image', 'registry.example.test/ccaas-token:v1', '--output', folder);
    assert.deepEqual([result.status, result.stderr], [3, 'the image is not named by its digest\n']);
  });

  await t.test('is not made of nothing', t => {
    const result = packed('--no-build', '--output', temporaryFolder(t));
    assert.deepEqual([result.status, result.stderr], [3, 'there is neither an executable nor an image\n']);
  });

  await t.test('is not made of more than a server takes', t => {
    const folder = temporaryFolder(t);
    const big = join(folder, 'big');
    // Random, so that it does not shrink.
    writeFileSync(big, randomBytes(26 * 1024 * 1024));
    const result = packed('--no-build', '--executable', `${here}=${big}`, '--output', folder);
    assert.equal(result.status, 3);
    assert.match(result.stderr, /^the package has \d+ bytes, and Azure DevOps Server takes less than 26214400\n$/);
  });

  for (const [args, message] of [
    [['--what'], /there is no option --what/],
    [['--executable'], /--executable needs a value/],
    [['--executable', 'linux-x64'], /wants RID=PATH/],
    [['--executable', 'amiga-68k=/bin/sh'], /wants RID=PATH/],
    [['--executable', 'linux-x64=/nowhere'], /is no file/],
    [['--version', 'v1'], /not three numbers/],
  ]) {
    await t.test(`refuses ${args.join(' ')}`, () => {
      const result = packed(...args);
      assert.equal(result.status, 2);
      assert.match(result.stderr, message);
    });
  }

  await t.test('says how it is used', () => {
    const result = packed('--help');
    assert.deepEqual([result.status, result.stderr], [0, '']);
    assert.match(result.stdout, /--executable RID=PATH/);
  });
});
