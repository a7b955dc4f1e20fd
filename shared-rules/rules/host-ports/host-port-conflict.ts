import { commandPortClaims } from '../../facts/command-port-claims.ts';
import {
  type Holder,
  inFile,
  type KnownFacts,
  type Placement,
  type PortClaim,
  type SourcedFact,
} from '../../facts/fact.ts';
import { factsByTopic, topicOf } from '../../facts/fact-queries.ts';
import { type HeldPort, podPortClaims, servicePortClaims } from '../../facts/port-claims.ts';
import { includesAll } from '../../model/kubernetes/label-selector.ts';
import { listed, unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';

/** A port of its host that a workload of this document takes, and the other workloads that take it too. */
interface PortNeed extends HeldPort {
  /** The first of them, see MOST_RIVALS. */
  readonly rivals: readonly SourcedFact<PortClaim>[];
  readonly hasMoreRivals: boolean;
}

/** After so many rivals of a workload no more are looked for: the work for a port grows with its workloads, not their square. */
const MOST_RIVALS = 100;

const portNeed: View<PortNeed> = {
  name: 'portNeed',
  object: (object, { known }) => podPortClaims(object).map((port) => toNeed(port, known)),
  composeFile: ({ services, isProject }, { known }) => {
    const ports = services.flatMap(servicePortClaims);
    const around = isProject ? inProject(ports, known) : known;
    return ports.map((port) => toNeed(port, around));
  },
  script: (script, { known }) => commandPortClaims(script).map((port) => toNeed(port, known)),
};

type KnownClaims = Pick<KnownFacts, 'together'>;

/** The claims of a project's services are those of the project, whatever its files say by themselves. */
function inProject(ports: readonly HeldPort[], known: KnownFacts): KnownClaims {
  const own = factsByTopic(ports.map(({ claim }) => claim));
  const claims = (key: string): SourcedFact<PortClaim>[] => [
    ...(own.get(topicOf({ is: 'port', key })) ?? []).map((fact) => ({ fact: fact as PortClaim, file: undefined })),
    ...known.together('port', key).filter(({ fact }) => fact.holder.kind !== 'service'),
  ];
  const answers = new Map<string, SourcedFact<PortClaim>[]>();
  const together = (_: 'port', key: string) => {
    const answer = answers.get(key) ?? claims(key);
    answers.set(key, answer);
    return answer;
  };
  return { together: together as KnownFacts['together'] };
}

export const hostPortConflict = defineRule({
  id: 'host-port-conflict',
  on: portNeed,
  *detect({ subject, claim, platform, rivals, hasMoreRivals }) {
    if (rivals.length === 0) return;
    const port = claim.protocol === 'TCP' ? claim.port : `${claim.port}/${claim.protocol}`;
    const others = listed(rivals.map(nameOf), hasMoreRivals);
    const condition = unlessSet(claim.fromDefault || rivals.some(({ fact }) => fact.fromDefault));
    yield {
      at: claim.at,
      message:
        platform === 'kubernetes'
          ? `${workloadName(subject)} takes port ${port} of its nodes, and so does ${others}. No node can run both: one of the pods stays pending. Give one of them another port, or nodes of its own.`
          : `${workloadName(subject)} takes port ${port} of its host, and so does ${others}${condition}. Whichever starts second cannot bind the port. Give one of them another port, or publish it on another address.`,
      related: rivals.map((rival) => ({ message: `${nameOf(rival)} takes it`, at: rival.fact.at, file: rival.file })),
    };
  },
});

function nameOf(rival: SourcedFact<PortClaim>): string {
  const { kind, name } = rival.fact.holder;
  return `${kind} ${name}${inFile(rival)}`;
}

function toNeed(port: HeldPort, known: KnownClaims): PortNeed {
  const rivals = rivalsOf(port.claim, known);
  return { ...port, rivals: rivals.slice(0, MOST_RIVALS), hasMoreRivals: rivals.length > MOST_RIVALS };
}

/** The claims of other workloads that cannot be met on a host where this one is; at most one more than is shown. */
function rivalsOf(claim: PortClaim, known: KnownClaims): SourcedFact<PortClaim>[] {
  const rivals = new Map<string, SourcedFact<PortClaim>>();
  for (const other of known.together('port', claim.key)) {
    if (areRivals(claim, other)) rivals.set(`${other.file} ${other.fact.holder.kind} ${other.fact.holder.name}`, other);
    if (rivals.size > MOST_RIVALS) break;
  }
  return [...rivals.values()];
}

function areSameHolder(a: Holder, b: Holder): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function areRivals(claim: PortClaim, { fact: other, file }: SourcedFact<PortClaim>): boolean {
  // The same kind and name is the same workload, or one that takes its place.
  if (areSameHolder(claim.holder, other.holder) || (file !== undefined && areVariants(claim, other))) return false;
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
