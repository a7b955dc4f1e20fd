import { type Audit, audit as auditText, DEFAULT_SETTINGS, type Profile } from '../../shared-rules/index.ts';
import { auditSummary } from '../report/audit-summary.ts';
import { toFindingData, toLintData } from '../report/finding-data.ts';
import { renderJson, renderJsonLines } from '../report/json.ts';
import { type CheckedFile, findingsIn, type Report, reportOf, toCheckedFile } from '../report/report.ts';
import { joined } from '../sinks/sink-text.ts';
import { type TerminalText, terminal, terminalLines, terminalText } from '../sinks/terminal.ts';
import { readEngine } from '../workspace/container-engine.ts';
import { type FileText, MOST_OF, readNamedFile, readTextStream } from '../workspace/read-file.ts';
import { complaintsAbout, printComplaints } from './complaints.ts';
import { EXIT, type FailOn, statusOf } from './exit-status.ts';
import { STANDARD_INPUT, type Streams } from './inputs.ts';
import { Messages, type Verbosity } from './messages.ts';

/** Formats that need no files in a repository. */
export const AUDIT_FORMATS = ['pretty', 'json', 'jsonl'] as const;

export interface AuditOptions extends Pick<Verbosity, 'quiet'> {
  readonly format: (typeof AUDIT_FORMATS)[number];
  /** The mildest severity that makes the exit status 1. */
  readonly failOn?: FailOn;
  readonly profile?: Profile;
  /** Ask a container engine: at this socket, or at the usual one. */
  readonly engine?: string | true;
}

const USAGE = `Nothing to audit. Give it what an engine or a cluster says about things that run:

  docker inspect $(docker ps -aq) | bulkhead audit
  podman inspect $(podman ps -aq) | bulkhead audit
  kubectl get pods --all-namespaces -o json | bulkhead audit

or files with that, or let it ask the engine of this machine: bulkhead audit --engine
`;

const OTHER_WAY =
  'Or run "docker inspect $(docker ps -aq)" where it works, and pipe what it prints into bulkhead audit.';

/** A text to audit, or why there is none, as a sentence. */
type AuditSource = { readonly name: string; readonly text: string } | { readonly refused: string };

/** An audited text. */
interface Audited {
  readonly checked: CheckedFile;
  readonly found: Audit;
}

/**
 * Audits what engines and clusters say about things that run, and prints what was found.
 * @returns the exit status: 0 nothing found, 1 findings, 2 something that could not be audited, 3 a rule that failed
 */
export async function audit(files: readonly string[], options: AuditOptions, streams: Streams): Promise<number> {
  const { out, err } = streams;
  const messages = new Messages(err, options);
  const isPiped = files.length === 0 && !options.engine;
  if (isPiped && streams.in.isTTY) {
    err.write(terminalLines(USAGE));
    return EXIT.usage;
  }
  const settings = { ...DEFAULT_SETTINGS, profile: options.profile ?? DEFAULT_SETTINGS.profile };
  const audited: Audited[] = [];
  let status: number = EXIT.clean;
  for (const read of sourcesOf(isPiped ? [STANDARD_INPUT] : files, options.engine, streams.in)) {
    const source = await read();
    if ('refused' in source) {
      status = Math.max(status, EXIT.usage);
      messages.error(source.refused);
      continue;
    }
    const found = auditText(source.text, settings);
    const data = toLintData(found.result, {});
    const checked = toCheckedFile(source.name, data);
    if (!found.isRecognised) {
      status = Math.max(status, EXIT.usage);
      messages.error(
        `${nameOf(source.name)} is neither what "docker inspect" prints nor what "kubectl get -o json" does.`,
      );
      continue;
    }
    status = Math.max(status, printComplaints(complaintsAbout(source.name, data), messages));
    audited.push({ checked, found });
  }
  const report = toReport(audited);
  const { format, quiet = false } = options;
  if (format === 'pretty') out.write(toText(audited, quiet));
  else for (const piece of (format === 'json' ? renderJson : renderJsonLines)(report)) out.write(piece);
  const findings = [...findingsIn(report)].map(([, finding]) => finding);
  return Math.max(status, statusOf(findings, options.failOn));
}

/** Workloads in the order they are printed in, with their findings. */
function toReport(audited: readonly Audited[]): Report {
  const report = reportOf(
    audited.map(({ checked }) => checked),
    '.',
  );
  const files = audited.map(({ checked, found }) => {
    return { checked, findings: found.workloads.flatMap(({ findings }) => findings.map(toFindingData)), accepted: [] };
  });
  return { ...report, files };
}

function sourcesOf(
  files: readonly string[],
  engine: AuditOptions['engine'],
  input: Streams['in'],
): (() => Promise<AuditSource>)[] {
  const ofFile = async (name: string): Promise<AuditSource> => {
    const isInput = name === STANDARD_INPUT;
    const read: FileText = await (isInput ? readTextStream(input, MOST_OF.audit) : readNamedFile(name, MOST_OF.audit));
    if ('refused' in read) return { refused: `${nameOf(name)} ${read.refused}.` };
    if (read.text.trim() === '') return { refused: `${nameOf(name)} is empty; nothing was audited.` };
    return { name, text: read.text };
  };
  const ofEngine = async (): Promise<AuditSource> => {
    const read = await readEngine(engine === true ? undefined : engine);
    if ('refused' in read) return { refused: `${read.refused} ${OTHER_WAY}` };
    return { name: read.socket, text: read.text };
  };
  return [...(engine ? [ofEngine] : []), ...files.map((file) => () => ofFile(file))];
}

function nameOf(file: string): string {
  return file === STANDARD_INPUT ? 'standard input' : file;
}

function toText(audited: readonly Audited[], isQuiet: boolean): TerminalText {
  const lines: string[] = [];
  for (const { checked, found } of audited) {
    const prefix = audited.length > 1 ? `${nameOf(checked.name)}: ` : '';
    for (const { title, findings } of found.workloads) {
      lines.push(prefix + title);
      for (const { severity, message, rule } of findings) lines.push(`  ${severity}  ${message}  [${rule}]`);
      lines.push('');
    }
  }
  if (!isQuiet && audited.length > 0) lines.push(auditSummary(audited.map(({ found }) => found)));
  return joined(lines.map((line) => terminal`${terminalText(line)}\n`));
}
