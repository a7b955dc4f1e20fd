import assert from 'node:assert/strict';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type CodeLens, DiagnosticSeverity, FileChangeType, type Hover } from 'vscode-languageserver/node';
import { applied, Editor } from './editor.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true # why\n  priority: 1\n';
const CLEAN_POD = POD.replace('true', 'false');
const COMPOSE = 'services:\n  web:\n    image: nginx\n    network_mode: host\n    ports: ["80:80"]\n';

describe('an open document', () => {
  it('shows a finding with all an editor can show of it', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('pod.yaml', POD, 'yaml', 7);
    const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
    assert.deepEqual(diagnostic?.range, { start: { line: 5, character: 15 }, end: { line: 5, character: 19 } });
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Warning);
    assert.equal(diagnostic?.source, 'bulkhead');
    assert.match(diagnostic?.codeDescription?.href ?? '', /^file:\/\/\/.*\/host-network\.md$/);
    assert.equal(editor.published.at(-1)?.version, 7);
  });

  it('links related places', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('compose.yaml', COMPOSE);
    const shown = await editor.untilShown('compose.yaml', ['host-network', 'published-ports-ignored']);
    const [related] = shown[1]?.relatedInformation ?? [];
    assert.deepEqual(related?.location, {
      uri: editor.uri('compose.yaml'),
      range: { start: { line: 3, character: 18 }, end: { line: 3, character: 22 } },
    });
  });

  it('loses a finding, and gets it back, as it is typed', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('pod.yaml', POD);
    await editor.untilShown('pod.yaml', ['host-network']);
    const change = (version: number, from: number, to: number, text: string) =>
      editor.notify('textDocument/didChange', {
        textDocument: { uri: editor.uri('pod.yaml'), version },
        contentChanges: [{ range: { start: { line: 5, character: from }, end: { line: 5, character: to } }, text }],
      });
    await change(2, 15, 19, 'fal');
    await change(3, 18, 18, 'se');
    await editor.until('a clean version 3', () => editor.published.at(-1)?.version === 3);
    assert.deepEqual(editor.shown('pod.yaml'), []);
    await change(4, 15, 20, 'yes');
    const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
    assert.deepEqual(diagnostic?.range.end, { line: 5, character: 18 });
  });

  it('need not lie on a disk', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('untitled:Untitled-1', POD);
    await editor.untilShown('untitled:Untitled-1', ['host-network']);
    await editor.openDocument('vscode-vfs://somewhere/pod.yaml', POD);
    await editor.untilShown('vscode-vfs://somewhere/pod.yaml', ['host-network']);
    const service = 'services:\n  web:\n    network_mode: host\n';
    await editor.openDocument('untitled:Untitled-2', service, 'dockercompose');
    await editor.untilShown('untitled:Untitled-2', ['host-network']);
    await editor.openDocument('git:/pod.yaml?HEAD', POD);
    await editor.openDocument('vscode-bulkeditpreview-editor:/pod.yaml', POD);
    await editor.openDocument('last.yaml', POD);
    await editor.untilShown('last.yaml', ['host-network']);
    assert.equal(editor.shown('git:/pod.yaml?HEAD'), undefined, 'the other side of a comparison is not checked');
    assert.equal(editor.shown('vscode-bulkeditpreview-editor:/pod.yaml'), undefined, 'nor is a preview');
  });

  it('gives way to the file on disk when it is closed', async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': CLEAN_POD });
    await editor.openDocument('pod.yaml', POD);
    await editor.untilShown('pod.yaml', ['host-network']);
    await editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri('pod.yaml') } });
    await editor.untilShown('pod.yaml', []);
  });
});

describe('code actions', () => {
  it('repair a finding, or accept it, in the version that was looked at', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('pod.yaml', POD, 'yaml', 3);
    const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
    const actions = await editor.codeActions('pod.yaml', diagnostic);
    assert.deepEqual(
      actions.map(({ title, kind }) => [title, kind]),
      [
        ['Remove hostNetwork', 'quickfix.bulkhead'],
        ['Set hostNetwork to false', 'quickfix.bulkhead'],
        ['Accept host-network here with a reason', 'quickfix.suppressRule.bulkhead'],
      ],
    );
    assert.deepEqual(actions[0]?.diagnostics, [diagnostic]);
    assert.equal(applied(actions[0], POD, 3), POD.replace('  hostNetwork: true # why\n', ''));
    assert.equal(applied(actions[1], POD, 3), CLEAN_POD);
    const comment = '  # bulkhead: ignore[host-network] reason\n';
    assert.equal(applied(actions[2], POD, 3), POD.replace('  hostNetwork', `${comment}  hostNetwork`));
  });

  it('select the place of the reason in an editor that can', async (test) => {
    const capabilities = { workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } };
    const editor = await Editor.open(test, {}, { capabilities });
    await editor.openDocument('pod.yaml', POD);
    const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
    const [accept] = await editor.codeActions('pod.yaml', diagnostic, ['quickfix.suppressRule']);
    const start = { line: 5, character: 0 };
    assert.deepEqual(accept?.edit?.documentChanges, [
      {
        textDocument: { uri: editor.uri('pod.yaml'), version: 1 },
        edits: [
          {
            range: { start, end: start },
            snippet: { kind: 'snippet', value: '  # bulkhead: ignore[host-network] $' + '{0:reason}\n' },
          },
        ],
      },
    ]);
  });

  it('are given of the kinds an editor asks for', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('compose.yaml', COMPOSE);
    const [first, second] = await editor.untilShown('compose.yaml', ['host-network', 'published-ports-ignored']);
    const titles = async (only: string[]) =>
      (await editor.codeActions('compose.yaml', second, only)).map(({ title }) => title);
    assert.deepEqual(await titles(['quickfix']), [
      'Remove the ignored ports',
      'Remove network_mode and keep the published ports',
      'Accept published-ports-ignored here with a reason',
    ]);
    assert.deepEqual(await titles(['refactor']), []);
    const [all, ...others] = await editor.codeActions('compose.yaml', first, ['source.fixAll']);
    assert.deepEqual(others, []);
    assert.equal(all?.kind, 'source.fixAll.bulkhead');
    assert.equal(applied(all, COMPOSE, 1), COMPOSE.replace('    ports: ["80:80"]\n', ''));
  });
});

it('a hover on a finding shows the page of its rule, with links that open the others', async (test) => {
  const editor = await Editor.open(test, {}, { initialization: { rulePage: 'open:{rule}' } });
  await editor.openDocument('pod.yaml', POD);
  const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
  assert.equal(diagnostic?.codeDescription?.href, 'open:host-network');
  const at = (line: number, character: number) =>
    editor.request<Hover | null>('textDocument/hover', {
      textDocument: { uri: editor.uri('pod.yaml') },
      position: { line, character },
    });
  const hover = await at(5, 16);
  assert.deepEqual(hover?.range, diagnostic?.range);
  assert.ok(hover);
  const { value } = hover.contents as { value: string };
  assert.match(value, /^#### Workload shares the host's network/);
  assert.match(value, /\(open:published-ports-ignored\)/);
  assert.doesNotMatch(value, /# Reported|^---/m);
  assert.equal(await at(0, 0), null);
});

describe('an AI workload', () => {
  const LLM =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: llm\nspec:\n  hostNetwork: true\n  containers:\n    - name: a\n      image: vllm/vllm-openai\n      resources: { limits: { nvidia.com/gpu: 1 } }\n  dnsPolicy: Default\n';
  const hoverAt = async (editor: Editor, path: string, line: number, character: number) => {
    const position = { line, character };
    const hover = await editor.request<Hover | null>('textDocument/hover', {
      textDocument: { uri: editor.uri(path) },
      position,
    });
    return hover && { range: hover.range, text: (hover.contents as { value: string }).value };
  };
  const lenses = (editor: Editor, path: string) =>
    editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: editor.uri(path) } });

  it('is explained where its name stands, with a link to every sign', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('a (1).yaml', LLM);
    const hover = await hoverAt(editor, 'a (1).yaml', 3, 9);
    assert.deepEqual(hover?.range, { start: { line: 3, character: 8 }, end: { line: 3, character: 11 } });
    const uri = editor.uri('a (1).yaml');
    assert.match(hover.text, /^#### AI workload: inference\n/);
    assert.ok(hover.text.includes(`- [image vllm/vllm-openai](${uri}#L9,14): 100\n`), hover.text);
    assert.ok(hover.text.includes(`- [nvidia.com/gpu](${uri}#L10,46): 50`), hover.text);
    assert.match(hover.text, /It is on the host's network, and nothing shows that it needs to be\./);
    assert.match(
      hover.text,
      /`# bulkhead: not-ai-workload`.*`bulkhead\.dev\/ai-workload: "false"`.*`bulkhead\.ai\.exclude`/,
    );
    assert.match(
      (await hoverAt(editor, 'a (1).yaml', 5, 16))?.text ?? '',
      /^#### AI workload shares the host's network/,
    );
  });

  it('that is only a likely one is said to be that, and another workload has no hover', async (test) => {
    const editor = await Editor.open(test, {});
    const text = 'services:\n  films:\n    image: example.com/films\n    gpus: all\n  web:\n    image: nginx\n';
    await editor.openDocument('compose.yaml', text);
    const likely = await hoverAt(editor, 'compose.yaml', 1, 4);
    assert.match(
      likely?.text ?? '',
      /^#### May be an AI workload\n[\s\S]*the label `bulkhead\.dev\/ai-workload: "true"`/,
    );
    assert.equal(await hoverAt(editor, 'compose.yaml', 4, 4), null);
    assert.equal(await hoverAt(editor, 'compose.yaml', 2, 14), null);
    assert.deepEqual(await lenses(editor, 'compose.yaml'), []);
  });

  it('is named above, with a command that shows the signs', async (test) => {
    const editor = await Editor.open(test, {}, { initialization: { showSignals: 'show.signs' } });
    await editor.openDocument('pod.yaml', `${LLM}---\n${POD}`);
    const [lens, ...others] = await lenses(editor, 'pod.yaml');
    assert.deepEqual(others, []);
    assert.equal(lens?.command?.title, 'AI workload: inference (image vllm/vllm-openai, nvidia.com/gpu, name llm)');
    assert.equal(lens.command.command, 'show.signs');
    const at = { line: 3, character: 8 };
    assert.deepEqual(lens.range.start, at);
    const [uri, position, places] = lens.command.arguments ?? [];
    assert.deepEqual([uri, position, places.length], [editor.uri('pod.yaml'), at, 3]);
    assert.deepEqual(places[0].range, { start: { line: 8, character: 13 }, end: { line: 8, character: 29 } });
  });

  it('is not named above when a setting says so, at once', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('pod.yaml', LLM);
    assert.equal((await lenses(editor, 'pod.yaml')).length, 1);
    editor.settings[''] = { codeLens: { enable: false } };
    await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    await editor.until('a request to ask again', () => editor.lensRefreshes === 1);
    assert.deepEqual(await lenses(editor, 'pod.yaml'), []);
    editor.settings[''] = { ai: { exclude: ['vllm/*'] } };
    await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    await editor.untilShown('pod.yaml', ['host-network']);
    assert.deepEqual(await lenses(editor, 'pod.yaml'), []);
  });
});

describe('the workspace', () => {
  it('is listed without opening a file, with progress', async (test) => {
    const editor = await Editor.open(test, {
      'k8s/pod.yaml': POD,
      'compose.yml': COMPOSE,
      'pod.json': JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { hostNetwork: true } }),
      '.devcontainer/compose.yaml': COMPOSE,
      'clean.yaml': CLEAN_POD,
      'node_modules/x/pod.yaml': POD,
      '.hidden/pod.yaml': POD,
      'pod.txt': POD,
    });
    await editor.scanned();
    assert.deepEqual(editor.progress[0], 'begin');
    const listed = editor.published.map(({ uri }) => uri.slice(editor.uri('').length)).sort();
    assert.deepEqual(listed, ['.devcontainer/compose.yaml', 'compose.yml', 'k8s/pod.yaml', 'pod.json']);
  });

  it('follows files on disk', async (test) => {
    const editor = await Editor.open(test, { 'a/pod.yaml': POD, 'b/pod.yaml': POD });
    await editor.scanned();
    assert.ok(editor.watched.includes('workspace/didChangeWatchedFiles'));
    await editor.write('a/pod.yaml', CLEAN_POD);
    await editor.changeOnDisk('a/pod.yaml', FileChangeType.Changed);
    await editor.untilShown('a/pod.yaml', []);
    await editor.write('c/new.yaml', POD);
    await editor.changeOnDisk('c/new.yaml', FileChangeType.Created);
    await editor.untilShown('c/new.yaml', ['host-network']);
    await rm(join(editor.root, 'b'), { recursive: true });
    await editor.changeOnDisk('b', FileChangeType.Deleted);
    await editor.untilShown('b/pod.yaml', []);
  });

  it('leaves out what git ignores, until it is opened or not ignored any more', async (test) => {
    const files = { '.gitignore': 'out/\n', 'out/pod.yaml': POD, 'pod.yaml': POD, 'x/.gitignore': 'pod.yaml' };
    const editor = await Editor.open(test, { ...files, 'x/pod.yaml': POD });
    await editor.scanned();
    await editor.untilShown('pod.yaml', ['host-network']);
    const shown = () => editor.published.map(({ uri }) => uri);
    assert.deepEqual(new Set(shown()), new Set([editor.uri('pod.yaml')]));
    const change = async (path: string, text: string) => {
      await editor.write(path, text);
      await editor.changeOnDisk(path, FileChangeType.Changed);
    };
    await change('out/pod.yaml', `${POD}\n`);
    await change('x/.gitignore', '');
    await editor.untilShown('x/pod.yaml', ['host-network']);
    assert.ok(!shown().includes(editor.uri('out/pod.yaml')));
    await editor.openDocument('out/pod.yaml', POD);
    await editor.untilShown('out/pod.yaml', ['host-network']);
    await change('.gitignore', 'pod.yaml\n');
    await editor.untilShown('x/pod.yaml', []);
    await editor.untilShown('pod.yaml', []);
  });

  it('shows open files as they are in the editor', async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': POD });
    await editor.openDocument('pod.yaml', CLEAN_POD);
    await editor.scanned();
    await editor.changeOnDisk('pod.yaml', FileChangeType.Changed);
    await editor.openDocument('last.yaml', POD);
    await editor.untilShown('last.yaml', ['host-network']);
    assert.deepEqual(editor.rulesShown('pod.yaml'), []);
  });

  it('is scanned again on command', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.scanned();
    await editor.write('pod.yaml', POD);
    await editor.request('workspace/executeCommand', { command: 'bulkhead.scanWorkspace' });
    assert.deepEqual(editor.rulesShown('pod.yaml'), ['host-network']);
  });

  it('loses nothing to files that cannot be read', async (test) => {
    const editor = await Editor.open(test, {
      'a-binary.yaml': Buffer.from([0x61, 0x70, 0x69, 0x56, 0, 1, 2, 0xff]),
      'b-latin.yaml': Buffer.from('apiVersion: v1\nkind: Pod\n# \xe9\n', 'latin1'),
      'c-broken.yaml': 'apiVersion: v1\nkind: Pod\nspec: [\n---\n"',
      'd-large.yaml': Buffer.alloc(20 * 1024 * 1024, 'a: b\n'),
      'e-utf16.yaml': Buffer.from(`\uFEFF${POD}`, 'utf16le'),
      'z-pod.yaml': POD,
    });
    await mkdir(join(editor.root, 'loop'));
    await symlink(editor.root, join(editor.root, 'loop', 'up'));
    await symlink(join(editor.root, 'nowhere'), join(editor.root, 'f-dangling.yaml'));
    await editor.scanned();
    await editor.request('workspace/executeCommand', { command: 'bulkhead.scanWorkspace' });
    assert.deepEqual(editor.rulesShown('z-pod.yaml'), ['host-network']);
    assert.deepEqual(editor.rulesShown('e-utf16.yaml'), ['host-network']);
    assert.equal(editor.shown('loop/up/z-pod.yaml'), undefined);
    const log = editor.log.join('\n');
    assert.match(log, /a-binary\.yaml is binary and was not checked/);
    assert.match(log, /b-latin\.yaml is not valid UTF-8 and was not checked/);
    assert.match(log, /d-large\.yaml is larger than 8 MiB \(20\.0 MiB\) and was not checked/);
  });

  it('says which large document it does not check', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('large.yaml', POD + '# filler\n'.repeat(1_000_000));
    await editor.until('a message about the file', () =>
      editor.log.some((line) => /large\.yaml is larger than 8 MiB/.test(line)),
    );
    assert.equal(editor.shown('large.yaml'), undefined);
  });
});

describe('settings', () => {
  const severity = (value: string) => ({ severity: { 'host-network': value } });

  it('take effect at once', async (test) => {
    const editor = await Editor.open(test, { 'closed.yaml': POD });
    await editor.openDocument('open.yaml', POD);
    await editor.untilShown('open.yaml', ['host-network']);
    await editor.untilShown('closed.yaml', ['host-network']);
    const set = async (settings: object) => {
      editor.settings[''] = settings;
      await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    };
    await set(severity('off'));
    await editor.untilShown('open.yaml', []);
    await editor.untilShown('closed.yaml', []);
    await set({ diagnostics: { scope: 'openFiles' } });
    await editor.untilShown('open.yaml', ['host-network']);
    await set({});
    await editor.untilShown('closed.yaml', ['host-network']);
    await editor.openDocument('.hidden/open.yaml', POD);
    await editor.untilShown('.hidden/open.yaml', ['host-network']);
    await set({ exclude: ['closed.yaml', 'open.yaml', '!.hidden/open.yaml'] });
    await editor.untilShown('closed.yaml', []);
    await editor.untilShown('open.yaml', []);
    assert.deepEqual(editor.rulesShown('.hidden/open.yaml'), ['host-network'], 'only patterns leave out an open file');
    await set({});
    await editor.untilShown('open.yaml', ['host-network']);
    await set({ enable: false });
    await editor.untilShown('open.yaml', []);
  });

  it('belong to a folder', async (test) => {
    const editor = await Editor.open(
      test,
      { 'one/pod.yaml': POD, 'two/pod.yaml': POD },
      { folders: ['one', 'two'], settings: { one: severity('high'), two: severity('off') } },
    );
    await editor.scanned();
    assert.deepEqual(
      editor.shown('one/pod.yaml')?.map((diagnostic) => diagnostic.severity),
      [DiagnosticSeverity.Error],
    );
    assert.equal(editor.shown('two/pod.yaml'), undefined);
    const removed = [{ uri: editor.uri('one'), name: 'one' }];
    await editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } });
    await editor.untilShown('one/pod.yaml', []);
  });

  it('that are wrong are named, and cost nothing else', async (test) => {
    const bad = {
      profile: 'everything',
      diagnostics: { scope: 1 },
      exclude: 'x',
      codeLens: { enable: 'no' },
      ai: { include: ['a', 1] },
      severity: { nonsense: 'high', 'host-network': 'loud' },
    };
    const editor = await Editor.open(test, { 'pod.yaml': POD }, { settings: { '': bad } });
    await editor.scanned();
    assert.deepEqual(editor.rulesShown('pod.yaml'), ['host-network']);
    assert.deepEqual([...editor.warnings].sort(), [
      'Bulkhead: bulkhead.ai.include[1] is 1, but must be an image without tag and digest, in which `*` stands for anything between slashes, such as "registry.example/llm/*". It has no effect.',
      'Bulkhead: bulkhead.codeLens.enable is "no", but must be one of true, false. Using true.',
      'Bulkhead: bulkhead.diagnostics.scope is 1, but must be one of workspace, openFiles. Using workspace.',
      'Bulkhead: bulkhead.exclude is "x", but must be a list. Nothing is excluded.',
      'Bulkhead: bulkhead.profile is "everything", but must be one of recommended, strict, all. Using recommended.',
      'Bulkhead: bulkhead.severity names "nonsense", which is no rule. It has no effect.',
      'Bulkhead: bulkhead.severity.host-network is "loud", but must be one of high, medium, low, off. It has no effect.',
    ]);
  });

  it('name images that may use the host', async (test) => {
    const pod = `${POD}  containers: [{ name: a, image: "acme/agent:v1" }]\n`;
    const good = { image: 'acme/agent', kinds: ['Pod'], rules: ['host-network'], reason: 'It counts packets' };
    const knownHostUsers = [{ image: 'acme/agent' }, { ...good, image: 'acme/agent:v1' }, { ...good, rules: ['x'] }, 1];
    const editor = await Editor.open(test, { 'pod.yaml': pod }, { settings: { '': { knownHostUsers } } });
    const [before] = await editor.untilShown('pod.yaml', ['host-network']);
    assert.equal(before?.severity, DiagnosticSeverity.Warning);
    assert.deepEqual(editor.warnings, [
      'Bulkhead: bulkhead.knownHostUsers[0]: The entry gives no reason. Add `reason`: what the workload does on its host. The entry has no effect.',
      'Bulkhead: bulkhead.knownHostUsers[1].image is "acme/agent:v1", but must be an image without tag and digest, in which `*` stands for anything between slashes, such as "registry.example/network/agent". The entry has no effect.',
      'Bulkhead: bulkhead.knownHostUsers[2].rules[0] is "x", but must be the name of a rule. The entry has no effect.',
      'Bulkhead: bulkhead.knownHostUsers[3] is 1, but must be a known host user. It has no effect.',
    ]);
    editor.settings[''] = { knownHostUsers: [good] };
    await editor.notify('workspace/didChangeConfiguration', { settings: {} });
    await editor.until(
      'a milder finding',
      () => editor.shown('pod.yaml')?.[0]?.severity === DiagnosticSeverity.Information,
    );
  });

  it('have defaults for a client that has none', async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': POD }, { capabilities: {} });
    await editor.untilShown('pod.yaml', ['host-network']);
  });
});

describe('an audit', () => {
  const container = { Id: 'a', Name: '/web', HostConfig: { NetworkMode: 'host' }, Config: { Image: 'nginx' } };
  const audit = (editor: Editor, text: string) =>
    editor.request<string | null>('workspace/executeCommand', { command: 'bulkhead.audit', arguments: [{ text }] });

  it('gives back a list with the rules that report', async (test) => {
    const editor = await Editor.open(test, {});
    const report = await audit(editor, JSON.stringify([container, { ...container, Name: '/*_<b>' }]));
    const [title, , summary, , ...items] = (report ?? '').split('\n');
    assert.equal(title, '# Audit of running workloads');
    assert.equal(summary, 'From the open document. 2 findings in 2 of 2 workloads.');
    assert.equal(items[0], '## container web \\(nginx\\)');
    assert.match(
      items[2] ?? '',
      /^- \*\*medium\*\* \[host-network\]\(file:\/\/\/.*\/host-network\.md\): Container web /,
    );
    assert.equal(items[4], '## container \\*\\_\\<b\\> \\(nginx\\)', 'a name is no Markdown');
  });

  it('follows the settings', async (test) => {
    const editor = await Editor.open(test, {}, { settings: { '': { severity: { 'host-network': 'off' } } } });
    assert.match((await audit(editor, JSON.stringify([container]))) ?? '', /Nothing found in 1 workload\./);
  });

  it('says why there is none', async (test) => {
    const editor = await Editor.open(test, {});
    assert.equal(await audit(editor, 'CONTAINER ID   IMAGE\n'), null);
    await editor.until('a message', () => editor.warnings.length > 0);
    assert.match(editor.warnings[0] ?? '', /^Bulkhead: This is neither what "docker inspect" prints nor /);
  });
});

describe('exceptions', () => {
  const pod = POD.replace('# why', '# bulkhead: ignore[host-network] counts packets until 2027-06-30');

  it('end with their last day, in files that nobody touches too', async (test) => {
    test.mock.timers.enable({ apis: ['Date', 'setInterval'], now: Date.UTC(2027, 5, 30, 23, 55) });
    const editor = await Editor.open(test, { 'closed.yaml': pod });
    await editor.scanned();
    await editor.openDocument('open.yaml', pod);
    await editor.untilShown('open.yaml', []);
    assert.equal(editor.shown('closed.yaml'), undefined);
    test.mock.timers.tick(10 * 60_000);
    await editor.untilShown('open.yaml', ['host-network', 'exception-expired']);
    await editor.untilShown('closed.yaml', ['host-network', 'exception-expired']);
  });
});
