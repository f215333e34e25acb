// The agent's rules as far as the other tests rely on them.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Agent, matches, parse, unescape } from './agent.mjs';

const task = { outputVariables: [{ name: 'accessToken' }], restrictions: { commands: { mode: 'restricted' }, settableVariables: { allowed: ['[A-Za-z_]*([A-Za-z0-9_])'] } } };
const after = (...lines) => {
  const agent = new Agent(task);
  for (const line of lines) agent.line(line);
  return agent;
};

test('command is found anywhere in a line, and only as it is written', () => {
  assert.equal(parse('text ##vso[task.setsecret]x').event, 'setsecret');
  for (const line of ['##VSO[task.setsecret]x', '## vso[task.setsecret]x', '##vso[task.setsecret', '##vso[setsecret]x', '##vso[a.b.c]x']) assert.equal(parse(line), null, line);
});

test('escapes are undone, the percent sign last', () => {
  assert.deepEqual(parse('##vso[task.x a=1%3B2%5D;b=;c=d=e]100%AZP25%0Ax%AZP250A'), { area: 'task', event: 'x', properties: { a: '1;2]', c: 'd=e' }, data: '100%\nx%0A' });
  assert.equal(unescape('%25'), '%25');
});

test('secret is masked from then on', () => {
  assert.deepEqual(after('abc', '##vso[task.setsecret]abc', 'xabcx').log, ['abc', 'x***x']);
});

test('declared output is known by its step alone', () => {
  const agent = after('##vso[task.setvariable variable=accessToken]a', '##vso[task.setvariable variable=X;issecret=true]b', '##vso[task.setvariable variable=Y;isoutput=true]c');
  assert.deepEqual(['accessToken', 'token.accessToken', 'X', 'Y', 'token.y'].map(name => agent.value(name)), [undefined, 'a', 'b', undefined, 'c']);
  assert.deepEqual(agent.masks, ['b']);
});

test('what is not allowed is a warning and a green step', () => {
  const agent = after('##vso[task.setvariable variable=a.b]x', '##vso[task.uploadsummary]/x').ended(0);
  assert.deepEqual([agent.warnings.length, agent.variables.size, agent.result], [2, 0, 'Succeeded']);
});

test('what throws fails the step and shows the raw line', () => {
  for (const line of ['##vso[task.setvariable variable=X;issecret=true]a%0Ab', '##vso[task.complete result=failed]', '##vso[task.nothing]', '##vso[task.setvariable variable=agent.name]x']) {
    const agent = after(line).ended(0);
    assert.deepEqual([agent.result, agent.log.length], ['Failed', 1]);
    assert.ok(agent.log[0].includes(line));
  }
});

test('exit code other than 0 fails the step', () => assert.equal(after().ended(1).result, 'Failed'));

test('failure stays', () => assert.equal(after('##vso[task.complete result=Failed;]no', '##vso[task.complete result=Succeeded;]').ended(0).result, 'Failed'));

test('negated patterns are not guessed at', () => assert.throws(() => matches('PATH', '!(PATH)')));
