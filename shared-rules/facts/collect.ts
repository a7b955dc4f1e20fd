import { slashedPath } from '../language/paths.ts';
import { deployedPods } from '../model/kubernetes/deployed.ts';
import { type Content, exampleOf, type Manifest } from '../model/manifest.ts';
import type { KindPattern } from '../model/prefilter.ts';
import { chartFacts } from './chart-facts.ts';
import { commandPortClaims } from './command-port-claims.ts';
import { composeFacts } from './compose-facts.ts';
import type { Fact, KnownFacts } from './fact.ts';
import { deployedFolders, kustomizationFacts } from './kustomization-facts.ts';
import { namespaceFact, podFact, policyFact } from './pod-facts.ts';
import { podPortClaims, servicePortClaims } from './port-claims.ts';
import { releaseFacts } from './release-facts.ts';

/** Kinds of objects without pods that facts are collected from. */
export const FACT_KINDS: readonly KindPattern[] = [
  'Namespace',
  /NetworkPolicy$/,
  'Kustomization',
  'HelmRelease',
  /^Application(?:Set)?$/,
];

/** What is said of workloads and what is deployed beside them. */
export const DEPLOYED_FACTS: ReadonlySet<Fact['is']> = new Set(['port', 'pod', 'policy', 'namespace']);

/** All facts of a file that other documents may ask for. What several readings of a template have in common is one fact. */
export function collectFacts(path: string, manifest: Manifest): Fact[] {
  const deployed = manifest.contents.filter((content) => !exampleOf(content));
  const facts = [
    ...kustomizationFacts(slashedPath(path), manifest.text),
    ...chartFacts(slashedPath(path), manifest.text),
    ...releaseFacts(slashedPath(path), manifest.text),
    ...deployed.flatMap(factsIn),
    ...composeFacts(slashedPath(path), manifest.text, deployed),
  ];
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}

/** What the documents of an example say to each other; nothing else is deployed together with them. */
export function factsOfExample(contents: readonly Content[]): KnownFacts {
  const facts = contents.flatMap(factsIn);
  const objects = contents.flatMap((content) => (content.dialect === 'kubernetes' ? content.objects : []));
  const together = (is: Fact['is'], key: string) =>
    facts.flatMap((fact) => (fact.is === is && fact.key === key ? { fact, file: undefined } : []));
  return {
    together: together as KnownFacts['together'],
    anywhere: () => [],
    objects: (...kinds) => kinds.flatMap((kind) => objects.filter((object) => object.kind === kind)),
    part: undefined,
    parts: () => [],
  };
}

/** What the objects of a build say to each other that are written in a file, in the place of what is written. */
export function factsInBuild(build: string, content: Content): Fact[] {
  return factsIn(content).map((fact) => ({ ...fact, builds: [build] }));
}

/** What documents say that are deployed together. */
function factsIn(content: Content): Fact[] {
  switch (content.dialect) {
    case 'kubernetes':
      return content.objects.flatMap((object) => [
        ...deployedPods(object).flatMap((pod) => podFact(pod) ?? []),
        ...podPortClaims(object).map(({ claim }) => claim),
        ...[policyFact(object), namespaceFact(object)].filter((fact) => fact !== undefined),
        ...deployedFolders(object),
      ]);
    case 'compose':
      return content.compose.services.flatMap(servicePortClaims).map(({ claim }) => claim);
    case 'script':
      return commandPortClaims(content.script).map(({ claim }) => claim);
    case 'containers':
      return [];
  }
}
