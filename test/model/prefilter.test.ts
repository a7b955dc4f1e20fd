import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTextFile } from '../../server/workspace/read-file.ts';
import { walk } from '../../server/workspace/walk.ts';
import { mayConcern } from '../../shared-rules/engine/views.ts';
import { aiWorkloads, DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { plainKeys } from '../../shared-rules/language/yaml/outline.ts';
import type { Plain } from '../../shared-rules/language/yaml/style.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';
import { scriptKind } from '../../shared-rules/model/files/file-kinds.ts';
import { mayBeOurs } from '../../shared-rules/model/prefilter.ts';
import { style, Writer } from '../generated-yaml.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

/** What is said about a file, without the places, which a mark in it moves. */
function said(path: string, text: string): unknown {
  const result = lint(path, text, settings);
  const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  return {
    findings: result.findings.map(({ rule, severity, message, path, range, related }) => {
      return [rule, severity, message, path, at(range), related.map((other) => [other.message, other.at.path])];
    }),
    accepted: result.accepted.map(({ finding }) => [finding.rule, finding.path]),
    problems: result.problems.map(({ message }) => message),
    failures: result.failures,
    facts: result.facts.map((fact) =>
      JSON.stringify(fact, (key, value) => (['range', 'part'].includes(key) ? undefined : value)),
    ),
    ai: aiWorkloads({ path, result, settings } as never).map(({ name, classification }) => [
      name.path,
      classification.class,
    ]),
  };
}

/** The same text, but no document of it is left out at a glance. */
function lookedAt(text: string): string {
  return `# bulkhead\n${text.replace(/^---[ \t]*(?=\r?$)/gm, '--- # bulkhead')}`;
}

/** The keys of a document in the order of the text, as the parser has them. */
function keysOf(value: Value | undefined, isTop = true): unknown[] {
  const fields = value?.fields().flatMap((field) => {
    const { text = '', isSequence } = field.value;
    return [{ name: field.name, text: isSequence ? '' : text, isTop }, ...keysOf(field.value, false)];
  });
  return [...(fields ?? []), ...(value?.items().flatMap((item) => keysOf(item, false)) ?? [])];
}

function assertPlain(text: string): boolean {
  const keys = [...plainKeys(text)];
  if (keys.includes(undefined)) return false;
  const documents = YamlDocument.parse(text, { start: 0, end: text.length });
  assert.deepEqual(
    documents.flatMap(({ problems }) => problems),
    [],
    text,
  );
  assert.ok(documents.length <= 1, text);
  const root = documents[0]?.root;
  const names = keys.map((key) => ({ ...key, text: key?.text.startsWith('[') || key?.text === '{}' ? '' : key?.text }));
  const isRepeated = new Set(names.map(({ name }) => name)).size < names.length;
  if (!isRepeated) assert.deepEqual(names, keysOf(root), text);
  return true;
}

const PLAIN = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader # of pods
  labels: {}
rules:
- apiGroups: [""]
  resources: ["pods", 'secrets', persistentvolumes]
  verbs:
    - get
    - list
`;

describe('plainKeys', () => {
  it('reads documents whose every line is plain', () => {
    for (const text of [
      PLAIN,
      PLAIN.replaceAll('\n', '\r\n'),
      `# A comment.\n---   # another\n${PLAIN}`,
      'a:\n  - - b: 1\n      c:\n      - d\n    - e\n  -\n    f: http://x:80/y\n',
      'a: ""\n\n   # deeper\nb: -\n'.replace('-', "'-'"),
      '"a": x y\n\'b\': "1"\n',
      'a:',
      '- a\n- b: c\n',
    ])
      assert.equal(assertPlain(text), true, text);
  });

  it('does not understand what takes more than a look at each line', () => {
    for (const text of [
      'a: |\n  b: c\n',
      'a: b\n  c\n',
      'a:\n  b\n',
      'a: &x b\n',
      '<<: *x\n',
      'a: !!str b\n',
      '{a: b}\n',
      'a: {b: c}\n',
      'a: [{b: c}]\n',
      'a: [b,\n  c]\n',
      'a: "b\n',
      'a: "\\x41"\n',
      '? a\n: b\n',
      'a:\tb\n',
      '\ta: b\n',
      'a: b: c\n',
      'a: b #c\nb: c# d: e\n',
      '"a"#b: c\n',
      'a:\n    b: c\n  d: e\n',
      'a: b\n c: d\n',
      '- a\nb: c\n',
      'a:\n- b\n c: d\n',
      '%YAML 1.2\n---\na: b\n',
      '---\na: b\n---\nc: d\n',
      'a: b\n...\n',
      '\uFEFFa: b\n',
      'a: b\n\r',
      `a:\n  b:\n    c:\n${`${' '.repeat(60)}\n`.repeat(20)}  d:\n`,
    ])
      assert.equal(assertPlain(text), false, text);
  });

  it('never misreads what generated lines say, and they have no syntax error', () => {
    const part = fc.constantFrom(
      '- ',
      '-',
      'k: ',
      'k:',
      '"q": ',
      'v',
      ' ',
      '  ',
      '# c',
      '[]',
      '{}',
      '[a]',
      "'s'",
      '"s"',
      'a:b',
    );
    const line = fc.tuple(fc.nat(5), fc.array(part, { maxLength: 4 }));
    let count = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 7 }), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
        let index = 0;
        const text = lines.map(([indent, parts]) => ' '.repeat(indent) + parts.join('')).join(newline);
        if (assertPlain(text.replaceAll('k:', () => `k${index++}:`))) count++;
      }),
      { numRuns: 3000 },
    );
    assert.ok(count > 100, `${count} plain texts`);
  });
});

describe('mayConcern', () => {
  it('leaves out what no rule looks at', () => {
    for (const text of [
      PLAIN,
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n',
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    hostNetwork: true\n',
      'apiVersion: v1\nmetadata:\n  name: a\n',
      'image:\n  services: a\n',
      'name: a\n',
    ])
      assert.equal(mayConcern(text), false, text);
  });

  it('wants to see what rules, facts and exceptions may come from', () => {
    const object = (kind: string, rest = '', apiVersion = 'example.com/v1') =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: a\n${rest}`;
    for (const text of [
      ...['Pod', 'Service', 'Namespace', 'PersistentVolume', 'CiliumNetworkPolicy', 'ScaledObject'].map((kind) =>
        object(kind),
      ),
      object('"Pod"'),
      object('Kind', '', 'kaito.sh/v1'),
      object('Kind', 'spec:\n  containers:\n  - name: b\n'),
      object('Kind', 'spec:\n  template:\n    spec:\n      hostPID: true\n'),
      object('Kind', 'spec:\n  item:\n    apiVersion: v1\n    kind: Pod\n'),
      object('Kind', 'spec: {containers: []}\n'),
      object('Kind', '  annotations:\n    bulkhead.dev/ignore.host-pid: a\n'),
      object('Kind', '# bulkhead: ignore[host-pid] a\n'),
      object('Kind', 'kind: Pod\n'),
      object('Kind', 'spec:\n  a: "b\n'),
      'services:\n  a:\n    image: b\n',
      '{"apiVersion": "v1", "kind": "Role"}',
    ])
      assert.equal(mayConcern(text), true, text);
  });

  it('belongs to a document what stands before the first marker', () => {
    const text = `# bulkhead: ignore[host-pid] no reason\n---\n${PLAIN}`;
    assert.deepEqual(
      lint('role.yaml', text, settings).findings.map(({ rule }) => rule),
      ['exception-unused'],
    );
  });

  it('changes nothing that is said about generated files', () => {
    const object = fc.record({
      apiVersion: fc.constantFrom('v1', 'apps/v1', 'example.com/v1', 'kaito.sh/v1', 'networking.k8s.io/v1'),
      kind: fc.constantFrom('Role', 'Kind', 'Service', 'Deployment', 'NetworkPolicy', 'HorizontalPodAutoscaler'),
      metadata: fc.record({ name: fc.constantFrom('a', 'b'), labels: fc.constantFrom({}, { app: 'a' }) }),
      spec: fc.constantFrom<Plain>(
        { rules: [{ verbs: ['get', 'list'] }] },
        { selector: { app: 'a' }, type: 'NodePort' },
        { template: { metadata: { labels: { app: 'a' } }, spec: { hostNetwork: true, containers: [{ name: 'a' }] } } },
        { jobTemplate: { spec: { hostPID: true } } },
        { podSelector: {}, scaleTargetRef: { kind: 'Deployment', name: 'a' } },
        { objects: [{ apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true } }] },
        { item: { containers: [{ image: 'b' }] } },
      ),
    });
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 3 }), style, fc.nat(400), (objects, style, cut) => {
        const writer = new Writer({ ...style, endsWithNewline: true });
        const whole = objects.map((one) => writer.write(one as Plain)).join(`---${style.newline}`);
        for (const text of [whole, whole.slice(0, cut) + whole.slice(cut + 1)])
          assert.deepEqual(said('a.yaml', text), said('a.yaml', lookedAt(text)), text);
      }),
    );
  });

  const corpus = process.env.BULKHEAD_CORPUS;
  it('changes nothing that is said about real files', {
    skip: !corpus && 'BULKHEAD_CORPUS names no folder',
  }, async () => {
    let count = 0;
    for await (const path of walk(corpus as string, { exclude: [] })) {
      const read = await readTextFile(path);
      if ('refused' in read || scriptKind(path, read.text) || !mayBeOurs(read.text)) continue;
      count++;
      assert.deepEqual(said(path, read.text), said(path, lookedAt(read.text)), path);
    }
    assert.ok(count > 0);
  });
});
