import type { InitializeParams, WorkspaceFolder } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';

/** What the editor at the other end can do and asked for. What it does not name it cannot, and is not sent. */
export interface Client {
  readonly folders: readonly WorkspaceFolder[];
  /** How it wants a rule's page linked; see `Pages`. */
  readonly rulePage: string | undefined;
  /** Its command that shows places: it is given a URI, a position and locations. Without one there are no code lenses of AI workloads. */
  readonly signalsCommand: string | undefined;
  /** Its command that shows what is deployed of a URI. Without one there are no code lenses of that. */
  readonly deployedCommand: string | undefined;
  /** Whether it wants to be notified which configuration a folder has. */
  readonly receivesConfigurations: boolean;
  /** A folder on disk that is its own for Bulkhead, to remember in what was found. Without one nothing is remembered. */
  readonly storage: string | undefined;
  readonly hasSettings: boolean;
  readonly showsProgress: boolean;
  /** Whether it makes changes that a command asks for. */
  readonly appliesEdits: boolean;
  /** Whether it can show such changes for review. */
  readonly canReview: boolean;
  /** Whether changes may name the version of the document they are for. */
  readonly hasVersions: boolean;
  /** Whether it can select a word of what an edit writes, for a person to replace. */
  readonly hasSnippets: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  /** Whether completion can be offered for single files. */
  readonly registersCompletion: boolean;
  readonly registersSettings: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
}

export function readClient(params: InitializeParams): Client {
  const { workspace, textDocument, window } = params.capabilities;
  const asked = (params.initializationOptions ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    folders: foldersOf(params),
    rulePage: text(asked.rulePage),
    signalsCommand: text(asked.showSignals),
    deployedCommand: text(asked.showDeployed),
    receivesConfigurations: asked.receivesConfigurations === true,
    storage: text(asked.storage),
    hasSettings: workspace?.configuration === true,
    showsProgress: window?.workDoneProgress === true,
    appliesEdits: workspace?.applyEdit === true,
    canReview: workspace?.applyEdit === true && workspace.workspaceEdit?.changeAnnotationSupport !== undefined,
    hasVersions: workspace?.workspaceEdit?.documentChanges === true,
    hasSnippets: workspace?.workspaceEdit?.snippetEditSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    registersCompletion: textDocument?.completion?.dynamicRegistration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
  };
}

/** Editors that know of one folder only name it in the older way. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): WorkspaceFolder[] {
  if (workspaceFolders) return workspaceFolders;
  const uri = rootUri ?? (rootPath ? URI.file(rootPath).toString() : undefined);
  return uri === undefined ? [] : [{ uri, name: '' }];
}
