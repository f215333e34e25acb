'use strict';
// The agent starts tasks through Node and cannot start a native program with a task's inputs. This starts the program
// instead, passes only the environment that environment.js allows, and ends as the program ends.
// No packages: azure-pipelines-task-lib deletes INPUT_ and ENDPOINT_AUTH_ from the environment as soon as it is loaded.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const environment = require('./environment.js');
// Of the action without Docker; stage.mjs copies it here.
const { fitting, fileName, isExecutable, platform, run } = require('./program.js');

const DOCUMENTATION = 'https://github.com/org/ccaas-token-action/blob/v1/docs/azure-pipelines.md';

function bundled() {
  try {
    return fs.readdirSync(path.join(__dirname, 'bin')).sort();
  } catch {
    return [];
  }
}

// A .vsix stores no permissions, so that the executable arrives as an ordinary file.
function makeExecutable(file, temp) {
  if (process.platform === 'win32' || isExecutable(file)) return { file };
  try {
    fs.chmodSync(file, 0o755);
  } catch {
    // Somebody else's folder, or one that is mounted read-only: a copy will do.
  }
  if (isExecutable(file)) return { file };
  // mkdtemp makes a folder that nobody else can enter.
  const folder = fs.mkdtempSync(path.join(temp ?? os.tmpdir(), 'ccaas-token-'));
  const copy = path.join(folder, 'ccaas-token');
  fs.copyFileSync(file, copy, fs.constants.COPYFILE_EXCL);
  fs.chmodSync(copy, 0o700);
  return { file: copy, folder };
}

/**
 * An absolute path out of PATH. Node itself would look in the working folder first on Windows, and anywhere where PATH has an
 * empty or a relative entry; a checkout lies there. No .cmd, which only a shell can start.
 */
function find(name, searchPath = '') {
  const checkout = fs.realpathSync.native(process.cwd());
  const isInCheckout = file => `${fs.realpathSync.native(file)}${path.sep}`.startsWith(checkout + path.sep);
  for (const folder of searchPath.split(path.delimiter).filter(entry => path.isAbsolute(entry))) {
    const file = path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (isExecutable(file) && fs.statSync(file).isFile() && !isInCheckout(folder) && !isInCheckout(file)) return file;
  }
  throw Object.assign(new Error(`${name} is not on PATH`), { code: 'ENOENT' });
}

async function runBundled(file, args, env) {
  const { file: executable, folder } = makeExecutable(file, env.TMPDIR);
  try {
    process.exitCode = await run(executable, args, env);
  } finally {
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function runContainer(args, given, why) {
  const { image } = require('./image.json');
  const instead = `Run the job on an agent that this build supports (${bundled().join(', ') || 'none'}), or see ${DOCUMENTATION}`;
  if (!image) throw new Error(`${why} This build of the task names no container image to run in its place. ${instead}`);
  // By name: docker takes the values from its own environment, and no argument holds one.
  const names = Object.keys(given.container).flatMap(name => ['-e', name]);
  const env = given.docker();
  let code;
  try {
    code = await run(find('docker', env.PATH), ['run', '--rm', '-i', ...names, image, ...args], env);
  } catch (error) {
    throw new Error(`${why} Docker, which would run a container in its place, cannot be started (${error.code}). ${instead}`);
  }
  // Docker's own failures; the program has no such exit codes.
  if (code >= 125 && code <= 127) throw new Error(`${why} Docker could not run the image; its message stands above. ${instead}`);
  process.exitCode = code;
}

async function start(args) {
  const given = environment();
  const runner = (given.program.INPUT_RUNNER ?? '').trim().toLowerCase() || 'auto';
  if (!['auto', 'docker'].includes(runner)) throw new Error('The input runner must be auto or docker.');
  if (runner === 'docker') return runContainer(args, given, 'The input runner asks for a container.');
  const found = fitting(bundled());
  if (!found) return runContainer(args, given, `This build of the task holds no executable for ${platform()}.`);
  return runBundled(path.join(__dirname, 'bin', found, fileName(found)), args, given.program);
}

/** What the agent shows, and takes for one command: paths and other people's words are in it. */
function escape(message) {
  const line = message.replace(/##(?=vso\[|\[)/gi, '## ').slice(0, 1000);
  return line.replace(/%/g, '%AZP25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** The launcher's own failures. Exit code 0, because the agent takes any other for a broken task and hides the reason. */
function fail(message, args) {
  const text = escape(message);
  // The post stage never fails a job; and what is wrong was said by the main stage.
  process.stdout.write(args.includes('post')
    ? `##vso[task.logissue type=warning]${text}\n`
    : `##vso[task.logissue type=error]${text}\n##vso[task.complete result=Failed;]${text}\n`);
  process.exitCode = 0;
}

exports.main = args => start(args).catch(error => fail(`ccaas-token could not be started. ${error.message}`, args));

if (require.main === module) exports.main(process.argv.slice(2));
