import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { INLINE_WORKERS } from '../../../server/workspace/lint/inline-workers.ts';
import type { Order } from '../../../server/workspace/lint/order.ts';
import { Pool } from '../../../server/workspace/lint/pool.ts';
import { ScanMemory } from '../../../server/workspace/lint/scan-memory.ts';
import type { Workers } from '../../../server/workspace/lint/workers.ts';
import { SAMPLE } from '../parity-sample.ts';
import { Editor } from './editor.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true\n';
const PODS = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}.yaml`, POD]));

/** Workers that wait to be told to work, and take no more than two orders. */
class Held implements Workers {
  readonly orders: Order[] = [];
  readonly #waiting: (() => void)[] = [];
  #rooms: (() => void)[] = [];
  #isHeld = true;

  async room(): Promise<void> {
    while (this.#waiting.length >= 2) await new Promise<void>((resolve) => this.#rooms.push(resolve));
  }

  run(order: Order): Promise<string> {
    this.orders.push(order);
    return new Promise((resolve) => {
      const work = () => resolve(INLINE_WORKERS.run(order));
      if (this.#isHeld) this.#waiting.push(work);
      else work();
    });
  }

  /** Works on what was ordered, and holds nothing back any more. */
  release(): void {
    this.#isHeld = false;
    for (const work of this.#waiting.splice(0)) work();
    for (const resolve of this.#rooms.splice(0)) resolve();
  }

  end = async () => {};
}

/** Workers that note how many files were linted, the others being known. */
class Counted implements Workers {
  linted = 0;
  room = async () => {};
  end = async () => {};

  async run(order: Order): Promise<string> {
    const json = await INLINE_WORKERS.run(order);
    if ('data' in JSON.parse(json)) this.linted++;
    return json;
  }
}

const shownIn = (editor: Editor) =>
  Object.fromEntries(editor.published.map(({ uri, diagnostics }) => [uri, diagnostics] as const).sort());

describe('a scan', () => {
  it('finds the same in threads', async (test) => {
    const workers = new Pool(2);
    const [here, there] = await Promise.all(
      [INLINE_WORKERS, workers].map(async (workers) => {
        const editor = await Editor.open(test, SAMPLE.files, { workers });
        await editor.scanned();
        return JSON.stringify(shownIn(editor)).replaceAll(editor.uri(''), '');
      }),
    );
    assert.equal(there, here);
    assert.ok(String(here).includes('host-port-conflict'));
  });

  it('shows what is found as it is found, and serves edits meanwhile', async (test) => {
    const workers = new Held();
    const editor = await Editor.open(test, PODS, { workers });
    await editor.openDocument('open.yaml', POD);
    await editor.untilShown('open.yaml', ['host-network']);
    assert.ok(!editor.progress.includes('end'));
    workers.release();
    await editor.untilShown('a.yaml', ['host-network']);
    await editor.scanned();
    for (const path of Object.keys(PODS)) await editor.untilShown(path, ['host-network']);
  });

  it('ends when it is cancelled', async (test) => {
    const workers = new Held();
    const editor = await Editor.open(test, PODS, { workers });
    await editor.until('the progress of the scan', () => editor.progress.includes('begin'));
    await editor.notify('window/workDoneProgress/cancel', { token: editor.scans[0] as number });
    await editor.scanned();
    workers.release();
    await editor.openDocument('open.yaml', POD);
    await editor.untilShown('open.yaml', ['host-network']);
    assert.ok(workers.orders.length <= 3, String(workers.orders.length));
  });

  it('says which file it could not check, and checks the others', async (test) => {
    const workers = new Pool(1, { memory: 64 });
    const huge = `apiVersion: v1\nkind: Pod\na: [${'[],'.repeat(1_500_000)}]\n`;
    const editor = await Editor.open(test, { ...PODS, 'b.yaml': huge }, { workers });
    await editor.scanned();
    for (const path of Object.keys(PODS)) if (path !== 'b.yaml') await editor.untilShown(path, ['host-network']);
    assert.equal(editor.shown('b.yaml'), undefined);
    assert.ok(
      editor.log.some((line) => line.endsWith('b.yaml could not be checked: it takes too much memory.')),
      editor.log.join('\n'),
    );
  });

  it('is not told of what was found in a file before it was opened', async (test) => {
    const workers = new Held();
    const editor = await Editor.open(test, { 'a.yaml': POD }, { workers });
    await editor.until('the progress of the scan', () => editor.progress.includes('begin'));
    await editor.openDocument('a.yaml', POD.replace('true', 'false'));
    await editor.untilShown('a.yaml', []);
    workers.release();
    await editor.scanned();
    assert.deepEqual(editor.shown('a.yaml'), []);
  });

  it('takes many changes at once', async (test) => {
    const editor = await Editor.open(test, PODS);
    await editor.scanned();
    for (const path of Object.keys(PODS)) await editor.write(path, POD.replace('true', 'false'));
    const changes = Object.keys(PODS).map((path) => ({ uri: editor.uri(path), type: FileChangeType.Changed }));
    await editor.notify('workspace/didChangeWatchedFiles', { changes });
    for (const path of Object.keys(PODS)) await editor.untilShown(path, []);
  });
});

describe('what a scan found', () => {
  const FILES = SAMPLE.files as Readonly<Record<string, string>>;
  const settings = { '': { profile: 'all' } };

  /** A workspace that was scanned once, and ways to start again. */
  async function scannedOnce(test: TestContext, files = FILES) {
    const storage = await mkdtemp(join(tmpdir(), 'bulkhead-storage-'));
    test.after(() => rm(storage, { recursive: true, force: true }));
    const start = async (more: object = {}, files: Readonly<Record<string, string>> = {}) => {
      const workers = new Counted();
      const editor = await Editor.open(test, files, { workers, settings, initialization: { storage }, ...more });
      await editor.scanned();
      return { editor, workers, shown: shownIn(editor) };
    };
    const root = await mkdtemp(join(tmpdir(), 'bulkhead-server-'));
    const first = await start({ root }, files);
    const { shown } = first;
    await first.editor.end();
    const memory = async () => join(storage, (await readdir(storage))[0] as string);
    return {
      root,
      shown,
      linted: first.workers.linted,
      memory,
      again: (more: object = {}) => start({ root, ...more }),
    };
  }

  it('is shown at the next start without a lint', async (test) => {
    const { shown, linted, again } = await scannedOnce(test);
    const second = await again();
    assert.ok(linted > 3 && Object.keys(shown).length > 3);
    assert.equal(second.workers.linted, 0);
    assert.deepEqual(second.shown, shown);
  });

  it('is not taken for what is in a file that changed', async (test) => {
    const { root, linted, again } = await scannedOnce(test, PODS);
    await writeFile(join(root, 'a.yaml'), POD.replace('Network', 'PID'));
    const { editor, workers } = await again({ settings: { '': {} } });
    await editor.untilShown('a.yaml', ['host-pid']);
    assert.equal(workers.linted, linted);
    await editor.end();
    await writeFile(join(root, 'b.yaml'), POD.replace('Network', 'IPC'));
    const third = await again({ settings: { '': {} } });
    await third.editor.untilShown('b.yaml', ['host-ipc']);
    assert.equal(third.workers.linted, 1);
  });

  it('follows what another file says now', async (test) => {
    const compose = (name: string, port: number) =>
      `services:\n  ${name}:\n    image: nginx\n    ports: ["${port}:80"]\n`;
    const quiet = { settings: { '': { severity: { 'port-on-all-interfaces': 'off' } } } };
    const { root, again } = await scannedOnce(test, {
      'compose.a.yaml': compose('a', 1),
      'compose.b.yaml': compose('b', 1),
    });
    const { editor } = await again(quiet);
    await editor.untilShown('compose.a.yaml', ['host-port-conflict']);
    await editor.end();
    await writeFile(join(root, 'compose.b.yaml'), compose('b', 2));
    const third = await again(quiet);
    assert.deepEqual(third.editor.rulesShown('compose.a.yaml'), []);
    await third.editor.end();
    await writeFile(join(root, 'compose.b.yaml'), compose('b', 1));
    const fourth = await again(quiet);
    assert.equal(fourth.workers.linted, 0);
    await fourth.editor.untilShown('compose.a.yaml', ['host-port-conflict']);
  });

  const spoiled: [string, (file: string) => Promise<unknown>][] = [
    ['deleted', (file) => rm(file)],
    ['cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, -1))],
    ['changed', async (file) => writeFile(file, (await readFile(file, 'utf8')).replace('high', 'hihg'))],
    [
      'of another build',
      async (file) => writeFile(file, (await readFile(file, 'utf8')).replace(/^(\D+\d+ )\w/, '$1_')),
    ],
    ['no memory at all', (file) => writeFile(file, Buffer.from([0, 255, 10, 10, 0]))],
    ['empty', (file) => writeFile(file, '')],
  ];
  for (const [what, spoil] of spoiled)
    it(`is found anew where the memory is ${what}`, async (test) => {
      const { shown, linted, memory, again } = await scannedOnce(test);
      await spoil(await memory());
      const second = await again();
      assert.equal(second.workers.linted, linted);
      assert.deepEqual(second.shown, shown);
    });

  it('does not outlive an exception that it depends on', async (test) => {
    test.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2027, 5, 30) });
    const template = POD.replace('name: a', 'name: {{ .name }}');
    const accepted = (end: string) => POD.replace('true', `true # bulkhead: ignore[host-network] why${end}`);
    const { again } = await scannedOnce(test, {
      'comment.yaml': accepted(' until 2027-06-30'),
      'comment-without-end.yaml': accepted(''),
      'templates/trivy.yaml': `# trivy:ignore:KSV-0009:exp:2027-06-30\n${template}`,
      'templates/trivy-without-end.yaml': `# trivy:ignore:KSV-0009\n${template}`,
      'configured.yaml': POD.replace('Network', 'PID'),
      'configured-without-end.yaml': POD.replace('Network', 'IPC'),
      'none.yaml': POD,
      '.bulkhead.yaml': `exceptions:
  - { rule: host-pid, reason: why, until: 2027-06-30 }
  - { rule: host-ipc, reason: why }
`,
    });
    const recommended = { settings: { '': {} } };
    const shownIn = ({ editor }: Awaited<ReturnType<typeof again>>) =>
      Object.fromEntries(
        editor.published.map(({ uri, diagnostics }) => [
          uri.slice(editor.uri('').length),
          diagnostics.map(({ code }) => code),
        ]),
      );
    const first = await again(recommended);
    assert.deepEqual(shownIn(first), { 'none.yaml': ['host-network'] });
    await first.editor.end();
    const sameDay = await again(recommended);
    assert.deepEqual(shownIn(sameDay), shownIn(first));
    assert.equal(sameDay.workers.linted, 0);
    await sameDay.editor.end();
    test.mock.timers.tick(24 * 3_600_000);
    const next = await again(recommended);
    assert.deepEqual(shownIn(next), {
      '.bulkhead.yaml': ['configuration'],
      'comment.yaml': ['host-network', 'exception-expired'],
      'configured.yaml': ['host-pid'],
      'none.yaml': ['host-network'],
      'templates/trivy.yaml': ['host-network'],
    });
    assert.equal(next.workers.linted, 3);
  });

  it('is remembered for the user alone, beside nothing that a killed server left', async (test) => {
    const { again, memory } = await scannedOnce(test);
    const mode = async () => (await stat(await memory())).mode & 0o777;
    if (process.platform !== 'win32') {
      assert.equal(await mode(), 0o600);
      await chmod(await memory(), 0o644);
    }
    const left = join(await memory(), '..', '.bulkhead-0123456789abcdef.tmp');
    await writeFile(left, 'half of a memory');
    await utimes(left, 0, 0);
    const { editor } = await again();
    await editor.end();
    assert.deepEqual(await readdir(join(left, '..')), [basename(await memory())]);
    if (process.platform !== 'win32') assert.equal(await mode(), 0o600);
  });

  it('is held once by scans that overlap', async (test) => {
    const storage = await mkdtemp(join(tmpdir(), 'bulkhead-storage-'));
    test.after(() => rm(storage, { recursive: true, force: true }));
    const { mock } = test.mock.method(ScanMemory, 'of');
    const workers = new Held();
    const editor = await Editor.open(test, PODS, { workers, initialization: { storage } });
    await editor.until('an order', () => workers.orders.length > 0);
    const again = editor.request('workspace/executeCommand', { command: 'bulkhead.scanWorkspace' });
    await editor.until('another scan', () => editor.scans.length > 1);
    workers.release();
    await again;
    assert.equal(mock.callCount(), 1);
  });

  it('is kept nowhere unless an editor names a folder', async (test) => {
    const { again, memory } = await scannedOnce(test);
    await rm(await memory());
    await again({ initialization: {} });
    await assert.rejects(memory);
  });
});
