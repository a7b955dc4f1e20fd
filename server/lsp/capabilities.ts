import {
  CompletionRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { CONFIG_NAME } from '../../shared-rules/index.ts';
import type { Client } from './client.ts';
import { ACCEPT, FIX_ALL, FIX_COMMAND, QUICK_FIX } from './features/code-actions.ts';

export const SCAN_COMMAND = 'bulkhead.scanWorkspace';
/** Takes an `AuditOrder` and gives back a Markdown document, or nothing after it said why. */
export const AUDIT_COMMAND = 'bulkhead.audit';

/**
 * A request: what is deployed of an open file of a chart, a Compose project or a kustomization, as lines of YAML. Its parameter names the document as other requests do;
 * each line has a `text`, and the `places` that it comes from as the protocol's locations. There are none for other files.
 */
export const DEPLOYED_REQUEST = 'bulkhead/deployed';

/** Files that may be listed, but for scripts that only their first line tells, and those that say what is not listed. */
const WATCHED = [
  '**/*.{yaml,yml,json,tpl,sh,bash,zsh,ksh,mk,md,markdown,service,container,pod,kube,build,dockerfile,containerfile}',
  '**/{Dockerfile,Containerfile,Makefile,makefile,GNUmakefile}*',
  '**/{.env,.env.*,*.env}',
  '**/.gitignore',
  '**/charts/*.tgz',
];

/** What the server offers an editor from the start. */
export function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    codeActionProvider: { codeActionKinds: [QUICK_FIX, ACCEPT, FIX_ALL] },
    hoverProvider: true,
    inlayHintProvider: true,
    ...((client.signalsCommand ?? client.deployedCommand) !== undefined && { codeLensProvider: {} }),
    ...(!client.registersCompletion && { completionProvider: {} }),
    executeCommandProvider: { commands: [SCAN_COMMAND, FIX_COMMAND, AUDIT_COMMAND] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** Asks an editor for what it lets servers ask for later. */
export async function register({ client: editor }: Connection, client: Client): Promise<void> {
  // For its own file only, so that nobody waits for it in others.
  if (client.registersCompletion) {
    const documentSelector = [{ pattern: `**/${CONFIG_NAME}` }];
    await editor.register(CompletionRequest.type, { documentSelector, triggerCharacters: [' '] });
  }
  if (client.registersSettings) await editor.register(DidChangeConfigurationNotification.type, { section: 'bulkhead' });
  if (client.registersWatchers) {
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    await editor.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
