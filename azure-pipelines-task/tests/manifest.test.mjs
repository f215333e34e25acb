import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { parse } from 'yaml';
import { connectionTypes, problemsOfExtension, problemsOfTask } from '../rules.mjs';
import { matches } from './agent.mjs';
import { readJson, root, taskFolder } from './job.mjs';

const task = readJson(taskFolder, 'task.json');
const extension = readJson(root, 'vss-extension.json');
const action = parse(readFileSync(join(root, '..', 'action.yml'), 'utf8'));
const camel = name => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const names = list => list.map(entry => entry.name).sort();
// The task's own: what GitHub has no counterpart of.
const OWN = ['cxoneConnection', 'genesysConnection', 'runner'];

test('task.json keeps the rules', () => assert.deepEqual(problemsOfTask(task, taskFolder, connectionTypes(extension)), []));

test('vss-extension.json keeps the rules', () => {
  // The license lies at the top of the repository and is put beside it when it is packed.
  assert.deepEqual(problemsOfExtension(extension, root), ['vss-extension.json: LICENSE does not exist']);
});

test('sources name no version: the product has one', () => {
  assert.deepEqual([task.version, extension.version], [{ Major: 0, Minor: 0, Patch: 0 }, '0.0.0']);
  assert.equal(readJson(taskFolder, 'image.json').image, '');
  assert.match(readFileSync(join(root, '..', 'Directory.Build.props'), 'utf8'), /<Version>\d+\.\d+\.\d+<\/Version>/);
});

test('inputs are those of action.yml', () => {
  assert.deepEqual(names(task.inputs), [...Object.keys(action.inputs).map(camel), ...OWN].sort());
});

for (const [name, { default: value, required }] of Object.entries(action.inputs)) {
  test(`input ${name} means the same as in action.yml`, () => {
    const input = task.inputs.find(candidate => candidate.name === camel(name));
    assert.equal(input.defaultValue, value);
    assert.equal(input.required, required ?? false);
    assert.equal(input.type === 'boolean', value === 'true' || value === 'false');
  });
}

test('outputs are those of action.yml', () => assert.deepEqual(names(task.outputVariables), Object.keys(action.outputs).map(camel).sort()));

for (const name of ['clientSecret', 'accessKeySecret', 'privateKey', 'clientKey']) {
  test(`${name} is fed from a secret variable`, () => {
    const input = task.inputs.find(candidate => candidate.name === name);
    assert.equal(input.type, 'string');
    assert.equal(input.defaultValue, undefined);
    assert.match(input.helpMarkDown, /secret variable/);
  });
}

test('every name that the program can export may be set, and no built-in one', () => {
  const maySet = name => task.restrictions.settableVariables.allowed.some(pattern => matches(name, pattern));
  for (const name of [...names(task.outputVariables), 'CCAAS_ACCESS_TOKEN', 'GENESYSCLOUD_API_REGION', '_', 'x', 'Token1', 'PATHFINDER_TOKEN']) assert.ok(maySet(name), name);
  for (const name of ['agent.tempdirectory', 'system.debug', 'build.sourcebranch', 'a.b', '.a', '1a', 'a b', 'a/b', 'a-b', '']) assert.ok(!maySet(name), name);
});

test('connections keep apart what is masked and what is shown', () => {
  const [genesys, cxone] = extension.contributions.slice(1).map(({ properties }) => ({
    name: properties.name,
    data: properties.inputDescriptors.map(input => input.id),
    secret: properties.authenticationSchemes[0].inputDescriptors.filter(input => input.isConfidential).map(input => input.id),
  }));
  assert.deepEqual(genesys, { name: 'ccaas-genesys-cloud', data: ['region'], secret: ['password'] });
  assert.deepEqual(cxone, { name: 'ccaas-nice-cxone', data: ['region', 'issuer', 'flow'], secret: ['password', 'accessKeyId', 'accessKeySecret'] });
});

/** @param change breaks a copy. */
function taskProblems(change) {
  const copy = structuredClone(task);
  change(copy, name => copy.inputs.find(input => input.name === name));
  return problemsOfTask(copy, taskFolder, connectionTypes(extension)).join('\n');
}

for (const [what, change, problem] of [
  ['a name of 41 characters', copy => (copy.friendlyName = 'x'.repeat(41)), /longer than 40/],
  ['a handler that the agent ignores', copy => (copy.execution.Node20 = { target: 'launcher.js' }), /Node20 is ignored/],
  ['a handler without a file', copy => (copy.postjobexecution.Node24.target = 'missing.js'), /missing\.js does not exist/],
  ['no handler for an older agent', copy => delete copy.execution.Node20_1, /execution has no Node20_1/],
  ['no handler for an agent without Node 20', copy => delete copy.postjobexecution.Node24, /postjobexecution has no Node24/],
  ['an older agent', copy => (copy.minimumAgentVersion = '3.232.0'), /below 3\.232\.1/],
  ['an id that is no GUID', copy => (copy.id = 'ccaas-token'), /no GUID/],
  ['a hyphen in a name', (copy, input) => (input('clientId').name = 'client-id'), /client-id: the name has/],
  ['a rule about an input that is not there', (copy, input) => (input('flow').visibleRule = 'vendor = x'), /asks for vendor/],
  ['a rule about a value that is not there', (copy, input) => (input('flow').visibleRule = 'provider = cxone'), /whether provider is cxone/],
  ['a group that is not there', (copy, input) => (input('flow').groupName = 'x'), /group x does not exist/],
  ['a default that is no option', (copy, input) => (input('runner').defaultValue = 'podman'), /none of the options/],
  ['a connection of no known type', (copy, input) => (input('genesysConnection').type = 'connectedService:x'), /no service connection of the type x/],
  ['an unknown key', copy => (copy.demand = []), /unknown key demand/],
]) test(`rules notice ${what}`, () => assert.match(taskProblems(change), problem));

for (const [what, change, problem] of [
  ['a secret among the data', properties => (properties.inputDescriptors[0].isConfidential = true), /secret among the data/],
  ['an address of which nobody says whether it is shown', properties => delete properties.url.isVisible, /isVisible is not said/],
  ['a scheme of our own', properties => (properties.authenticationSchemes[0].type = 'endpoint-auth-scheme-ccaas'), /scheme that the server does not know/],
]) {
  test(`rules notice ${what}`, () => {
    const copy = structuredClone(extension);
    change(copy.contributions[1].properties);
    assert.match(problemsOfExtension(copy, root).join('\n'), problem);
  });
}
