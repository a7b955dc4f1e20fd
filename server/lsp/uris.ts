import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  TextDocuments,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { OpenText } from './open-text.ts';

type TextDocumentConnection = Parameters<TextDocuments<OpenText>['listen']>[0];

/**
 * The URI of a file in the one spelling that the server uses. Editors differ in which characters they encode; the same
 * file under two names would conflict with itself.
 */
export function spelled(uri: string): string {
  return uri.startsWith('file:') ? URI.parse(uri).toString() : uri;
}

export function spelledFolder({ uri, name }: WorkspaceFolder): WorkspaceFolder {
  return { uri: spelled(uri), name };
}

/** The messages about open documents, with their URIs as the server spells them. */
export function spelledDocuments(connection: TextDocumentConnection): TextDocumentConnection {
  type Params = DidOpenTextDocumentParams | DidChangeTextDocumentParams | DidCloseTextDocumentParams;
  const respelled = <P extends Params>(params: P): P => ({
    ...params,
    textDocument: { ...params.textDocument, uri: spelled(params.textDocument.uri) },
  });
  return {
    ...connection,
    onDidOpenTextDocument: (handler) => connection.onDidOpenTextDocument((params) => handler(respelled(params))),
    onDidChangeTextDocument: (handler) => connection.onDidChangeTextDocument((params) => handler(respelled(params))),
    onDidCloseTextDocument: (handler) => connection.onDidCloseTextDocument((params) => handler(respelled(params))),
  };
}
