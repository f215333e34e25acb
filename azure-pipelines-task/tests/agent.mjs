// What the agent makes of a task's output, written from its source (Command, CommandStringConvertor, TaskCommandExtension,
// WorkerCommandManager, ExecutionContext) and from nothing of ours, so that a misreading on one side shows.

const ALLOWED_WHEN_RESTRICTED = ['logdetail', 'logissue', 'issue', 'complete', 'setprogress', 'setsecret', 'setvariable', 'debug', 'settaskvariable', 'prependpath'];
const KNOWN = [...ALLOWED_WHEN_RESTRICTED, 'uploadsummary', 'uploadfile', 'addattachment', 'setendpoint'];
const RESULTS = ['Succeeded', 'SucceededWithIssues', 'Failed', 'Canceled', 'Skipped', 'Abandoned'];
const BUILT_IN = /^(agent|build|common|pipeline|release|system|task|endpoint|secret|azp|mspath)\./i;
const ESCAPES = [[';', '%3B'], ['\r', '%0D'], ['\n', '%0A'], [']', '%5D']];

export function unescape(text) {
  for (const [character, escaped] of ESCAPES) text = text.replaceAll(escaped, character);
  return text.replaceAll('%AZP25', '%');
}

/** The command in a line, wherever it stands in it; null when there is none. */
export function parse(line) {
  const start = line.indexOf('##vso[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return null;
  const info = line.slice(start + 6, end);
  const space = info.indexOf(' ');
  const [area, event, ...rest] = (space < 0 ? info : info.slice(0, space)).split('.').filter(part => part);
  if (!area || !event || rest.length) return null;
  const properties = {};
  for (const pair of space > 0 ? info.slice(space + 1).split(';') : []) {
    const equals = pair.indexOf('=');
    // An empty value is none.
    if (equals > 0 && equals < pair.length - 1) properties[pair.slice(0, equals).toLowerCase()] = unescape(pair.slice(equals + 1));
  }
  return { area: area.toLowerCase(), event: event.toLowerCase(), properties, data: unescape(line.slice(end + 1)) };
}

/** The part of minimatch that task.json may use here: classes, * and ?, and lists in + * ? @; no negation, which means something else at a pattern's start. */
export function matches(name, pattern) {
  if (/^[!#]|!\(/.test(pattern)) throw new Error(`a negated pattern cannot be judged: ${pattern}`);
  let source = '';
  const lists = [];
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if ('+*?@'.includes(c) && pattern[i + 1] === '(') {
      lists.push(c === '@' ? '' : c);
      source += '(?:';
      i++;
    } else if (c === ')' && lists.length) source += `)${lists.pop()}`;
    else if (c === '|' && lists.length) source += '|';
    else if (c === '*') source += '[^/]*?';
    else if (c === '?') source += '[^/]';
    else if (c === '[') {
      const end = pattern.indexOf(']', i + 2);
      source += pattern.slice(i, end + 1);
      i = end;
    } else source += c.replace(/[.^$\\{}()|]/, '\\$&');
  }
  return !(name.startsWith('.') && pattern[0] !== '.') && new RegExp(`^${source}$`, 'i').test(name);
}

/** One step on an agent. Feed it lines of both streams in the order in which they come. */
export class Agent {
  /** @param task what task.json holds; @param step the step's name in the pipeline. */
  constructor(task, step = 'token') {
    this.restrictions = task.restrictions ?? {};
    this.declared = (task.outputVariables ?? []).map(output => output.name.toLowerCase());
    this.step = step;
    this.masks = [];
    this.log = [];
    this.commands = [];
    this.variables = new Map();
    this.taskVariables = new Map();
    this.issues = [];
    this.warnings = [];
    this.errors = [];
    this.result = null;
    this.operation = null;
    this.depth = 0;
  }

  line(text) {
    const command = parse(text);
    if (!command) {
      if (text.includes('##vso')) this.warnings.push(`a command that cannot be parsed: ${text}`);
      this.show(text);
      return;
    }

    this.commands.push({ ...command, masked: this.masks.length });
    if (command.area !== 'task') {
      this.warnings.push(`no such area: ${command.area}`);
      return;
    }

    try {
      if (!KNOWN.includes(command.event)) throw new Error(`no such command: ${command.event}`);
      if (this.restrictions.commands?.mode === 'restricted' && !ALLOWED_WHEN_RESTRICTED.includes(command.event)) {
        this.warnings.push(`the command ${command.event} is not allowed`);
        return;
      }

      this.execute(command);
    } catch (error) {
      // The raw line goes into the log, whatever it holds.
      this.show(`##[error]Unable to process command '${text}' successfully.`);
      this.errors.push(error.message);
      this.result = 'Failed';
    }
  }

  /** When the process has ended. Any exit code but 0 is an infrastructure failure. */
  ended(exitCode) {
    if (exitCode !== 0) {
      this.errors.push(`exit code ${exitCode}`);
      this.result = 'Failed';
    }

    this.result ??= 'Succeeded';
    return this;
  }

  /** What a later step sees as $(name). */
  value(name) {
    return this.variables.get(name.toLowerCase())?.value;
  }

  execute({ event, properties, data }) {
    switch (event) {
      case 'setsecret':
        if (data) this.masks.push(data);
        break;
      case 'setvariable':
        this.setVariable(properties, data);
        break;
      case 'settaskvariable':
        if (!properties.variable) throw new Error('a task variable without a name');
        refuseLines(properties, data);
        this.taskVariables.set(properties.variable.toUpperCase().replaceAll(/[. ]/g, '_'), data);
        break;
      case 'logissue':
      case 'issue':
        if (!/^(error|warning)$/i.test(properties.type ?? '')) throw new Error('an issue of no known type');
        this.issues.push({ type: properties.type.toLowerCase(), message: data });
        this.show(`##[${properties.type.toLowerCase()}]${data}`);
        break;
      case 'complete':
        if (!RESULTS.includes(properties.result)) throw new Error('no such result');
        this.result = worse(this.result, properties.result);
        this.operation = data;
        break;
      case 'prependpath':
        this.checkSettable('PATH');
        break;
      case 'debug':
        break;
    }
  }

  setVariable(properties, data) {
    const name = properties.variable;
    if (!name) throw new Error('a variable without a name');
    if (BUILT_IN.test(name)) throw new Error(`${name} is read-only`);
    refuseLines(properties, data);
    const secret = /^true$/i.test(properties.issecret ?? '');
    if (secret && data) this.masks.push(data);
    if (!this.checkSettable(name)) return;
    const output = /^true$/i.test(properties.isoutput ?? '') || this.declared.includes(name.toLowerCase());
    const stored = output ? `${this.step}.${name}` : name;
    const before = this.variables.get(stored.toLowerCase());
    this.variables.set(stored.toLowerCase(), { name: stored, value: data, secret: secret || (before?.secret ?? false), output });
  }

  checkSettable(name) {
    const allowed = this.restrictions.settableVariables?.allowed;
    const settable = !allowed || allowed.some(pattern => matches(name, pattern));
    if (!settable) this.warnings.push(`the variable ${name} may not be set`);
    return settable;
  }

  show(text) {
    if (text.startsWith('##[group]')) this.depth++;
    if (text.startsWith('##[endgroup]')) this.depth--;
    this.log.push(this.masks.toSorted((a, b) => b.length - a.length).reduce((line, mask) => line.replaceAll(mask, '***'), text));
  }
}

function refuseLines(properties, data) {
  if (/^true$/i.test(properties.issecret ?? '') && data.includes('\n')) throw new Error('a secret of several lines');
}

// TaskResultUtil.MergeTaskResults: the worse one stays, and what is past Failed stays whatever comes.
function worse(current, coming) {
  if (current === null) return coming;
  const [now, next] = [RESULTS.indexOf(current), RESULTS.indexOf(coming)];
  return now > RESULTS.indexOf('Failed') || next < now ? current : coming;
}
