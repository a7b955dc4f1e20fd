import type { Location } from 'vscode-languageserver/node';
import { type DeployedText, deployedTexts, listed } from '../../../shared-rules/index.ts';
import { type DeployedNames, deployedLines } from '../../report/deployed.ts';
import { lensText, type PlainText, plainText } from '../../sinks/editor.ts';
import type { Files } from '../documents/files.ts';
import type { Folders } from '../documents/folders.ts';
import type { LintedDocument } from '../documents/open-lint.ts';
import { fileOf } from '../documents/uris.ts';
import type { ShownLens } from '../editor-connection.ts';
import { toLspRange } from '../to-lsp.ts';

/** A line of what is shown of a project, and the places that it comes from. */
export interface ShownLine {
  readonly text: PlainText;
  readonly places: readonly Location[];
}

/** What the lines of projects are made with. */
interface DeployedParts {
  readonly files: Files;
  readonly folders: Folders;
}

/** The projects that a Compose file is a part of, as documents of one YAML stream; no lines for any other file. */
export async function deployedText(linted: LintedDocument, { files, folders }: DeployedParts): Promise<ShownLine[]> {
  const { uri } = linted.document;
  const positionsOf = (file: string | undefined) => (file === undefined ? linted.document : files.positionsOf(file));
  const nameOf = (file = uri) => folders.pathInFolder(file) ?? fileOf(file);
  const names: DeployedNames = { nameOf, positionsOf };
  let { projects, asked } = deployedTexts(linted);
  while (await files.readMore(uri, asked)) ({ projects, asked } = deployedTexts(linted));
  return projects.flatMap((project, index) => [
    ...(index > 0 ? [{ text: plainText('---'), places: [] }] : []),
    ...Array.from(deployedLines(project, names), ({ text, origins }) => ({
      text: plainText(text),
      places: origins.flatMap(({ file, range }): Location[] => {
        const positions = positionsOf(file);
        return positions ? [{ uri: file ?? uri, range: toLspRange(positions, range) }] : [];
      }),
    })),
  ]);
}

/**
 * A line above the services of a file that is deployed with others.
 * @param command what shows what is deployed of a URI
 */
export function deployedLenses(linted: LintedDocument, { folders }: DeployedParts, command: string): ShownLens[] {
  const { document, result } = linted;
  const others = new Set(deployedTexts(linted).projects.flatMap(({ files }) => filesBeside(files)));
  if (others.size === 0) return [];
  const start = Math.max(0, result.text.search(/^services\s*:/m));
  const names = [...others].map((file) => folders.pathInFolder(file) ?? fileOf(file));
  const title = lensText(`Show what is deployed with ${listed(names)}`);
  return [
    { range: toLspRange(document, { start, end: start }), command: { title, command, arguments: [document.uri] } },
  ];
}

function filesBeside(files: DeployedText['files']): string[] {
  return files.filter((file) => file !== undefined);
}
