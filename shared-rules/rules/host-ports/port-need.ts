import { commandPortClaims } from '../../facts/command-port-claims.ts';
import type { Holder, KnownFacts, Placement, PortClaim, SourcedFact } from '../../facts/fact.ts';
import { type HeldPort, podPortClaims, servicePortClaims } from '../../facts/port-claims.ts';
import type { ComposeFile } from '../../model/compose/compose.ts';
import type { ScriptFile } from '../../model/files/script-file.ts';
import { includesAll } from '../../model/kubernetes/label-selector.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';

export function commandPortNeeds(script: ScriptFile, known: KnownFacts): PortNeed[] {
  return commandPortClaims(script).map((need) => ({ ...need, rivals: rivalsOf(need.claim, known) }));
}

/** A port of its host that a workload of this document takes, and the other workloads that take it too. */
export interface PortNeed extends HeldPort {
  readonly rivals: readonly SourcedFact<PortClaim>[];
}

export function podPortNeeds(object: KubernetesObject, known: KnownFacts): PortNeed[] {
  return podPortClaims(object).map((need) => ({ ...need, rivals: rivalsOf(need.claim, known) }));
}

export function servicePortNeeds(file: ComposeFile, known: KnownFacts): PortNeed[] {
  return file.services.flatMap(servicePortClaims).map((need) => ({ ...need, rivals: rivalsOf(need.claim, known) }));
}

/** The claims of other workloads that cannot be met on a host where this one is. */
export function rivalsOf(claim: PortClaim, known: KnownFacts): SourcedFact<PortClaim>[] {
  const rivals = known.together('port', claim.key).filter((heard) => areRivals(claim, heard));
  return [...new Map(rivals.map((heard) => [`${heard.file} ${nameOf(heard.fact.holder)}`, heard])).values()];
}

function nameOf({ kind, name }: Holder): string {
  return `${kind} ${name}`;
}

function areRivals(claim: PortClaim, { fact: other, file }: SourcedFact<PortClaim>): boolean {
  // The same kind and name is the same workload, or one that takes its place.
  if (nameOf(claim.holder) === nameOf(other.holder) || (file !== undefined && areVariants(claim, other))) return false;
  const addressesMeet = !claim.address || !other.address || claim.address === other.address;
  return addressesMeet && mayMeet(claim.placement, other.placement);
}

/**
 * Whether workloads of two files are likely to be variants of one: Compose files that share a service, and workloads of the
 * same image whose labels are the same or one of whose names goes on where the other ends.
 */
function areVariants({ holder, likeness }: PortClaim, other: PortClaim): boolean {
  if (likeness.services.some((name) => other.likeness.services.includes(name))) return true;
  if (!likeness.image || likeness.image !== other.likeness.image) return false;
  const [labels, otherLabels] = [likeness.labels ?? {}, other.likeness.labels ?? {}];
  const areSameLabels =
    Object.keys(labels).length > 0 && includesAll(labels, otherLabels) && includesAll(otherLabels, labels);
  const [short, long] = [holder.name, other.holder.name].sort((a, b) => a.length - b.length) as [string, string];
  return areSameLabels || long.startsWith(`${short}-`);
}

/** Whether two workloads may run on one host, as far as they say. */
function mayMeet(a: Placement, b: Placement): boolean {
  if (a.keepsApart || b.keepsApart || a.conditions !== b.conditions) return false;
  const runTogether =
    (a.profiles.length === 0 && b.profiles.length === 0) || a.profiles.some((profile) => b.profiles.includes(profile));
  return runTogether && (includesAll(a.nodes, b.nodes) || includesAll(b.nodes, a.nodes));
}
