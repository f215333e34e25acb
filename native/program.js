'use strict';
// What both launchers share, GitHub's and the Azure Pipelines task's: which executable fits this machine, and how it is run.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');

/** @returns the runtime identifier of .NET for this machine, such as linux-x64. */
function platform() {
  const { platform: system, arch } = process;
  if (system !== 'linux') return `${{ win32: 'win', darwin: 'osx' }[system] ?? system}-${arch}`;
  // Looking for open connections would make the report slow.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? `linux-${arch}` : `linux-musl-${arch}`;
}

/** @returns the first of the platforms that runs here; undefined where none does. */
function fitting(platforms) {
  const here = platform();
  // Windows on Arm runs programs for x64.
  return [here, ...(here === 'win-arm64' ? ['win-x64'] : [])].find(name => platforms.includes(name));
}

const fileName = rid => rid.startsWith('win-') ? 'ccaas-token.exe' : 'ccaas-token';

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ends as the program ends. A signal that cancels the job is forwarded; the program then says that it was canceled. */
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

module.exports = { platform, fitting, fileName, isExecutable, run };
