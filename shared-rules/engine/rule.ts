import type { RuleId } from '../rules/facts.generated.ts';
import type { AgentSandbox } from '../source/ai/agent-sandbox.ts';
import type { OpenEndpoint } from '../source/ai/endpoints.ts';
import type { BuildGrant } from '../source/build-grants.ts';
import type { ContainerSecurity } from '../source/container-security.ts';
import type { Hardening } from '../source/hardening.ts';
import type { HostDeviceUse } from '../source/host-devices.ts';
import type { HostMount } from '../source/host-mount.ts';
import type { HostNamespaceUse } from '../source/host-namespaces.ts';
import type { HostNetworkUse } from '../source/host-network.ts';
import type { HostPortUse } from '../source/host-ports.ts';
import type { ImageUse } from '../source/images.ts';
import type { SharedMount } from '../source/mount-propagation.ts';
import type { UnlabelledNamespace } from '../source/namespaces.ts';
import type { NetworkConflict } from '../source/network-conflicts.ts';
import type { PlacedPod } from '../source/placed-pods.ts';
import type { PodIsolation } from '../source/pod-isolation.ts';
import type { PodSelector } from '../source/pod-selectors.ts';
import type { PortNeed } from '../source/port-claims.ts';
import type { PublishedPort } from '../source/published-ports.ts';
import type { RemovedApiUse } from '../source/removed-apis.ts';
import type { UnreachableReference } from '../source/service-references.ts';
import type { StackSetting } from '../source/stack-settings.ts';
import type { SysctlUse } from '../source/sysctls.ts';
import type { Range } from '../source/text.ts';
import type { Place } from '../source/value.ts';
import type { Change } from '../source/yaml-edit.ts';
import type { JudgedException } from './judge-exceptions.ts';

export type { RuleId };

/** `high` shows as an error, `medium` as a warning, `low` as information. */
export type Severity = 'high' | 'medium' | 'low';

/**
 * `safe` cannot change what a working workload does: it removes what is ignored or spells out a default.
 * `review` may change it, so a person looks at it. In bulk and on save only `safe` fixes are applied.
 */
export type Safety = 'safe' | 'review';

/** A repair, as changes to located nodes. It is turned into text edits, and proven, when somebody asks for it. */
export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly changes: readonly Change[];
  /**
   * A word among what is written that a person has to replace; an editor selects it. Until then the finding stays, so
   * no fix of many findings takes this one.
   */
  readonly placeholder?: string;
}

/** Another place that belongs to a finding, such as the mounts of a volume. */
export interface Related {
  readonly message: string;
  readonly at: Place;
  /** The file it stands in, where that is another one than the finding's: as the workspace calls it. */
  readonly file?: string | undefined;
}

/** What a rule reports. */
export interface Problem {
  /** The offending key or scalar, never a block; the key of the mapping that should hold what is missing. */
  readonly at: Place;
  /** What is wrong, why it matters, what to do; in that order and in plain words. */
  readonly message: string;
  /** Where it differs from the severity on the rule's page. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** The preferred one first. A function where they depend on other objects of the file: then it is asked when somebody is. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
}

/** The views a rule may look at. Each is built once per document; a new one is added here and in views.ts. */
export interface Subjects {
  readonly hostNetwork: HostNetworkUse;
  readonly hostNamespace: HostNamespaceUse;
  readonly hostPort: HostPortUse;
  readonly publishedPort: PublishedPort;
  readonly hostMount: HostMount;
  readonly containerSecurity: ContainerSecurity;
  readonly hostDevice: HostDeviceUse;
  readonly sharedMount: SharedMount;
  readonly buildGrant: BuildGrant;
  readonly networkConflict: NetworkConflict;
  readonly unreachableReference: UnreachableReference;
  readonly stackSetting: StackSetting;
  readonly pod: PodIsolation;
  readonly portNeed: PortNeed;
  readonly podSelector: PodSelector;
  readonly placedPod: PlacedPod;
  readonly unlabelledNamespace: UnlabelledNamespace;
  readonly agentSandbox: AgentSandbox;
  readonly aiEndpoint: OpenEndpoint;
  /** Built last, from what all other views' findings leave of the file's exceptions. */
  readonly exception: JudgedException;
  readonly hardening: Hardening;
  readonly sysctl: SysctlUse;
  readonly image: ImageUse;
  readonly removedApi: RemovedApiUse;
}

/** The workload a view belongs to; it names the finding's subject. */
export interface Subject {
  /** The Kubernetes kind, `service` in a Compose file, `container` elsewhere; empty where a template decides. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** The images of its containers, without tags and digests and in lower case. */
  readonly images: readonly string[];
  /** The pod spec or service: template conditions inside it make a finding conditional. */
  readonly range: Range;
}

export type Detectors = { readonly [View in keyof Subjects]?: (subject: Subjects[View]) => Iterable<Problem> };

export interface Rule {
  /** The name of its file and its page; what the rule knows beside it stands in the page's front matter. */
  readonly id: RuleId;
  /** Rules whose findings at the same place this one's replace. */
  readonly replaces?: readonly RuleId[];
  readonly detect: Detectors;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}
