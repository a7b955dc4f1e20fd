import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import type { Fix, Related, Viewed } from '../api.ts';
import type { HostNetworkNeed } from './need.ts';
import type { Offer } from './offers.ts';

/** A workload that joins the host's network namespace, on any surface. */
export interface HostNetworkUse extends Viewed {
  readonly at: Place;
  /** As it is written, such as `hostNetwork: true`. */
  readonly spelling: string;
  /** Which check a finding about it is: a pod, whose host is a node; a service's `network_mode`; any other way of an engine. */
  readonly check: 'kubernetes' | 'network-mode' | 'engine';
  /** Whether a variable's default says so, and the environment may say otherwise. */
  readonly fromDefault: boolean;
  readonly related: readonly Related[];
  /** Ways back to a network of its own. */
  readonly fixes: readonly Fix[];
  /** New objects that give back what the host's network gave; Kubernetes only. */
  readonly offers: () => { readonly service?: Offer | undefined; readonly networkPolicy?: Offer | undefined };
  /** Published ports that the engine discards because of it; not in Kubernetes. */
  readonly ignoredPorts: { readonly at: Place; readonly removal: readonly Change[] } | undefined;
  /** Whether it is a development container, which mostly runs on Docker Desktop. */
  readonly isDevContainer: boolean;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
  /** What speaks for a real need of the host's network. */
  readonly need: () => HostNetworkNeed;
}
