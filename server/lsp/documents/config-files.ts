import { DiagnosticSeverity, type TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import {
  CONFIG_NAME,
  type Config,
  type ConfigProblem,
  readConfig,
  type Weakening,
} from '../../../shared-rules/index.ts';
import { acceptedByName, acceptedSentences, configurationSentences } from '../../report/configuration.ts';
import { logText, type PlainText, plainText } from '../../sinks/editor.ts';
import { readFoundConfig } from '../../workspace/config-file.ts';
import { isMissing } from '../../workspace/read-file.ts';
import { today } from '../../workspace/today.ts';
import { CONFIG_CODE, SOURCE, toConfigDiagnostic } from '../diagnostics/diagnostic.ts';
import type { EditorConnection, ShownDiagnostic } from '../editor-connection.ts';
import type { Pages } from '../pages.ts';
import { AcceptedFindings } from './accepted-findings.ts';
import type { Folders } from './folders.ts';
import type { LinedText, OpenText } from './open-text.ts';

/** Tells a client that asked for it which configuration a workspace folder has, and what is left out, as a FolderConfig. */
const CONFIG_NOTIFICATION = 'bulkhead/configuration';

export interface FolderConfig {
  readonly folder: string;
  /** The file's URI; null when there is none. */
  readonly file: string | null;
  /** The names of the settings that say something else and do not count. */
  readonly overruled: readonly string[];
  /** How many rules the configuration switches off, and how many it lowers. */
  readonly off: number;
  readonly lowered: number;
  /** Whether it leaves files out. */
  readonly leavesOut: boolean;
  /** How many findings of the folder are accepted, by the configuration or beside what they are about. */
  readonly accepted: number;
  /** All of that in sentences for people. */
  readonly details: readonly PlainText[];
}

/** What of a configuration its folder's settings decide about. */
export interface ConfigUse {
  readonly overruled: readonly string[];
  readonly weakening: Weakening;
}

/** A `.bulkhead.yaml` as it was read. */
export interface ConfigFile {
  readonly document: LinedText;
  readonly isOpen: boolean;
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** Whether a URI is that of a configuration, in use or not. */
export function isConfig(uri: string): boolean {
  return uri.endsWith(`/${CONFIG_NAME}`);
}

/** Reads the configurations of workspace folders, and shows which are in use and what is wrong in them. */
export class ConfigFiles {
  readonly #connection: EditorConnection;
  readonly #documents: TextDocuments<OpenText>;
  readonly #folders: Folders;
  readonly #pages: Pages;
  /** The configurations that have diagnostics in the editor. */
  readonly #shown = new Set<string>();
  #isNotified = false;
  /** What the client was last sent about each folder's configuration. */
  readonly #announced = new Map<string, string>();
  readonly #uses = new Map<string, { file: ConfigFile; use: ConfigUse }>();
  /** What was last sent about each folder, as JSON. */
  readonly #sent = new Map<string, string>();
  /** The accepted findings of the files of folders. */
  readonly accepted: AcceptedFindings;

  constructor(connection: EditorConnection, documents: TextDocuments<OpenText>, folders: Folders, pages: Pages) {
    this.#connection = connection;
    this.#documents = documents;
    this.#folders = folders;
    this.#pages = pages;
    this.accepted = new AcceptedFindings(folders, () => {
      for (const { uri } of folders.all) this.#send(uri);
    });
  }

  /** @param isNotified whether the client is notified of which configuration a folder has */
  begin(isNotified: boolean): void {
    this.#isNotified = isNotified;
  }

  /**
   * The configuration of a workspace folder: as the editor holds it if it is open, else as it lies on disk.
   * @param folder another URI than a folder's has no configuration
   */
  async ofFolder(folder: string): Promise<ConfigFile | undefined> {
    const uri = configIn(folder);
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file' || !this.isUsed(uri)) return undefined;
    const read = this.#documents.get(uri) ? undefined : await readFoundConfig(fsPath);
    // It may have been opened in the meantime.
    const open = this.#documents.get(uri);
    if (open) return toConfigFile(open, true);
    if (!read || ('refused' in read && isMissing(read))) return undefined;
    if ('text' in read) return toConfigFile(TextDocument.create(uri, 'yaml', 0, read.text), false);
    const none = toConfigFile(TextDocument.create(uri, 'yaml', 0, ''), false);
    const message = `The configuration ${read.refused}. It does not count.`;
    return { ...none, problems: [{ severity: 'error', range: { start: 0, end: 0 }, message }] };
  }

  /** Whether a configuration is that of a workspace folder on disk. */
  isUsed(uri: string): boolean {
    return this.#folders.all.some((folder) => configIn(folder.uri) === uri) && URI.parse(uri).scheme === 'file';
  }

  /** Says which configuration a workspace folder has, where that is not what was said last. */
  notify(folder: string, used: { readonly file: ConfigFile; readonly use: ConfigUse } | undefined): void {
    if (used) this.#uses.set(folder, used);
    else this.#uses.delete(folder);
    this.#log(folder, used);
    this.#send(folder);
  }

  #log(folder: string, used: { readonly file: ConfigFile; readonly use: ConfigUse } | undefined): void {
    const overruled = used?.use.overruled ?? [];
    const wins = overruled.length > 0 ? ` It wins over ${overruled.join(' and ')} of the settings.` : '';
    const message = used ? `${used.file.document.uri} is in use.${wins}` : `${folder} has no configuration any more.`;
    const before = this.#announced.get(folder);
    if (before === message || (!before && !used)) return;
    if (used) this.#announced.set(folder, message);
    else this.#announced.delete(folder);
    this.#connection.console.info(logText(message));
  }

  /** Sends what a client is to know of a folder, where that is not what was sent last. */
  #send(folder: string): void {
    if (!this.#isNotified) return;
    const params = this.#folderConfig(folder);
    const json = JSON.stringify(params);
    const before = this.#sent.get(folder);
    if (before === json || (before === undefined && params.file === null && params.accepted === 0)) return;
    this.#sent.set(folder, json);
    void this.#connection.sendNotification(CONFIG_NOTIFICATION, params);
  }

  #folderConfig(folder: string): FolderConfig {
    const { file, use } = this.#uses.get(folder) ?? {};
    const ignore = file?.config.ignore ?? [];
    const counts = [...this.accepted.in(folder)];
    const sentences = [
      ...(use ? configurationSentences(CONFIG_NAME, use.weakening) : []),
      ...(ignore.length > 0 ? [`${CONFIG_NAME} leaves out ${ignore.join(', ')} (ignore).`] : []),
      ...acceptedSentences(new Map(counts.map(([by, count]) => [acceptedByName(by, CONFIG_NAME), count]))),
    ];
    return {
      folder,
      file: file?.document.uri ?? null,
      overruled: use?.overruled ?? [],
      off: use?.weakening.off.length ?? 0,
      lowered: use?.weakening.lowered.length ?? 0,
      leavesOut: ignore.some((pattern) => !pattern.startsWith('!')),
      accepted: counts.reduce((sum, [, count]) => sum + count, 0),
      details: sentences.map(plainText),
    };
  }

  /** Shows what is wrong in a configuration. */
  show({ document, isOpen, problems }: ConfigFile): void {
    const { uri, version } = document;
    const diagnostics = problems.map((problem) => toConfigDiagnostic(document, problem, this.#pages.configuration));
    if (!this.isUsed(uri)) diagnostics.unshift(this.#notUsed());
    if (diagnostics.length === 0 && !isOpen && !this.#shown.has(uri)) return;
    if (diagnostics.length === 0) this.#shown.delete(uri);
    else this.#shown.add(uri);
    this.#connection.sendDiagnostics({ uri, diagnostics, ...(isOpen && { version }) });
  }

  /** Takes back what is shown of a folder's configuration, which is gone. */
  hideIn(folder: string): void {
    this.#hide(configIn(folder));
  }

  /** Shows files on disk that are no folder's configuration while they are open, and takes back the others. */
  showUnused(): void {
    for (const document of this.#documents.all()) {
      const { uri } = document;
      const isOnDisk = URI.parse(uri).scheme === 'file';
      if (isOnDisk && isConfig(uri) && !this.isUsed(uri)) this.show(toConfigFile(document, true));
    }
    for (const uri of [...this.#shown]) if (!this.#documents.get(uri) && !this.isUsed(uri)) this.#hide(uri);
  }

  #hide(uri: string): void {
    if (this.#shown.delete(uri)) this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #notUsed(): ShownDiagnostic {
    const start = { line: 0, character: 0 };
    return {
      range: { start, end: start },
      severity: DiagnosticSeverity.Information,
      source: SOURCE,
      code: CONFIG_CODE,
      codeDescription: { href: this.#pages.configuration },
      message: plainText(
        `This file is not in use here: Bulkhead follows the ${CONFIG_NAME} at the root of a workspace folder on disk.`,
      ),
    };
  }
}

function configIn(folder: string): string {
  return `${folder.replace(/\/$/, '')}/${CONFIG_NAME}`;
}

function toConfigFile(document: LinedText, isOpen: boolean): ConfigFile {
  const { uri, version } = document;
  const text = document.getText();
  // An open document changes in place; problems belong to the text as it is now.
  const snapshot = TextDocument.create(uri, 'yaml', version, text);
  return { document: snapshot, isOpen, ...readConfig(text, today()) };
}
