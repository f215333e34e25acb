// Lays out what goes into the package, and writes into it what the sources leave open: the version, the publisher and the image.
//
//   node stage.mjs FOLDER VERSION PUBLISHER IMAGE [RID=EXECUTABLE...]

import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder, version, publisher, image, ...executables] = process.argv.slice(2);
const source = fileURLToPath(new URL('.', import.meta.url));

for (const name of ['task', 'images', 'overview.md', 'vss-extension.json']) cpSync(join(source, name), join(folder, name), { recursive: true });
copyFileSync(join(source, '..', 'native', 'program.js'), join(folder, 'task', 'program.js'));
copyFileSync(join(source, '..', 'LICENSE'), join(folder, 'LICENSE'));

edit('vss-extension.json', extension => ({ ...extension, version, publisher: publisher || extension.publisher }));
const [Major, Minor, Patch] = version.split('.').map(Number);
edit('task/task.json', task => ({ ...task, version: { Major, Minor, Patch } }));
edit('task/image.json', () => ({ image }));

for (const given of executables) {
  const rid = given.slice(0, given.indexOf('='));
  const bin = join(folder, 'task', 'bin', rid);
  mkdirSync(bin, { recursive: true });
  copyFileSync(given.slice(rid.length + 1), join(bin, rid.startsWith('win-') ? 'ccaas-token.exe' : 'ccaas-token'));
}

function edit(name, change) {
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8'))), null, 2)}\n`);
}
