import { audit, type LintSettings, type RuleId } from '../../../shared-rules/index.ts';
import { auditSummary } from '../../report/audit-summary.ts';
import { readEngine } from '../../workspace/container-engine.ts';

/** What to audit: a text that an engine or a cluster printed; without it the engine of this machine is asked. */
export interface AuditOrder {
  readonly text?: string;
  /** How a rule's page is linked, with `{rule}` for the rule's id; without it by its file. */
  readonly rulePage?: string;
}

const OTHER_WAY = 'Or open what "docker inspect $(docker ps -aq)" prints where it works, and audit that.';

/** The result as a Markdown document, or why there is none, as a sentence. */
export type AuditReport = { readonly markdown: string } | { readonly refused: string };

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
  const lines = ['# Audit of running workloads', '', `From ${escaped(read.socket)}. ${auditSummary([found])}`, ''];
  for (const { title, findings } of found.workloads) {
    lines.push(`## ${escaped(title)}`, '');
    for (const { rule, severity, message } of findings)
      lines.push(
        `- **${severity}** [${rule}](${rulePage?.replace('{rule}', rule) ?? fileOf(rule)}): ${escaped(message)}`,
      );
    lines.push('');
  }
  for (const { part, error } of found.result.failures)
    lines.push(`The ${escaped(part)} failed and was left out: ${escaped(String(error))}`, '');
  if (findings.length > 0) lines.push('What runs is not edited: repair the file it was started from.', '');
  return { markdown: lines.join('\n') };
}

/** Names come from elsewhere: nothing in them is Markdown or HTML. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#!|&~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
