import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { Checking } from '../../../server/cli/checking.ts';
import type { Input } from '../../../server/cli/inputs.ts';
import type { RunSettings } from '../../../server/cli/run-settings.ts';
import { toFindingData } from '../../../server/report/finding-data.ts';
import { INLINE_WORKERS } from '../../../server/workspace/lint/inline-workers.ts';
import type { Order, OrderOutcome } from '../../../server/workspace/lint/order.ts';
import { Pool } from '../../../server/workspace/lint/pool.ts';
import type { Workers } from '../../../server/workspace/lint/workers.ts';
import { readTextFile, withoutMark } from '../../../server/workspace/read-file.ts';
import {
  DEFAULT_SETTINGS,
  type Linted,
  lint,
  provenFixes,
  readConfig,
  WorkspaceFacts,
  withConfig,
} from '../../../shared-rules/index.ts';
import { folderWith } from '../files.ts';
import { SAMPLE } from '../parity-sample.ts';

const pod = (name: string, port: number, spec = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  hostNetwork: true\n${spec}  containers:\n    - name: a\n      image: ${name}\n      ports: [{ containerPort: ${port}, hostPort: ${port} }]\n`;
const service = (name: string, port: number) =>
  `services:\n  ${name}:\n    image: ${name}\n    ports: ["${port}:80"]\n`;

/** Files that conflict, are deployed together in several ways, are broken, and accept what is found in them. */
const FILES: Readonly<Record<string, string>> = {
  ...SAMPLE.files,
  'conflict/compose.a.yaml': service('web', 8080),
  'conflict/compose.b.yaml': `# below\r\n${service('docs', 8080)}`,
  'kustomized/kustomization.yaml': 'resources: [base/one.yaml, two.yaml]\n',
  'kustomized/base/one.yaml': pod('one', 9000),
  'kustomized/two.yaml': pod('two', 9000),
  'kustomized/not-listed.yaml': pod('three', 9000),
  'enforced/namespace.yaml':
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }\n',
  'elsewhere/pod.yaml': pod('four', 9100).replace('name: four }', 'name: four, namespace: shop }'),
  'accepted/pod.yaml': pod('five', 9200).replace('true', 'true # bulkhead: ignore[host-network] why until 2027-06-30'),
  'accepted/ended.yaml': pod('six', 9300).replace('true', 'true # bulkhead: ignore[host-network] why until 2027-01-01'),
  'broken.yaml': `${pod('seven', 9400)}---\na: [\n`,
};

type LintedUnder = Pick<RunSettings, 'lint' | 'root'>;

async function sampleIn(test: TestContext): Promise<{ run: LintedUnder; inputs: Input[] }> {
  const root = await folderWith(test, FILES);
  const { config } = readConfig(FILES['.bulkhead.yaml'] as string, '2027-03-01');
  const settings = { ...withConfig(DEFAULT_SETTINGS, config), profile: 'all' as const, today: '2027-03-01' };
  const inputs = Object.keys(FILES).map((path): Input => {
    const name = join(root, path);
    return { name, isStandardInput: false, isStream: false, isIgnored: false, read: () => readTextFile(name) };
  });
  return { run: { lint: settings, root }, inputs };
}

/** What is found when files are linted one after the other, each again whenever others say something new. */
function oneByOne({ lint: settings, root }: LintedUnder): Map<string, Linted> {
  const workspace = new WorkspaceFacts();
  const found = new Map<string, Linted>();
  const waiting = new Set(Object.keys(FILES));
  for (const path of waiting) {
    waiting.delete(path);
    const file = join(root, path);
    const queries = workspace.queriesFor(file);
    const result = lint(path, withoutMark(FILES[path] as string), settings, queries);
    found.set(file, { path, settings, result, queries });
    for (const other of workspace.update(file, result)) waiting.add(relative(root, other));
  }
  return found;
}

const ways: [string, () => Workers][] = [
  ['in this thread', () => INLINE_WORKERS],
  ['in one thread', () => new Pool(1)],
  ['in several threads', () => new Pool(3)],
];

describe('files that say things to each other', () => {
  for (const [way, workersOf] of ways)
    it(`give the same findings and fixes ${way} as one after the other`, async (test) => {
      const { run, inputs } = await sampleIn(test);
      const workers = workersOf();
      test.after(() => workers.end());
      const checking = new Checking(run, workers, {});
      await checking.check(inputs, () => {});
      let [heard, fixes] = [0, 0];
      for (const [file, linted] of oneByOne(run)) {
        const { findings, accepted } = linted.result;
        const checked = checking.found(file);
        assert.deepEqual(checked?.findings ?? [], JSON.parse(JSON.stringify(findings.map(toFindingData))), file);
        assert.equal(checked?.accepted.length ?? 0, accepted.length, file);
        heard += findings.filter(({ related }) => related.some((one) => one.file !== undefined)).length;
        if (!checked) continue;
        const proven = await checking.fixesOf([[file, checked.findings]], { error: assert.fail, note: assert.fail });
        for (const [index, finding] of checked.findings.entries()) {
          const expected = provenFixes(linted, findings[index]!).map(({ title, edits }) => [title, edits]);
          assert.deepEqual(proven.get(finding)?.fixes.map(({ title, edits }) => [title, edits]) ?? [], expected, file);
          fixes += expected.length;
        }
      }
      assert.ok(heard >= 4 && fixes > 10, `${heard} ${fixes}`);
    });
});

describe('a pool', () => {
  /** A flow collection takes far more memory than its text. */
  const HUGE = `apiVersion: v1\nkind: Pod\na: [${'[],'.repeat(1_500_000)}]\n`;
  const order = (file: string, text?: string): Order => {
    return { file, path: file, text, settings: JSON.stringify(DEFAULT_SETTINGS), details: {} };
  };
  const outcomes = async (pool: Pool, orders: readonly Order[]): Promise<OrderOutcome[]> =>
    (await Promise.all(orders.map((one) => pool.run(one)))).map((json) => JSON.parse(json));

  it('goes on where a thread dies of a file, and says which and why', async () => {
    const pool = new Pool(1, { memory: 64 });
    after(() => pool.end());
    const orders = [order('a.yaml', pod('a', 1)), order('b.yaml', HUGE), order('c.yaml', pod('c', 1))];
    const [a, b, c] = await outcomes(pool, orders);
    assert.ok(a && 'data' in a && a.data.findings.length > 0);
    assert.deepEqual(b, { lost: 'it takes too much memory' });
    assert.ok(c && 'data' in c && c.data.findings.length > 0);
  });

  it('does not wait for ever for a file', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const pool = new Pool(1, { patience: 5000 });
    after(() => pool.end());
    await pool.run(order('gone.yaml'));
    const running = outcomes(pool, [order('a.yaml', pod('a', 1)), order('gone.yaml')]);
    test.mock.timers.tick(5000);
    const [a, b] = await running;
    assert.deepEqual(a, { lost: 'it takes more than 5 seconds' });
    assert.deepEqual(b, { refused: 'cannot be read (ENOENT)' });
  });

  it('keeps no more than a bounded number waiting', async () => {
    const pool = new Pool(1);
    after(() => pool.end());
    let count = 0;
    const running: Promise<string>[] = [];
    while (
      count < 1000 &&
      (await Promise.race([pool.room().then(() => true), Promise.resolve().then(() => {})])) !== undefined
    )
      count = running.push(pool.run(order('gone.yaml')));
    assert.ok(count < 100, String(count));
    await Promise.all(running);
    await pool.room();
  });
});
