import { MessageType } from 'vscode-languageserver/node';
import { fixOf, preferredFix } from '../../../shared-rules/index.ts';
import { plainText } from '../../sinks/editor.ts';
import type { MarkdownText } from '../../sinks/markdown.ts';
import type { Client } from '../client.ts';
import type { Files } from '../documents/files.ts';
import type { SettingsStore } from '../documents/settings-store.ts';
import { spelled } from '../documents/uris.ts';
import { type EditorConnection, say } from '../editor-connection.ts';
import type { Pages } from '../pages.ts';
import { type AuditOrder, auditReport } from './audit.ts';
import { editFor, repair, repairWithReview } from './bulk-fix.ts';
import type { FixOrder } from './code-actions.ts';

/** What commands have to do with. */
export interface CommandsParts {
  readonly connection: EditorConnection;
  readonly settings: SettingsStore;
  readonly files: Files;
  readonly pages: Pages;
}

/** The commands that an editor can give the server, but for a scan. */
export class Commands {
  readonly #parts: CommandsParts;

  constructor(parts: CommandsParts) {
    this.#parts = parts;
  }

  /** Repairs a file, or the workspace as it is now: files that are not open are read again first. */
  async fix({ rule, uri, review }: FixOrder, client: Client): Promise<void> {
    const { connection, files: all } = this.#parts;
    const label = rule ? `Fix all of ${rule}` : 'Fix all problems';
    if (review ? !client.canReview : !client.appliesEdits) {
      await this.#say(
        MessageType.Warning,
        `${label}: this editor cannot ${review ? 'show changes for review' : 'be asked to make changes'}. Nothing was changed.`,
      );
      return;
    }
    const file = uri === undefined ? undefined : await all.open.lint(spelled(uri));
    const files = file ? [file] : uri === undefined ? await all.withProblems() : [];
    const edit = (review ? repairWithReview : repair)(files, rule ? fixOf([rule]) : preferredFix);
    if (!edit.documentChanges?.length) {
      await this.#say(MessageType.Info, `${label}: there is nothing that can be fixed.`);
      return;
    }
    const { applied, failureReason } = await connection.workspace.applyEdit({
      label: plainText(label),
      edit: editFor(client, edit),
    });
    if (applied || (review && !failureReason)) return;
    await this.#say(
      MessageType.Warning,
      `${label}: the editor did not apply it${failureReason ? ` (${failureReason})` : ''}. Nothing was changed.`,
    );
  }

  /** @returns a Markdown document; undefined after it was said why there is none */
  async audit(order: AuditOrder): Promise<MarkdownText | undefined> {
    const { settings, pages } = this.#parts;
    // What runs belongs to no folder.
    const { lint } = await settings.for('untitled:audit');
    const report = await auditReport(order, lint, pages.fileOf);
    if ('markdown' in report) return report.markdown;
    await this.#say(MessageType.Warning, report.refused);
    return undefined;
  }

  #say(type: MessageType, message: string): Promise<void> {
    return say(this.#parts.connection, type, message);
  }
}
