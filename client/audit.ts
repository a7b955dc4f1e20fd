import { commands, type Disposable, EventEmitter, ProgressLocation, Uri, window, workspace } from 'vscode';

/** The report lies on no disk and nobody can edit it. The rule pages lie beside it, so that it can link to them. */
const REPORT = Uri.from({ scheme: 'bulkhead-audit', path: '/Audit of running workloads.md' });

/**
 * The commands that audit what runs, and the document that shows the result.
 * @param pages the folder of the rule pages
 */
export function auditCommands(pages: Uri): Disposable[] {
  let report = '';
  const changed = new EventEmitter<Uri>();
  /** @param text what an engine or a cluster printed; without it the server asks the engine */
  const audit = async (text?: string) => {
    const title = 'Bulkhead: auditing what runs';
    const markdown = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
      commands.executeCommand<string | null>('bulkhead.audit', { text, rulePage: '{rule}.md' }),
    );
    // Without a result the server said why.
    if (!markdown) return;
    report = markdown;
    changed.fire(REPORT);
    await commands.executeCommand('markdown.showPreview', REPORT);
  };
  const provideTextDocumentContent = async ({ path }: Uri) => {
    if (path === REPORT.path) return report;
    // A link in any Markdown text may name this scheme, and a path that leads elsewhere.
    const name = /^\/([a-z][a-z-]*\.md)$/.exec(path)?.[1];
    if (name === undefined) return undefined;
    const page = await workspace.openTextDocument(Uri.joinPath(pages, name));
    return page.getText();
  };
  const provider = { onDidChange: changed.event, provideTextDocumentContent };
  return [
    changed,
    workspace.registerTextDocumentContentProvider(REPORT.scheme, provider),
    commands.registerCommand('bulkhead.auditContainers', () => audit()),
    commands.registerCommand('bulkhead.auditDocument', () => {
      const editor = window.activeTextEditor;
      if (editor) return audit(editor.document.getText());
      return window.showWarningMessage('Bulkhead: open what docker inspect or kubectl get printed first.');
    }),
  ];
}
