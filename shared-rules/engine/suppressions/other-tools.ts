import { blockBelow, type Comment, type Commented, isAtHead, lineOf } from '../../language/comments.ts';
import type { Part, Place } from '../../language/place.ts';
import type { Range } from '../../language/text.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { metadataFields } from '../../model/exceptions/exceptions.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { checkDecisions } from '../../model/manifest.ts';
import type { Checked } from '../../rules/aliases.ts';
import { CATALOGUE, type RuleId } from '../../rules/catalogue.generated.ts';
import type { SuppressingTool } from '../finding.ts';
import { kubeauditOverrides } from './kubeaudit.ts';

/**
 * Something that leaves findings of some rules out. How other tools are told to, for the findings that they have in
 * common with Bulkhead, stands here and in kubeaudit.ts. Facts: the documentation of KICS, Datadog IaC, Checkov,
 * kube-linter, kube-score, kubeaudit, Polaris and Trivy on exceptions.
 */
export interface Suppression {
  readonly tool: SuppressingTool;
  /** The comment, the annotation or the label. */
  readonly at: Place;
  readonly targets: readonly Target[];
  /** A finding that begins in one of these is left out. */
  readonly covers: readonly Range[];
  /** The last day it holds, as `2027-06-30`; without it, it holds for ever. */
  readonly until?: string | undefined;
}

/** What a suppression is about: all findings of a rule, or those that are one of its checks. */
export type Target = Checked;

/** Whether a finding is among what some suppressions are about. */
export function isTarget(finding: Checked, targets: readonly Target[]): boolean {
  return targets.some(({ rule, check }) => rule === finding.rule && (check === undefined || check === finding.check));
}

const RULES = Object.keys(CATALOGUE) as RuleId[];

/** What another tool has too, by what it calls it. */
export function targetsOf(tool: SuppressingTool, isMeant: (id: string) => boolean): Target[] {
  return RULES.flatMap((rule): Target[] => {
    const { aliases, checks } = CATALOGUE[rule];
    if (aliases[tool].some(isMeant)) return [{ rule }];
    return Object.entries(checks).flatMap(([check, own]) => (own[tool]?.some(isMeant) ? { rule, check } : []));
  });
}

const ALL_TARGETS = new Map<SuppressingTool, readonly Target[]>();

/** All that another tool has too. */
function allTargetsOf(tool: SuppressingTool): readonly Target[] {
  const known = ALL_TARGETS.get(tool) ?? targetsOf(tool, () => true);
  ALL_TARGETS.set(tool, known);
  return known;
}

/** What other tools' comments in a document leave out. */
export function foreignComments(commented: Commented, isTemplate: boolean): Suppression[] {
  return [
    ...commandsIn(commented).flatMap(({ tool, verb, comment }) => {
      const suppression = { tool, at: placeOf(comment), targets: allTargetsOf(tool) };
      if (verb === 'ignore-line') return { ...suppression, covers: [lineOf(commented, comment)] };
      return verb === 'ignore-block' ? { ...suppression, covers: [blockOf(commented, comment)] } : [];
    }),
    // Trivy knows no comments in plain manifests.
    ...(isTemplate ? commented.comments.flatMap((comment) => trivyIgnores(commented, comment)) : []),
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

/** A comment stands where it does in the first part that it is in; what it is about may be in others. */
function placeOf({ range }: Comment, part?: Part): Place {
  return { range, path: '', part, file: undefined };
}

/** What commands among the first comments of a text leave out of the whole file. */
export function suppressionsOfFile(commented: Commented): Suppression[] {
  if (commented.scope.start > 0) return [];
  const commands = commandsIn(commented).filter(({ comment }) => isAtHead(commented, comment));
  return SCANNERS.flatMap(({ tool }) => {
    const own = commands.filter((command) => command.tool === tool);
    const targets = leftOutBy(tool, own);
    return own[0] && targets.length > 0 ? { tool, at: placeOf(own[0].comment, { start: 0 }), targets, covers: [] } : [];
  });
}

/** `enable` goes before `disable`. */
function leftOutBy(tool: ScanCommand['tool'], commands: readonly ScanCommand[]): readonly Target[] {
  const idsOf = (verb: string) =>
    new Set(commands.filter((command) => command.verb === verb).flatMap(({ ids }) => ids));
  const [enabled, disabled] = [idsOf('enable'), idsOf('disable')];
  if (commands.some(({ verb }) => verb === 'ignore')) return allTargetsOf(tool);
  if (enabled.size === 0) return targetsOf(tool, (id) => disabled.has(id));
  const kept = targetsOf(tool, (id) => enabled.has(id));
  return targetsOf(tool, (id) => !enabled.has(id)).filter((target) => !isTarget(target, kept));
}

/** At the head of a document a block is the whole of it. */
function blockOf(commented: Commented, comment: Comment): Range {
  return isAtHead(commented, comment) ? commented.scope : blockBelow(commented, comment);
}

/** `trivy:ignore:KSV-0009:exp:2027-06-30`, several on a line, for what stands below. */
function trivyIgnores(commented: Commented, comment: Comment): Suppression[] {
  const content = commented.text.slice(comment.content.start, comment.content.end);
  if (!/^\s*trivy:ignore:/.test(content)) return [];
  const ignores = [...content.matchAll(/(?<=^|\s)trivy:ignore:([\w*-]+)(?::exp:(\d{4}-\d\d-\d\d))?(?=\s|$)/g)];
  checkDecisions(ignores.length);
  return ignores.map(([, id = '', until]) => {
    const targets = targetsOf('trivy', (alias) => id === '*' || trivyNumber(alias) === trivyNumber(id));
    return { tool: 'trivy', at: placeOf(comment), targets, covers: [blockOf(commented, comment)], until };
  });
}

/** Trivy has written one id as `KSV009`, `AVD-KSV-0009` and `KSV-0009`. */
function trivyNumber(id: string): string {
  return id.toUpperCase().replace(/^(?:AVD-)?KSV-?0*([1-9]\d*|0)$/, 'KSV-$1');
}

/** What other tools' annotations and labels leave out of an object. */
export function foreignAnnotations(object: KubernetesObject): Suppression[] {
  const suppressions = metadataFields(object, 'annotations').flatMap((field): Suppression[] => {
    const annotated = targetsOfAnnotation(field.name, field.value.text ?? '');
    return annotated ? [{ ...annotated, at: keyPlace(field), covers: [object.root.range] }] : [];
  });
  return [...suppressions, ...kubeauditOverrides(object)];
}

function targetsOfAnnotation(name: string, value: string): Pick<Suppression, 'tool' | 'targets'> | undefined {
  if (/^checkov\.io\/skip\d*$/.test(name)) return named('checkov', [value.split('=')[0]?.trim() ?? '']);
  if (name === 'kube-linter.io/ignore-all') return { tool: 'kubeLinter', targets: allTargetsOf('kubeLinter') };
  const check = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(name);
  if (check) return named('kubeLinter', [check[1] as string]);
  if (name === 'kube-score/ignore')
    return named(
      'kubeScore',
      value.split(',').map((id) => id.trim()),
    );
  const polaris = /^polaris\.fairwinds\.com\/(?:(.+)-)?exempt$/.exec(name);
  if (!polaris || value !== 'true') return undefined;
  return polaris[1] ? named('polaris', [polaris[1]]) : { tool: 'polaris', targets: allTargetsOf('polaris') };
}

function named(tool: SuppressingTool, ids: readonly string[]): Pick<Suppression, 'tool' | 'targets'> {
  return { tool, targets: targetsOf(tool, (id) => ids.includes(id)) };
}
