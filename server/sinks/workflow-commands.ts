import { type SinkText, templateFor } from './sink-text.ts';
import { visible } from './visible.ts';

/** A workflow command of GitHub Actions, or a part of one. */
export type CommandText = SinkText<'workflow command'>;

export const workflowCommand = templateFor<'workflow command'>();

/**
 * A line, or a text that may begin one, that nothing which reads logs takes for a command: GitHub reads `::NAME …::` behind
 * blanks, and with Azure Pipelines and TeamCity `##[NAME]` and `##NAME[…]` anywhere. Its length stays.
 */
export function withoutCommands(line: string): string {
  return withoutBrackets(line.replace(/^(\s*:):(?=[a-z][\w-]*(?:\s.*)?::)/i, '$1\uFFFD'));
}

function withoutBrackets(text: string): string {
  return text.replaceAll(/##(?=\w*\[)/g, '#\uFFFD');
}

/** What a command says. It may have several lines, which are written in one. */
export function commandData(text: string): CommandText {
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 0 ? withoutBrackets(visible(part)) : part))
    .join('')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A') as CommandText;
}

/** The value of a property of a command. */
export function commandProperty(text: string): CommandText {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C') as CommandText;
}
