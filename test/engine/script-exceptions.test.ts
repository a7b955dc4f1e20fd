import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  acceptFinding,
  applyEdits,
  DEFAULT_SETTINGS,
  type Finding,
  lint,
  provenFixes,
} from '../../shared-rules/index.ts';

const RUN = 'docker run --network host a';
const OWN = 'bulkhead: ignore[host-network]';
const FENCE = '```';

function findingsOf(path: string, text: string): readonly Finding[] {
  const { findings, failures } = lint(path, text, DEFAULT_SETTINGS);
  assert.deepEqual(failures, []);
  return findings;
}

function rulesOf(path: string, text: string): string[] {
  return findingsOf(path, text).map(({ rule }) => rule);
}

describe('a comment in a file with commands', () => {
  const accepted: [string, string, string][] = [
    ['above a command', 'a.sh', `echo\n# ${OWN} a\n${RUN}\n`],
    ['beside a command', 'a.sh', `echo\n${RUN} # ${OWN} a\n`],
    ['above a command of several lines', 'a.sh', `echo\n# ${OWN} a\ndocker run \\\n  --rm \\\n  --network host a\n`],
    ['beside the last line of a command', 'a.sh', `echo\ndocker run \\\n  --network host \\\n  a # ${OWN} a\n`],
    ['above lines that a backslash joins', 'a.sh', `echo\n# ${OWN} a\ncd /x && \\\n  ${RUN}\n`],
    ['at the head, before a blank line', 'a.sh', `#!/bin/sh\n# ${OWN} a\n\necho\n${RUN}\n${RUN}\n`],
    ['in a function', 'a.sh', `f() {\n\t# ${OWN} a\n\t${RUN}\n}\n`],
    ['with line ends of Windows', 'a.sh', `echo\r\n# ${OWN} a\r\n${RUN}\r\n`],
    ['above a recipe line', 'Makefile', `run:\n\techo\n# ${OWN} a\n\t${RUN}\n`],
    ['in a recipe', 'Makefile', `run:\n\t# ${OWN} a\n\t${RUN}\n`],
    ['above an instruction', 'Dockerfile', `FROM a\n# ${OWN} a\nRUN make && \\\n  ${RUN}\n`],
    ['in an instruction', 'Dockerfile', `FROM a\nRUN make && \\\n  # ${OWN} a\n  ${RUN}\n`],
    ['in a unit', 'a.container', `[Container]\nImage=a\n; ${OWN} a\nNetwork=host\n`],
    ['above a command of a unit', 'a.service', `[Service]\n# ${OWN} a\nExecStart=docker run \\\n  --network host a\n`],
    ['above a block of Markdown', 'a.md', `# A\n\n<!-- ${OWN} a -->\n\n${FENCE}sh\necho\n${RUN}\n${FENCE}\n`],
    ['in a block of Markdown', 'a.md', `${FENCE}sh\n# ${OWN} a\n${RUN}\n${FENCE}\n`],
    [
      'in the script of a workflow',
      '.github/workflows/a.yml',
      `jobs:\n  a:\n    steps:\n      - run: |\n          echo\n          # ${OWN} a\n          ${RUN}\n`,
    ],
    [
      'above the script of a workflow',
      '.github/workflows/a.yml',
      `jobs:\n  a:\n    steps:\n      # ${OWN} a\n      - run: ${RUN}\n`,
    ],
    [
      'in a devcontainer.json',
      'devcontainer.json',
      `{\n  "image": "a",\n  // ${OWN} a\n  "runArgs": ["--network=host"]\n}\n`,
    ],
  ];
  for (const [name, path, text] of accepted) it(`counts ${name}`, () => assert.deepEqual(rulesOf(path, text), []));

  const others: [string, string, string, string[]][] = [
    ['in a string', 'a.sh', `echo "\n# ${OWN} a\n"\n${RUN}\n`, ['host-network']],
    ['in a here-document', 'a.sh', `cat <<EOF\n# ${OWN} a\nEOF\n${RUN}\n`, ['host-network']],
    [
      'in another block of Markdown',
      'a.md',
      `${FENCE}yaml\n<!-- ${OWN} a -->\n${FENCE}\n${FENCE}sh\n${RUN}\n${FENCE}\n`,
      ['host-network'],
    ],
    [
      'in the text of Markdown',
      'a.md',
      `Write \`<!-- ${OWN} a -->\`.\n\n${FENCE}sh\n${RUN}\n${FENCE}\n`,
      ['host-network'],
    ],
    [
      'in a string of JSON',
      'devcontainer.json',
      `{\n  "name": "// ${OWN} a",\n  "runArgs": ["--network=host"]\n}\n`,
      ['host-network'],
    ],
    ['above another command', 'a.sh', `echo\n# ${OWN} a\ndocker ps\n${RUN}\n`, ['exception-unused', 'host-network']],
    ['at the head, right above a command', 'a.sh', `# ${OWN} a\n${RUN}\n${RUN}\n`, ['host-network']],
    ['without a reason', 'a.sh', `echo\n${RUN} # ${OWN}\n`, ['exception-without-reason']],
    ['beside a variable', 'a.sh', `echo\n# ${OWN} a\ndocker run --network "$NET" a\n`, []],
  ];
  for (const [name, path, text, expected] of others)
    it(`is told apart ${name}`, () => assert.deepEqual(rulesOf(path, text).sort(), expected));

  it('of another tool counts too', () => {
    const run = (comment: string) => rulesOf('Dockerfile', `FROM a\n${comment}RUN docker run --privileged a\n`);
    assert.deepEqual(run(''), ['privileged']);
    assert.deepEqual(run('# kics-scan ignore-line\n'), []);
  });
});

describe('accepting a finding in a file with commands', () => {
  function accept(path: string, text: string): string | undefined {
    const linted = { path, settings: DEFAULT_SETTINGS, result: lint(path, text, DEFAULT_SETTINGS) };
    const fix = acceptFinding(linted, linted.result.findings[0] as Finding);
    return fix && applyEdits(text, fix.edits);
  }
  const added = `${OWN} reason`;
  const cases: [string, string, string, string | undefined][] = [
    ['writes a line above a command', 'a.sh', `echo\n  ${RUN}\n`, `echo\n  # ${added}\n  ${RUN}\n`],
    [
      'writes no line into a command',
      'a.sh',
      `echo\ncd /x && \\\n  docker run \\\n  --network host a\n`,
      `echo\n# ${added}\ncd /x && \\\n  docker run \\\n  --network host a\n`,
    ],
    ['writes a comment of make', 'Makefile', `run:\n\techo\n\t${RUN}\n`, `run:\n\techo\n# ${added}\n\t${RUN}\n`],
    [
      'writes a line above an instruction',
      'Dockerfile',
      `FROM a\nRUN make && \\\n  ${RUN}\n`,
      `FROM a\n# ${added}\nRUN make && \\\n  ${RUN}\n`,
    ],
    [
      'writes a line into a unit',
      'a.container',
      '[Container]\nNetwork=host\n',
      `[Container]\n# ${added}\nNetwork=host\n`,
    ],
    [
      'writes a comment of Markdown above the block',
      'a.md',
      `- a\n\n  ${FENCE}sh\n  $ ${RUN}\n  ${FENCE}\n`,
      `- a\n\n  <!-- ${added} -->\n  ${FENCE}sh\n  $ ${RUN}\n  ${FENCE}\n`,
    ],
    [
      'writes a comment into a script of a workflow',
      '.github/workflows/a.yml',
      `jobs:\n  a:\n    steps:\n      - run: |\n          echo\n          ${RUN}\n`,
      `jobs:\n  a:\n    steps:\n      - run: |\n          echo\n          # ${added}\n          ${RUN}\n`,
    ],
    [
      'writes a comment above a step of a workflow',
      '.github/workflows/a.yml',
      `jobs:\n  a:\n    steps:\n      - name: b\n        run: ${RUN}\n`,
      `jobs:\n  a:\n    steps:\n      - name: b\n        # ${added}\n        run: ${RUN}\n`,
    ],
    [
      'writes a comment into a devcontainer.json',
      'devcontainer.json',
      '{\n  "runArgs": [\n    "--network=host"\n  ]\n}\n',
      `{\n  "runArgs": [\n    // ${added}\n    "--network=host"\n  ]\n}\n`,
    ],
    [
      'is not offered where the shell would not see a comment',
      '.gitlab-ci.yml',
      `a:\n  script:\n    - >\n      echo\n      &&\n      ${RUN}\n`,
      undefined,
    ],
  ];
  for (const [name, path, before, after] of cases) it(name, () => assert.equal(accept(path, before), after));
});

it('an exception in a script is repaired as elsewhere', () => {
  const text = `echo\n# ${OWN.replace('network', 'netwrok')} a\n${RUN}\n`;
  const linted = { path: 'a.sh', settings: DEFAULT_SETTINGS, result: lint('a.sh', text, DEFAULT_SETTINGS) };
  const finding = linted.result.findings.find(({ rule }) => rule === 'exception-unknown-rule') as Finding;
  const [write, remove] = provenFixes(linted, finding);
  assert.equal(applyEdits(text, write?.edits ?? []), `echo\n# ${OWN} a\n${RUN}\n`);
  assert.equal(applyEdits(text, remove?.edits ?? []), `echo\n${RUN}\n`);
});
