import type { Location } from 'vscode-languageserver/node';
import { type DeployedBy, deployedBy, deployedTexts, listed } from '../../../shared-rules/index.ts';
import { type DeployedNames, deployedLines } from '../../report/deployed.ts';
import { lensText, type PlainText, plainText } from '../../sinks/editor.ts';
import type { Files } from '../documents/files.ts';
import type { Folders } from '../documents/folders.ts';
import type { LintedDocument } from '../documents/open-lint.ts';
import { fileOf } from '../documents/uris.ts';
import type { ShownLens } from '../editor-connection.ts';
import { toLspRange } from '../to-lsp.ts';

/** A line of what is shown of a deployment, and the places that it comes from. */
export interface ShownLine {
  readonly text: PlainText;
  readonly places: readonly Location[];
}

/** What the lines of deployments are made with. */
interface DeployedParts {
  readonly files: Files;
  readonly folders: Folders;
}

/** The charts, Compose projects or builds of kustomizations that a file is a part of, as documents of one YAML stream; no lines for any other file. */
export async function deployedText(linted: LintedDocument, { files, folders }: DeployedParts): Promise<ShownLine[]> {
  const { uri } = linted.document;
  const positionsOf = (file: string | undefined) => (file === undefined ? linted.document : files.positionsOf(file));
  // What is in a packed chart has the path that Helm has for it, and no URI.
  const nameOf = (file = uri) => folders.pathInFolder(file) ?? (positionsOf(file) ? fileOf(file) : file);
  const names: DeployedNames = { nameOf, positionsOf };
  let { deployments, asked } = deployedTexts(linted);
  while (await files.readMore(uri, asked)) ({ deployments, asked } = deployedTexts(linted));
  return deployments.flatMap((deployment, index) => [
    ...(index > 0 ? [{ text: plainText('---'), places: [] }] : []),
    ...Array.from(deployedLines(deployment, names), ({ text, origins }) => ({
      text: plainText(text),
      places: origins.flatMap(({ file, range }): Location[] => {
        const positions = positionsOf(file);
        return positions ? [{ uri: file ?? uri, range: toLspRange(positions, range) }] : [];
      }),
    })),
  ]);
}

/**
 * A line above the services of a file that is deployed with others, above what kustomizations deploy, and above the files of
 * a chart.
 * @param command what shows what is deployed of a URI
 */
export function deployedLenses(linted: LintedDocument, { folders }: DeployedParts, command: string): ShownLens[] {
  const { document, result } = linted;
  const by = deployedBy(linted);
  const title = titleOf(by, (file) => folders.pathInFolder(file) ?? fileOf(file));
  if (title === undefined) return [];
  const start = by.sort === 'project' ? Math.max(0, result.text.search(/^services\s*:/m)) : 0;
  return [
    {
      range: toLspRange(document, { start, end: start }),
      command: { title: lensText(title), command, arguments: [document.uri] },
    },
  ];
}

function titleOf(by: DeployedBy, nameOf: (file: string) => string): string | undefined {
  if (by.sort === 'chart') return chartTitle(by);
  const names = by.files.map(nameOf);
  if (names.length === 0) return undefined;
  return by.sort === 'project' ? `Show what is deployed with ${listed(names)}` : `Deployed by ${kustomizations(names)}`;
}

function chartTitle({ isTemplate, environments }: DeployedBy & { readonly sort: 'chart' }): string {
  const [first, ...others] = environments;
  if (!isTemplate) return `Show the chart rendered with ${first}`;
  return others.length > MOST_NAMED - 1
    ? `Rendered with ${environments.length} sets of values`
    : `Rendered with ${listed(environments)}`;
}

/** So many kustomizations and sets of values are named; where there are more they are counted. */
const MOST_NAMED = 2;

function kustomizations(paths: readonly string[]): string {
  if (paths.length > MOST_NAMED) return `${paths.length} kustomizations`;
  return listed(paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || path));
}
