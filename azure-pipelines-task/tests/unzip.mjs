// Unpacks a package as the agent does: contents and names, no permissions.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** @returns the names in the archive. */
export function unzip(archive, folder) {
  const bytes = readFileSync(archive);
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const names = [];
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameLength, extraLength, commentLength, local] =
      [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + extraLength + commentLength;
    if (name.endsWith('/')) continue;
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    // Names of parts are percent-encoded in a package.
    const file = join(folder, decodeURIComponent(name));
    if (!resolve(file).startsWith(resolve(folder) + sep)) throw new Error(`${name} leads out of the folder`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, method === 0 ? content : inflateRawSync(content), { mode: 0o644 });
    names.push(name);
  }
  return names;
}
