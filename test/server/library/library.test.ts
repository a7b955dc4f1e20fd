import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fix, lint, rules } from '../../../server/library/library.ts';
import type { Options } from '../../../server/library/library-api.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true\n';
const COMPOSE = 'services:\n  a:\n    image: a\n    network_mode: host\n    ports: ["80:80"]\n';

describe('the library', () => {
  it('finds, with places as people count them', () => {
    const [finding, ...others] = lint('pod.yaml', POD);
    assert.deepEqual(others, []);
    assert.equal(finding?.rule, 'host-network');
    assert.deepEqual(finding.range, {
      start: { line: 6, column: 16, offset: POD.indexOf('true') },
      end: { line: 6, column: 20, offset: POD.indexOf('true') + 4 },
    });
    assert.deepEqual(finding.subject, { kind: 'Pod', name: 'a', namespace: null, path: 'spec.hostNetwork' });
    const [fix] = finding.fixes;
    assert.equal(fix?.title, 'Remove hostNetwork');
    assert.deepEqual(
      fix.edits.map(({ range: { start, end }, newText }) => [start.line, start.column, end.line, newText]),
      [
        [5, 6, 5, ' {}'],
        [6, 1, 7, ''],
      ],
    );
    assert.equal(finding.fixes, finding.fixes, 'they are tried once');
    assert.equal(JSON.parse(JSON.stringify(finding)).fixes.length, 2);
  });

  it('gives a byte order mark no column, but an offset', () => {
    const text = '\uFEFFservices: { a: { image: a, network_mode: host } }\n';
    const start = lint('compose.yaml', text)[0]?.range.start;
    const offset = text.indexOf('host }');
    assert.deepEqual(start, { line: 1, column: offset, offset }, 'the column counts from 1, and not the mark');
  });

  it('repairs what is safe, and more when it is told to', () => {
    const safe = fix('compose.yaml', COMPOSE);
    assert.equal(safe.text, COMPOSE.replace('    ports: ["80:80"]\n', ''));
    assert.deepEqual(safe.titles, ['Remove the ignored ports']);
    assert.deepEqual(fix('compose.yaml', COMPOSE, { rules: ['host-network'] }), { text: COMPOSE, titles: [] });
    const { text } = fix('compose.yaml', COMPOSE, { rules: ['host-network'], unsafe: true });
    assert.deepEqual(
      lint('compose.yaml', text),
      lint('compose.yaml', text).filter(({ rule }) => rule !== 'host-network'),
    );
  });

  it('follows a configuration, and options before it', () => {
    const config = 'profile: all\nseverity:\n  host-network: low\nignore: [vendor/]\n';
    const severities = (options: Options, path = 'pod.yaml') =>
      lint(path, POD, options).flatMap(({ rule, severity }) => (rule === 'host-network' ? severity : []));
    assert.deepEqual(severities({ config }), ['low']);
    assert.deepEqual(severities({ config, severity: { 'host-network': 'high' } }), ['high']);
    assert.deepEqual(severities({ config }, 'vendor/pod.yaml'), []);
    assert.ok(lint('pod.yaml', POD, { config }).length > 1);
    assert.equal(lint('pod.yaml', POD, { config, profile: 'recommended' }).length, 1);
    const accepted = POD.replace('true', 'true # bulkhead: ignore[host-network] a until 2027-06-30');
    assert.deepEqual(lint('pod.yaml', accepted), []);
    assert.deepEqual(lint('pod.yaml', accepted, { today: '2027-06-30' }), []);
    assert.equal(lint('pod.yaml', accepted, { today: '2027-07-01' }).length, 2);
  });

  it('refuses options that mean nothing', () => {
    const wrong: [object, RegExp][] = [
      [{ profile: 'everything' }, /profile has "everything"/],
      [{ severity: { 'host-netwrok': 'off' } }, /severity has "host-netwrok"/],
      [{ severity: { 'host-network': 'loud' } }, /severity\.host-network has "loud"/],
      [{ kubernetesVersion: 'new' }, /kubernetesVersion is "new"/],
      [{ config: 'severity:\n  host-netwrok: off\n' }, /error at 2:3: /],
      [{ rules: ['host-netwrok'] }, /rules has "host-netwrok"/],
    ];
    for (const [options, message] of wrong)
      assert.throws(() => fix('a.yaml', POD, options), { name: 'RangeError', message });
  });

  it('throws at no text', () => {
    for (const text of ['', '\0', '{', ': :', '&a *a', '\uFEFF']) assert.deepEqual(lint('a.yaml', text), []);
  });

  it('lists all rules', () => {
    const pages = readdirSync(join(root, 'dist', 'rules')).flatMap((name) =>
      name.endsWith('.md') ? name.slice(0, -3) : [],
    );
    assert.deepEqual(
      rules.map(({ id }): string => id),
      pages.sort(),
    );
  });
});

describe('the package', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-package-'));
  after(() => rmSync(scratch, { recursive: true, force: true }));
  const [, example = '', printed = ''] =
    /```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs', 'library.md'), 'utf8')) ?? [];
  const inCommonJs = example.replace(/^import (\{.*\}) from 'bulkhead';/, "const $1 = require('bulkhead');");
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: scratch, encoding: 'utf8' });

  before(() => {
    // Nothing is built: what other tests run lies there too.
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch];
    const archive = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim();
    const folder = join(scratch, 'node_modules', 'bulkhead');
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-xzf', join(scratch, archive), '--strip-components=1', '-C', folder]);
  });

  it('can be imported and required, and does what its documentation shows', () => {
    writeFileSync(join(scratch, 'example.mjs'), example);
    assert.deepEqual(run('example.mjs').stdout, printed);
    writeFileSync(join(scratch, 'example.cjs'), inCommonJs);
    assert.deepEqual(run('example.cjs').stdout, printed);
  });

  it('has types that need nothing else, for both', () => {
    const declared = 'declare const console: { log(...values: unknown[]): void };\n';
    const wrong = "// @ts-expect-error\nlint('a', 'b', { profile: 'everything' });\n";
    writeFileSync(join(scratch, 'example.mts'), example + declared + wrong);
    const inTypes = example.replace(
      /^import (\{.*\}) from 'bulkhead';/,
      "import bulkhead = require('bulkhead');\nconst $1 = bulkhead;",
    );
    writeFileSync(join(scratch, 'types.cts'), inTypes + declared + wrong);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--lib', 'es2022'];
    const { stdout, status } = run(tsc, ...options, '--module', 'nodenext', '--types', '', 'example.mts', 'types.cts');
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });

  it('holds the program, and none of its sources', () => {
    const folder = join(scratch, 'node_modules', 'bulkhead');
    assert.deepEqual(readdirSync(folder).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'bulkhead.cdx.json',
      'dist',
      'package.json',
      'schemas',
    ]);
    const { status } = run(join(folder, 'dist', 'bulkhead.cjs'), 'check', '--no-config', '.', '--format', 'json');
    assert.equal(status, 0);
  });
});
