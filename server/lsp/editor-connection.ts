import {
  type CodeAction,
  type CodeLens,
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Hover,
  type MessageType,
  type NotificationType,
  type PublishDiagnosticsParams,
  ShowMessageNotification,
  type ShowMessageParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  type LensText,
  type LogText,
  type NotificationText,
  notificationText,
  type PlainText,
} from '../sinks/editor.ts';
import type { MarkdownText } from '../sinks/markdown.ts';
import type { FolderConfig } from './documents/config-files.ts';

/** A problem as it may be shown. */
export interface ShownDiagnostic extends Diagnostic {
  readonly message: PlainText;
  relatedInformation?: (DiagnosticRelatedInformation & { readonly message: PlainText })[];
}

export interface ShownAction extends CodeAction {
  readonly title: PlainText;
}

export interface ShownLens extends CodeLens {
  readonly command: NonNullable<CodeLens['command']> & { readonly title: LensText };
}

export interface ShownHover extends Hover {
  readonly contents: { readonly kind: 'markdown'; readonly value: MarkdownText };
}

type Log = (message: LogText) => void;

/** A connection to an editor that takes only what was made to be shown. Every part of the server sends by it. */
export interface EditorConnection {
  readonly console: { readonly error: Log; readonly warn: Log; readonly info: Log };
  readonly window: Pick<Connection['window'], 'createWorkDoneProgress'>;
  readonly workspace: {
    readonly getConfiguration: Connection['workspace']['getConfiguration'];
    applyEdit(params: { label: PlainText; edit: WorkspaceEdit }): ReturnType<Connection['workspace']['applyEdit']>;
  };
  sendDiagnostics(params: PublishDiagnosticsParams & { diagnostics: ShownDiagnostic[] }): Promise<void>;
  sendNotification(
    type: NotificationType<ShowMessageParams>,
    params: { type: MessageType; message: NotificationText },
  ): Promise<void>;
  sendNotification(type: 'bulkhead/configuration', params: FolderConfig): Promise<void>;
}

/** Shows a message in the editor. */
export function say(connection: EditorConnection, type: MessageType, message: string): Promise<void> {
  const text = notificationText(`Bulkhead: ${message}`);
  return connection.sendNotification(ShowMessageNotification.type, { type, message: text });
}
