/**
 * A text without links in brackets and without elements. VS Code's notifications and readers of SARIF know `[x](y)`, and
 * readers of Markdown `[x][y]`, `<command:y>` and elements too; there is no escape that all of them know, so the marks are
 * taken apart.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll(/\](?=[([])/g, '] ').replaceAll(/<(?=[a-z/!?])/gi, '< ');
}
