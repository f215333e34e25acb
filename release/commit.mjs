// Makes the release commit's changes in a work tree: the executables' size and SHA-256 into native/release.json, and the image's
// digest into action.yml. A workflow that names the commit, or the tag on it, then names every byte that runs.
//
//   node commit.mjs REPOSITORY FOLDER IMAGE@sha256:DIGEST      FOLDER is what build.sh has written

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [repository, folder, image] = process.argv.slice(2);
if (!/^[^\s@]+@sha256:[0-9a-f]{64}$/.test(image ?? '')) throw new Error('The image is not named by its digest.');

const version = /<Version>(.*)<\/Version>/.exec(readFileSync(join(repository, 'Directory.Build.props'), 'utf8'))[1];
const executables = Object.fromEntries(readdirSync(folder).sort().flatMap(file => {
  const rid = /^ccaas-token-((?:linux|osx|win)-(?:x64|arm64))(?:\.exe)?$/.exec(file)?.[1];
  if (!rid) return [];
  const bytes = readFileSync(join(folder, file));
  return [[rid, { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }]];
}));
if (Object.keys(executables).length === 0) throw new Error(`${folder} holds no executable.`);
writeFileSync(join(repository, 'native', 'release.json'), `${JSON.stringify({ version, executables }, null, 2)}\n`);

const action = readFileSync(join(repository, 'action.yml'), 'utf8');
const released = action.replace(/^ {2}image: .*$/m, `  image: docker://${image}`);
if (released === action) throw new Error('action.yml names no image.');
writeFileSync(join(repository, 'action.yml'), released);
