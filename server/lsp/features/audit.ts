import { audit, type LintSettings, type RuleId } from '../../../shared-rules/index.ts';
import { auditSummary } from '../../report/audit-summary.ts';
import { type MarkdownText, markdown, markdownLink, markdownText } from '../../sinks/markdown.ts';
import { joined } from '../../sinks/sink-text.ts';
import { ownUri } from '../../sinks/uri.ts';
import { readEngine } from '../../workspace/container-engine.ts';

/** What to audit: a text that an engine or a cluster printed; without it the engine of this machine is asked. */
export interface AuditOrder {
  readonly text?: string;
  /** How a rule's page is linked, with `{rule}` for the rule's id; without it by its file. */
  readonly rulePage?: string;
}

const OTHER_WAY = 'Or open what "docker inspect $(docker ps -aq)" prints where it works, and audit that.';

/** The result as a Markdown document, or why there is none, as a sentence. */
export type AuditReport = { readonly markdown: MarkdownText } | { readonly refused: string };

/** @param fileOf the URI of a rule's page */
export async function auditReport(
  { text, rulePage }: AuditOrder,
  settings: LintSettings,
  fileOf: (rule: RuleId) => string,
): Promise<AuditReport> {
  const read = text === undefined ? await readEngine() : { socket: 'the open document', text };
  if ('refused' in read) return { refused: `${read.refused} ${OTHER_WAY}` };
  const found = audit(read.text, settings);
  if (!found.isRecognised)
    return { refused: 'This is neither what "docker inspect" prints nor what "kubectl get -o json" does.' };
  const { findings } = found.result;
  const lines = [
    markdown`# Audit of running workloads\n`,
    markdown`From ${markdownText(read.socket)}. ${markdownText(auditSummary([found]))}\n`,
  ];
  for (const { title, findings } of found.workloads) {
    lines.push(markdown`## ${markdownText(title)}\n`);
    for (const { rule, severity, message } of findings) {
      const page = ownUri(rulePage?.replace('{rule}', rule) ?? fileOf(rule));
      const link = markdownLink(markdownText(rule), page);
      lines.push(markdown`- **${markdownText(severity)}** ${link}: ${markdownText(message)}`);
    }
    lines.push(markdown``);
  }
  for (const { part, error } of found.result.failures)
    lines.push(markdown`The ${markdownText(part)} failed and was left out: ${markdownText(String(error))}\n`);
  if (findings.length > 0) lines.push(markdown`What runs is not edited: repair the file it was started from.\n`);
  return { markdown: joined(lines, '\n') };
}
