import { type DeployedText, listed, type Place } from '../../shared-rules/index.ts';
import { lineAndColumnAt, type Positions } from './positions.ts';

/** What a project is shown with. */
export interface DeployedNames {
  /** What a file of the project is called for people; undefined stands for the file that the project was asked for. */
  readonly nameOf: (file: string | undefined) => string;
  readonly positionsOf: (file: string | undefined) => Positions | undefined;
}

/** Comments begin in one column, as far as the lines are no longer. */
const MOST_BEFORE_COMMENTS = 60;

/**
 * The lines of a project as a YAML document, below one that names its files. Comments name the places that are in another file
 * than the first.
 * @returns as many lines as the project has, and one before them
 */
export function* deployedLines({ files, lines, isCut }: DeployedText, names: DeployedNames): Generator<string> {
  yield `# ${listed(files.map(names.nameOf))}`;
  const comments = lines.map(({ origins, isContinued }) =>
    isContinued ? [] : origins.filter(({ file }) => file !== files[0]).map((at) => placeName(at, names)),
  );
  const lengths = lines.map(({ text }, index) => (comments[index]?.length ? text.length : 0));
  const column = Math.max(0, ...lengths.filter((length) => length <= MOST_BEFORE_COMMENTS));
  for (const [index, { text }] of lines.entries()) {
    const comment = comments[index]?.join(', ');
    yield comment ? `${text.padEnd(column)}  # ${comment}` : text;
  }
  if (isCut) yield '# There is more of it than is shown.';
}

/** Such as `compose.override.yaml:3`. */
export function placeName({ file, range }: Place, { nameOf, positionsOf }: DeployedNames): string {
  const positions = positionsOf(file);
  return positions ? `${nameOf(file)}:${lineAndColumnAt(positions, range.start).line}` : nameOf(file);
}
