import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  type CompletionItem,
  type Diagnostic,
  DiagnosticSeverity,
  FileChangeType,
  type Hover,
} from 'vscode-languageserver/node';
import { applied, Editor } from './editor.ts';

const CONFIG = '.bulkhead.yaml';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true\n';
const PORT = 'services:\n  web:\n    image: a\n    security_opt: [no-new-privileges]\n    ports: ["1:1"]\n';
const OFF = 'severity:\n  host-network: off\n';
const BAD = 'severity:\n  host-netwrok: off\nprofile: strict\n';

const PLACE = { line: 0, character: 0 };

function messageOf(diagnostic: Diagnostic | undefined): string {
  return String(diagnostic?.message);
}

/** Replaces the text of an open document. */
function type(editor: Editor, path: string, text: string, version: number): Promise<void> {
  return editor.notify('textDocument/didChange', {
    textDocument: { uri: editor.uri(path), version },
    contentChanges: [{ text }],
  });
}

function close(editor: Editor, path: string): Promise<void> {
  return editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri(path) } });
}

describe('a configuration on disk', () => {
  it('has patterns of any kind, and the server goes on', { timeout: 60_000 }, async (test) => {
    const [stars, letters] = [`a/${'**/'.repeat(40)}y`, `${'*a'.repeat(40)}b`];
    const path = `${'a/'.repeat(40)}x.yaml`;
    const pod = POD.replace('name: a', `name: ${'a'.repeat(60)}`);
    const config = `ignore: ["${stars}"]\nexceptions: [{ rule: host-network, reason: x, match: { name: "${letters}" } }]\n`;
    const editor = await Editor.open(test, { [path]: pod, '.gitignore': stars, [CONFIG]: config });
    editor.settings[''] = { exclude: [stars], ai: { include: [letters], exclude: [letters] } };
    await editor.openDocument(path, pod);
    await editor.untilShown(path, ['host-network']);
  });

  it('holds when it appears, changes, breaks and goes', async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': POD, 'open.yaml': POD, 'compose.yaml': PORT });
    await editor.openDocument('open.yaml', POD);
    await editor.scanned();
    assert.deepEqual(editor.rulesShown('pod.yaml'), ['host-network']);
    assert.equal(editor.shown('compose.yaml'), undefined);
    const write = async (text: string, change: FileChangeType) => {
      await editor.write(CONFIG, text);
      await editor.changeOnDisk(CONFIG, change);
    };
    await write(OFF, FileChangeType.Created);
    await editor.untilShown('pod.yaml', []);
    await editor.untilShown('open.yaml', []);
    assert.equal(editor.shown(CONFIG), undefined);
    await write(BAD, FileChangeType.Changed);
    await editor.untilShown('compose.yaml', ['port-on-all-interfaces']);
    await editor.untilShown('pod.yaml', ['host-network']);
    const [problem, ...others] = editor.shown(CONFIG) ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(problem?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 14 } });
    assert.equal(problem?.severity, DiagnosticSeverity.Error);
    assert.equal(problem?.source, 'bulkhead');
    assert.equal(problem?.code, 'configuration');
    assert.match(problem?.codeDescription?.href ?? '', /^file:\/\/\/.*\/configuration\.md$/);
    assert.equal(problem?.message, 'Unknown rule `host-netwrok`. Did you mean `host-network`?');
    await write(`${OFF}profile: recommended\nignore: [\n`, FileChangeType.Changed);
    await editor.untilShown('compose.yaml', []);
    await editor.untilShown('pod.yaml', []);
    assert.match(messageOf(editor.shown(CONFIG)?.[0]), /^This is not valid YAML/);
    await rm(join(editor.root, CONFIG));
    await editor.changeOnDisk(CONFIG, FileChangeType.Deleted);
    await editor.untilShown(CONFIG, []);
    await editor.untilShown('pod.yaml', ['host-network']);
  });

  it('leaves out what it ignores and accepts, wherever it is open', async (test) => {
    const editor = await Editor.open(
      test,
      {
        [CONFIG]:
          'ignore: [vendor/, "!kept.yaml"]\nexceptions: [{ rule: host-network, match: { path: /ok/ }, reason: x }]\n',
        'vendor/pod.yaml': POD,
        'ok/pod.yaml': POD,
        'ok/stack.yml': PORT.replace('ports: ["1:1"]', 'network_mode: host'),
        'kept.yaml': POD,
        'other.yaml': POD,
      },
      { settings: { '': { exclude: ['*.yaml'] } } },
    );
    await editor.scanned();
    const listed = editor.published.map(({ uri }) => uri.slice(editor.uri('').length)).sort();
    assert.deepEqual(listed, ['kept.yaml'], 'its patterns come after those of the setting');
    editor.settings[''] = {};
    await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    await editor.untilShown('other.yaml', ['host-network']);
    for (const path of ['vendor/pod.yaml', 'ok/pod.yaml']) await editor.openDocument(path, POD);
    await editor.openDocument('ok/stack.yml', 'services:\n  web:\n    network_mode: host\n', 'dockercompose');
    await editor.openDocument('last.yaml', POD);
    await editor.untilShown('last.yaml', ['host-network']);
    for (const path of ['vendor/pod.yaml', 'ok/pod.yaml', 'ok/stack.yml'])
      assert.deepEqual(editor.rulesShown(path), [], path);
  });

  it('belongs to its folder', async (test) => {
    const editor = await Editor.open(
      test,
      { 'one/.bulkhead.yaml': OFF, 'one/pod.yaml': POD, 'two/pod.yaml': POD, 'two/sub/.bulkhead.yaml': OFF },
      { folders: ['one', 'two'] },
    );
    await editor.scanned();
    assert.equal(editor.shown('one/pod.yaml'), undefined);
    assert.deepEqual(editor.rulesShown('two/pod.yaml'), ['host-network']);
  });

  it('that cannot be read says so', async (test) => {
    const editor = await Editor.open(test, { [CONFIG]: Buffer.from([0x61, 0, 1]), 'pod.yaml': POD });
    await editor.untilShown('pod.yaml', ['host-network']);
    assert.match(messageOf(editor.shown(CONFIG)?.[0]), /^The configuration is binary/);
  });

  it('needs no client that has settings', async (test) => {
    const editor = await Editor.open(test, { [CONFIG]: OFF, 'pod.yaml': POD }, { capabilities: {} });
    await editor.openDocument('open.yaml', POD);
    await editor.untilShown('open.yaml', []);
    assert.equal(editor.shown('pod.yaml'), undefined);
  });

  it('says nothing where Bulkhead is switched off', async (test) => {
    const settings = { '': { enable: false } };
    const editor = await Editor.open(test, { [CONFIG]: BAD }, { settings });
    await editor.openDocument(CONFIG, BAD);
    await editor.scanned();
    editor.settings[''] = {};
    await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    await editor.untilShown(CONFIG, ['configuration']);
    assert.equal(editor.published.filter(({ uri }) => uri === editor.uri(CONFIG)).length, 1);
  });
});

describe('an open configuration', () => {
  it('holds as it is typed, and gives way to the file on disk when it is closed', async (test) => {
    const editor = await Editor.open(test, { [CONFIG]: '', 'pod.yaml': POD });
    await editor.untilShown('pod.yaml', ['host-network']);
    await editor.openDocument(CONFIG, '');
    await type(editor, CONFIG, OFF, 2);
    await editor.untilShown('pod.yaml', []);
    await type(editor, CONFIG, BAD, 3);
    await editor.untilShown(CONFIG, ['configuration']);
    assert.equal(editor.published.findLast(({ uri }) => uri === editor.uri(CONFIG))?.version, 3);
    await editor.untilShown('pod.yaml', ['host-network']);
    await type(editor, CONFIG, OFF, 4);
    await editor.untilShown(CONFIG, []);
    await editor.untilShown('pod.yaml', []);
    await close(editor, CONFIG);
    await editor.untilShown('pod.yaml', ['host-network']);
  });

  it('costs no scan for what concerns no finding', async (test) => {
    const text = 'exceptions:\n  - rule: host-network\n    reason: x\n';
    const editor = await Editor.open(test, { [CONFIG]: text, 'pod.yaml': POD });
    await editor.openDocument(CONFIG, text);
    await editor.scanned();
    await type(editor, CONFIG, text.replace('reason: x', 'reason: because'), 2);
    await type(editor, CONFIG, text.replace('reason: x', 'owner: me'), 3);
    await editor.untilShown(CONFIG, ['configuration']);
    await type(editor, CONFIG, '', 4);
    await editor.untilShown('pod.yaml', ['host-network']);
    await editor.scanned(2);
    assert.equal(editor.progress.filter((kind) => kind === 'begin').length, 2);
  });

  it('says when it is not in use', async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': POD });
    await editor.openDocument(`sub/${CONFIG}`, BAD);
    const shown = await editor.untilShown(`sub/${CONFIG}`, ['configuration', 'configuration']);
    assert.match(messageOf(shown[0]), /^This file is not in use here/);
    assert.equal(shown[0]?.severity, DiagnosticSeverity.Information);
    await close(editor, `sub/${CONFIG}`);
    await editor.untilShown(`sub/${CONFIG}`, []);
    const added = [{ uri: editor.uri('sub'), name: 'sub' }];
    await editor.openDocument(`sub/${CONFIG}`, BAD);
    await editor.untilShown(`sub/${CONFIG}`, ['configuration', 'configuration']);
    await editor.notify('workspace/didChangeWorkspaceFolders', { event: { added, removed: [] } });
    await editor.untilShown(`sub/${CONFIG}`, ['configuration']);
    await close(editor, `sub/${CONFIG}`);
    await editor.untilShown(`sub/${CONFIG}`, []);
  });
});

describe('a configuration wins over the settings', () => {
  const settings = { '': { profile: 'all', severity: { 'host-network': 'high', 'host-pid': 'low' } } };

  it('key by key', async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': POD, 'z-compose.yaml': PORT }, { settings });
    const shown = () =>
      [...(editor.shown('pod.yaml') ?? []), ...(editor.shown('z-compose.yaml') ?? [])].filter(({ code }) =>
        ['host-network', 'port-on-all-interfaces'].includes(String(code)),
      );
    const isShown = (what: string, ...severities: DiagnosticSeverity[]) =>
      editor.until(what, () => JSON.stringify(shown().map(({ severity }) => severity)) === JSON.stringify(severities));
    const { Error: high, Information: low } = DiagnosticSeverity;
    await isShown('the settings alone', high, low);
    await editor.write(CONFIG, 'profile: recommended\nseverity: { host-pid: high }\n');
    await editor.changeOnDisk(CONFIG, FileChangeType.Created);
    await isShown('the profile of the file, the severity of the settings', high);
    await editor.write(CONFIG, 'severity: { host-network: low }\n');
    await editor.changeOnDisk(CONFIG, FileChangeType.Changed);
    await isShown('the profile of the settings, the severity of the file', low, low);
  });

  it('and says so, to the client and in the log', async (test) => {
    const files = { [CONFIG]: 'profile: strict\nseverity: { host-network: low, host-ipc: low }\n', 'pod.yaml': POD };
    const editor = await Editor.open(test, files, { settings });
    await editor.scanned();
    const [folder, file] = [editor.uri('').replace(/\/$/, ''), editor.uri(CONFIG)];
    const overruled = ['bulkhead.profile', 'bulkhead.severity'];
    const nothing = { off: 0, lowered: 0, leavesOut: false, accepted: 0, details: [] };
    const details = ['.bulkhead.yaml lowers the severity of 2 rules: host-network (low), host-ipc (low).'];
    assert.deepEqual(editor.configurations, [{ ...nothing, folder, file, overruled, lowered: 2, details }]);
    const line = `${file} is in use. It wins over bulkhead.profile and bulkhead.severity of the settings.`;
    assert.deepEqual(
      editor.log.filter((one) => one.includes(CONFIG)),
      [line],
    );
    await rm(join(editor.root, CONFIG));
    await editor.changeOnDisk(CONFIG, FileChangeType.Deleted);
    await editor.until('that it is gone', () => editor.configurations.length > 1);
    assert.deepEqual(editor.configurations[1], { ...nothing, folder, file: null, overruled: [] });
  });

  it('and says what is not reported in its folder', async (test) => {
    const accepted = POD.replace('true', 'true # bulkhead: ignore[host-network] needed');
    const config = `${OFF.replace('host-network', 'host-pid')}ignore: [vendor]\n`;
    const files = { [CONFIG]: config, 'pod.yaml': accepted, 'open.yaml': accepted, 'vendor/pod.yaml': POD };
    const editor = await Editor.open(test, files);
    await editor.openDocument('open.yaml', accepted);
    const last = () => editor.configurations.at(-1);
    await editor.until('both', () => last()?.accepted === 2);
    const { off, leavesOut, details } = last()!;
    assert.deepEqual(
      [off, leavesOut, details],
      [
        1,
        true,
        [
          '.bulkhead.yaml switches off 1 rule: host-pid.',
          '.bulkhead.yaml leaves out vendor (ignore).',
          '2 findings are accepted: 2 by comments.',
        ],
      ],
    );
    await type(editor, 'open.yaml', POD, 2);
    await editor.until('that one is left', () => last()?.accepted === 1);
    await rm(join(editor.root, 'pod.yaml'));
    await editor.changeOnDisk('pod.yaml', FileChangeType.Deleted);
    await editor.until('that none is left', () => last()?.accepted === 0);
  });

  it('in the version of Kubernetes, which is checked in the settings too', async (test) => {
    const editor = await Editor.open(test, {}, { settings: { '': { kubernetesVersion: '1.x' } } });
    await editor.scanned();
    assert.deepEqual(editor.warnings, [
      'Bulkhead: bulkhead.kubernetesVersion is "1.x", but must be a version of Kubernetes, such as "1.31". Using the newest.',
    ]);
    editor.settings[''] = { kubernetesVersion: 'v1.30' };
    await editor.write(CONFIG, 'kubernetesVersion: 1.31\n');
    await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    await editor.scanned(2);
    assert.deepEqual(editor.configurations[0]?.overruled, ['bulkhead.kubernetesVersion']);
    assert.equal(editor.warnings.length, 1);
  });
});

describe('writing a configuration', () => {
  const at = (editor: Editor, line: number, character: number) => ({
    textDocument: { uri: editor.uri(CONFIG) },
    position: { line, character },
  });
  const complete = (editor: Editor, path: string, position: object) =>
    editor.request<CompletionItem[] | null>('textDocument/completion', {
      textDocument: { uri: editor.uri(path) },
      position,
    });

  it('is helped by completion, in this file only', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument(CONFIG, 'profile: st\n');
    const items = (await complete(editor, CONFIG, { line: 0, character: 11 })) ?? [];
    assert.deepEqual(
      items.map(({ label }) => label),
      ['recommended', 'strict', 'all'],
    );
    assert.deepEqual(items[1]?.textEdit, {
      range: { start: { line: 0, character: 9 }, end: { line: 0, character: 11 } },
      newText: 'strict',
    });
    assert.deepEqual(items[1]?.documentation, { kind: 'markdown', value: 'Hardening advice too.' });
    await editor.openDocument('pod.yaml', 'pro');
    assert.equal(await complete(editor, 'pod.yaml', { line: 0, character: 3 }), null);
  });

  it('asks a client that can to complete this file only', async (test) => {
    const textDocument = { completion: { dynamicRegistration: true } };
    const editor = await Editor.open(test, {}, { capabilities: { textDocument } });
    await editor.openDocument('pod.yaml', POD);
    await editor.untilShown('pod.yaml', ['host-network']);
    assert.deepEqual(editor.watched, ['textDocument/completion']);
  });

  it('is helped by hovers: of keys, and of rules by their pages', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument(CONFIG, OFF);
    const key = await editor.request<Hover>('textDocument/hover', at(editor, 0, 3));
    assert.match((key.contents as { value: string }).value, /^The severity of single rules/);
    const rule = await editor.request<Hover>('textDocument/hover', at(editor, 1, 3));
    assert.match((rule.contents as { value: string }).value, /^#### Workload shares the host's network/);
    assert.deepEqual(rule.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 14 } });
  });

  it('is helped by the light bulb, which corrects misspelt names', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument(CONFIG, BAD, 'yaml', 3);
    const [diagnostic] = await editor.untilShown(CONFIG, ['configuration']);
    const [action, ...others] = await editor.codeActions(CONFIG, diagnostic);
    assert.deepEqual(others, []);
    assert.equal(action?.title, 'Replace with host-network');
    assert.deepEqual(action?.diagnostics, [diagnostic]);
    assert.equal(applied(action, BAD, 3), BAD.replace('netwrok', 'network'));
    assert.deepEqual(await editor.codeActions(CONFIG, diagnostic, ['source.fixAll']), []);
    assert.deepEqual(
      await editor.codeActions(CONFIG, diagnostic && { ...diagnostic, range: { start: PLACE, end: PLACE } }),
      [],
    );
  });
});
