import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint, type RuleId, tryFixes } from '../../shared-rules/index.ts';

/** What becomes of the first fix for the first finding of a rule: its title, or why it is refused. */
function outcome(text: string, rule: RuleId): string | undefined {
  const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
  const linted = { path: 'a.yaml', settings, result: lint('a.yaml', text, settings) };
  const finding = linted.result.findings.find((one) => one.rule === rule);
  const [trial] = finding ? tryFixes(linted, finding) : [];
  return trial && ('proven' in trial ? trial.proven.title : trial.refused);
}

const PARTED = 'a template action prints more behind it';
const HEAD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n';

describe('a fix in a template', () => {
  const container = `${HEAD}  containers:\n    - name: a\n      image: nginx\n`;
  const adding: [string, string, string][] = [
    [
      'stands aside of a value that an action prints',
      '      resources:\n        {{- toYaml .x | nindent 8 }}\n',
      PARTED,
    ],
    [
      'stands aside of items that an action prints',
      '      ports:\n        - containerPort: 1\n        {{- with .x }}\n        {{- toYaml . | nindent 8 }}\n        {{- end }}\n',
      PARTED,
    ],
    [
      'goes before what an action prints for the list around it',
      '    {{- with .x }}\n    {{- toYaml . | nindent 4 }}\n    {{- end }}\n',
      'Drop NET_RAW',
    ],
    [
      'goes behind a value that something follows',
      '      resources:\n        {{- toYaml .x | nindent 8 }}\n      tty: true\n',
      'Drop NET_RAW',
    ],
    ['goes before a condition around what is written', '  {{- if .x }}\n  hostname: a\n  {{- end }}\n', 'Drop NET_RAW'],
  ];
  for (const [name, more, expected] of adding)
    it(name, () => assert.equal(outcome(container + more, 'net-raw'), expected));

  const volume = (indent: string) => `${indent}- name: v\n${indent}  hostPath: { path: /etc }\n`;
  const removing: [string, string, string][] = [
    [
      'leaves the key of items that an action prints',
      `  volumes:\n${volume('    ')}    {{- toYaml .x | nindent 4 }}\n`,
      PARTED,
    ],
    [
      'leaves the key of items in its own column',
      `  volumes:\n${volume('  ')}  {{- toYaml .x | nindent 2 }}\n`,
      PARTED,
    ],
    ['leaves the key of items of an unknown column', `  volumes:\n${volume('    ')}    {{ .x }}\n`, PARTED],
    [
      'takes one of several items',
      `  volumes:\n    - { name: w }\n${volume('    ')}    {{- toYaml .x | nindent 4 }}\n`,
      'Remove volume v',
    ],
    [
      'takes what only other keys follow',
      `  volumes:\n${volume('    ')}  {{- toYaml .x | nindent 2 }}\n`,
      'Remove volume v',
    ],
  ];
  for (const [name, more, expected] of removing)
    it(name, () =>
      assert.equal(
        outcome(
          `${HEAD}  initContainers: []\n  ephemeralContainers: []\n  containers: [{ name: a, image: b }]\n${more}`,
          'sensitive-host-path',
        ),
        expected,
      ),
    );
});
