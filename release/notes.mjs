// Prints the section of a version in CHANGELOG.md, for the notes of its release.
//
//   node notes.mjs CHANGELOG.md VERSION

import { readFileSync } from 'node:fs';

const [file, version] = process.argv.slice(2);
const lines = readFileSync(file, 'utf8').split('\n');
const start = lines.findIndex(line => line.startsWith(`## [${version}]`));
if (start < 0) throw new Error(`${file} has no section "## [${version}]".`);
const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
const section = lines.slice(start + 1, end < 0 ? lines.length : end).join('\n').trim();
if (section === '') throw new Error(`The section "## [${version}]" of ${file} is empty.`);
console.log(section);
