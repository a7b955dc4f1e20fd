import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMap, type Node, Pair, visit, YAMLMap } from 'yaml';
import { type Assembly, lintAssembled } from '../../shared-rules/engine/assembled-lint.ts';
import { mayConcern } from '../../shared-rules/engine/views.ts';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  fingerprintTexts,
  type LintSettings,
  provenFixes,
  tryFixes,
} from '../../shared-rules/index.ts';
import { type NodeOrigin, YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { readCompose } from '../../shared-rules/model/compose/compose.ts';
import { readManifest } from '../../shared-rules/model/manifest.ts';

const BASE = `services:
  web:
    image: nginx
    ports:
      - 80:80
`;
const OVERRIDE = `services:
  web:
    # counts packets
    network_mode: host
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
`;

/** Puts Compose files together key by key, which is enough to see what becomes of a place in each. */
function assemble(texts: ReadonlyMap<string, string>): Assembly {
  const origins = new Map<object, NodeOrigin>();
  const files = new Map([...texts].map(([file, text]) => [file, readManifest(file, text, mayConcern, { file })]));
  const written = [...files.values()].flatMap(({ documents }) =>
    documents.flatMap((document) => (document.root ? { document, node: document.root.node } : [])),
  );
  const tree = YamlDocument.assemble(merge(written, origins), origins);
  const compose = tree.root && readCompose('compose.yaml', tree.root);
  return { files, contents: compose ? [{ dialect: 'compose', compose }] : [] };
}

interface Written {
  readonly document: YamlDocument;
  readonly node: Node;
}

/** Mappings are merged, of anything else the last counts. */
function merge(written: readonly Written[], origins: Map<object, NodeOrigin>): Node {
  const [first, last] = [written[0], written.at(-1)] as [Written, Written];
  if (!written.every(({ node }) => isMap(node))) return noted(last, origins);
  const map = new YAMLMap();
  map.range = first.node.range ?? null;
  origins.set(map, { document: first.document });
  const byKey = new Map<string, { readonly key: Node; readonly holder: YAMLMap; readonly values: Written[] }>();
  for (const { document, node } of written) {
    for (const { key, value } of (node as YAMLMap<Node, Node>).items) {
      const values = [...(byKey.get(String(key))?.values ?? []), { document, node: value as Node }];
      byKey.set(String(key), { key, holder: node as YAMLMap, values });
    }
  }
  for (const { key, holder, values } of byKey.values()) {
    const { document } = values.at(-1) as Written;
    const pair = new Pair(key, merge(values, origins));
    origins.set(key, { document });
    origins.set(pair, { document, holder });
    map.items.push(pair);
  }
  return map;
}

/** A node with all below it is written where its document is. */
function noted({ document, node }: Written, origins: Map<object, NodeOrigin>): Node {
  visit(node, (_, inner) => void origins.set(inner as object, { document }));
  return node;
}

const FILES = new Map([
  ['compose.yaml', BASE],
  ['compose.override.yaml', OVERRIDE],
]);

function lint(texts: ReadonlyMap<string, string> = FILES, settings: Partial<LintSettings> = {}) {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const results = lintAssembled(assemble, texts, all);
  const of = (file: string) => {
    const result = results.get(file);
    assert.ok(result);
    assert.deepEqual(result.failures, []);
    return { path: file, settings: all, result };
  };
  return { base: of('compose.yaml'), override: of('compose.override.yaml') };
}

function said({ result }: ReturnType<typeof lint>['base']) {
  return result.findings.map(({ rule, range }) => `${rule} ${result.text.slice(range.start, range.end)}`);
}

describe('what is put together from several files', () => {
  it('has its findings in the files in which the values are written', () => {
    const { base, override } = lint();
    assert.deepEqual(said(base), ['published-ports-ignored ports']);
    assert.deepEqual(said(override), ['host-network host', 'runtime-socket /var/run/docker.sock']);
  });

  it('names what another file says as a related place there', () => {
    const { base } = lint();
    const [{ related = [] } = {}] = base.result.findings;
    assert.deepEqual(
      related.map(({ file, at }) => [file, OVERRIDE.slice(at.range.start, at.range.end)]),
      [['compose.override.yaml', 'host']],
    );
  });

  it('is repaired in the file that the finding stands in, and nowhere else', () => {
    const { base, override } = lint();
    const [ports] = base.result.findings;
    const [network] = override.result.findings;
    assert.ok(ports && network);
    assert.deepEqual(
      provenFixes(base, ports).map(({ title, edits }) => [title, applyEdits(BASE, edits)]),
      [['Remove the ignored ports', 'services:\n  web:\n    image: nginx\n']],
    );
    assert.deepEqual(
      tryFixes(base, ports).filter((trial) => 'refused' in trial).length,
      1,
      'leaving the network would edit the other file',
    );
    assert.deepEqual(
      provenFixes(override, network).map(({ title, edits }) => [title, applyEdits(OVERRIDE, edits)]),
      [
        [
          'Remove network_mode and keep the published ports',
          'services:\n  web:\n    # counts packets\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
        ],
      ],
    );
  });

  it('is accepted by a comment in the file that the finding stands in', () => {
    const ignored = OVERRIDE.replace('# counts packets', '# bulkhead: ignore[host-network] counts packets');
    const { base, override } = lint(new Map(FILES).set('compose.override.yaml', ignored));
    assert.deepEqual(said(override), ['runtime-socket /var/run/docker.sock']);
    assert.deepEqual(
      override.result.accepted.map(({ finding, reason }) => [finding.rule, reason]),
      [['host-network', 'counts packets']],
    );
    assert.deepEqual(said(base), ['published-ports-ignored ports']);
  });

  it('is accepted by a configured exception for the file that the finding stands in', () => {
    const exception = {
      rules: ['runtime-socket', 'published-ports-ignored'] as const,
      match: { path: 'compose.override.yaml' },
      reason: 'builds',
      owner: undefined,
      until: undefined,
    };
    const { base, override } = lint(FILES, { exceptions: [exception] });
    assert.deepEqual(said(base), ['published-ports-ignored ports']);
    assert.deepEqual(said(override), ['host-network host']);
  });

  it('is known by the same fingerprint as in the file alone', () => {
    const { override } = lint();
    const alone = fingerprintTexts(override.result);
    assert.deepEqual(
      [...alone.values()].map((text) => JSON.parse(text)),
      [
        ['host-network', 'service', '', 'web', 'services.web.network_mode', 'host', 1],
        ['runtime-socket', 'service', '', 'web', 'services.web.volumes[]', '/var/run/docker.sock', 1],
      ],
    );
  });
});
