import { createColors } from 'picocolors';
import type { JsonText } from './json.ts';
import type { MarkdownText } from './markdown.ts';
import { type SinkText, templateFor } from './sink-text.ts';
import { visible } from './visible.ts';
import { type CommandText, withoutCommands } from './workflow-commands.ts';
import type { XmlText } from './xml.ts';

/** A text for people, at a terminal or in the log of a CI job. */
export type TerminalText = SinkText<'terminal'>;

/** What may be printed: a text made for people or programs, or the bytes of a file as they are to be. */
export type Printable = TerminalText | JsonText | MarkdownText | XmlText | CommandText | Buffer;

/** A standard stream, which takes only what was made for it. */
export interface Output extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: Printable): boolean;
}

export const terminal = templateFor<'terminal'>();

/** Moves to the beginning of the line, and clears it. */
export const CLEAR_LINE = terminal`\r\u001B[2K`;

/** A text as a piece of a line: nothing that a terminal obeys, that lies about the line, or that commands the CI. */
export function terminalText(text: string): TerminalText {
  return withoutCommands(visible(text)) as TerminalText;
}

/** A text of several lines, each of them safe; line ends stay as they are. */
export function terminalLines(text: string): TerminalText {
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 0 ? terminalText(part) : part))
    .join('') as TerminalText;
}

export type Paint = (text: TerminalText) => TerminalText;

/** The colours of a terminal; without them texts stay as they are. */
export function paints(isColored: boolean) {
  const { red, yellow, cyan, dim, underline } = createColors(isColored);
  const paint =
    (color: (text: string) => string): Paint =>
    (text) =>
      color(text) as TerminalText;
  return { red: paint(red), yellow: paint(yellow), cyan: paint(cyan), dim: paint(dim), underline: paint(underline) };
}
