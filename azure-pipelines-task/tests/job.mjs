// Runs a script of the task as the agent does: with its environment and without a shell, reading both streams.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
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
const PIPED = ['/bin/bash', '-c', 'exec > >(/bin/cat) 2> >(/bin/cat >&2); exec "$@"', 'agent'];
const upper = name => name.toUpperCase().replaceAll(/[. ]/g, '_');

/**
 * The environment that the agent gives to a handler (NodeHandler.cs, Handler.cs).
 * @param inputs those that the pipeline sets; the others arrive with their default, or empty.
 * @param connections by input: { id, url, scheme, authorization, data }.
 * @param job variables of the job, by name: those of the pipeline, and what steps set by task.setvariable.
 * @param secrets the same, secret.
 * @param isOld an agent up to 5.276, where a variable of the job overrides an input or a connection.
 * @param variables of the machine or of the step's env:, which the agent lists nowhere.
 */
export function environment({
  task = readJson(taskFolder, 'task.json'), inputs = {}, connections = {}, temp, work = temp, taskVariables = {}, job = {}, secrets = {}, isOld = false, variables = {},
} = {}) {
  const start = {};
  for (const name of STARTING) if (process.env[name]) start[name] = process.env[name];
  const given = {
    ENDPOINT_URL_SYSTEMVSSCONNECTION: 'https://dev.example.test/',
    ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{"parameters":{"AccessToken":"the-jobs-own-token"},"scheme":"OAuth"}',
    ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: 'OAuth',
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: 'the-jobs-own-token',
  };
  for (const input of task.inputs) given[`INPUT_${upper(input.name)}`] = String(inputs[input.name] ?? input.defaultValue ?? '').trim();
  for (const [input, { id, url = 'https://vendor.example.test/', scheme = 'UsernamePassword', authorization = {}, data = {} }] of Object.entries(connections)) {
    given[`INPUT_${upper(input)}`] = id;
    given[`ENDPOINT_URL_${id}`] = url;
    given[`ENDPOINT_AUTH_${id}`] = JSON.stringify({ parameters: authorization, scheme });
    given[`ENDPOINT_AUTH_SCHEME_${id}`] = scheme;
    for (const [key, value] of Object.entries(authorization)) given[`ENDPOINT_AUTH_PARAMETER_${id}_${upper(key)}`] = value;
    given[`ENDPOINT_DATA_${id}`] = JSON.stringify(data);
    for (const [key, value] of Object.entries(data)) given[`ENDPOINT_DATA_${id}_${upper(key)}`] = value;
  }
  // Names as the agent and the server write them. A variable of a job is known by its name without regard to case.
  const open = new Map();
  for (const [name, value] of Object.entries({
    'agent.TempDirectory': temp, 'system.defaultworkingdirectory': work, 'agent.version': isOld ? '5.276.0' : '5.281.0', 'system.teamProject': 'project',
    'system.teamProjectId': '5b0f2ab1-0000-4000-8000-000000000001', 'system.collectionId': '5b0f2ab1-0000-4000-8000-000000000002', 'build.buildId': '42', 'system.taskInstanceId': randomUUID(), ...job,
  })) open.set(name.toLowerCase(), { name, value });
  const formatted = Object.fromEntries([...open.values()].map(({ name, value }) => [upper(name), value]));
  formatted.VSTS_PUBLIC_VARIABLES = JSON.stringify([...open.values()].map(({ name }) => name));
  for (const [name, value] of Object.entries(secrets)) formatted[`SECRET_${upper(name)}`] = value;
  formatted.VSTS_SECRET_VARIABLES = JSON.stringify(Object.keys(secrets));
  const taskEnvironment = Object.fromEntries(Object.entries(taskVariables).map(([name, value]) => [`VSTS_TASKVARIABLE_${name}`, value]));
  return { ...start, ...variables, ...(isOld ? { ...given, ...formatted } : { ...formatted, ...given }), ...taskEnvironment, TF_BUILD: 'True' };
}

/**
 * Runs one stage to its end.
 * @param script launcher.js or post.js, in whichever folder.
 * @param nodeArguments what Node gets before the script.
 * @param onLine called with each line and the process, to act in the middle of a run.
 * @param options further ones for spawn, such as cwd or uid.
 * @param pipes the agent reads pipes, where Node gives its children sockets.
 * @returns the agent, with exitCode, signal, stdout and stderr besides.
 */
export function run(script, env, { task = readJson(taskFolder, 'task.json'), nodeArguments = [], onLine, options = {}, pipes = false } = {}) {
  return new Promise((resolve, reject) => {
    const agent = new Agent(task);
    // In a group of its own, so that a launcher that forgets its child leaves nothing behind.
    const command = [...(pipes ? PIPED : []), process.execPath, ...nodeArguments, script];
    const child = spawn(command[0], command.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
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
