'use strict';
// The agent starts tasks through Node and cannot start a native program with a task's inputs. This starts the program in
// its place, hands over no more of the environment than the program may see, and ends as the program ends.
// No packages: azure-pipelines-task-lib deletes INPUT_ and ENDPOINT_AUTH_ from the environment as soon as it is loaded.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const DOCUMENTATION = 'https://github.com/org/ccaas-token-action/blob/v1/docs/azure-pipelines.md';
const CONNECTION_INPUTS = ['INPUT_GENESYSCONNECTION', 'INPUT_CXONECONNECTION'];
// An id is a GUID. A name, such as SystemVssConnection, opens nothing: the job's own token is behind it.
const ENDPOINT = /^ENDPOINT_(?:URL|AUTH|AUTH_SCHEME|AUTH_PARAMETER|DATA)_([0-9a-f-]{36})(?:_|$)/i;

// What the program reads wherever it runs, in a container too.
const CONTRACT = /^(INPUT_|VSTS_TASKVARIABLE_|(TF_BUILD|SYSTEM_DEBUG|SECRET_AGENT_PROXYPASSWORD|AGENT_PROXY(URL|USERNAME|BYPASSLIST))$)/;
const PROXY = /^(https?|all|no)_proxy$/i;
// What means something on the agent's machine alone: folders, files, and what programs need to start there.
const PLACES = /^(AGENT_(TEMPDIRECTORY|CAINFO)|SYSTEM_DEFAULTWORKINGDIRECTORY|SSL_CERT_(FILE|DIR)|PATH|HOME|TEMP|TMP|TMPDIR|LANG)$/;
// Names of any case, as Windows has them.
const WINDOWS = /^(PATH|PATHEXT|SYSTEM(ROOT|DRIVE)|WINDIR|COMSPEC|PROGRAMDATA|(LOCAL)?APPDATA|USERPROFILE|PROCESSOR_ARCHITECTURE)$/i;
const MACHINE = process.platform === 'win32' ? [PLACES, WINDOWS] : [PLACES, /^USERPROFILE$/];
// Where a store's own tools look for credentials; of use to the program only with a store of that kind.
const AZURE = /^(AZURE(SUBSCRIPTION)?_|IDENTITY_(ENDPOINT|HEADER)$|SYSTEM_(OIDCREQUESTURI|ACCESSTOKEN)$)/;
const STORES = new Map([['azure-keyvault', AZURE], ['aws-secretsmanager', /^AWS_/]]);
// How docker's own command finds its daemon; none of these reaches the container.
const DOCKER = /^DOCKER_/;

function environment(...wanted) {
  const store = STORES.get((process.env.INPUT_CACHE ?? '').trim().toLowerCase().split('://')[0]);
  const connections = CONNECTION_INPUTS.map(name => (process.env[name] ?? '').trim().toLowerCase());
  const isConnections = name => connections.includes(ENDPOINT.exec(name)?.[1].toLowerCase());
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => [...wanted, store].some(p => p?.test(name)) || isConnections(name)));
}

function platform() {
  const { platform: system, arch } = process;
  if (system !== 'linux') return `${{ win32: 'win', darwin: 'osx' }[system] ?? system}-${arch}`;
  // Looking for open connections would make the report slow.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? `linux-${arch}` : `linux-musl-${arch}`;
}

function bundled() {
  try {
    return fs.readdirSync(path.join(__dirname, 'bin')).sort();
  } catch {
    return [];
  }
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// A .vsix stores no permissions, so that the executable arrives as an ordinary file.
function makeExecutable(file) {
  if (process.platform === 'win32' || isExecutable(file)) return { file };
  try {
    fs.chmodSync(file, 0o755);
  } catch {
    // Somebody else's folder, or one that is mounted read-only: a copy will do.
  }
  if (isExecutable(file)) return { file };
  // mkdtemp makes a folder that nobody else can enter.
  const folder = fs.mkdtempSync(path.join(process.env.AGENT_TEMPDIRECTORY || os.tmpdir(), 'ccaas-token-'));
  const copy = path.join(folder, 'ccaas-token');
  fs.copyFileSync(file, copy, fs.constants.COPYFILE_EXCL);
  fs.chmodSync(copy, 0o700);
  return { file: copy, folder };
}

/** A program of PATH by its whole path. Node looks in the working folder first on Windows, and that is somebody's checkout. */
function onPath(name) {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder));
  const found = folders.map(folder => path.join(folder, file)).find(isExecutable);
  if (!found) throw Object.assign(new Error(`${name} is in no folder of PATH.`), { code: 'ENOENT' });
  return found;
}

/** Ends as the program ends. A signal that the agent sends to cancel is handed on; the program then says that it was cancelled. */
function run(file, args, env) {
  return new Promise((resolve, reject) => {
    let child;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) {
      // On Windows the console tells the program itself, and kill would end it without a word.
      if (os.constants.signals[signal]) process.on(signal, () => process.platform !== 'win32' && child?.kill(signal));
    }
    child = spawn(file, args, { env, stdio: 'inherit', windowsHide: true });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

async function runBundled(file, args) {
  const { file: executable, folder } = makeExecutable(file);
  try {
    process.exitCode = await run(executable, args, environment(CONTRACT, PROXY, ...MACHINE));
  } finally {
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function runContainer(args, why) {
  const { image } = require('./image.json');
  const instead = `Run the job on an agent that this build supports (${bundled().join(', ') || 'none'}), or see ${DOCUMENTATION}`;
  if (!image) throw new Error(`${why} This build of the task names no container image to run in its place. ${instead}`);
  // By name: docker takes the values from its own environment, and no argument holds one.
  const names = Object.keys(environment(CONTRACT, PROXY)).flatMap(name => ['-e', name]);
  let code;
  try {
    code = await run(onPath('docker'), ['run', '--rm', '-i', ...names, image, ...args], environment(CONTRACT, PROXY, ...MACHINE, DOCKER));
  } catch (error) {
    throw new Error(`${why} Docker, which would run a container in its place, cannot be started (${error.code}). ${instead}`);
  }
  // Docker's own failures; the program has no such exit codes.
  if (code >= 125 && code <= 127) throw new Error(`${why} Docker could not run the image; its message stands above. ${instead}`);
  process.exitCode = code;
}

async function start(args) {
  const runner = (process.env.INPUT_RUNNER ?? '').trim().toLowerCase() || 'auto';
  if (!['auto', 'docker'].includes(runner)) throw new Error('The input runner must be auto or docker.');
  if (runner === 'docker') return runContainer(args, 'The input runner asks for a container.');
  const wanted = platform();
  // Windows on Arm runs programs for x64.
  const found = [wanted, ...(wanted === 'win-arm64' ? ['win-x64'] : [])].filter(name => bundled().includes(name))[0];
  if (!found) return runContainer(args, `This build of the task holds no executable for ${wanted}.`);
  return runBundled(path.join(__dirname, 'bin', found, found.startsWith('win-') ? 'ccaas-token.exe' : 'ccaas-token'), args);
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
