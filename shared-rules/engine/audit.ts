import type { KubernetesObject } from '../model/kubernetes/objects.ts';
import type { Content } from '../model/manifest.ts';
import type { Subject } from '../model/workload.ts';
import { SEVERITIES } from '../rules/severity.ts';
import type { Finding } from './finding.ts';
import { lintRunning } from './lint.ts';
import type { LintResult } from './lint-result.ts';
import { placeFinder } from './owner-repeats.ts';
import { ownerReferences } from './owners.ts';
import type { LintSettings } from './settings.ts';

/** A running workload with findings. */
export interface AuditedWorkload {
  /** Such as `container web (nginx:1.27)` or `Pod web-1 in namespace shop, and 2 more of ReplicaSet web`. */
  readonly title: string;
  /** The most severe first. */
  readonly findings: readonly Finding[];
}

/** What is found in things that run. */
export interface Audit {
  readonly result: LintResult;
  /** Whether the text is what a cluster or an engine says; otherwise nothing was looked at. */
  readonly isRecognised: boolean;
  /** How many workloads were looked at. */
  readonly count: number;
  /** Those with findings, the most severe first. */
  readonly workloads: readonly AuditedWorkload[];
}

/** Audits what a cluster or an engine says about things that run. Never throws. */
export function audit(text: string, settings: LintSettings): Audit {
  const result = lintRunning(text, settings);
  const contents = result.parts.flatMap(({ manifest }) => manifest.contents);
  const objects = contents.flatMap((content) => (content.dialect === 'kubernetes' ? content.objects : []));
  const familyOf = familyFinder(objects);
  const byWorkload = groupBy(result.findings, ({ subject }) => identityOf(subject));
  const byFamily = groupBy(byWorkload, (findings) => familyOf(findings)?.key ?? identityOf(findings[0].subject));
  const titleOf = titleFinder(contents);
  const workloads = byFamily.map(([findings, ...others]) => {
    const controller = others.length > 0 ? familyOf(findings)?.controller : undefined;
    return {
      title: titleOf(findings[0].subject) + (controller ? `, and ${others.length} more of ${controller}` : ''),
      findings: findings.toSorted((a, b) => weight(a) - weight(b)),
    };
  });
  const worst = ({ findings: [first] }: AuditedWorkload) => (first ? weight(first) : Infinity);
  workloads.sort((a, b) => worst(a) - worst(b));
  const count = contents.reduce((sum, content) => sum + workloadsIn(content), 0);
  return { result, isRecognised: contents.length > 0, count, workloads };
}

type NonEmpty<T> = [T, ...T[]];

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): NonEmpty<T>[] {
  const groups = new Map<string, NonEmpty<T>>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** Containers of several engines may share a name, so each is known by where it stands. */
function identityOf({ kind, namespace, name, range }: Subject): string {
  return JSON.stringify(kind === 'container' ? range.start : [kind, namespace, name]);
}

function weight({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function workloadsIn(content: Content): number {
  if (content.dialect === 'containers') return content.containers.length;
  return content.dialect === 'kubernetes' ? content.objects.filter(({ pods }) => pods.length > 0).length : 0;
}

/** Workloads that one controller made from one template, by what is found in them. */
interface Family {
  readonly key: string;
  /** Such as `DaemonSet agent`. */
  readonly controller: string;
}

/** Tells the family of a workload with these findings; undefined for one without a controller. */
function familyFinder(objects: readonly KubernetesObject[]): (findings: NonEmpty<Finding>) => Family | undefined {
  const placeOf = placeFinder(objects);
  return (findings) => {
    const places = findings.map((finding) => placeOf(finding));
    const object = places[0]?.object;
    const controller = object && controllerOf(object);
    if (!controller) return undefined;
    const found = findings.map(({ rule }, index) => `${rule} ${places[index]?.path}`);
    return { key: JSON.stringify([object.kind, object.namespace, controller, found]), controller };
  };
}

function controllerOf(object: KubernetesObject): string | undefined {
  const reference = ownerReferences(object).find((one) => one.get('controller')?.boolean === true);
  const [kind, name] = [reference?.get('kind')?.text, reference?.get('name')?.text];
  // What a kubelet runs from files of its own has nothing in common but the node.
  return kind && name && kind !== 'Node' ? `${kind} ${name}` : undefined;
}

function titleFinder(contents: readonly Content[]): (subject: Subject) => string {
  const images = new Map<number, string>();
  for (const { value } of contents.flatMap((content) => (content.dialect === 'containers' ? content.containers : []))) {
    const image = value.at('Config', 'Image')?.text;
    if (image) images.set(value.range.start, image);
  }
  return ({ kind, namespace, name, range }) => {
    const image = kind === 'container' ? images.get(range.start) : undefined;
    const suffix = image ? ` (${image})` : namespace ? ` in namespace ${namespace}` : '';
    return [kind || 'workload', name].filter(Boolean).join(' ') + suffix;
  };
}
