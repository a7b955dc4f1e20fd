import { readdirSync } from 'node:fs';
import {
  commands,
  type ExtensionContext,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  Position,
  Uri,
  window,
} from 'vscode';
import {
  LanguageClient,
  type Location as LspLocation,
  type Position as LspPosition,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { auditCommands } from './audit.ts';
import { showConfiguration } from './configuration-status.ts';
import { deployedCommand, toLocation } from './deployed.ts';

const LANGUAGES = [
  'yaml',
  'helm',
  'dockercompose',
  'json',
  'jsonc',
  'shellscript',
  'makefile',
  'dockerfile',
  'markdown',
  'mdx',
  'quarto',
  'restructuredtext',
  'github-actions-workflow',
];
/** systemd units and Podman Quadlets, whose language nothing in VS Code knows. */
const UNITS = '**/*.{service,container,pod,kube,build}';
/** Partials of Helm charts, where no extension gives them a language. */
const PARTIALS = '**/templates/**/*.tpl';
const SELECTOR = [...LANGUAGES.map((language) => ({ language })), { pattern: UNITS }, { pattern: PARTIALS }];

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const pages = Uri.joinPath(context.extensionUri, 'dist', 'rules');
  client = startClient(context);
  const status = statusItem(client);
  context.subscriptions.push(
    status,
    ...showConfiguration(client, status, SELECTOR),
    commands.registerCommand('bulkhead.fixAll', () =>
      commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.bulkhead', apply: 'first' }),
    ),
    ...auditCommands(pages),
    ...deployedCommand(client),
    commands.registerCommand('bulkhead.explainRule', (rule?: string) => explainRule(pages, rule)),
    commands.registerCommand('bulkhead.showSignals', showSignals),
    commands.registerCommand('bulkhead.restartServer', () => client?.restart()),
    commands.registerCommand('bulkhead.showLog', () => client?.outputChannel.show()),
  );
  await client.start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

function startClient(context: ExtensionContext): LanguageClient {
  const storage = context.storageUri ?? context.globalStorageUri;
  const run = {
    module: context.asAbsolutePath('dist/server.cjs'),
    transport: TransportKind.ipc,
    // Node from version 22 on keeps what it compiled there, so that the next start is faster.
    options: { env: { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, 'compiled').fsPath } },
  };
  return new LanguageClient('bulkhead', 'Bulkhead', run, {
    documentSelector: SELECTOR,
    outputChannel: window.createOutputChannel('Bulkhead', { log: true }),
    initializationOptions: {
      // The code of a problem is a link; here it opens the page in the Markdown preview.
      rulePage: 'command:bulkhead.explainRule?%5B%22{rule}%22%5D',
      // What code lenses run.
      showSignals: 'bulkhead.showSignals',
      showDeployed: 'bulkhead.showDeployed',
      receivesConfigurations: true,
      // Where what a scan found is remembered until the next start.
      ...(storage.scheme === 'file' && { storage: storage.fsPath }),
    },
    markdown: { isTrusted: { enabledCommands: ['bulkhead.explainRule'] } },
  });
}

/** Shows in the language status of manifests whether the server runs; its command opens the log. */
function statusItem(client: LanguageClient): LanguageStatusItem {
  const item = languages.createLanguageStatusItem('bulkhead', SELECTOR);
  item.name = 'Bulkhead';
  item.command = { title: 'Show Log', command: 'bulkhead.showLog' };
  const show = (state: State) => {
    item.busy = state === State.Starting;
    item.text = state === State.Stopped ? 'Bulkhead has stopped' : 'Bulkhead';
    item.severity = state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  };
  show(State.Starting);
  client.onDidChangeState(({ newState }) => show(newState));
  return item;
}

/** Peeks at the places that make a workload an AI workload. The server names them as the protocol does. */
async function showSignals(
  uri: string,
  { line, character }: LspPosition,
  places: readonly LspLocation[],
): Promise<void> {
  const locations = places.map(toLocation);
  const at = new Position(line, character);
  await commands.executeCommand('editor.action.peekLocations', Uri.parse(uri), at, locations, 'peek');
}

/** Opens a rule's page in the Markdown preview, after asking which one if none is named. */
async function explainRule(pages: Uri, rule?: string): Promise<void> {
  const rules = readdirSync(pages.fsPath).map((name) => name.replace(/\.md$/, ''));
  const chosen = rule ?? (await window.showQuickPick(rules, { title: 'Explain which rule?' }));
  if (chosen === undefined) return;
  if (!rules.includes(chosen)) {
    // What was asked for may come from a link anywhere, and a notification would show links in it.
    window.showErrorMessage(`Bulkhead has no rule of that name. Its rules are: ${rules.join(', ')}.`);
    return;
  }
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(pages, `${chosen}.md`));
}
