import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import type { Subject } from '../../model/workload.ts';
import type { Fix, Related } from '../api.ts';
import type { Need } from './need.ts';

/** A workload that joins the host's network namespace, on any surface. */
export interface HostNetworkUse {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, such as `hostNetwork: true`. */
  readonly spelling: string;
  /** `engine`: Compose, commands, and whatever else a container engine is given. */
  readonly platform: 'kubernetes' | 'engine';
  /** Whether a variable's default says so, and the environment may say otherwise. */
  readonly fromDefault: boolean;
  readonly related: readonly Related[];
  /** Ways back to a network of its own. */
  readonly fixes: readonly Fix[];
  /** New objects that give back what the host's network gave, each with its name; Kubernetes only. */
  readonly offers: () => { readonly service?: Offer; readonly networkPolicy?: Offer };
  /** Published ports that the engine discards because of it; not in Kubernetes. */
  readonly ignoredPorts: { readonly at: Place; readonly removal: readonly Change[] } | undefined;
  /** Whether it is a development container, which mostly runs on Docker Desktop. */
  readonly isDevContainer: boolean;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
  /** What speaks for a real need of the host's network. */
  readonly need: () => Need;
}

/** A change that is offered together with a repair. */
export interface Offer {
  readonly name: string;
  readonly change: Change;
}

/** A repair and what is offered with it, as one fix; undefined when there is nothing to offer. */
export function withOffers(fix: Fix | undefined, offers: readonly (Offer | undefined)[]): Fix[] {
  const present = offers.filter((offer) => offer !== undefined);
  if (!fix || present.length === 0) return [];
  const names = present.map(({ name }) => name).join(' and ');
  return [
    {
      ...fix,
      title: `${fix.title}, and add ${names}`,
      changes: [...fix.changes, ...present.map(({ change }) => change)],
    },
  ];
}

/** Seccomp profiles beside the host's network, which are often thought to make up for it. */
export function seccompProfiles(
  options: readonly { readonly text: string | undefined; readonly at: Place }[],
): Related[] {
  return options
    .filter(({ text }) => /^seccomp[=:](?!unconfined$)/.test(text ?? ''))
    .map(({ at }) => ({ message: 'This filters system calls; it does not bring back a network of its own', at }));
}

export const NO_NEED: Need = { signs: [], counterSign: undefined };
