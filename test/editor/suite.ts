import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The suite that runs in VS Code's extension host, on a copy of the example workspace. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of tests) {
    try {
      await test();
      console.log(`suite: ok, ${name}`);
    } catch (error) {
      failed++;
      console.log(`suite: FAILED, ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  console.log(`suite: ${tests.length - failed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} tests failed in VS Code.`);
}

/** Longer than VS Code takes on a slow machine; reached only when something does not happen at all. */
const PATIENCE = 30_000;

/** Waits until `look` finds something, looking again at every event; fails with what `describe` says instead. */
function eventually<T>(event: vscode.Event<unknown>, look: () => T | undefined, describe: () => string): Promise<T> {
  const found = look();
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(describe()));
    }, PATIENCE);
    const listener = event(() => {
      const seen = look();
      if (seen === undefined) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(seen);
    });
  });
}

/** Waits until the diagnostics of a file satisfy a condition. */
function diagnosticsWhen(
  uri: vscode.Uri,
  holds: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const own = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'bulkhead');
  return eventually(
    vscode.languages.onDidChangeDiagnostics,
    () => (holds(own()) ? own() : undefined),
    () => `Not seen for ${uri.path}; there are: ${JSON.stringify(own().map(ruleOf))}`,
  );
}

/** Waits until an editor tab of that name is open. */
function tabWhen(holds: (label: string) => boolean): Promise<string> {
  const labels = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
  return eventually(
    vscode.window.tabGroups.onDidChangeTabs,
    () => labels().find(holds),
    () => `No such tab; there are: ${labels().join(', ')}`,
  );
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

function example(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a workspace is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

async function replaceText(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const start = editor.document.getText().indexOf(from);
  assert.ok(start >= 0, `"${from}" stands in the file`);
  const range = new vscode.Range(editor.document.positionAt(start), editor.document.positionAt(start + from.length));
  assert.ok(await editor.edit((edit) => edit.replace(range, to)));
}

/** Applies the first action of a kind that the light bulb offers at a place. */
async function applyFirst(editor: vscode.TextEditor, at: vscode.Position, kind: string): Promise<void> {
  // The window sets the cursor, and only then knows which actions there are.
  const isSet = new Promise<void>((resolve) => {
    const listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (textEditor !== editor || !selections[0]?.active.isEqual(at)) return;
      listener.dispose();
      resolve();
    });
  });
  editor.selection = new vscode.Selection(at, at);
  await isSet;
  await vscode.commands.executeCommand('editor.action.codeAction', { kind, apply: 'first' });
}

/** Applies the first fix that is offered for a diagnostic. */
async function applyFix({ uri }: vscode.TextDocument, { range }: vscode.Diagnostic): Promise<void> {
  const kind = 'quickfix.bulkhead';
  const provide = 'vscode.executeCodeActionProvider';
  const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(provide, uri, range, kind);
  assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
}

/** Removes lines as a person would; the expectation of a fix is written with it. */
function without(text: string, ...lines: string[]): string {
  for (const line of lines) {
    assert.equal(text.split(`${line}\n`).length, 2, `"${line}" stands once in the file`);
    text = text.replace(`${line}\n`, '');
  }
  return text;
}

/** Files in styles that are easily damaged: a name, the language, the text before and after the first fix. */
function repairs(): [string, string, string, string][] {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a # \u{1F433}\n';
  const lines = `${pod}spec:\n  hostNetwork: true\n  # the rest\n  priority: 1`;
  const anchor = 'x-host: &host\n  network_mode: host # once\n  restart: always\nservices:\n';
  const users = '  a: { <<: *host, image: a }\n  b: { <<: *host, image: b }\n';
  const chart = `${pod.replace('name: a', 'name: {{ .Release.Name }}')}spec:\n  {{- if .Values.big }}\n  priority: 1\n  {{- end }}\n`;
  const command = (network: string) => `docker run -d \\\n  --network ${network} nginx`;
  return [
    ['a flow mapping', 'yaml', `${pod}spec: { hostNetwork: true, priority: 1 }\n`, `${pod}spec: { priority: 1 }\n`],
    [
      'line ends of Windows',
      'yaml',
      lines.replaceAll('\n', '\r\n'),
      lines.replace('  hostNetwork: true\n', '').replaceAll('\n', '\r\n'),
    ],
    ['what an anchor brings', 'yaml', anchor + users, anchor.replace('  network_mode: host # once\n', '') + users],
    ['a Helm template', 'yaml', `${chart}  hostNetwork: true\n`, chart],
    ['a shell script', 'shellscript', `${command('host')} # front\n`, `${command('bridge')} # front\n`],
  ];
}

const tests: readonly [string, () => Promise<void>][] = [
  [
    'lists the problems of files nobody opened',
    async () => {
      const [socket] = await diagnosticsWhen(example('kubernetes/build-agent.yaml'), (found) => found.length > 0);
      assert.ok(socket);
      assert.equal(ruleOf(socket), 'runtime-socket');
      const compose = await diagnosticsWhen(example('compose/compose.yaml'), (found) => found.length > 0);
      assert.deepEqual(compose.map(ruleOf).sort(), ['host-network', 'published-ports-ignored', 'runtime-socket']);
      assert.equal(
        vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith('compose.yaml')),
        false,
      );
    },
  ],
  [
    'underlines exactly the value that is wrong',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('kubernetes/llm.yaml'));
      await vscode.window.showTextDocument(document);
      const [finding] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
      assert.ok(finding);
      assert.equal(ruleOf(finding), 'ai-host-network');
      assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(document.getText(finding.range), 'true');
      assert.equal(document.lineAt(finding.range.start.line).text.trim(), 'hostNetwork: true');
      const seen = finding.relatedInformation?.map(({ location }) => document.getText(location.range)) ?? [];
      assert.ok(seen.includes('vllm/vllm-openai:v0.9.0'), 'the signals are related places');
    },
  ],
  [
    'repairs by the light bulb and keeps every other byte; undo brings the file back',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('kubernetes/web.yaml'));
      const editor = await vscode.window.showTextDocument(document);
      const before = document.getText();
      const [finding] = await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.ok(finding);
      await applyFirst(editor, finding.range.start, 'quickfix.bulkhead');
      await diagnosticsWhen(document.uri, (found) => found.length === 0);
      const expected = without(
        before,
        '      hostNetwork: true',
        '      dnsPolicy: ClusterFirstWithHostNet # goes with host networking',
        '              hostPort: 8080',
      );
      assert.equal(document.getText(), expected);
      await vscode.commands.executeCommand('undo');
      await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.equal(document.getText(), before);
    },
  ],
  ...repairs().map(([name, language, before, after]): [string, () => Promise<void>] => [
    `repairs ${name}, and undo brings it back`,
    async () => {
      const document = await vscode.workspace.openTextDocument({ language, content: before });
      await vscode.window.showTextDocument(document);
      const [finding] = await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.ok(finding);
      await applyFix(document, finding);
      await diagnosticsWhen(document.uri, (found) => found.length === 0);
      assert.equal(document.getText(), after);
      await vscode.commands.executeCommand('undo');
      await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.equal(document.getText(), before);
    },
  ]),
  [
    'repairs a command in a document',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('README.md'));
      await vscode.window.showTextDocument(document);
      const before = document.getText();
      const [finding] = await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.ok(finding);
      assert.equal(document.getText(finding.range), 'host');
      // VS Code's own Markdown server cancels what everyone is asked while it starts.
      await vscode.extensions.getExtension('vscode.markdown-language-features')?.activate();
      await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
      await applyFix(document, finding);
      await diagnosticsWhen(document.uri, (found) => found.length === 0);
      assert.equal(document.getText(), before.replace('--network host', '--network bridge'));
      await vscode.commands.executeCommand('undo');
    },
  ],
  [
    'shows a finding while it is typed, and takes it back',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('compose/compose.yaml'));
      const editor = await vscode.window.showTextDocument(document);
      await diagnosticsWhen(document.uri, (found) => found.length === 3);
      await replaceText(editor, 'network_mode: host', 'network_mode: bridge');
      const bridged = await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.deepEqual(bridged.map(ruleOf), ['runtime-socket']);
      await replaceText(editor, 'network_mode: bridge', 'network_mode: host');
      await diagnosticsWhen(document.uri, (found) => found.length === 3);
    },
  ],
  [
    'fixes all safe problems of a file by its command',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('compose/compose.yaml'));
      await vscode.window.showTextDocument(document);
      const before = document.getText();
      await diagnosticsWhen(document.uri, (found) => found.length === 3);
      await vscode.commands.executeCommand('bulkhead.fixAll');
      await diagnosticsWhen(document.uri, (found) => found.length === 2);
      assert.equal(document.getText(), without(before, '    ports:\n      - "127.0.0.1:8080:80"'));
    },
  ],
  [
    'shows the rule page in a hover, and opens it in the Markdown preview',
    async () => {
      const uri = example('kubernetes/llm.yaml');
      const [finding] = await diagnosticsWhen(uri, (found) => found.length > 0);
      assert.ok(finding);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        finding.range.start,
      );
      const text = hovers
        .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
        .join('\n');
      assert.match(text, /How Bulkhead knows/);
      assert.ok(typeof finding.code === 'object');
      assert.equal(finding.code.target.toString(true), 'command:bulkhead.explainRule?["ai-host-network"]');
      await vscode.commands.executeCommand('bulkhead.explainRule', 'ai-host-network');
      await tabWhen((label) => label === 'Preview ai-host-network.md');
    },
  ],
  [
    'names an AI workload above it and in a hover, and shows the signs',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('kubernetes/llm.yaml'));
      await vscode.window.showTextDocument(document);
      await diagnosticsWhen(document.uri, (found) => found.length > 0);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      const [lens, ...others] = lenses.filter(({ command }) => command?.title.startsWith('AI workload'));
      assert.deepEqual(others, []);
      assert.match(lens?.command?.title ?? '', /^AI workload: inference \(image vllm\/vllm-openai, /);
      assert.equal(document.getText(lens?.range), 'llm');
      await vscode.commands.executeCommand(lens?.command?.command ?? '', ...(lens?.command?.arguments ?? []));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        lens?.range.start,
      );
      const text = hovers
        .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
        .join('\n');
      assert.match(text, /\[image vllm\/vllm-openai\]\([^)]*llm\.yaml#L\d+,\d+\): 100/);
    },
  ],
  [
    'accepts a finding by a comment above it, with the cursor where the reason goes',
    async () => {
      const document = await vscode.workspace.openTextDocument(example('kubernetes/build-agent.yaml'));
      const editor = await vscode.window.showTextDocument(document);
      const [finding] = await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.ok(finding);
      await applyFirst(editor, finding.range.start, 'quickfix.suppressRule.bulkhead');
      const [missing] = await diagnosticsWhen(
        document.uri,
        (found) => found.length === 1 && ruleOf(found[0] as vscode.Diagnostic) === 'exception-without-reason',
      );
      assert.ok(missing);
      assert.equal(document.lineAt(finding.range.start.line).text, '        # bulkhead: ignore[runtime-socket] reason');
      assert.equal(document.getText(editor.selection), 'reason');
      await vscode.commands.executeCommand('type', { text: 'builds images for the whole team' });
      await diagnosticsWhen(document.uri, (found) => found.length === 0);
      assert.equal(
        document.lineAt(finding.range.start.line).text,
        '        # bulkhead: ignore[runtime-socket] builds images for the whole team',
      );
    },
  ],
  [
    'says that an exception has ended',
    async () => {
      const content =
        'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  # bulkhead: ignore[host-network] counts packets until 2020-01-31\n  hostNetwork: true\n  containers: []\n';
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
      const found = await diagnosticsWhen(document.uri, (found) => found.length === 2);
      const expired = found.find((one) => ruleOf(one) === 'exception-expired');
      assert.equal(document.getText(expired?.range), '2020-01-31');
    },
  ],
  [
    'finds a port that two files take, as long as both do',
    async () => {
      const service = (name: string, port: number) =>
        `services:\n  ${name}:\n    image: example.com/${name}\n    ports: ["127.0.0.1:${port}:80"]\n`;
      const [shop, docs] = [example('ports/shop.yaml'), example('ports/docs.yaml')];
      await vscode.workspace.fs.writeFile(shop, Buffer.from(service('shop', 8080)));
      await vscode.workspace.fs.writeFile(docs, Buffer.from(service('docs', 8081)));
      const document = await vscode.workspace.openTextDocument(docs);
      const editor = await vscode.window.showTextDocument(document);
      await replaceText(editor, '8081', '8080');
      const [conflict] = await diagnosticsWhen(shop, (found) => found.length === 1);
      assert.ok(conflict);
      assert.equal(ruleOf(conflict), 'host-port-conflict');
      assert.equal(conflict.relatedInformation?.[0]?.location.uri.path, docs.path);
      await replaceText(editor, '8080', '8082');
      await diagnosticsWhen(shop, (found) => found.length === 0);
    },
  ],
  [
    'applies a changed setting at once',
    async () => {
      const uri = example('kubernetes/llm.yaml');
      const settings = vscode.workspace.getConfiguration('bulkhead');
      await diagnosticsWhen(uri, (found) => found.length === 1);
      await settings.update('severity', { 'ai-host-network': 'off' }, vscode.ConfigurationTarget.Workspace);
      const [general] = await diagnosticsWhen(
        uri,
        (found) => found.length === 1 && ruleOf(found[0] as vscode.Diagnostic) === 'host-network',
      );
      assert.equal(general?.severity, vscode.DiagnosticSeverity.Warning);
      await settings.update('severity', undefined, vscode.ConfigurationTarget.Workspace);
      await diagnosticsWhen(
        uri,
        (found) => found.length === 1 && ruleOf(found[0] as vscode.Diagnostic) === 'ai-host-network',
      );
    },
  ],
  [
    'follows .bulkhead.yaml, completes it and shows what is wrong in it',
    async () => {
      const uri = example('kubernetes/llm.yaml');
      const config = example('.bulkhead.yaml');
      const write = (text: string) => vscode.workspace.fs.writeFile(config, new TextEncoder().encode(text));
      await diagnosticsWhen(uri, (found) => found.length === 1);
      await write('severity:\n  ai-host-network: off\n  host-network: off\n');
      await diagnosticsWhen(uri, (found) => found.length === 0);
      const document = await vscode.workspace.openTextDocument(config);
      const editor = await vscode.window.showTextDocument(document);
      await replaceText(editor, '  ai-host-network', '  ai-host-netwrok');
      const [mistake] = await diagnosticsWhen(config, (found) => found.length === 1);
      assert.equal(document.getText(mistake?.range), 'ai-host-netwrok');
      await diagnosticsWhen(uri, (found) => found.length === 1);
      const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        config,
        mistake?.range,
        'quickfix.bulkhead',
      );
      assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
      await diagnosticsWhen(config, (found) => found.length === 0);
      await diagnosticsWhen(uri, (found) => found.length === 0);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        config,
        new vscode.Position(1, 20),
      );
      for (const level of ['high', 'medium', 'low', 'off'])
        assert.ok(
          items.some(({ label, kind }) => label === level && kind === vscode.CompletionItemKind.EnumMember),
          level,
        );
      // VS Code may hold a document for a while after its file is gone; an empty one configures nothing.
      await replaceText(editor, document.getText(), '');
      await diagnosticsWhen(uri, (found) => found.length === 1);
      await document.save();
      await vscode.workspace.fs.delete(config);
    },
  ],
  [
    'has all its commands, and finds everything again after a restart',
    async () => {
      const known = await vscode.commands.getCommands(true);
      for (const name of [
        'scanWorkspace',
        'fixAll',
        'fixRule',
        'auditContainers',
        'auditDocument',
        'explainRule',
        'restartServer',
        'showLog',
      ])
        assert.ok(known.includes(`bulkhead.${name}`), name);
      const uri = example('kubernetes/llm.yaml');
      await diagnosticsWhen(uri, (found) => found.length === 1);
      const cleared = diagnosticsWhen(uri, (found) => found.length === 0);
      await vscode.commands.executeCommand('bulkhead.restartServer');
      await cleared;
      await diagnosticsWhen(uri, (found) => found.length === 1);
    },
  ],
  [
    'shows the audit of what an engine printed as a list',
    async () => {
      const content = JSON.stringify([
        { Id: 'a', Name: '/web', HostConfig: { NetworkMode: 'host' }, Config: { Image: 'nginx' } },
      ]);
      const document = await vscode.workspace.openTextDocument({ language: 'json', content });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('bulkhead.auditDocument');
      await tabWhen((label) => label === 'Preview Audit of running workloads.md');
      const report = await vscode.workspace.openTextDocument(
        vscode.Uri.from({ scheme: 'bulkhead-audit', path: '/Audit of running workloads.md' }),
      );
      assert.match(
        report.getText(),
        /^## container web \\\(nginx\\\)\n\n- \*\*medium\*\* \[host-network\]\(host-network\.md\)/m,
      );
      const page = await vscode.workspace.openTextDocument(report.uri.with({ path: '/host-network.md' }));
      assert.match(page.getText(), /^# Workload shares the host's network /m);
    },
  ],
  [
    'checks a document that was never saved',
    async () => {
      const content = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostNetwork: true, containers: [] }\n';
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
      const [finding] = await diagnosticsWhen(document.uri, (found) => found.length === 1);
      assert.equal(document.getText(finding?.range), 'true');
    },
  ],
];
