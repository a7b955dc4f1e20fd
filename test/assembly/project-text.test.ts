// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { assembleProject, type ComposeProject } from '../../shared-rules/assembly/compose/project.ts';
import { projectText } from '../../shared-rules/assembly/compose/project-text.ts';
import type { PrintedTree } from '../../shared-rules/assembly/printed-tree.ts';

type Files = Readonly<Record<string, string>>;

function print(files: Files, project: Partial<ComposeProject> = {}): PrintedTree {
  const sources = (path: string) => {
    const text = files[path];
    return text === undefined ? undefined : { text, file: path };
  };
  const whole = { files: ['compose.yaml'], folder: '', ...project };
  const { tree } = assembleProject(whole, sources);
  assert.ok(tree);
  return projectText(tree, whole.folder);
}

function textOf({ lines }: PrintedTree): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** The services of one file as they are printed. */
function services(service: string): string {
  return textOf(print({ 'compose.yaml': `services:\n  web: ${service}\n` }));
}

/** What programs take for something else without quotes, or cannot be written without escapes. */
const TEXTS = [
  ...['80', '22:22', '8080:80', '1e3', '0x1F', '0o10', '0777', '1_000', '.5', '-1', '+1', '.inf', '2001-01-01'],
  ...['yes', 'on', 'y', 'true', 'null', '~', '', '<<', '- a', 'a: b', 'a:', 'a #b', '# a', '*a', '&a', '!a', '@a'],
  ...['%a', '>a', '|a', '{a}', '[a]', '? a', '-', '---', '"a"', "it's", ' a ', '\ta', 'a\nb', 'a\nb\n', '\n a\n\n'],
  ...[
    'a \n b',
    'a\r\nb',
    '\0',
    '\x7f',
    '\x85',
    '\u2028',
    '\u202e',
    '\ufeffa',
    '\u{e0001}',
    'nginx:1.27',
    './a:/b',
    'é',
  ],
];

/** A text in double quotes, with escapes for what ends a line. */
function quoted(text: string): string {
  const escaped = (end: string) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replaceAll(/[\x85\u2028\u2029]/g, escaped);
}

/** A key of these merges mappings, in quotes too for some. */
function keyOf(text: string): string {
  return text === '' || text === '<<' ? 'a' : text;
}

describe('an assembled Compose project as text', () => {
  it('has each text as the text that it is, for programs of YAML 1.1 and 1.2', () => {
    for (const text of TEXTS) {
      const value = quoted(text);
      const printed = services(`{ labels: [${value}, x], x-a: ${value}, ${quoted(keyOf(text))}: b }`);
      for (const version of ['1.1', '1.2'] as const)
        assert.deepEqual(
          parse(printed, { version }),
          { services: { web: { labels: [text, 'x'], 'x-a': text, [keyOf(text)]: 'b' } } },
          `${JSON.stringify(text)} in YAML ${version}:\n${printed}`,
        );
    }
  });

  it('has what is no text as it is written', () => {
    assert.equal(
      services('{ privileged: yes, mem_limit: 0x10, cpus: 1.5, user: "0", tty: !!bool "true", init: , labels: [~] }'),
      [
        'services:',
        '  web:',
        '    privileged: yes',
        '    mem_limit: 0x10',
        '    cpus: 1.5',
        '    user: "0"',
        '    tty: true',
        '    init:',
        '    labels:',
        '      - null',
        '',
      ].join('\n'),
    );
  });

  it('replaces the variables that are known, and leaves others', () => {
    const files = {
      'compose.yaml':
        'services:\n  web:\n    image: "web:${TAG}-${UNKNOWN}"\n    user: $ID\n    command: $$HOME ${X:-${TAG}} ${Y:?needed} ${PRICE}\n',
      '.env': "TAG=1.27\nID=0\nPRICE='$5'\n",
    };
    assert.equal(
      textOf(print(files)),
      'services:\n  web:\n    image: web:1.27-${UNKNOWN}\n    user: "0"\n    command: $$HOME 1.27 ${Y} $$5\n',
    );
  });

  it('has neither extends nor !reset, and no collection that is empty by that disappears', () => {
    const files = {
      'compose.yaml':
        'services:\n  web:\n    extends: base\n    labels: { extends: kept }\n    ports: [!reset "80:80"]\n    pid: !reset host\n  base:\n    image: a\n',
    };
    assert.equal(
      textOf(print(files)),
      'services:\n  web:\n    image: a\n    labels:\n      extends: kept\n    ports: []\n  base:\n    image: a\n',
    );
  });

  it('says of names in depends_on what they mean', () => {
    const files = {
      'compose.yaml': 'services:\n  web: { image: a, depends_on: [db] }\n  db: { image: b }\n',
      'o.yaml': 'services:\n  web: { depends_on: { db: { condition: service_healthy } } }\n  db: { depends_on: [x] }\n',
      'p.yaml': 'services:\n  db: { depends_on: { y: { condition: service_healthy } } }\n',
    };
    assert.deepEqual(parse(textOf(print(files, { files: ['compose.yaml', 'o.yaml', 'p.yaml'] }))), {
      services: {
        web: { image: 'a', depends_on: { db: { condition: 'service_healthy' } } },
        db: {
          image: 'b',
          depends_on: {
            x: { condition: 'service_started', required: true },
            y: { condition: 'service_healthy' },
          },
        },
      },
    });
  });

  it('has relative paths from the folder of the project', () => {
    const files = {
      'app/compose.yaml':
        'include:\n  - ../mon/compose.yaml\nservices:\n  web:\n    extends: { file: ../base.yaml, service: base }\n    volumes: [./own:/own]\n',
      'mon/compose.yaml':
        'services:\n  mon:\n    image: mon\n    build: { context: ., additional_contexts: [a=b, c=docker-image://d] }\n    volumes: [./x:/x:ro, data:/data, /etc:/etc, { type: bind, source: y, target: /y }, { type: volume, source: data, target: /z }]\n    env_file: a.env\nsecrets:\n  s: { file: s.txt }\n',
      'base.yaml': 'services:\n  base:\n    image: base\n    build: ./base\n    volumes: ["$DIR/x:/x", "~/a:/a"]\n',
    };
    assert.deepEqual(parse(textOf(print(files, { files: ['app/compose.yaml'], folder: 'app' }))), {
      services: {
        mon: {
          image: 'mon',
          build: { context: '../mon', additional_contexts: ['a=../mon/b', 'c=docker-image://d'] },
          volumes: [
            '../mon/x:/x:ro',
            'data:/data',
            '/etc:/etc',
            { type: 'bind', source: '../mon/y', target: '/y' },
            { type: 'volume', source: 'data', target: '/z' },
          ],
          env_file: '../mon/a.env',
        },
        web: { image: 'base', build: '../base', volumes: ['${DIR}/x:/x', '~/a:/a', './own:/own'] },
      },
      secrets: { s: { file: '../mon/s.txt' } },
    });
  });

  it('says of each line where it is written, and where its variables are set', () => {
    const files: Files = {
      'compose.yaml': 'services:\n  web:\n    image: a\n    network_mode: $MODE\n    ports: ["80:80"]\n',
      'o.yaml': 'services:\n  web:\n    pid: host\n    ports:\n      - "81:81"\n',
      '.env': 'MODE=host\n',
    };
    const { lines } = print(files, { files: ['compose.yaml', 'o.yaml'] });
    const placed = lines.map(({ text, origins }) => [
      text,
      ...origins.map(({ file = '', range }) => `${file} ${files[file]?.slice(range.start, range.end)}`),
    ]);
    assert.deepEqual(placed, [
      ['services:', 'compose.yaml services'],
      ['  web:', 'compose.yaml web'],
      ['    image: a', 'compose.yaml image'],
      ['    network_mode: host', 'compose.yaml network_mode', '.env MODE=host'],
      ['    ports:', 'compose.yaml ports'],
      ['      - "80:80"', 'compose.yaml "80:80"'],
      ['      - "81:81"', 'o.yaml "81:81"'],
      ['    pid: host', 'o.yaml pid'],
    ]);
  });

  it('is cut where aliases stand for too much', () => {
    const bomb = Array.from({ length: 9 }, (_, index) => {
      const items = index === 0 ? '[x, x]' : `[${Array.from({ length: 9 }, () => `*a${index - 1}`).join(', ')}]`;
      return `    x-${index}: &a${index} ${items}\n`;
    });
    const many = print({ 'compose.yaml': `services:\n  web:\n    image: a\n${bomb.join('')}` });
    assert.equal(many.isCut, true);
    assert.ok(many.lines.length < 30_000);
    assert.equal(print({ 'compose.yaml': 'services:\n  web: &a\n    image: a\n    x-a: *a\n' }).isCut, true);
  });
});
