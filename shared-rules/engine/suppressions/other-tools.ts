import { blockBelow, type Comment, type Commented, isAtHead, lineOf } from '../../language/comments.ts';
import type { Range } from '../../language/text.ts';
import { metadataFields } from '../../model/exceptions/exceptions.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { type Aliases, CATALOGUE, type RuleId } from '../../rules/catalogue.generated.ts';
import { kubeauditOverrides } from './kubeaudit.ts';

/**
 * Something that leaves findings of some rules out. How other tools are told to, for the findings that they have in
 * common with Bulkhead, stands here and in kubeaudit.ts. Facts: the documentation of KICS, Datadog IaC, Checkov,
 * kube-linter, kube-score, kubeaudit, Polaris and Trivy on exceptions.
 */
export interface Suppression {
  readonly rules: readonly RuleId[];
  /** A finding that begins in one of these is left out. */
  readonly covers: readonly Range[];
}

const RULES = Object.keys(CATALOGUE) as RuleId[];

/** The rules that another tool has too, by what it calls them. */
export function rulesOf(tool: keyof Aliases, isMeant: (id: string) => boolean = () => true): RuleId[] {
  return RULES.filter((rule) => CATALOGUE[rule].aliases[tool].some(isMeant));
}

/** What other tools' comments in a document leave out; `today` ends what has a last day. */
export function foreignComments(
  commented: Commented,
  { isTemplate, today }: { readonly isTemplate: boolean; readonly today: string | undefined },
): Suppression[] {
  return [
    ...commandsIn(commented).flatMap(({ tool, verb, comment }) => {
      if (verb === 'ignore-line') return { rules: rulesOf(tool), covers: [lineOf(commented, comment)] };
      return verb === 'ignore-block' ? { rules: rulesOf(tool), covers: [blockOf(commented, comment)] } : [];
    }),
    // Trivy knows no comments in plain manifests.
    ...(isTemplate ? commented.comments.flatMap((comment) => trivyIgnores(commented, comment, today)) : []),
  ];
}

const SCANNERS = [
  { word: 'kics-scan', tool: 'kics' },
  { word: 'dd-iac-scan', tool: 'datadog' },
] as const;

/** A comment such as `kics-scan disable=ID,ID`. */
interface ScanCommand {
  readonly tool: 'kics' | 'datadog';
  readonly verb: string;
  readonly ids: readonly string[];
  readonly comment: Comment;
}

function scanCommand({ text }: Commented, comment: Comment): ScanCommand | undefined {
  const content = text.slice(comment.content.start, comment.content.end);
  const match = /^\s*([\w-]+)\s+(?:(ignore|ignore-line|ignore-block)|(enable|disable)=(\S+))\s*$/.exec(content);
  const scanner = SCANNERS.find(({ word }) => word === match?.[1]);
  const verb = match?.[2] ?? match?.[3];
  if (!scanner || !verb) return undefined;
  return { tool: scanner.tool, verb, ids: match?.[4]?.split(',') ?? [], comment };
}

function commandsIn(commented: Commented): ScanCommand[] {
  return commented.comments.flatMap((comment) => scanCommand(commented, comment) ?? []);
}

/** The rules whose findings commands among the first comments of a text leave out of the whole file. */
export function rulesLeftOutOfFile(commented: Commented): RuleId[] {
  if (commented.scope.start > 0) return [];
  const commands = commandsIn(commented).filter(({ comment }) => isAtHead(commented, comment));
  return SCANNERS.flatMap(({ tool }) =>
    leftOutBy(
      tool,
      commands.filter((command) => command.tool === tool),
    ),
  );
}

/** `enable` goes before `disable`. */
function leftOutBy(tool: ScanCommand['tool'], commands: readonly ScanCommand[]): RuleId[] {
  const idsOf = (verb: string) => commands.filter((command) => command.verb === verb).flatMap(({ ids }) => ids);
  const [enabled, disabled] = [idsOf('enable'), idsOf('disable')];
  if (commands.some(({ verb }) => verb === 'ignore')) return rulesOf(tool);
  if (enabled.length === 0) return rulesOf(tool, (id) => disabled.includes(id));
  const kept = rulesOf(tool, (id) => enabled.includes(id));
  return rulesOf(tool).filter((rule) => !kept.includes(rule));
}

/** At the head of a document a block is the whole of it. */
function blockOf(commented: Commented, comment: Comment): Range {
  return isAtHead(commented, comment) ? commented.scope : blockBelow(commented, comment);
}

/** `trivy:ignore:KSV-0009:exp:2027-06-30`, several on a line, for what stands below. */
function trivyIgnores(commented: Commented, comment: Comment, today: string | undefined): Suppression[] {
  const content = commented.text.slice(comment.content.start, comment.content.end);
  if (!/^\s*trivy:ignore:/.test(content)) return [];
  return [...content.matchAll(/(?<=^|\s)trivy:ignore:([\w*-]+)(?::exp:(\d{4}-\d\d-\d\d))?(?=\s|$)/g)].flatMap(
    ([, id = '', lastDay]) => {
      if (lastDay !== undefined && today !== undefined && lastDay < today) return [];
      const rules = rulesOf('trivy', (alias) => id === '*' || trivyNumber(alias) === trivyNumber(id));
      return { rules, covers: [blockOf(commented, comment)] };
    },
  );
}

/** Trivy has written one id as `KSV009`, `AVD-KSV-0009` and `KSV-0009`. */
function trivyNumber(id: string): string {
  return id.toUpperCase().replace(/^(?:AVD-)?KSV-?0*(\d+)$/, 'KSV-$1');
}

/** What other tools' annotations and labels leave out of an object. */
export function foreignAnnotations(object: KubernetesObject): Suppression[] {
  const rules = metadataFields(object, 'annotations').flatMap(({ name, value }) =>
    annotationRules(name, value.text ?? ''),
  );
  return [...(rules.length > 0 ? [{ rules, covers: [object.root.range] }] : []), ...kubeauditOverrides(object)];
}

function annotationRules(name: string, value: string): RuleId[] {
  if (/^checkov\.io\/skip\d*$/.test(name)) return named('checkov', [value.split('=')[0]?.trim() ?? '']);
  if (name === 'kube-linter.io/ignore-all') return rulesOf('kubeLinter');
  const check = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(name);
  if (check) return named('kubeLinter', [check[1] as string]);
  if (name === 'kube-score/ignore')
    return named(
      'kubeScore',
      value.split(',').map((id) => id.trim()),
    );
  const polaris = /^polaris\.fairwinds\.com\/(?:(.+)-)?exempt$/.exec(name);
  if (!polaris || value !== 'true') return [];
  return polaris[1] ? named('polaris', [polaris[1]]) : rulesOf('polaris');
}

function named(tool: keyof Aliases, ids: readonly string[]): RuleId[] {
  return rulesOf(tool, (id) => ids.includes(id));
}
