import { commands, type Disposable, EventEmitter, ProgressLocation, Uri, window, workspace } from 'vscode';

/** The report is a document of its own, which nobody can edit and which lies on no disk. */
const REPORT = Uri.from({ scheme: 'bulkhead-audit', path: '/Audit of running workloads.md' });

/** The commands that audit what runs, and the document that shows the result. */
export function auditCommands(): Disposable[] {
  let report = '';
  const changed = new EventEmitter<Uri>();
  /** @param text what an engine or a cluster printed; without it the server asks the engine */
  const audit = async (text?: string) => {
    const title = 'Bulkhead: auditing what runs';
    const markdown = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
      commands.executeCommand<string | null>('bulkhead.audit', { text }),
    );
    // Without a result the server said why.
    if (!markdown) return;
    report = markdown;
    changed.fire(REPORT);
    await commands.executeCommand('markdown.showPreview', REPORT);
  };
  const provider = { onDidChange: changed.event, provideTextDocumentContent: () => report };
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
