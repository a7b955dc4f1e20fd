import type {
  CodeActionParams,
  CompletionItem,
  CompletionParams,
  HoverParams,
  InlayHintParams,
  TextDocuments,
} from 'vscode-languageserver/node';
import { aiWorkloadAt, findingsAt, type RuleId, valueUsesAt } from '../../../shared-rules/index.ts';
import type { Client } from '../client.ts';
import { isConfig } from '../documents/config-files.ts';
import type { Files } from '../documents/files.ts';
import type { Folders } from '../documents/folders.ts';
import type { LinedText, OpenText } from '../documents/open-text.ts';
import type { SettingsStore } from '../documents/settings-store.ts';
import { fileOf, spelled } from '../documents/uris.ts';
import type { ShownAction, ShownHover, ShownLens } from '../editor-connection.ts';
import type { Pages } from '../pages.ts';
import { toLspRange } from '../to-lsp.ts';
import { aiCodeLenses } from './ai-code-lens.ts';
import { aiHover } from './ai-hover.ts';
import { editFor } from './bulk-fix.ts';
import { codeActions } from './code-actions.ts';
import { configActions, configCompletion, configHover } from './config-editing.ts';
import { deployedLenses, deployedText, type ShownLine } from './deployed.ts';
import { inlayHints, type ShownHint } from './inlay-hints.ts';
import { valueHover } from './value-hover.ts';

/** What requests about documents have to do with. */
export interface RequestsParts {
  readonly documents: TextDocuments<OpenText>;
  readonly settings: SettingsStore;
  readonly folders: Folders;
  readonly files: Files;
  readonly pages: Pages;
}

/** What an editor asks about an open document: the manifests and scripts that are checked, or a configuration. */
export class Requests {
  readonly #parts: RequestsParts;

  constructor(parts: RequestsParts) {
    this.#parts = parts;
  }

  async codeActions(params: CodeActionParams, client: Client): Promise<ShownAction[]> {
    const { files } = this.#parts;
    const uri = spelled(params.textDocument.uri);
    const config = await this.#openConfig(uri);
    const linted = config ? undefined : await files.open.lint(uri);
    const isElsewhere = (rule: RuleId) => files.hasElsewhere(rule, uri);
    const actions = config
      ? configActions(config, params)
      : linted
        ? codeActions(linted, params, isElsewhere, client)
        : [];
    return actions.map((action) => (action.edit ? { ...action, edit: editFor(client, action.edit) } : action));
  }

  async hover({ textDocument, position }: HoverParams): Promise<ShownHover | undefined> {
    const { files, pages } = this.#parts;
    const uri = spelled(textDocument.uri);
    const config = await this.#openConfig(uri);
    if (config) return configHover(config, position, pages);
    const linted = await files.open.lint(uri);
    if (!linted) return undefined;
    const offset = linted.document.offsetAt(position);
    const [finding] = findingsAt(linted.result, { start: offset, end: offset });
    const workload = finding ? undefined : aiWorkloadAt(linted, offset);
    const uses = finding || workload ? undefined : valueUsesAt(linted, offset);
    const value = finding
      ? pages.forHover(finding.rule)
      : workload
        ? aiHover(workload, linted.document)
        : uses && valueHover(uses, (file) => files.positionsOf(file) && this.#nameOf(file));
    const range = finding?.range ?? workload?.name.range ?? uses?.range;
    return value && range
      ? { contents: { kind: 'markdown', value }, range: toLspRange(linted.document, range) }
      : undefined;
  }

  async codeLenses(named: string, { signalsCommand, deployedCommand }: Client): Promise<ShownLens[]> {
    const { settings, folders, files } = this.#parts;
    const uri = spelled(named);
    const { codeLens } = await settings.for(folders.scopeOf(uri));
    const linted = codeLens ? await files.open.lint(uri) : undefined;
    if (!linted) return [];
    return [
      ...(signalsCommand === undefined ? [] : aiCodeLenses(linted, signalsCommand)),
      ...(deployedCommand === undefined ? [] : deployedLenses(linted, this.#parts, deployedCommand)),
    ];
  }

  async inlayHints({ textDocument, range }: InlayHintParams): Promise<ShownHint[]> {
    const { settings, folders, files } = this.#parts;
    const uri = spelled(textDocument.uri);
    const { valueHints } = await settings.for(folders.scopeOf(uri));
    const linted = valueHints ? await files.open.lint(uri) : undefined;
    if (!linted) return [];
    const { document } = linted;
    const asked = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return inlayHints(linted, asked, {
      nameOf: (file = uri) => this.#nameOf(file),
      positionsOf: (file) => (file === undefined ? document : files.positionsOf(file)),
    });
  }

  #nameOf(uri: string): string {
    return this.#parts.folders.pathInFolder(uri) ?? fileOf(uri);
  }

  /** What is deployed of an open file, with what it is deployed with; no lines for a file that nothing deploys. */
  async deployed(named: string): Promise<ShownLine[]> {
    const linted = await this.#parts.files.open.lint(spelled(named));
    return linted ? deployedText(linted, this.#parts) : [];
  }

  async completion({ textDocument, position }: CompletionParams): Promise<CompletionItem[] | undefined> {
    const config = await this.#openConfig(spelled(textDocument.uri));
    return config && configCompletion(config, position);
  }

  /** An open configuration, unless Bulkhead is switched off. */
  async #openConfig(uri: string): Promise<LinedText | undefined> {
    if (!isConfig(uri)) return undefined;
    const { documents, settings, folders } = this.#parts;
    const { enable } = await settings.for(folders.scopeOf(uri));
    return enable ? documents.get(uri) : undefined;
  }
}
