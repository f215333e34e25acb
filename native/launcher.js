'use strict';
// Runs the executable of this release with the step's inputs, streams, signals and exit code. release.json, part of the commit
// that the workflow names, has the SHA-256 of each executable. An executable with another SHA-256 is never run. No npm packages,
// and nothing is read from or written to the workspace but the file that ca-certificate names.

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { fitting, fileName, platform, run } = require('./program.js');
const { download, hash } = require('./download.js');

// Bytes; the bundle of a whole system has a quarter of that.
const LONGEST_CERTIFICATES = 1024 * 1024;

const DOCUMENTATION = 'https://github.com/org/ccaas-token-action/blob/v1/docs/without-docker.md';

// What the program may see of the environment: its inputs, and what docs/security.md lists. A variable that a loader or a
// runtime reads (LD_PRELOAD, DOTNET_…) is not among them.
const PASSED = /^(?:INPUT_.*|STATE_.*|GITHUB_.*|RUNNER_.*|ACTIONS_ID_TOKEN_REQUEST_(?:URL|TOKEN)|(?:https?|all|no)_proxy|AZURE_.*|AWS_.*|PATH|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PROGRAMDATA|APPDATA|LOCALAPPDATA|USERPROFILE|HOME)$/i;

function environment(env) {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
  const temp = env.RUNNER_TEMP;
  return temp ? { ...passed, TMPDIR: temp, TEMP: temp, TMP: temp } : passed;
}

/** @returns undefined for anything but a regular file up to that size: a pipe would make the launcher wait, a device has no end. */
function read(file, longest) {
  try {
    const stat = fs.statSync(file);
    return stat.isFile() && stat.size <= longest ? fs.readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: another job may start from the same tool cache at this moment. */
function write(file, bytes) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${crypto.randomUUID()}`;
  try {
    fs.writeFileSync(unfinished, bytes, { mode: 0o755, flag: 'wx' });
    fs.renameSync(unfinished, file);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw error;
  }
}

function certificates(env) {
  const given = (env['INPUT_CA-CERTIFICATE'] ?? '').trim();
  return given.startsWith('-----BEGIN') ? given : given && read(given, LONGEST_CERTIFICATES)?.toString();
}

function address(env, release, rid) {
  const given = (env['INPUT_EXECUTABLE-URL'] ?? '').trim().replaceAll('{version}', release.version).replaceAll('{platform}', rid);
  if (given && !URL.canParse(given)) throw Object.assign(new Error('The input executable-url is not an address. Give one such as https://files.example.com/ccaas-token-{version}-{platform}.'), { exitCode: 2 });
  return given || `${env.GITHUB_SERVER_URL}/${env.GITHUB_ACTION_REPOSITORY}/releases/download/v${release.version}/ccaas-token-${rid}${rid.startsWith('win-') ? '.exe' : ''}`;
}

/** @returns the path of the executable, whose bytes were compared with the hash just now. */
async function obtain(env, release) {
  const platforms = Object.keys(release.executables);
  if (platforms.length === 0) throw new Error('This commit is not a release: it names no executables. Use a release, such as org/ccaas-token-action/native@v1, or its commit.');
  const rid = fitting(platforms);
  if (!rid) throw new Error(`There is no executable for ${platform()}. There is one for ${platforms.join(', ')}.`);

  const expected = release.executables[rid];
  const places = [env.RUNNER_TOOL_CACHE, env.RUNNER_TEMP].filter(folder => folder && path.isAbsolute(folder))
    .map(folder => path.join(folder, 'ccaas-token', release.version, rid, fileName(rid)));
  const isThere = file => {
    const bytes = read(file, expected.size);
    return bytes !== undefined && hash(bytes) === expected.sha256;
  };
  const cached = places.find(isThere);
  if (cached) return cached;

  const bytes = await download(address(env, release, rid), expected, env, { ca: certificates(env) });
  for (const file of places) {
    try {
      write(file, bytes);
    } catch {
      // Read-only; or, on Windows, another job is running the same file.
    }
    if (isThere(file)) return file;
  }

  throw new Error('Neither the tool cache (RUNNER_TOOL_CACHE) nor RUNNER_TEMP can be written.');
}

/** The text of a workflow command, escaped as the runner expects it. */
const escape = text => text.slice(0, 1000).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

exports.main = async (args, env = process.env) => {
  // A post step that has nothing to do needs no executable.
  if (args.includes('post') && !Object.keys(env).some(name => name.startsWith('STATE_'))) return;
  try {
    process.exitCode = await run(await obtain(env, require('./release.json')), args, environment(env));
  } catch (error) {
    const command = args.includes('post') ? 'warning' : 'error';
    process.stdout.write(`::${command} title=ccaas-token could not be started::${escape(`${error.message} More: ${DOCUMENTATION}`)}\n`);
    process.exitCode = args.includes('post') ? 0 : error.exitCode ?? 7;
  }
};

if (require.main === module) exports.main(process.argv.slice(2));
