import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  acceptFinding,
  aiWorkloads,
  applyEdits,
  CATALOGUE,
  DEFAULT_SETTINGS,
  type Finding,
  fixText,
  lint,
  provenFixes,
  type RuleId,
  safeFix,
} from '../../shared-rules/index.ts';
import { examplesOf, readMarks, readRulePage } from '../rules/rule-pages.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

function linted(text: string, path = 'README.md') {
  const result = lint(path, text, settings);
  assert.deepEqual(result.failures, []);
  return { path, settings, result };
}

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  priority: 1
`;

const inList = (language: string, text: string) =>
  `1. Do:\n\n   \`\`\`${language}\n${behind('   ', text)}   \`\`\`\n\n2. Go on.\n`;

/** How a fence may stand in a text, and what stands before each of its lines. */
const FENCES: Readonly<Record<string, (language: string, text: string) => string>> = {
  'at the margin': (language, text) => `# Title\n\n~~~${language} title="a"\n${text}~~~\n`,
  'in a list': inList,
  'beside the mark of a list': (language, text) => `- \`\`\`${language}\n${behind('  ', text)}  \`\`\`\n`,
  'in a quotation': (language, text) => `> Note\n>\n> \`\`\`${language}\n${behind('> ', text)}> \`\`\`\n`,
  'at the end of the text': (language, text) => `\`\`\`${language}\n${text}\`\`\``,
};

function behind(prefix: string, text: string): string {
  return text.replaceAll(/^(?=.)/gm, prefix);
}

/** What stands in the first fence of a text, without what stands before each line: read apart from Bulkhead. */
function contentOf(markdown: string): string {
  const lines = markdown.split('\n');
  const open = lines.findIndex((line) => /```|~~~/.test(line));
  const close = lines.findIndex((line, index) => index > open && /^[ >]*(?:```|~~~)\r?$/.test(line));
  const prefix = (lines[open] ?? '').replace(/(?:```|~~~)[\s\S]*/, '').replace('-', ' ');
  return lines
    .slice(open + 1, close)
    .map((line) => `${line.startsWith(prefix) ? line.slice(prefix.length) : line.replace(/^[ >]*(?=\r?$)/, '')}\n`)
    .join('');
}

/** The examples that say the same wherever they stand: no templates, and none that a file's name decides about. */
const EXAMPLES = (Object.keys(CATALOGUE) as RuleId[])
  .filter((id) => id !== 'ai-without-network-policy' && id !== 'namespace-without-pod-security')
  .flatMap((id) => {
    return examplesOf(readRulePage(id)).map((example) => ({ id, ...example }));
  })
  .filter(({ role, argument }) => role === 'reported' && /^(?:compose\.yaml)?$/.test(argument))
  .map(({ id, argument, text }) => ({ id, isCompose: argument !== '', text: readMarks(text).text }))
  .filter(({ text }) => !text.includes('{{') && /apiVersion|services/.test(text) && !/^\.\.\.|^%/m.test(text));

function said(text: string, findings: readonly Finding[]) {
  return findings.map(({ rule, severity, message, range, path }) => {
    return { rule, severity, message, path, written: text.slice(range.start, range.end) };
  });
}

/** Asserts that an example has the same findings and fixes in a fence as in a file of its own. */
function assertSame(
  { id, isCompose, text }: (typeof EXAMPLES)[number],
  put: (language: string, text: string) => string,
) {
  const alone = linted(text, isCompose ? 'compose.yaml' : 'manifest.yaml');
  const markdown = put(isCompose ? 'compose' : 'yaml', text);
  const inside = linted(markdown);
  const own = inside.result.findings;
  assert.deepEqual(said(markdown, own), said(text, alone.result.findings), id);
  for (const [index, finding] of alone.result.findings.entries()) {
    const fixed = provenFixes(alone, finding).map(({ title, edits }) => [title, applyEdits(text, edits)]);
    const fixedInside = provenFixes(inside, own[index] as Finding).map(({ title, edits }) => {
      return [title, contentOf(applyEdits(markdown, edits))];
    });
    assert.deepEqual(fixedInside, fixed, `${id}: ${finding.rule}`);
  }
}

describe('a manifest in a fence', () => {
  it('is found among the examples of the rules', () => assert.ok(EXAMPLES.length > 60, String(EXAMPLES.length)));

  for (const [place, put] of Object.entries(FENCES)) {
    it(`${place} has the findings and fixes it has in a file`, () => {
      for (const example of EXAMPLES) assertSame(example, put);
    });
  }

  it('has them with the line ends of Windows, which its fixes keep', () => {
    const toWindows = (text: string) => text.replaceAll('\n', '\r\n');
    for (const { text, ...example } of EXAMPLES)
      assertSame({ ...example, text: toWindows(text) }, (language, windows) =>
        toWindows(inList(language, windows.replaceAll('\r\n', '\n'))),
      );
  });

  it('has them with blank lines, which stand behind no mark of a list', () => {
    for (const { text, ...example } of EXAMPLES)
      assertSame({ ...example, text: text.replaceAll('\n', '\n\n') }, inList);
  });

  /** Facts: the CommonMark spec, 0.31.2, sections 4.5 (fenced code blocks), 4.6 (HTML blocks) and 5 (containers). */
  describe('is read where CommonMark has a fenced block', () => {
    const FENCE = `\`\`\`yaml\n${POD}\`\`\`\n`;
    const quoted = (mark: string) => FENCE.replaceAll(/^(?=.)/gm, mark);
    const cases: [string, string, number][] = [
      ['behind two marks of lists', `- - ${behind('    ', FENCE).trimStart()}`, 1],
      ['in a quotation in a list', `- > ${quoted('  > ').slice(4)}`, 1],
      ['in a quotation without blanks', quoted('>'), 1],
      ['behind a byte order mark', `\uFEFF${FENCE}`, 1],
      ['behind a line that begins with code', `\`\`\`docker compose\`\`\` is used.\n\n${FENCE}`, 1],
      ['behind a quotation that ends in an open block', `> \`\`\`yaml\n> a: 1\n\n${FENCE}`, 1],
      ['with deep lines of the same marks in it', FENCE.replace('name: web', 'name: |-\n    ```\n    web'), 1],
      ['closed by a line that is indented by three blanks', FENCE.replace(/```\n$/, '   ```\n\n    ```\n'), 1],
      ['but not in a comment', `<!--\n${FENCE}-->\n`, 0],
      ['but behind a comment', `<!-- a\nb -->\n${FENCE}`, 1],
      ['but not where lines leave the list', `1. a\n\n   ${FENCE}`, 0],
      ['but not where it is not closed', FENCE.replace(/```\n$/, ''), 0],
    ];
    for (const [place, text, count] of cases)
      it(place, () => {
        const { findings } = linted(text).result;
        const found = findings
          .filter(({ rule }) => rule === 'host-network')
          .map(({ range }) => text.slice(range.start));
        assert.equal(found.length, count);
        for (const rest of found) assert.match(rest, /^true\n/);
      });
  });

  it('keeps the line ends of the text', () => {
    const text = `- one\r\n\r\n  \`\`\`yaml\r\n${behind('  ', POD).replaceAll('\n', '\r\n')}  \`\`\`\r\n`;
    const file = linted(text);
    const finding = file.result.findings.find(({ rule }) => rule === 'host-network') as Finding;
    assert.equal(text.slice(finding.range.start, finding.range.end), 'true');
    const [removal] = provenFixes(file, finding);
    assert.equal(applyEdits(text, removal?.edits ?? []), text.replace('    hostNetwork: true\r\n', ''));
    const accepted = acceptFinding(file, finding);
    assert.equal(
      applyEdits(text, accepted?.edits ?? []),
      text.replace('    hostNetwork', '    # bulkhead: ignore[host-network] reason\r\n    hostNetwork'),
    );
  });

  it('is accepted by a comment in the fence, for the fence where it stands at its head', () => {
    const comment = '# bulkhead: ignore[host-network] an example\n';
    for (const put of Object.values(FENCES)) {
      const markdown = `${put('yaml', comment + POD)}\n\n${put('yaml', POD)}`;
      const { findings, accepted } = linted(markdown).result;
      assert.deepEqual(
        accepted.map(({ finding, reason }) => [finding.rule, reason]),
        [['host-network', 'an example']],
      );
      assert.equal(findings.filter(({ rule }) => rule === 'host-network').length, 1);
    }
  });

  it('has nothing to do with other fences and files', () => {
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  containers:\n    - name: a\n      image: ${name}\n      ports: [{ containerPort: 80, hostPort: 80 }]\n`;
    const fence = (text: string) => `\`\`\`yaml\n${text}\`\`\`\n\n`;
    const conflicts = (text: string) =>
      linted(text).result.findings.filter(({ rule }) => rule === 'host-port-conflict').length;
    assert.equal(conflicts(fence(pod('a')) + fence(pod('b'))), 0);
    assert.equal(conflicts(fence(`${pod('a')}---\n${pod('b')}`)), 2);
    assert.deepEqual(linted(fence(pod('a'))).result.facts, []);
  });

  it('is no example of something that is missing beside it', () => {
    const model = `apiVersion: v1\nkind: Pod\nmetadata: { name: a, labels: { app: a } }\nspec:\n  containers:\n    - { name: a, image: vllm/vllm-openai, ports: [{ containerPort: 8000 }] }\n`;
    const rules = (path: string, text: string) => linted(text, path).result.findings.map(({ rule }) => rule);
    assert.ok(rules('pod.yaml', model).includes('ai-without-network-policy'));
    assert.ok(!rules('README.md', `\`\`\`yaml\n${model}\`\`\`\n`).includes('ai-without-network-policy'));
  });

  it('is named as an AI workload', () => {
    const markdown = `\`\`\`yaml\nservices:\n  model:\n    image: ollama/ollama\n\`\`\`\n`;
    const [workload] = aiWorkloads(linted(markdown));
    assert.equal(workload && markdown.slice(workload.name.range.start, workload.name.range.end), 'model');
  });

  it('is repaired together with commands in the same text', () => {
    const markdown = `\`\`\`yaml\nservices:\n  a:\n    image: a\n    network_mode: host\n    ports: ["1:1"]\n\`\`\`\n\n\`\`\`sh\ndocker run --network host -p 1:1 a\n\`\`\`\n`;
    const { text } = fixText(linted(markdown), safeFix);
    assert.equal(text, markdown.replace('    ports: ["1:1"]\n', '').replace(' -p 1:1', ''));
  });
});

describe('what is no manifest in a fence', () => {
  const silent: Readonly<Record<string, string>> = {
    'another language': `\`\`\`text\n${POD}\`\`\`\n`,
    'a template': `\`\`\`yaml\n${POD}  nodeName: {{ .Values.node }}\n\`\`\`\n`,
    'a fence that is not closed': `\`\`\`yaml\n${POD}`,
    'a sketch with a syntax error': `\`\`\`yaml\n${POD}  containers: [\n\`\`\`\n`,
    'a part of a manifest': '```yaml\nspec:\n  hostNetwork: true\n```\n',
    'an indented block': behind('    ', POD),
    'a fence in a fence': `~~~~text\n\`\`\`yaml\n${POD}\`\`\`\n~~~~\n`,
  };
  for (const [what, text] of Object.entries(silent))
    it(`is ${what}`, () => assert.deepEqual(linted(text).result.findings, []));

  it('keeps nothing else from being found', () => {
    const text = `\`\`\`yaml\n${POD}  containers: [\n\`\`\`\n\n\`\`\`sh\ndocker run --network host a\n\`\`\`\n\n\`\`\`json\n{"apiVersion":"v1","kind":"Pod","spec":{"hostPID":true}}\n\`\`\`\n`;
    assert.deepEqual(
      linted(text).result.findings.map(({ rule }) => rule),
      ['host-network', 'host-pid'],
    );
  });
});
