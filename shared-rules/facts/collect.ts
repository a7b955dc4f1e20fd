import { deployedPods } from '../model/kubernetes/deployed.ts';
import type { Content, Manifest } from '../model/manifest.ts';
import type { KindPattern } from '../model/prefilter.ts';
import { commandPortClaims } from './command-port-claims.ts';
import type { Fact } from './fact.ts';
import { readKustomization } from './kustomization.ts';
import { namespaceFact, podFact, policyFact } from './pod-facts.ts';
import { podPortClaims, servicePortClaims } from './port-claims.ts';

/** Kinds of objects without pods that facts are collected from. */
export const FACT_KINDS: readonly KindPattern[] = ['Namespace', /NetworkPolicy$/];

/** Everything a file tells other documents. The readings of a template tell the same facts once. */
export function collectFacts(path: string, manifest: Manifest): Fact[] {
  const kustomization = readKustomization(path, manifest.text);
  const facts = [...(kustomization ? [kustomization] : []), ...manifest.contents.flatMap(factsIn)];
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}

function factsIn(content: Content): Fact[] {
  switch (content.dialect) {
    case 'kubernetes':
      return content.objects.flatMap((object) => [
        ...deployedPods(object).flatMap((pod) => podFact(pod) ?? []),
        ...podPortClaims(object).map(({ claim }) => claim),
        ...[policyFact(object), namespaceFact(object)].filter((fact) => fact !== undefined),
      ]);
    case 'compose':
      return content.compose.services.flatMap(servicePortClaims).map(({ claim }) => claim);
    case 'script':
      return commandPortClaims(content.script).map(({ claim }) => claim);
    case 'containers':
      return [];
  }
}
