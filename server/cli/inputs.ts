import { resolve } from 'node:path';
import type { Output } from '../sinks/terminal.ts';
import {
  type FileText,
  isStream,
  type Links,
  MOST_BYTES,
  MOST_OF,
  readNamedBytes,
  readNamedFile,
  readStream,
  readTextFile,
  readTextStream,
} from '../workspace/read-file.ts';
import { repositoryOf } from '../workspace/repository.ts';
import type { ChartValuesOptions } from './chart-values.ts';
import { UsageError } from './exit-status.ts';
import type { Messages } from './messages.ts';
import { Paths } from './paths.ts';
import { sayProblem } from './problems.ts';
import { ignoreRefusalIn, type RunSettings } from './run-settings.ts';

/** Where a command reads and writes: its input, its result, and what it has to say about it. */
export interface Streams {
  readonly in: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly out: Output;
  readonly err: Output;
}

/** What a command is given about its input beside paths. */
export interface InputOptions extends ChartValuesOptions {
  /** What standard input is called; its name says what it is. */
  readonly stdinFilename?: string;
  /** A file with a list of files; `-` for standard input. */
  readonly filesFrom?: string;
  /** Whether what git leaves out is left out; without it so. */
  readonly gitignore?: boolean;
}

/** A text to look at. */
export interface Input {
  readonly name: string;
  readonly isStandardInput: boolean;
  /** Whether it can be read once only: standard input, or a pipe or a device that was named. */
  readonly isStream: boolean;
  /** What happens where the name is a link. */
  readonly links?: Links;
  /** Whether the configuration leaves it out; it is standard input then, which has to go somewhere. */
  readonly isIgnored: boolean;
  /** Files are read anew each time, streams once. */
  readonly read: () => Promise<FileText>;
}

export const STANDARD_INPUT = '-';

/** A name that says nothing of what it is, but what its text says. */
const UNNAMED = 'stdin';

/**
 * What a command is to look at, each file once; undefined, after a complaint, for something that is not there. Without paths
 * and a list that is the current folder.
 */
export async function* inputs(
  paths: readonly string[],
  options: InputOptions,
  { run, messages, streams }: { run: RunSettings; messages: Messages; streams: Pick<Streams, 'in'> },
): AsyncGenerator<Input | undefined> {
  checkUsage(paths, options);
  const files = new Paths(run, messages, options.gitignore ?? true);
  const seen = new Set<string>();
  const inputOnce = (path: string, links: Links): Input[] => {
    if (seen.has(resolve(path))) return [];
    seen.add(resolve(path));
    return [links === 'followed' && isStream(path) ? namedStream(path) : file(path, links)];
  };
  const { filesFrom } = options;
  const named = paths.length === 0 && filesFrom === undefined ? ['.'] : paths;
  for (const path of named) {
    if (path === STANDARD_INPUT) yield standardInput(options, files, streams);
    // What is found in a folder has another name than what was named.
    else
      for await (const file of files.at(path))
        yield* file === undefined ? [undefined] : inputOnce(file, file === path ? 'followed' : 'refused');
  }
  for (const path of options.values ?? [])
    for await (const file of files.at(path)) yield* file === undefined ? [undefined] : inputOnce(file, 'followed');
  if (filesFrom !== undefined) {
    const links = { within: repositoryOf('.') };
    for await (const file of files.listed(await readList(filesFrom, streams))) yield* inputOnce(file, links);
  }
  const refusal = ignoreRefusalIn(run);
  if (refusal) sayProblem(refusal, messages);
}

function file(name: string, links: Links): Input {
  const read = () => readTextFile(name, { links });
  return { name, isStandardInput: false, isStream: false, isIgnored: false, links, read };
}

function namedStream(name: string): Input {
  const read = once(() => readNamedFile(name, MOST_BYTES));
  return { name, isStandardInput: false, isStream: true, isIgnored: false, read };
}

function checkUsage(paths: readonly string[], { stdinFilename, filesFrom }: InputOptions): void {
  const count = paths.filter((path) => path === STANDARD_INPUT).length;
  if (count > 1 || (count === 1 && filesFrom === STANDARD_INPUT))
    throw new UsageError('standard input can be read only once.');
  if (stdinFilename !== undefined && count === 0)
    throw new UsageError('--stdin-filename names standard input, which is not among the paths. Add -.');
}

function standardInput({ stdinFilename = UNNAMED }: InputOptions, files: Paths, streams: Pick<Streams, 'in'>): Input {
  const read = once(() => readTextStream(streams.in, MOST_BYTES));
  return {
    name: stdinFilename,
    isStandardInput: true,
    isStream: true,
    isIgnored: files.isIgnored(stdinFilename),
    read,
  };
}

/** The same answer each time, for what can be asked once. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** The names in a list: one a line, or each with a NUL behind it, as `git diff --name-only -z` prints them. */
async function readList(file: string, streams: Pick<Streams, 'in'>): Promise<string[]> {
  const most = MOST_OF.fileList;
  const bytes = await (file === STANDARD_INPUT ? readStream(streams.in, most) : readNamedBytes(file, most));
  if ('refused' in bytes) throw new UsageError(`the list of files ${file} ${bytes.refused}.`);
  const list = bytes.toString('utf8');
  const names = list.replace(/^\uFEFF/, '').split(list.includes('\0') ? '\0' : /\r?\n/);
  return names.filter((name) => name !== '');
}
