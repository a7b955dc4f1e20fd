import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type CodeLens, type Hover, type InitializeParams, MarkupKind } from 'vscode-languageserver/node';
import type { ShownLine } from '../../../server/lsp/features/deployed.ts';
import { Editor } from '../lsp/editor.ts';
import { programIn } from '../program.ts';
import { commandsIn, HOSTILE, hides, iconsIn, linksInNotification, readMarkdown } from './readers.ts';

const TEXTS = Object.values(HOSTILE);

/** Manifests named by hostile texts, as far as a file can be, in which workloads, values and text are hostile too. */
const MANIFESTS = Object.fromEntries(
  TEXTS.map((text, index): [string, string] => [
    `${text.replaceAll(/[/\0]/g, '')}-${index}.yaml`,
    `# ${text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')}
apiVersion: v1
kind: Pod
metadata: { name: ${JSON.stringify(text)} }
spec: { hostPID: true, hostNetwork: true, containers: [{ name: ${JSON.stringify(text)}, image: a }] }
`,
  ]),
);

/** A text that begins its line in the file, next to what is repaired. */
const SCRIPT = TEXTS.map(
  (text) => `${text.replaceAll(/[\p{Cc}\u2028\u2029\0]/gu, ' ')}\ndocker run --pid host a\n`,
).join('');

const CONFIG = TEXTS.map((text) => `${JSON.stringify(text)}: ${JSON.stringify(text)}\n`).join('');

const BASELINE = JSON.stringify({
  version: 1,
  findings: TEXTS.map((text, index) => ({
    path: `${text}.gone`,
    rule: text,
    subject: text,
    fingerprint: String(index),
  })),
});

const CONTAINERS = TEXTS.map((text, index) => ({
  Id: `id-${index}`,
  Name: `/${text}`,
  HostConfig: { NetworkMode: 'host', PidMode: 'host' },
  Config: { Image: text },
}));

/** Everything in what was printed that somebody obeys, but for the commands that are meant. */
function obeyedIn(printed: string, meant: readonly string[] = []): string[] {
  return printed.split(/\r?\n/).flatMap((line) => {
    const commands = commandsIn(line).filter((command) => !meant.includes(command));
    return [...(hides(line) ? [JSON.stringify(line)] : []), ...commands];
  });
}

/** Lines on the error stream that are none of Bulkhead's. */
function forgedIn(err: string): string[] {
  return err.split('\n').filter((line) => line !== '' && !/^(?:bulkhead: |\d+ problems? )/.test(line));
}

/** A Compose project with texts as keys and values. */
/** A text in double quotes. What YAML ends a line at is escaped, since a key stands on one line. */
function quoted(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replaceAll(/[\u0085\u2028\u2029]/g, escaped);
}

function projectOf(texts: readonly string[]): string {
  const labels = texts.map((text) => `      ${quoted(text)}: ${quoted(text.replaceAll('$', '$$$$'))}\n`);
  return `services:\n  web:\n    image: a\n    labels:\n${labels.join('')}`;
}

describe('the command line in a hostile workspace', { skip: process.platform === 'win32' }, () => {
  const program = (test: TestContext, more: Record<string, string> = {}) =>
    programIn(test, { '.git/HEAD': '', ...MANIFESTS, 'a.sh': SCRIPT, ...more });

  for (const format of ['pretty', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'markdown'])
    it(`prints ${format} in which nothing is obeyed`, async (test) => {
      const { run } = await program(test);
      const { status, out, err } = run(['check', '--verbose', '--profile', 'all', '--format', format]);
      assert.equal(status, 1);
      assert.ok(out.length > 1000);
      assert.deepEqual(obeyedIn(out, format === 'github' ? ['error', 'warning', 'notice'] : []), []);
      assert.deepEqual([...obeyedIn(err), ...forgedIn(err)], []);
    });

  it('names in JSON and SARIF the files there are', async (test) => {
    const { run } = await program(test);
    const names = Object.keys(MANIFESTS).sort();
    const { out } = run(['check', '--format', 'json']);
    const files = new Set((JSON.parse(out) as { file: string }[]).map(({ file }) => file));
    assert.deepEqual([...files].filter((file) => file !== 'a.sh').sort(), names);
    const sarif = JSON.parse(run(['check', '--format', 'sarif']).out);
    const uris = new Set<string>();
    for (const { message, locations } of sarif.runs[0].results) {
      assert.deepEqual(linksInNotification(message.text), []);
      uris.add(decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri));
    }
    assert.deepEqual([...uris].filter((uri) => uri !== 'a.sh').sort(), names);
  });

  it('prints what is repaired', async (test) => {
    const { run } = await program(test);
    const { out, err } = run(['fix', '--dry-run', '--unsafe', '--verbose']);
    assert.match(out, /^-docker run --pid host a$/m);
    assert.deepEqual([...obeyedIn(out), ...obeyedIn(err), ...forgedIn(err)], []);
    const piped = run(['fix', '--unsafe', '--stdin-filename', 'a.sh', '-'], { input: SCRIPT });
    assert.deepEqual(obeyedIn(piped.err), []);
  });

  it('says what is wrong in a configuration', async (test) => {
    const { run } = await program(test, { '.bulkhead.yaml': CONFIG });
    const { status, err } = run(['check']);
    assert.equal(status, 2);
    assert.match(err, /Unknown key/);
    assert.deepEqual([...obeyedIn(err), ...forgedIn(err)], []);
  });

  it('says what a baseline knows, and writes one for a person to read', async (test) => {
    const { run } = await program(test, { 'b.json': BASELINE });
    const { err } = run(['check', '--baseline', 'b.json']);
    assert.match(err, /no longer found/);
    assert.deepEqual([...obeyedIn(err), ...forgedIn(err)], []);
    assert.equal(run(['baseline', 'write', '--file', 'c.json']).status, 0);
    assert.match(run(['check', '--baseline', 'c.json']).err, /^bulkhead: \d+ known findings left out/);
  });

  for (const format of ['pretty', 'json', 'jsonl'])
    it(`audits what runs, as ${format}`, async (test) => {
      const { run } = await program(test);
      const { status, out, err } = run(['audit', '--format', format], { input: JSON.stringify(CONTAINERS) });
      assert.equal(status, 1);
      assert.deepEqual([...obeyedIn(out), ...obeyedIn(err)], []);
    });

  it('shows what is deployed', async (test) => {
    const { run } = await program(test, { 'all/compose.yaml': projectOf(TEXTS) });
    const { status, out, err } = run(['show', 'all']);
    assert.equal(status, 0);
    assert.ok(out.split('\n').length > TEXTS.length);
    assert.deepEqual([...obeyedIn(out), ...obeyedIn(err), ...forgedIn(err)], []);
    assert.equal(out.split('\n').some(hides), false);
  });

  it('complains of arguments that were names of files', async (test) => {
    const { run } = await program(test);
    const text = '\u001B[31ma\n::stop-commands::x ##[error]';
    for (const args of [['check', text], ['check', `--${text}`], ['explain', text], ['-o', text], [text]]) {
      const { status, err } = run(args);
      assert.equal(status, 2);
      assert.deepEqual(obeyedIn(err), []);
    }
  });
});

describe('an editor in a hostile workspace', () => {
  const capabilities: InitializeParams['capabilities'] = {
    workspace: { configuration: true },
    textDocument: { hover: { contentFormat: [MarkupKind.Markdown] } },
  };

  for (const [what, text] of Object.entries(HOSTILE))
    it(`shows ${what} as text`, async (test) => {
      const quoted = JSON.stringify(text);
      const pod = `apiVersion: v1
kind: Pod
metadata: { name: ${quoted}, labels: { app.kubernetes.io/name: vllm } }
spec: { hostPID: true, containers: [{ name: ${quoted}, image: ${JSON.stringify(`${text}/vllm/vllm-openai`)}, args: [${quoted}] }] }
`;
      const settings = { '': { profile: text, kubernetesVersion: text, severity: { [text]: text }, exclude: text } };
      const editor = await Editor.open(
        test,
        { '.bulkhead.yaml': `${quoted}: ${quoted}\n` },
        { settings, capabilities },
      );
      await editor.openDocument('pod.yaml', pod);
      const [found] = await editor.untilShown('pod.yaml', ['host-pid']);
      const config = await editor.untilShown('.bulkhead.yaml', ['configuration']);
      await editor.until('the warnings', () => editor.warnings.length >= 4);
      const textDocument = { uri: editor.uri('pod.yaml') };
      const hover = await editor.request<Hover | null>('textDocument/hover', {
        textDocument,
        position: { line: 2, character: 20 },
      });
      const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument });
      const actions = await editor.codeActions('pod.yaml', found);
      // What begins with a digest is no image.
      const isAi = !text.startsWith('@');
      assert.deepEqual([lenses.length, actions.length > 0], [isAi ? 1 : 0, true]);
      const shown = [found, ...config].map((one) => String(one?.message));
      const titles = [...lenses.map(({ command }) => command?.title ?? ''), ...actions.map(({ title }) => title)];
      for (const message of [...shown, ...titles, ...editor.warnings]) assert.equal(hides(message), false, message);
      assert.deepEqual(editor.warnings.flatMap(linksInNotification), []);
      assert.deepEqual(titles.flatMap(iconsIn), []);
      const markdown = hover ? (hover.contents as { value: string }).value : '';
      assert.equal(/AI workload/.test(markdown), isAi);
      assert.equal(markdown.split('\n').some(hides), false);
      assert.deepEqual(
        readMarkdown(markdown).types.filter((type) => /html|image/.test(type)),
        [],
      );
      assert.doesNotMatch(markdown, /(?<!\\)\]\(command:/);
    });

  it('shows what is deployed', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('compose.yaml', projectOf(TEXTS));
    const textDocument = { uri: editor.uri('compose.yaml') };
    const lines = await editor.request<ShownLine[]>('bulkhead/deployed', { textDocument });
    assert.ok(lines.length > TEXTS.length);
    assert.equal(
      lines.some(({ text }) => hides(text)),
      false,
    );
  });

  it('reads the audit of what runs', async (test) => {
    const editor = await Editor.open(test, {});
    const markdown = await editor.request<string>('workspace/executeCommand', {
      command: 'bulkhead.audit',
      arguments: [{ text: JSON.stringify(CONTAINERS), rulePage: '{rule}.md' }],
    });
    assert.equal(markdown.split('\n').some(hides), false);
    const { types } = readMarkdown(markdown);
    assert.deepEqual(types.toSorted(), ['link_close', 'link_open', 'strong_close', 'strong_open', 'text'].toSorted());
    assert.deepEqual(linksInNotification(markdown.replaceAll(/\\./g, '')), []);
  });
});
