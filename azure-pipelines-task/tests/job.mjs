// Runs a script of the task as the agent does: with its environment and without a shell, reading both streams.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agent } from './agent.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const taskFolder = join(root, 'task');
export const readJson = (...parts) => JSON.parse(readFileSync(join(...parts), 'utf8'));

// Of the machine that the tests run on, and nothing else of it.
const STARTING = ['PATH', 'HOME', 'LANG', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];
// Milliseconds; far more than any run takes on a busy machine.
const TIME_LIMIT = 60_000;
const upper = name => name.toUpperCase().replaceAll(/[. ]/g, '_');

/**
 * The environment that the agent gives to a handler (Handler.cs).
 * @param inputs those that the pipeline sets; the others arrive with their default, or empty.
 * @param connections by input: { id, url, scheme, authorization, data }.
 */
export function environment({ task = readJson(taskFolder, 'task.json'), inputs = {}, connections = {}, temp, work = temp, taskVariables = {}, variables = {} } = {}) {
  const result = {
    TF_BUILD: 'True',
    AGENT_TEMPDIRECTORY: temp,
    SYSTEM_DEFAULTWORKINGDIRECTORY: work,
    AGENT_VERSION: '4.255.0',
    SYSTEM_TEAMPROJECT: 'project',
    ENDPOINT_URL_SYSTEMVSSCONNECTION: 'https://dev.example.test/',
    ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{"parameters":{"AccessToken":"the-jobs-own-token"},"scheme":"OAuth"}',
    ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: 'OAuth',
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: 'the-jobs-own-token',
    VSTS_PUBLIC_VARIABLES: '[]',
    VSTS_SECRET_VARIABLES: '[]',
  };
  for (const name of STARTING) if (process.env[name]) result[name] = process.env[name];
  for (const input of task.inputs) result[`INPUT_${upper(input.name)}`] = String(inputs[input.name] ?? input.defaultValue ?? '').trim();
  for (const [input, { id, url = 'https://vendor.example.test/', scheme = 'UsernamePassword', authorization = {}, data = {} }] of Object.entries(connections)) {
    result[`INPUT_${upper(input)}`] = id;
    result[`ENDPOINT_URL_${id}`] = url;
    result[`ENDPOINT_AUTH_${id}`] = JSON.stringify({ parameters: authorization, scheme });
    result[`ENDPOINT_AUTH_SCHEME_${id}`] = scheme;
    for (const [key, value] of Object.entries(authorization)) result[`ENDPOINT_AUTH_PARAMETER_${id}_${upper(key)}`] = value;
    result[`ENDPOINT_DATA_${id}`] = JSON.stringify(data);
    for (const [key, value] of Object.entries(data)) result[`ENDPOINT_DATA_${id}_${upper(key)}`] = value;
  }
  for (const [name, value] of Object.entries(taskVariables)) result[`VSTS_TASKVARIABLE_${name}`] = value;
  return { ...result, ...variables };
}

/**
 * Runs one stage to its end.
 * @param script launcher.js or post.js, in whichever folder.
 * @param nodeArguments what Node gets before the script.
 * @param onLine called with each line and the process, to act in the middle of a run.
 * @param options further ones for spawn, such as uid.
 * @returns the agent, with exitCode, signal, stdout and stderr besides.
 */
export function run(script, env, { task = readJson(taskFolder, 'task.json'), nodeArguments = [], onLine, options = {} } = {}) {
  return new Promise((resolve, reject) => {
    const agent = new Agent(task);
    // In a group of its own, so that a launcher that forgets its child leaves nothing behind.
    const child = spawn(process.execPath, [...nodeArguments, script], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
    const limit = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TIME_LIMIT);
    for (const name of ['stdout', 'stderr']) {
      agent[name] = '';
      let rest = '';
      child[name].setEncoding('utf8');
      child[name].on('data', text => {
        agent[name] += text;
        const lines = (rest + text).split(/\r\n|\n|\r/);
        rest = lines.pop();
        for (const line of lines) {
          agent.line(line);
          onLine?.(line, child);
        }
      });
      child[name].on('end', () => rest && agent.line(rest));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      resolve(Object.assign(agent.ended(code), { exitCode: code, signal }));
    });
  });
}
