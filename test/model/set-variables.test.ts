import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';

/** What is found in a file, as `rule: text it points at`; with `?` where a variable may say otherwise. */
function found(path: string, text: string): string[] {
  const { findings, failures } = lint(path, text, DEFAULT_SETTINGS);
  assert.deepEqual(failures, []);
  return findings.map(({ rule, range, message }) => {
    const mark = message.includes('unless the variable says otherwise') ? '?' : '';
    return `${rule}${mark}: ${text.slice(range.start, range.end)}`;
  });
}

type Case = readonly [what: string, lines: readonly string[], ...expected: string[]];

function check(path: string, cases: readonly Case[]): void {
  for (const [what, lines, ...expected] of cases)
    it(what, () => assert.deepEqual(found(path, `${lines.join('\n')}\n`), expected));
}

const RUN = 'docker run --pid=$PID x';
const CERTAIN = 'host-pid: $PID';
const DEFAULT = 'host-pid?: $PID';

describe('variables of a Dockerfile', () => {
  check('Dockerfile', [
    ['ENV says what they are', ['FROM a', 'ENV PID=host', `RUN ${RUN}`], CERTAIN],
    ['with a blank', ['FROM a', 'ENV PID host', `RUN ${RUN}`], CERTAIN],
    ['in quotes', ['FROM a', `ENV A=b PID="host"`, `RUN ${RUN}`], CERTAIN],
    ['in a here-document', ['FROM a', 'ENV PID=host', 'RUN <<EOF', RUN, 'EOF'], CERTAIN],
    ['in an array for a shell', ['FROM a', 'ENV PID=host', `RUN ["sh", "-c", "${RUN}"]`], CERTAIN],
    ['ARG says what they are by default', ['FROM a', 'ARG PID=host', `RUN ${RUN}`], DEFAULT],
    ['ENV counts before ARG', ['FROM a', 'ENV PID=none', 'ARG PID=host', `RUN ${RUN}`]],
    ['one is made of another', ['FROM a', 'ARG A=ho', `ENV PID=\${A}st`, `RUN ${RUN}`], DEFAULT],
    ['nothing is put into single quotes', ['FROM a', 'ENV A=host', `ENV PID='$A'`, `RUN ${RUN}`]],
    ['a default of a default is not known', ['FROM a', `ENV PID=\${A:-host}`, `RUN ${RUN}`]],
    [
      'a default before the first stage counts where it is named',
      ['ARG PID=host', 'FROM a', 'ARG PID', `RUN ${RUN}`],
      DEFAULT,
    ],
    ['and nowhere else', ['ARG PID=host', 'FROM a', `RUN ${RUN}`]],
    ['a stage has what its base sets', ['FROM a AS b', 'ENV PID=host', 'FROM b', `RUN ${RUN}`], CERTAIN],
    ['and not its arguments', ['FROM a AS b', 'ARG PID=host', 'FROM b', `RUN ${RUN}`]],
    ['nor what another stage sets', ['FROM a AS b', 'ENV PID=host', 'FROM a', `RUN ${RUN}`]],
    ['what is set later does not count', ['FROM a', `RUN ${RUN}`, 'ENV PID=host']],
    ['the last one counts', ['FROM a', 'ENV PID=host', 'ENV PID=none', `RUN ${RUN}`]],
    ['the script counts before it', ['FROM a', 'ENV PID=host', `RUN PID=none; ${RUN}`]],
    ['a script that is run in the shell may say otherwise', ['FROM a', 'ENV PID=host', `RUN . ./x; ${RUN}`], DEFAULT],
    ['a trigger is for another build', ['FROM a', 'ENV PID=host', `ONBUILD RUN ${RUN}`]],
    ['without a value', ['FROM a', 'ARG PID', `RUN ${RUN}`]],
  ]);
});

const JOB = ['jobs:', '  a:', '    runs-on: ubuntu-latest'];

describe('variables of a workflow', () => {
  check('.github/workflows/a.yaml', [
    ['the workflow says what they are', ['env: { PID: host }', ...JOB, '    steps:', `      - run: ${RUN}`], CERTAIN],
    ['the job', [...JOB, '    env:', '      PID: host', '    steps:', `      - run: ${RUN}`], CERTAIN],
    ['the step', [...JOB, '    steps:', `      - run: ${RUN}`, '        env:', '          PID: host'], CERTAIN],
    [
      'the step counts before the job, and that before the workflow',
      [
        'env: { PID: host }',
        ...JOB,
        '    env: { PID: none }',
        '    steps:',
        `      - run: ${RUN}`,
        `      - { run: "${RUN}", env: { PID: host } }`,
      ],
      CERTAIN,
    ],
    ['another step does not', [...JOB, '    steps:', '      - env: { PID: host }', `      - run: ${RUN}`]],
    ['nor another job', [...JOB, '    env: { PID: host }', '  b:', '    steps:', `      - run: ${RUN}`]],
    [
      'a default of an expression',
      [...JOB, `    env: { PID: "\${{ inputs.pid || 'host' }}" }`, '    steps:', `      - run: ${RUN}`],
      DEFAULT,
    ],
    [
      'another expression is not known',
      [...JOB, `    env: { PID: "\${{ inputs.pid }}" }`, '    steps:', `      - run: ${RUN}`],
    ],
    [
      'a step before may say otherwise',
      [...JOB, '    env: { PID: host }', '    steps:', '      - run: echo PID=x >> $GITHUB_ENV', `      - run: ${RUN}`],
      DEFAULT,
    ],
    [
      'but not of those of the step',
      [...JOB, '    steps:', '      - run: echo PID=x >> $GITHUB_ENV', `      - { run: "${RUN}", env: { PID: host } }`],
      CERTAIN,
    ],
    [
      'PowerShell has its own',
      [...JOB, '    env: { PID: host }', '    steps:', `      - { run: "${RUN}", shell: pwsh }`],
    ],
    [
      'a step of an action',
      ['runs:', '  using: composite', '  steps:', `    - { run: "${RUN}", shell: bash, env: { PID: host } }`],
      CERTAIN,
    ],
  ]);
});

describe('variables of GitLab', () => {
  check('.gitlab-ci.yml', [
    ['of the file', ['variables: { PID: host }', 'a:', `  script: ["${RUN}"]`], DEFAULT],
    ['of the job', ['a:', '  variables: { PID: host }', `  script: ["${RUN}"]`], DEFAULT],
    [
      'the job counts before the file',
      ['variables: { PID: host }', 'a:', '  variables: { PID: none }', `  script: ["${RUN}"]`],
    ],
    [
      'with a description',
      ['variables:', '  PID: { value: host, description: x }', 'a:', `  script: ["${RUN}"]`],
      DEFAULT,
    ],
    ['of another', ['variables: { PID: "$OTHER" }', 'a:', `  script: ["${RUN}"]`]],
    ['not of another job', ['a:', '  variables: { PID: host }', 'b:', `  script: ["${RUN}"]`]],
  ]);
});

describe('the shell of a workflow', () => {
  const step = (shell: string, run: string) => [
    `      - ${shell}run: |`,
    ...run.split('\n').map((line) => `          ${line}`),
  ];
  const WINDOWS = 'docker run `\n  --pid=host x';
  const BASH = 'docker run \\\n  --pid=host x';
  const job = (runsOn: string, ...lines: readonly string[]) => ['jobs:', '  a:', `    runs-on: ${runsOn}`, ...lines];
  const steps = (run: string, shell = '') => ['    steps:', ...step(shell, run)];
  const matrix = (axis: string) => [`    strategy: { matrix: ${axis} }`];
  const FOUND = 'host-pid: host';
  check('.github/workflows/a.yaml', [
    ['is PowerShell on Windows', job('windows-latest', ...steps(WINDOWS)), FOUND],
    ['by one of several labels', job('[self-hosted, Windows]', ...steps(WINDOWS)), FOUND],
    ['by labels of a group', job('{ group: a, labels: windows-2022 }', ...steps(WINDOWS)), FOUND],
    [
      'by a matrix',
      job(`\${{ matrix.os }}`, ...matrix('{ os: [windows-2022, windows-2025] }'), ...steps(WINDOWS)),
      FOUND,
    ],
    [
      'by what a matrix includes',
      job(`\${{ matrix.os }}`, ...matrix('{ include: [{ os: windows-2022 }] }'), ...steps(WINDOWS)),
      FOUND,
    ],
    ['is a POSIX shell elsewhere', job('ubuntu-latest', ...steps(BASH)), FOUND],
    [
      'also for a matrix with others',
      job(`\${{ matrix.os }}`, ...matrix('{ os: [windows-2022, ubuntu-24.04] }'), ...steps(BASH)),
      FOUND,
    ],
    ['is the one that the step names', job('windows-latest', ...steps(BASH, 'shell: bash\n        ')), FOUND],
    ['or the job', job('windows-latest', '    defaults: { run: { shell: bash } }', ...steps(BASH)), FOUND],
    ['or the workflow', ['defaults: { run: { shell: pwsh } }', ...job('ubuntu-latest', ...steps(WINDOWS))], FOUND],
    [
      'the job counts before the workflow',
      [
        'defaults: { run: { shell: pwsh } }',
        ...job('ubuntu-latest', '    defaults: { run: { shell: bash } }', ...steps(BASH)),
      ],
      FOUND,
    ],
    ['is not read if it is another', job('ubuntu-latest', '    defaults: { run: { shell: python } }', ...steps(BASH))],
    [
      'has paths with backslashes',
      job('windows-latest', ...steps('docker run -v \\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine x')),
      'runtime-socket: \\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine',
    ],
  ]);
});
