// What the agent, the server and the marketplace ask of the manifests. tfx-cli accepts nearly anything without a word, and
// the mistake then shows as a step that cannot start. Used by package.sh on what it packs, and by the tests on the sources.
//
//   node rules.mjs FOLDER    prints every problem of a staged folder; exit code 1 when there is one

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export const SIZE_LIMIT = 25 * 1024 * 1024;

// Names and patterns of tasks.schema.json in microsoft/azure-pipelines-task-lib.
const GUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const TASK_KEYS = ['$schema', 'id', 'name', 'friendlyName', 'description', 'helpUrl', 'helpMarkDown', 'author', 'category', 'visibility', 'runsOn',
  'version', 'minimumAgentVersion', 'instanceNameFormat', 'groups', 'inputs', 'outputVariables', 'restrictions', 'execution', 'postjobexecution'];
const INPUT_KEYS = ['name', 'aliases', 'label', 'type', 'defaultValue', 'required', 'helpMarkDown', 'groupName', 'visibleRule', 'properties', 'options'];
const TYPES = /^(boolean|filePath|multiLine|pickList|radio|secureFile|string|int|connectedService:.+)$/;
const CATEGORIES = ['Build', 'Utility', 'Test', 'Package', 'Deploy'];
// Others, Node20 and Node22 among them, are ignored in silence.
const HANDLERS = ['Node20_1', 'Node24'];
// The server knows these and refuses others when the extension is published; the prefix is ms.vss-endpoint.endpoint-auth-scheme-.
const SCHEMES = ['basic', 'cert', 'none', 'oauth2', 'token'];

export function problemsOfTask(task, folder, connectionTypes = []) {
  const problems = [];
  const check = (holds, problem) => holds || problems.push(`task.json: ${problem}`);
  const inputs = new Map(task.inputs.map(input => [input.name, input]));
  const groups = task.groups.map(group => group.name);

  for (const key of Object.keys(task)) check(TASK_KEYS.includes(key), `unknown key ${key}`);
  check(GUID.test(task.id), 'id is no GUID');
  check(/^[A-Za-z0-9-]+$/.test(task.name), 'name has other characters than letters, digits and hyphens');
  check(task.friendlyName?.length > 0 && task.friendlyName.length <= 40, 'friendlyName is empty or longer than 40 characters');
  check(task.description?.length > 0, 'description is missing');
  check(CATEGORIES.includes(task.category), `category ${task.category} does not exist`);
  check(task.runsOn?.every(place => ['Agent', 'DeploymentGroup'].includes(place)), 'runsOn names a place where no agent is');
  check(['Major', 'Minor', 'Patch'].every(part => Number.isInteger(task.version?.[part])), 'version is not three whole numbers');
  // The first agents that know Node20_1; an older one would find no handler.
  check(isAtLeast(task.minimumAgentVersion, [3, 232, 1]), 'minimumAgentVersion is below 3.232.1');
  for (const [, name] of task.instanceNameFormat.matchAll(/\$\(([^)]*)\)/g)) check(inputs.has(name), `instanceNameFormat names ${name}, which is no input`);

  check(new Set(groups).size === groups.length, 'two groups have one name');
  check(new Set([...inputs.keys()].map(name => name.toUpperCase())).size === task.inputs.length, 'two inputs have one name in the environment');
  for (const input of task.inputs) {
    const say = (holds, problem) => check(holds, `input ${input.name}: ${problem}`);
    const options = Object.keys(input.options ?? {});
    for (const key of Object.keys(input)) say(INPUT_KEYS.includes(key), `unknown key ${key}`);
    say(NAME.test(input.name), 'the name has other characters than letters and digits');
    say(TYPES.test(input.type), `type ${input.type} does not exist`);
    say(input.label?.length > 0 && input.helpMarkDown?.length > 0, 'label or help is missing');
    say(typeof input.required === 'boolean', 'required is not true or false');
    say(input.groupName === undefined || groups.includes(input.groupName), `group ${input.groupName} does not exist`);
    say((input.type === 'pickList') === options.length > 0, 'options belong to a pick list, and a pick list has some');
    say(input.type !== 'pickList' || input.defaultValue === undefined || options.includes(input.defaultValue), 'the default is none of the options');
    say(input.type !== 'boolean' || ['true', 'false'].includes(String(input.defaultValue)), 'a switch has no default');
    if (input.type.startsWith('connectedService:')) say(connectionTypes.includes(input.type.slice(17)), `no service connection of the type ${input.type.slice(17)}`);
    for (const condition of input.visibleRule?.split(/\s*(?:&&|\|\|)\s*/) ?? []) {
      const [, name, value] = /^(\w+) !?= (\S+)$/.exec(condition) ?? [];
      const asked = inputs.get(name);
      say(asked, `the rule asks for ${name ?? `"${condition}"`}, which is no input`);
      say(!asked?.options || value in asked.options, `the rule asks whether ${name} is ${value}, which it never is`);
    }
  }

  for (const stage of ['execution', 'postjobexecution']) {
    for (const handler of HANDLERS) check(task[stage]?.[handler], `${stage} has no ${handler}`);
    for (const [handler, { target }] of Object.entries(task[stage] ?? {})) {
      check(HANDLERS.includes(handler), `${stage}: ${handler} is ignored by the agent`);
      check(target && existsSync(join(folder, target)), `${stage}: ${target} does not exist`);
    }
  }

  check(task.restrictions?.commands?.mode === 'restricted', 'commands are not restricted');
  check(task.restrictions?.settableVariables?.allowed?.length > 0, 'settableVariables allows nothing');
  for (const output of task.outputVariables) check(NAME.test(output.name) && output.description, `output ${output.name}: name or description`);
  return problems;
}

export function problemsOfExtension(extension, folder) {
  const problems = [];
  const check = (holds, problem) => holds || problems.push(`vss-extension.json: ${problem}`);
  const exists = path => existsSync(join(folder, path));

  check(extension.manifestVersion === 1, 'manifestVersion is not 1');
  for (const key of ['id', 'publisher']) check(/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(extension[key]), `${key} has other characters than letters, digits and hyphens`);
  check(/^\d+\.\d+\.\d+$/.test(extension.version), 'version is not three numbers');
  check(extension.name && extension.description?.length <= 200, 'name or description is missing, or the description is longer than 200 characters');
  check(extension.categories?.includes('Azure Pipelines'), 'the category Azure Pipelines is missing');
  check(extension.targets?.length > 0, 'targets is empty');
  for (const [name, { uri }] of Object.entries(extension.links)) check(uri.startsWith('https://'), `link ${name} is not https`);
  for (const path of [extension.content.details.path, extension.content.license.path, ...extension.files.map(file => file.path)]) check(exists(path), `${path} does not exist`);
  check(exists(extension.icons.default) && isPng(join(folder, extension.icons.default), 128), 'the icon is no PNG of 128 by 128');

  const ids = extension.contributions.map(contribution => contribution.id);
  check(new Set(ids).size === ids.length, 'two contributions have one id');
  const types = connectionTypes(extension);
  check(new Set(types).size === types.length, 'two service connections have one type');
  for (const { id, type, properties } of extension.contributions) {
    const say = (holds, problem) => check(holds, `${id}: ${problem}`);
    if (type === 'ms.vss-distributed-task.task') {
      say(exists(join(properties.name, 'task.json')), 'its folder has no task.json');
      continue;
    }

    say(type === 'ms.vss-endpoint.service-endpoint-type', `type ${type}`);
    say(properties.name && properties.displayName, 'name or displayName is missing');
    // Left out, it means hidden in one version of the server and shown in another; and where it is hidden there has to be a value.
    say(['true', 'false'].includes(properties.url?.isVisible) && properties.url.value, 'url.isVisible is not said, or the url has no value');
    say(properties.authenticationSchemes.length > 0 && properties.authenticationSchemes.every(scheme =>
      SCHEMES.includes(scheme.type.replace('ms.vss-endpoint.endpoint-auth-scheme-', ''))), 'a scheme that the server does not know');
    // What is under a scheme is masked whatever it is; what is not is shown whatever it is.
    say(properties.inputDescriptors.every(input => input.isConfidential === false), 'a secret among the data');
    for (const input of [...properties.inputDescriptors, ...properties.authenticationSchemes.flatMap(scheme => scheme.inputDescriptors ?? [])]) {
      say(NAME.test(input.id) && input.name && input.description, `input ${input.id}: id, name or description`);
      say(typeof input.isConfidential === 'boolean' && typeof input.validation?.isRequired === 'boolean', `input ${input.id}: isConfidential or isRequired is not said`);
      say(input.inputMode !== 'passwordbox' || input.isConfidential, `input ${input.id}: hidden while it is typed, and not confidential`);
    }
  }

  return problems;
}

/** What is about to be packed: the manifests, one version in both, and nothing that only developers need. */
export function problemsOfStage(folder) {
  const extension = JSON.parse(readFileSync(join(folder, 'vss-extension.json'), 'utf8'));
  const task = JSON.parse(readFileSync(join(folder, 'task', 'task.json'), 'utf8'));
  const problems = [...problemsOfExtension(extension, folder), ...problemsOfTask(task, join(folder, 'task'), connectionTypes(extension))];
  const { Major, Minor, Patch } = task.version;
  if (extension.version !== `${Major}.${Minor}.${Patch}` || extension.version === '0.0.0') problems.push(`the extension is ${extension.version} and the task ${Major}.${Minor}.${Patch}`);
  if (!isPng(join(folder, 'task', 'icon.png'), 32)) problems.push('task/icon.png is no PNG of 32 by 32');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  for (const file of files) {
    if (/(^|\/)(node_modules|tests?)\/|\.test\.|package(-lock)?\.json$|\.(pdb|dbg|xml|map)$/.test(file)) problems.push(`${file} does not belong into the package`);
  }

  const executables = files.filter(file => /^task\/bin\//.test(file));
  for (const file of executables) {
    if (!/^task\/bin\/((linux|linux-musl|osx)-(x64|arm64)\/ccaas-token|win-(x64|arm64)\/ccaas-token\.exe)$/.test(file)) problems.push(`${file} is none that the launcher looks for`);
  }

  const { image } = JSON.parse(readFileSync(join(folder, 'task', 'image.json'), 'utf8'));
  if (image && !/^[^\s@]+@sha256:[0-9a-f]{64}$/.test(image)) problems.push('the image is not named by its digest');
  if (!image && executables.length === 0) problems.push('there is neither an executable nor an image');
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  if (bytes > 8 * SIZE_LIMIT) problems.push(`${bytes} bytes cannot become a package of less than ${SIZE_LIMIT}`);
  return problems;
}

export const connectionTypes = extension => extension.contributions
  .filter(contribution => contribution.type === 'ms.vss-endpoint.service-endpoint-type').map(contribution => contribution.properties.name);

function isAtLeast(version, least) {
  const parts = String(version).split('.').map(Number);
  const differing = least.findIndex((part, i) => parts[i] !== part);
  return parts.length === 3 && (differing < 0 || parts[differing] > least[differing]);
}

function isPng(file, size) {
  if (!existsSync(file)) return false;
  const bytes = readFileSync(file);
  return bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) && bytes.readUInt32BE(16) === size && bytes.readUInt32BE(20) === size;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = problemsOfStage(process.argv[2]);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
