import {
  commands,
  type Disposable,
  EventEmitter,
  Location,
  languages,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient, Location as LspLocation } from 'vscode-languageclient/node';

/** The documents lie on no disk and nobody can edit them. The query of their URIs is the URI of the file. */
const SCHEME = 'bulkhead-deployed';

/** What is shown follows files when nobody has typed for so many milliseconds. */
const REFRESH_DELAY = 400;

/** A line of the document, and the places that it comes from. */
interface ShownLine {
  readonly text: string;
  readonly places: readonly LspLocation[];
}

/** The command that shows what is deployed of a file, and the documents that show it: definitions lead to the files. */
export function deployedCommand(client: LanguageClient): Disposable[] {
  const shown = new Map<string, readonly ShownLine[]>();
  const changed = new EventEmitter<Uri>();
  const linesOf = (uri: Uri) => client.sendRequest<ShownLine[]>('bulkhead/deployed', about(uri));
  const show = async (named?: string) => {
    const uri = named === undefined ? window.activeTextEditor?.document.uri : Uri.parse(named);
    const lines = uri && (await linesOf(uri));
    if (!uri || !lines?.length) {
      await window.showWarningMessage(
        'Bulkhead: open a file of a Helm chart or a Compose project, or one that a kustomization deploys, to show what is deployed of it.',
      );
      return;
    }
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const path = `/Deployed: ${name.replace(/\.ya?ml$/, '')}.yaml`;
    const document = Uri.from({ scheme: SCHEME, path, query: uri.toString() });
    shown.set(document.toString(), lines);
    changed.fire(document);
    await window.showTextDocument(await workspace.openTextDocument(document), { preview: true });
  };
  const refresh = async () => {
    for (const document of shown.keys()) {
      const lines = await linesOf(Uri.parse(Uri.parse(document).query));
      if (!shown.has(document) || !lines.length) continue;
      shown.set(document, lines);
      changed.fire(Uri.parse(document));
    }
  };
  let waiting: NodeJS.Timeout | undefined;
  const refreshSoon = () => {
    clearTimeout(waiting);
    if (shown.size > 0) waiting = setTimeout(() => void refresh(), REFRESH_DELAY);
  };
  const about = (uri: Uri) => ({ textDocument: { uri: client.code2ProtocolConverter.asUri(uri) } });
  const provideTextDocumentContent = (uri: Uri) =>
    shown
      .get(uri.toString())
      ?.map(({ text }) => `${text}\n`)
      .join('');
  const provideDefinition = ({ uri }: TextDocument, { line }: { line: number }) =>
    shown.get(uri.toString())?.[line]?.places.map(toLocation);
  return [
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: changed.event, provideTextDocumentContent }),
    languages.registerDefinitionProvider({ scheme: SCHEME }, { provideDefinition }),
    workspace.onDidChangeTextDocument(({ document }) => document.uri.scheme !== SCHEME && refreshSoon()),
    workspace.onDidSaveTextDocument(refreshSoon),
    workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString())),
    commands.registerCommand('bulkhead.showDeployed', show),
  ];
}

/** A location of the protocol as VS Code has it. */
export function toLocation({ uri, range: { start, end } }: LspLocation): Location {
  return new Location(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character));
}
