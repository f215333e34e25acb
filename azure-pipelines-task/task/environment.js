'use strict';
// What the program may see of the environment, and when it must not start.
// Any log line of an earlier step can set a variable of the job (##vso[task.setvariable …]), and the agent exports every public
// one to every task; up to 5.276 even over an input that the pipeline gives. But it lists the names of all of them, the job's
// as they were set and its own with a dot: build.buildId is BUILD_BUILDID in the environment. What it lists as BUILD_BUILDID
// is not its own. What it does not list at all comes from the machine, or from the step's env:.

const { inputs } = require('./task.json');

const variable = input => `INPUT_${input.name.toUpperCase()}`;
const INPUTS = inputs.map(variable);
const CONNECTIONS = inputs.filter(input => input.type.startsWith('connectedService:')).map(variable);
// An id is a GUID. A name, such as SystemVssConnection, opens nothing: the job's own token is behind it.
const ENDPOINT = /^ENDPOINT_(?:URL|AUTH|AUTH_SCHEME|AUTH_PARAMETER|DATA)_([0-9a-f-]{36})(?:_|$)/i;
const TASK_VARIABLE = /^VSTS_TASKVARIABLE_/;
// Only the agent writes such names.
const RESERVED = /^(INPUT|ENDPOINT|VSTS_TASKVARIABLE)_/;

// Of the agent and of the run. A secret variable arrives with SECRET_ before its name. Not agent.cainfo: where the agent has
// none, an earlier step can set it, and it would decide which certificates are trusted.
const RUN = ['agent.proxyUrl', 'agent.proxyUsername', 'SECRET_agent.proxyPassword', 'agent.proxyBypassList', 'system.debug',
  'build.buildId', 'system.teamProjectId', 'system.collectionId'];
// Whoever sets these decides which way the requests take, and TLS protects what passes.
const PROXY = /^(https?|all|no)_proxy$/i;
const MACHINE = process.platform === 'win32' ? ['SystemRoot', 'SystemDrive', 'windir', 'ProgramData', 'AppData', 'LocalAppData', 'UserProfile'] : ['HOME'];
// The identity for a store of that kind. None that names a host, but for the address of a container's role, which the
// program takes only where no packet to it leaves the machine.
const STORES = new Map([
  ['azure-keyvault', ['system.oidcRequestUri', 'SYSTEM_ACCESSTOKEN', 'AZURESUBSCRIPTION_TENANT_ID', 'AZURESUBSCRIPTION_CLIENT_ID', 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
    'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_FEDERATED_TOKEN_FILE']],
  ['aws-secretsmanager', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ROLE_ARN', 'AWS_ROLE_SESSION_NAME', 'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    'AWS_EC2_METADATA_DISABLED']],
]);
// How docker's own command finds its daemon; none of these reaches the container.
const DOCKER = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'DOCKER_CERT_PATH', 'DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_API_VERSION'];

/** As the agent does it: a variable's name in the environment. */
const exported = name => name.replace(/[. ]/g, '_').toUpperCase();

/** Names of the job's variables, each as it was set. */
function listed() {
  try {
    const [open, secret] = ['VSTS_PUBLIC_VARIABLES', 'VSTS_SECRET_VARIABLES'].map(list => JSON.parse(process.env[list]).map(String));
    return { all: [...open, ...secret], inEnvironment: [...open, ...secret.map(name => `SECRET_${name}`)] };
  } catch {
    throw new Error('The agent does not list the variables of the job (VSTS_PUBLIC_VARIABLES, VSTS_SECRET_VARIABLES), so that its own cannot be told from those of an earlier step.');
  }
}

function refuse(name) {
  // Its writer chose the name.
  const shown = exported(name).replace(/[^\w-]/g, '?').slice(0, 100);
  throw new Error(`The variable ${shown} was set by an earlier step or by the pipeline, and would decide in place of this step's inputs or of the agent. Remove it, or give it another name.`);
}

/** @returns those of the names that are set, by their name in the environment. A name with a dot is the agent's own. */
function pick(names, jobs) {
  return Object.fromEntries(names.flatMap(name => {
    const key = exported(name);
    const forged = jobs.find(other => exported(other) === key && !(name.includes('.') && other.toLowerCase() === name.toLowerCase()));
    if (forged) refuse(forged);
    return process.env[key] === undefined ? [] : [[key, process.env[key]]];
  }));
}

const matching = test => Object.fromEntries(Object.entries(process.env).filter(([name]) => test(name)));

/** @throws where a variable of the job stands in the place of one that is passed. */
module.exports = function environment() {
  const { all, inEnvironment } = listed();
  const reserved = all.find(name => RESERVED.test(exported(name)));
  if (reserved) refuse(reserved);

  const connections = CONNECTIONS.map(name => (process.env[name] ?? '').trim().toLowerCase());
  const store = STORES.get((process.env.INPUT_CACHE ?? '').trim().toLowerCase().split('://')[0]) ?? [];
  const anywhere = {
    ...pick([...INPUTS, ...RUN, ...store], inEnvironment),
    ...matching(name => TASK_VARIABLE.test(name) || PROXY.test(name) || connections.includes(ENDPOINT.exec(name)?.[1].toLowerCase())),
    TF_BUILD: 'True',
  };
  const machine = pick(MACHINE, inEnvironment);
  const { AGENT_TEMPDIRECTORY: temp } = pick(['agent.tempDirectory'], inEnvironment);
  return {
    program: { ...anywhere, ...machine, ...(temp && { AGENT_TEMPDIRECTORY: temp, TMPDIR: temp, TEMP: temp, TMP: temp }) },
    /** The agent's folders are not there. */
    container: anywhere,
    docker: () => ({ ...anywhere, ...machine, ...pick(DOCKER, inEnvironment), PATH: process.env.PATH }),
  };
};
