import { type DeployedDocument, type DeployedText, listed, type Place } from '../../shared-rules/index.ts';
import { lineAndColumnAt, type Positions } from './positions.ts';

/** What a deployment is shown with. */
export interface DeployedNames {
  /** What a file of it is called for people; undefined stands for the file that it was asked for. */
  readonly nameOf: (file: string | undefined) => string;
  readonly positionsOf: (file: string | undefined) => Positions | undefined;
}

/** Comments begin in one column, as far as the lines are no longer. */
const MOST_BEFORE_COMMENTS = 60;

/** A line of YAML, and the places that it comes from. */
export interface DeployedLine {
  readonly text: string;
  readonly origins: readonly Place[];
}

/**
 * A deployment as a stream of YAML documents, below a line that names its files. Comments name the places that are in another
 * file than the one that most of the document is written in.
 */
export function* deployedLines(
  { files, environment, notes, print }: DeployedText,
  names: DeployedNames,
): Generator<DeployedLine> {
  const comment = (text: string) => ({ text: `# ${text.replaceAll(/\s+/g, ' ')}`, origins: [] });
  yield comment(listed(files.map(names.nameOf)) + (environment === undefined ? '' : ` with ${environment}`));
  for (const note of notes?.() ?? []) yield comment(note);
  for (const [index, document] of print().entries()) {
    if (index > 0) yield { text: '---', origins: [] };
    if (!files.includes(document.file)) yield comment(names.nameOf(document.file));
    yield* linesWithOrigins(document, names);
  }
}

function* linesWithOrigins(
  { file: own, lines, isCut }: DeployedDocument,
  names: DeployedNames,
): Generator<DeployedLine> {
  const comments = lines.map(({ origins, isContinued }) =>
    isContinued ? [] : origins.filter(({ file }) => file !== own).map((at) => placeName(at, names)),
  );
  let column = 0;
  for (const [index, { text }] of lines.entries())
    if (comments[index]?.length && text.length <= MOST_BEFORE_COMMENTS) column = Math.max(column, text.length);
  for (const [index, { text, origins }] of lines.entries()) {
    const comment = comments[index]?.join(', ');
    yield { text: comment ? `${text.padEnd(column)}  # ${comment}` : text, origins };
  }
  if (isCut) yield { text: '# There is more of it than is shown.', origins: [] };
}

/** Such as `compose.override.yaml:3`. */
export function placeName({ file, range }: Place, { nameOf, positionsOf }: DeployedNames): string {
  const positions = positionsOf(file);
  return positions ? `${nameOf(file)}:${lineAndColumnAt(positions, range.start).line}` : nameOf(file);
}
