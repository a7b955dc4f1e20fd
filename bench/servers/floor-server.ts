/**
 * The least that a YAML language server can do: keeps the open file, parses, publishes syntax errors.
 *   --whole        parses the whole file at every change; without it the documents that the change touched
 *   --findings N   publishes so many made-up findings too, spread over the documents, 200 at most
 */
import {
  createConnection,
  type Diagnostic,
  DiagnosticSeverity,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseAllDocuments } from 'yaml';

/** As many as Bulkhead publishes at a keystroke. */
const MOST_FINDINGS = 200;
const MESSAGE =
  'This finding is made up. It is as long as the messages that Bulkhead writes, which say what is wrong, why that matters and what to do, in two or three sentences of plain words.';

const PARSER_OPTIONS = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

const argument = process.argv.indexOf('--findings');
const findings = argument < 0 ? 0 : Number(process.argv[argument + 1]);
const parsesWhole = process.argv.includes('--whole');

interface Part {
  readonly text: string;
  readonly lines: number;
  readonly errors: readonly { readonly message: string; readonly offset: number }[];
}

function parsePart(text: string): Part {
  const parsed = parseAllDocuments(text, PARSER_OPTIONS);
  const errors = (Array.isArray(parsed) ? parsed : []).flatMap((document) =>
    document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })),
  );
  return { text, lines: text.split('\n').length - 1, errors };
}

/** The texts of the documents, each from its marker. */
function split(text: string): string[] {
  if (parsesWhole) return [text];
  const starts = [0, ...[...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index).filter((index) => index > 0)];
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}

/** Parses those documents that are not the same as before, counted from both ends. */
function parse(texts: readonly string[], before: readonly Part[]): Part[] {
  let same = 0;
  while (same < texts.length && texts[same] === before[same]?.text) same++;
  const shift = before.length - texts.length;
  let end = texts.length;
  while (end > same && end + shift > same && texts[end - 1] === before[end + shift - 1]?.text) end--;
  return [...before.slice(0, same), ...texts.slice(same, end).map(parsePart), ...before.slice(end + shift)];
}

function diagnosticsOf(document: TextDocument, parts: readonly Part[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let [start, line, told] = [0, 0, 0];
  for (const [index, part] of parts.entries()) {
    for (const { message, offset } of part.errors) {
      const at = document.positionAt(start + offset);
      diagnostics.push({ range: { start: at, end: at }, message, severity: DiagnosticSeverity.Error });
    }
    for (; told < Math.min(MOST_FINDINGS, (findings * (index + 1)) / parts.length); told++) {
      const at = line + (told % Math.max(1, part.lines));
      diagnostics.push({
        range: { start: { line: at, character: 2 }, end: { line: at, character: 12 } },
        message: MESSAGE,
        severity: DiagnosticSeverity.Warning,
        source: 'floor',
        code: 'made-up',
        codeDescription: { href: 'https://example.com/rules/made-up' },
      });
    }
    start += part.text.length;
    line += part.lines;
  }
  return diagnostics;
}

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const parts = new Map<string, Part[]>();
connection.onInitialize(() => ({
  capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
}));
documents.onDidChangeContent(({ document }) => {
  const { uri, version } = document;
  const parsed = parse(split(document.getText()), parts.get(uri) ?? []);
  parts.set(uri, parsed);
  connection.sendDiagnostics({ uri, version, diagnostics: diagnosticsOf(document, parsed) });
});
documents.onDidClose(({ document }) => parts.delete(document.uri));
documents.listen(connection);
connection.listen();
