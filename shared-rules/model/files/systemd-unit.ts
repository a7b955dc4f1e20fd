import type { DerivedText, Piece } from '../../language/derived-text.ts';
import { ownEntry } from '../../language/own-entry.ts';
import { type CommandLine, type GivenVariables, plainWord, readShell } from '../../language/shell/command-line.ts';
import { removeWords, replaceInWord } from '../../language/shell/word-edit.ts';
import type { KnownText } from '../../language/shell/word-text.ts';
import { lineEnd, nextLine, type Range, type TextPart } from '../../language/text.ts';
import { type ContainerCommand, imageName, type Option, readOptions, wordsOf } from '../commands/container-command.ts';
import { RUN_FLAGS } from '../commands/flags.ts';
import { engineSubject } from '../workload.ts';
import { expandedValue, unitVariables, withoutSpecifiers } from './unit-text.ts';

/** What a systemd unit or a Podman Quadlet runs. Facts: systemd.syntax(7), systemd.service(5), podman-systemd.unit(5). */
export interface Unit {
  readonly scripts: readonly DerivedText[];
  /** What the unit says of the variables in its scripts. */
  readonly given: GivenVariables;
  /** The keys of a Quadlet, and the words of `PodmanArgs`, as lines that can be edited. */
  readonly lines: readonly CommandLine[];
  readonly commands: readonly ContainerCommand[];
}

interface UnitEntry {
  readonly section: string;
  readonly key: string;
  readonly keyRange: Range;
  readonly value: Piece;
  readonly lines: readonly Piece[];
}

/** The Quadlet keys that say the same as an option of `podman run`. */
const OPTIONS: Readonly<Record<string, string>> = {
  Network: 'network',
  PublishPort: 'publish',
  Volume: 'volume',
  Mount: 'mount',
  AddCapability: 'cap-add',
  AddDevice: 'device',
  UserNS: 'userns',
  Environment: 'env',
  ContainerName: 'name',
  PodName: 'name',
  HostName: 'hostname',
  Sysctl: 'sysctl',
  GroupAdd: 'group-add',
};
/** Keys whose values `podman run` takes as `--security-opt`. */
const SECURITY: readonly (readonly [string, RegExp, string])[] = [
  ['SecurityLabelDisable', /^(?:true|yes|1|on)$/i, 'label=disable'],
  ['SeccompProfile', /^unconfined$/, 'seccomp=unconfined'],
  ['Unmask', /^ALL$/i, 'unmask=ALL'],
];
const KEY = /^(\s*)([A-Za-z][\w-]*)(\s*=\s*)(.*)/;
/** Before a command stand signs that say how systemd runs it. */
const COMMAND = /^(\s*)([A-Za-z][\w-]*)(\s*=\s*[-@:+!|]*)(.*)/;
const QUADLET_SECTION = /^(?:Container|Pod|Kube|Build)$/;

export function readUnit(text: string): Unit {
  const entries = readEntries(text);
  const started = entries.filter(({ section, key }) => section === 'Service' && key.startsWith('Exec'));
  const quadlet = entries.filter(({ section }) => QUADLET_SECTION.test(section));
  const environment = entries.filter(({ section, key }) => section === 'Service' && key === 'Environment');
  const variables = unitVariables(
    environment.map(({ value }) => value.text),
    entries.some(({ key }) => key === 'EnvironmentFile'),
  );
  const read = quadlet.map((entry) => readEntry(entry, variables));
  const lines = read.flatMap((one) => one.lines);
  const options = read.flatMap((one) => one.options);
  const scripts = started.map(({ lines }) => withoutSpecifiers(lines));
  const given = (name: string) => variables.get(name);
  return { scripts, given, lines, commands: quadlet.length > 0 ? [toCommand(quadlet, options)] : [] };
}

function toCommand(entries: readonly UnitEntry[], options: readonly Option[]): ContainerCommand {
  const image = entries.find(({ key }) => key === 'Image')?.value;
  const isBuild = entries[0]?.section === 'Build';
  const name = options.find((option) => option.name === 'name')?.value ?? imageName(image?.text ?? '');
  const range = { start: entries[0]?.keyRange.start ?? 0, end: end(entries.at(-1) as UnitEntry) };
  return {
    verb: isBuild ? 'build' : 'run',
    isDocker: false,
    mayNotRun: false,
    scriptStart: 0,
    subject: engineSubject('container', name, range, image?.text),
    options,
    image: image && { text: image.text, at: { range: rangeOf(image), path: 'Container.Image', file: undefined } },
    args: entries.filter(({ key }) => key === 'Exec').flatMap(({ value }) => value.text.split(/\s+/)),
  };
}

function readEntry(
  entry: UnitEntry,
  variables: ReadonlyMap<string, KnownText>,
): { lines: CommandLine[]; options: Option[] } {
  const { key, keyRange, value, section } = entry;
  if (key === 'PodmanArgs') {
    const [line] = readShell(withoutSpecifiers(entry.lines), (variable) => variables.get(variable)).commands;
    return line ? { lines: [line], options: readOptions(wordsOf(line), 0, RUN_FLAGS, true).options } : none();
  }
  const read = expandedValue(value, variables);
  const security = SECURITY.find(([name, pattern]) => name === key && pattern.test(read.text));
  const name = security ? 'security-opt' : ownEntry(OPTIONS, key);
  if (!name) return none();
  const beforeValue = { start: keyRange.start, end: value.offset };
  const line = {
    words: [plainWord(key, beforeValue), plainWord(value.text, rangeOf(value))],
    range: { start: keyRange.start, end: end(entry) },
    isConditional: false,
    scriptStart: 0,
  };
  // `AddCapability=` takes several, as a list that cannot be edited by itself.
  const values = name === 'cap-add' ? read.text.split(/\s+/) : [security?.[2] ?? read.text];
  const isOne = values.length === 1;
  const options = values.map((one) => ({
    name,
    value: one,
    at: { range: isOne ? rangeOf(value) : partOf(read, one), path: `${section}.${key}`, file: undefined },
    spelling: `${key}=${value.text}`,
    fromDefault: read.hasDefault({ start: 0, end: read.text.length }),
    removal: isOne ? [removeWords(line, 0, 2)] : [],
    withValue: (text: string) => (isOne ? [replaceInWord(line, 1, rangeOf(value), text)] : []),
    withPart: (part: TextPart, text: string) => (isOne ? [replaceInWord(line, 1, read.inFile(part), text)] : []),
    followedBy: () => [],
    replacedBy: () => [],
    rangeOf: (part: string, start?: number) => (read.text.includes(part) ? partOf(read, part, start) : rangeOf(value)),
  }));
  return { lines: [line], options };
}

function none(): { lines: CommandLine[]; options: Option[] } {
  return { lines: [], options: [] };
}

function rangeOf({ text, offset }: Piece): Range {
  return { start: offset, end: offset + text.length };
}

function partOf(read: DerivedText, part: string, from = 0): Range {
  const start = read.text.indexOf(part, from);
  return read.inFile({ start, end: start + part.length });
}

function end({ value }: UnitEntry): number {
  return value.offset + value.text.length;
}

/** `Key=Value` under `[Section]`; a backslash at the end of a line goes on in the next, comments between them do not count. */
function readEntries(text: string): UnitEntry[] {
  const entries: UnitEntry[] = [];
  let section = '';
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const match = (section === 'Service' ? COMMAND : KEY).exec(line.trimEnd());
    if (!match) continue;
    const [, indent = '', key = '', equals = '', value = ''] = match;
    const start = at + indent.length;
    const first = { text: value, offset: start + key.length + equals.length };
    const lines: Piece[] = [{ text: `${value}\n`, offset: first.offset }];
    while (/\\\s*$/.test(text.slice(at, lineEnd(text, at))) && nextLine(text, at) < text.length) {
      at = nextLine(text, at);
      const next = text.slice(at, lineEnd(text, at));
      if (!/^\s*[#;]/.test(next)) lines.push({ text: `${next}\n`, offset: at });
    }
    entries.push({ section, key, keyRange: { start, end: start + key.length }, value: first, lines });
  }
  return entries;
}
