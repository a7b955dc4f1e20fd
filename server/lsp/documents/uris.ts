import { sep } from 'node:path';
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

/** A path, and a URI, of characters that are the same in both: of these there are many, and reading them takes time. */
const PLAIN_PATH = /^\/(?!\/)[\w./-]*$/;
const PLAIN_URI = /^file:\/\/\/(?!\/)[\w./-]*$/;
const SCHEME = 'file://';

/** The URI of a file on disk, as the server spells it. */
export function uriOf(file: string): string {
  return PLAIN_PATH.test(file) ? `${SCHEME}${file}` : URI.file(file).toString();
}

/** Where the file of a URI lies on disk. */
export function fileOf(uri: string): string {
  return sep === '/' && PLAIN_URI.test(uri) ? uri.slice(SCHEME.length) : URI.parse(uri).fsPath;
}

/** The path of a URI, with forward slashes. */
export function pathOf(uri: string): string {
  return PLAIN_URI.test(uri) ? uri.slice(SCHEME.length) : URI.parse(uri).path;
}

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
