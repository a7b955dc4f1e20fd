import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  acceptFinding,
  applyEdits,
  CATALOGUE,
  DEFAULT_SETTINGS,
  type Finding,
  type Linted,
  lint,
  type ProvenFix,
  provenFixes,
  type RuleId,
} from '../../shared-rules/index.ts';
import { scriptKind } from '../../shared-rules/model/files/file-kinds.ts';
import { examplesOf, readMarks, readRulePage } from '../rules/rule-pages.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
const LINE_ENDS = {
  'a carriage return': '\r',
  NEL: '\u0085',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
};

function read(path: string, text: string): Linted {
  return { path, settings, result: lint(path, text, settings) };
}

function foundIn({ result }: Linted): string[] {
  return result.findings.map(({ rule, range, message }) => `${range.start}-${range.end} ${rule}: ${message}`);
}

function repaired(linted: Linted, finding: Finding): string[] {
  const accepting = acceptFinding(linted, finding);
  return [...provenFixes(linted, finding), ...(accepting ? [accepting] : [])].map(
    ({ title, edits }: ProvenFix) => `${title}: ${applyEdits(linted.result.text, edits)}`,
  );
}

const EXAMPLES = (Object.keys(CATALOGUE) as RuleId[]).flatMap((id) =>
  examplesOf(readRulePage(id))
    .filter(({ role }) => role === 'reported')
    .map(({ argument, text }) => ({ id, path: argument || 'example.yaml', text: readMarks(text).text }))
    .filter(({ path, text }) => /\.ya?ml$/.test(path) && scriptKind(path, text) === undefined)
    .map((example) => ({ ...example, usual: read(example.path, example.text) })),
);

describe('a manifest whose lines end otherwise', () => {
  for (const [name, lineEnd] of Object.entries(LINE_ENDS))
    it(`has the same findings with ${name}`, () => {
      for (const { path, text, usual } of EXAMPLES)
        assert.deepEqual(foundIn(read(path, text.replaceAll('\n', lineEnd))), foundIn(usual), text);
    });

  it('is repaired as it would be otherwise, and keeps its line ends', () => {
    for (const { id, path, text, usual } of EXAMPLES) {
      const other = read(path, text.replaceAll('\n', '\r'));
      for (const [index, finding] of usual.result.findings.entries())
        if (finding.rule === id)
          assert.deepEqual(
            repaired(other, other.result.findings[index]!),
            repaired(usual, finding).map((after) => after.replaceAll('\n', '\r')),
          );
    }
  });

  const POD = 'kind: Pod\napiVersion: v1\nspec:\n  containers: []\n';
  const fixed = (text: string) => {
    const linted = read('pod.yaml', text);
    const finding = linted.result.findings.find(({ rule }) => rule === 'host-network')!;
    return repaired(linted, finding)[0];
  };

  it('keeps each line end where they are of several kinds', () => {
    assert.equal(
      fixed(`${POD}  # a\u2028\r\n  hostNetwork: true\r  hostPID: false\u0085  # b\n`),
      `Remove hostNetwork: ${POD}  # a\u2028\r\n  hostPID: false\u0085  # b\n`,
    );
  });

  it('has an exception above a line', () => {
    const text = `${POD}  # bulkhead: ignore[host-network] because\n  hostNetwork: true\n`.replaceAll('\n', '\r');
    const { findings, accepted } = read('pod.yaml', text).result;
    assert.ok(findings.every(({ rule }) => rule !== 'host-network'));
    assert.deepEqual(
      accepted.map(({ finding }) => finding.rule),
      ['host-network'],
    );
  });
});

describe('manifests that were joined, each with a byte order mark', () => {
  const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  hostNetwork: true\n`;
  for (const lineEnd of ['\n', '\r\n'])
    it(`are read as kubectl does, and repaired behind the mark, with ${JSON.stringify(lineEnd)}`, () => {
      const text = ['\uFEFF', pod('a'), '---\n\uFEFF', pod('b'), '---\n\uFEFF', pod('c')]
        .join('')
        .replaceAll('\n', lineEnd);
      const linted = read('pods.yaml', text);
      const found = linted.result.findings.filter(({ rule }) => rule === 'host-network');
      assert.deepEqual(
        found.map(({ subject }) => subject.name),
        ['a', 'b', 'c'],
      );
      assert.deepEqual(
        found.map(({ range }) => text.slice(range.start, range.end)),
        ['true', 'true', 'true'],
      );
      for (const finding of found)
        for (const { edits } of provenFixes(linted, finding))
          assert.equal(applyEdits(text, edits).split('\uFEFF').length, 4);
    });
});

describe('YAML that is not a manifest, and lines of which end otherwise', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostPID: true }';
  const texts: [path: string, before: string, yaml: string, behind: string][] = [
    ['.github/workflows/a.yaml', '', 'jobs:\n  a:\n    steps:\n      - run: docker run --pid=host x\n', ''],
    ['.gitlab-ci.yml', '', 'a:\n  script:\n    - docker run --pid=host x\n', ''],
    ['a.md', '```yaml\n', pod, '\n```\n'],
    ['a.sh', 'kubectl apply -f - <<EOF\n', pod, '\nEOF\n'],
  ];
  for (const [path, before, yaml, behind] of texts)
    it(`has the same findings and fixes in ${path}`, () => {
      for (const lineEnd of Object.values(LINE_ENDS)) {
        const usual = read(path, before + yaml + behind);
        const other = read(path, before + yaml.replaceAll('\n', lineEnd) + behind);
        assert.notEqual(usual.result.findings.length, 0);
        assert.deepEqual(foundIn(other), foundIn(usual));
        for (const [index, finding] of usual.result.findings.entries())
          for (const [at, { edits }] of provenFixes(usual, finding).entries())
            assert.deepEqual(provenFixes(other, other.result.findings[index]!)[at]?.edits, edits);
      }
    });
});
