/** Edits like those of people, of tools, and of nobody: on lines, values, quotes and structure. */
import type { Random } from '../../bench/random.ts';
import type { TextEdit } from '../../shared-rules/index.ts';
import type { Seed } from './seeds.ts';

/** What is typed or pasted anywhere. */
const TOKENS = [
  ...[
    '"',
    "'",
    '`',
    '[',
    ']',
    '{',
    '}',
    '|',
    '>',
    '- ',
    ': ',
    ',',
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '? ',
    '!!str ',
    '! ',
    '\\',
  ],
  ...['{{', '}}', '{{ .Values.a }}', '{{- if .Values.a }}\n', '{{- else }}\n', '{{- end }}\n', '{{/* a', '{{ "}}" }}'],
  ...[
    '{{- range .Values.list }}\n',
    '{{- with .Values.host }}\n',
    '{{- define "app.name" }}\n',
    '{{ include "app.name" . }}',
    '{{- toYaml .Values | nindent 6 }}',
    '{{ tpl .Values.pod . }}',
    '{{ required "a" .Values.b }}',
    '{{ fail "no" }}',
    '{{ .Files.Get "values.yaml" }}',
    ' | default true',
    ' | quote',
    '$.Values.',
    '{{ $x := ',
    '{{ break }}',
    '-}}',
  ],
  ...[
    '---\n',
    '\n---\n',
    '...\n',
    '%YAML 1.2\n---\n',
    '--- !x\n',
    '--- |\n',
    '---',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
  ],
  ...[
    '$(',
    '${A:-b}',
    '$',
    '<<EOF\n',
    '\nEOF\n',
    ' \\\n',
    ';',
    '&&',
    '||',
    '\n```\n',
    '\n```yaml\n',
    '~~~',
    '> ',
    '/*',
    '//',
  ],
  ...['\0', '\uFEFF', '\u2028', '\u0085', '\u00A0', '\uD83D', '\uDC33', '\u{1F433}', '\u202E', 'ä', '\x1b[31m'],
  ...['# bulkhead: ignore[host-network] known\n', ' # bulkhead: ignore[host-pid]', '# kics-scan ignore\n', '# nosec'],
] as const;

/** What a value is replaced with. */
const VALUES = [
  ...[
    'true',
    'false',
    'yes',
    'null',
    '~',
    '',
    '0',
    '-1',
    '0o7',
    '0x1F',
    '.inf',
    '1e999',
    '2026-01-01',
    '""',
    "''",
    '[]',
    '{}',
  ],
  ...[
    'host',
    '"host"',
    "'host'",
    'host # why',
    '{{ .Values.a }}',
    '"{{ .a }}"',
    '${A}',
    '$A',
    '${MODE:?x}',
    '!reset null',
    '|',
    '>-',
    '|2',
    '&a host',
  ],
  ...[
    '*a',
    '!!bool "true"',
    '!x y',
    '[host, host]',
    '{ a: b }',
    '- a',
    'a: b',
    '{{ .Values.hostNetwork | default true }}',
    '{{ toJson .Values.securityContext }}',
    '../base',
    '/spec/template/spec/containers/0',
    '/run/docker.sock',
    '/',
    '80:80',
    '0.0.0.0:1:1',
  ],
] as const;

/** Lines of an object or a service. */
const KEYS = [
  ...['hostNetwork: true', 'hostPID: true', 'hostIPC: true', 'hostUsers: false', 'privileged: true', 'kind: Pod'],
  ...[
    'apiVersion: v1',
    'metadata: { name: a }',
    'spec:',
    'containers: []',
    'image: ollama/ollama',
    'network_mode: host',
  ],
  ...['pid: host', 'ports: ["80:80"]', 'services:', 'securityContext: {}', 'volumes: [/:/host]', '<<: *base', 'items:'],
  ...[
    'docker run --net=host --privileged tool',
    'RUN docker run --pid host x',
    'Network=host',
    '"runArgs": ["--pid=host"],',
    'include: [common/base.yaml]',
    'extends: { file: common/base.yaml, service: root }',
    'MODE=host',
    'docker compose -f compose.yaml -f b.yaml up',
    'env_file: .env',
    'cap_add: !override [CHOWN]',
    'pid: !reset null',
    'network_mode: service:web',
    'resources: [../base]',
    'components: [../debug]',
    '- path: patch.yaml',
    'namePrefix: a-',
    '$patch: delete',
    'hostNetwork: null',
    '- { op: add, path: /spec/template/spec/hostIPC, value: true }',
    'images: [{ name: nginx, newName: a }]',
    'commonLabels: { a: b }',
    'condition: db.enabled',
    'global: { hostPID: true }',
  ],
] as const;

const LINE = /.*(?:\r\n|\n|\r|$)/y;
/** A text that has grown longer is not added to. */
const MOST_CHARACTERS = 20_000;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  LINE.lastIndex = start;
  const line = LINE.exec(text)?.[0] ?? '';
  return { start, end: start + line.length, text: line };
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)![0];

type Kind = (text: string, random: Random, seeds: readonly Seed[]) => TextEdit | undefined;

const replace = (start: number, end: number, newText: string): TextEdit => ({ range: { start, end }, newText });

const somewhere = (text: string, random: Random) => random.below(text.length + 1);
const someLine = (text: string, random: Random) => lineAt(text, somewhere(text, random));

/** Several lines from a line on. */
function block(text: string, random: Random): Line {
  const first = someLine(text, random);
  let { end } = first;
  for (let more = random.below(6); more > 0; more--) end = lineAt(text, end).end;
  return { start: first.start, end, text: text.slice(first.start, end) };
}

/** Some line after a change of it alone. */
const onBlock =
  (change: (lines: string, random: Random) => string): Kind =>
  (text, random) => {
    const { start, end, text: lines } = block(text, random);
    return replace(start, end, change(lines, random));
  };

const insert =
  (tokens: readonly string[]): Kind =>
  (text, random) => {
    const at = random.chance(40) ? someLine(text, random).start : somewhere(text, random);
    return replace(at, at, random.pick(tokens));
  };

const type: Kind = (text, random) => {
  const { start, text: line } = someLine(text, random);
  const key = random.pick(KEYS);
  const typed = random.chance(50) ? `${key}\n` : key.slice(0, random.below(key.length));
  return replace(start, start, indentOf(line) + typed);
};

const value: Kind = (text, random) => {
  const { start, text: line } = someLine(text, random);
  const field = /^(.*?[:=] *|\s*- +)(.*?)(\s*)$/s.exec(line);
  if (!field) return undefined;
  const at = start + field[1]!.length;
  return replace(at, at + field[2]!.length, random.pick(VALUES));
};

const erase: Kind = (text, random) => {
  const at = somewhere(text, random);
  return replace(at, Math.min(text.length, at + 1 + random.below(random.chance(80) ? 3 : 60)), '');
};

/** One of the characters that others depend on. */
const eraseMark: Kind = (text, random) => {
  const marks = [...text.matchAll(/["'{}[\]:#&*|>\\`-]/g)];
  if (marks.length === 0) return undefined;
  const { index } = random.pick(marks);
  return replace(index, index + 1, '');
};

const paste: Kind = (text, random, seeds) => {
  const { start, text: line } = someLine(text, random);
  const from = random.pick(Object.values(random.pick(seeds).files));
  const pasted = random.chance(20) ? from.slice(0, 3000) : block(from, random).text;
  const indent = random.chance(50) ? indentOf(line) : '';
  return replace(start, start, pasted.replaceAll(/^/gm, indent));
};

/** All line ends at once, as an editor's command does. */
const lineEnds: Kind = (text, random) => {
  const plain = text.replaceAll('\r\n', '\n');
  return replace(0, text.length, random.chance(70) ? plain.replaceAll('\n', '\r\n') : plain);
};

const long: Kind = (text, random) => {
  const at = somewhere(text, random);
  return replace(
    at,
    at,
    random.pick(['x', ' ', '[', '- ', 'a: ', '"', '{{', '$(', '&a *a ']).repeat(1 + random.below(400)),
  );
};

/** The kinds of edits, and how often each is made. */
const KINDS: readonly (readonly [number, Kind])[] = [
  [10, onBlock(() => '')],
  [10, onBlock((lines) => lines + lines)],
  [6, onBlock((lines) => lines.replaceAll(/^(?=.)/gm, '  '))],
  [6, onBlock((lines) => lines.replaceAll(/^ {1,2}/gm, ''))],
  [3, onBlock((lines) => lines.replaceAll(/^(\s*)(?=\S)/gm, '$1# '))],
  [3, onBlock((lines) => lines.trimEnd())],
  [
    3,
    onBlock((lines) =>
      lines
        .split(/(?<=\n)/)
        .reverse()
        .join(''),
    ),
  ],
  [20, value],
  [16, insert(TOKENS)],
  [16, type],
  [10, erase],
  [8, eraseMark],
  [8, paste],
  [1, lineEnds],
  [1, long],
];
const WEIGHTED = KINDS.flatMap(([weight, kind]) => Array<Kind>(weight).fill(kind));

/** An edit of a text; what is pasted is from one of the seeds. */
export function randomEdit(text: string, random: Random, seeds: readonly Seed[]): TextEdit {
  const edit = random.pick(WEIGHTED)(text, random, seeds) ?? erase(text, random, seeds)!;
  return text.length + edit.newText.length > MOST_CHARACTERS ? { ...edit, newText: '' } : edit;
}
