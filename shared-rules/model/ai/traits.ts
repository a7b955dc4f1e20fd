import type { Place } from '../../language/place.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { JoinedCommandLine } from './command-line.ts';
import type { Override } from './overrides.ts';
import type { Aspect, Found } from './signals.ts';

/** One thing a manifest says about a workload that may tell whether it is an AI workload. */
export interface Trait {
  readonly aspect: Aspect;
  readonly text: string;
  readonly at: Place;
  /** Where a part of the text is written, for a text that is put together from several places. */
  readonly placeOf?: (found: Found) => Place;
}

/** A workload as the classifier sees it. */
export interface WorkloadTraits {
  /** `group/Kind`, `service` in a Compose file, or `container` in what an engine says. */
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly traits: readonly Trait[];
  /** What the user says about it. */
  readonly override: Override | undefined;
}

/** Gathers traits; what is absent or unknown is none. */
export class Traits {
  readonly all: Trait[] = [];

  add(aspect: Aspect, text: string | undefined, at: Place | undefined): void {
    if (text && at) this.all.push({ aspect, text, at });
  }

  /** A trait that is a known scalar. */
  addText(aspect: Aspect, value: Value | undefined): void {
    this.add(aspect, value?.text, value);
  }

  addCommand(command: JoinedCommandLine | undefined): void {
    if (!command) return;
    const { text, partAt, placeOf } = command;
    this.all.push({ aspect: 'argument', text, at: partAt(0), placeOf });
  }
}

/** The aspects and texts of labels or annotations. */
export function addLabels(traits: Traits, labels: Value | undefined): void {
  for (const { name, value } of labels?.fields() ?? []) traits.add('label', `${name}: ${value.text ?? ''}`, value);
}

/** `group/Kind` of an object. */
export function kindOf({ group, kind }: KubernetesObject): string {
  return `${group}/${kind ?? ''}`;
}
