// A task folder as an agent has it after it has unpacked the package: a copy of the sources, with stand-ins for the executables.

import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, taskFolder } from './job.mjs';

export const fixture = name => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

const glibc = process.report.getReport().header.glibcVersionRuntime;

/** The platform that the tests run on, as the task names it. */
export const here = process.platform === 'linux' ? `linux${glibc ? '' : '-musl'}-${process.arch}` : `${{ darwin: 'osx', win32: 'win' }[process.platform]}-${process.arch}`;

/** @param test whose end removes the folder. */
export function temporaryFolder(test, name = 'ccaas task ') {
  const folder = mkdtempSync(join(tmpdir(), name));
  // The agent's user is another one than the tests' in some of them.
  chmodSync(folder, 0o755);
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @param executables for which platforms there is one. @param mode their permissions; a package has none. */
export function stage(test, { executables = [here], mode = 0o644, image = '' } = {}) {
  const folder = temporaryFolder(test);
  const task = join(folder, 'tasks', 'CcaasToken', '1.0.0');
  const temp = join(folder, 'temp');
  cpSync(taskFolder, task, { recursive: true });
  copyFileSync(join(root, '..', 'native', 'program.js'), join(task, 'program.js'));
  mkdirSync(temp);
  writeFileSync(join(task, 'image.json'), JSON.stringify({ image }));
  for (const rid of executables) {
    const file = join(task, 'bin', rid, rid.startsWith('win-') ? 'ccaas-token.exe' : 'ccaas-token');
    mkdirSync(dirname(file), { recursive: true });
    // The launcher passes no PATH, in which env would look for Node.
    writeFileSync(file, readFileSync(fixture('executable'), 'utf8').replace('/usr/bin/env node', process.execPath));
    chmodSync(file, mode);
  }
  return { folder, task, temp, launcher: join(task, 'launcher.js'), post: join(task, 'post.js'), executable: join(task, 'bin', executables[0] ?? '', 'ccaas-token') };
}
