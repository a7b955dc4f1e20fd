import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigProblem } from '../../shared-rules/index.ts';
import type { ConfigurationProblem } from '../report/configuration.ts';
import type { Messages } from './messages.ts';

/** Problems of a configuration or a policy with the lines and columns where they are. */
export function problemsIn(file: string, text: string, problems: readonly ConfigProblem[]): ConfigurationProblem[] {
  const document = TextDocument.create('', 'yaml', 0, text);
  return problems.map(({ severity, message, range }) => {
    const { line, character } = document.positionAt(range.start);
    return { severity, message, file, line: line + 1, column: character + 1 };
  });
}

export function sayProblem({ severity, message, file, line, column }: ConfigurationProblem, messages: Messages): void {
  messages[severity === 'error' ? 'error' : 'note'](`${file}:${line}:${column}: ${severity}: ${message}`);
}
