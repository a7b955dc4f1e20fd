import type { KnownFacts } from '../facts/fact.ts';
import type { Change } from '../language/change.ts';
import type { Place } from '../language/place.ts';
import type { AiContext } from '../model/ai/overrides.ts';
import type { ContainerCommand } from '../model/commands/container-command.ts';
import type { ComposeFile } from '../model/compose/compose.ts';
import type { ScriptFile } from '../model/files/script-file.ts';
import type { KubernetesObject } from '../model/kubernetes/objects.ts';
import type { KindPattern } from '../model/prefilter.ts';
import type { InspectedContainer } from '../model/running/inspect.ts';
import type { Subject } from '../model/workload.ts';
import type { RuleId } from './catalogue.generated.ts';
import type { Severity } from './severity.ts';

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
  /** Where it takes effect, where that is not one place alone: to be added to the title. The engine says it. */
  readonly reach?: string;
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
  /** Which check of the rule it is, where its page tells several apart: its aliases are those of that check, too. */
  readonly check?: string;
  /** Where it differs from the severity on the rule's page. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** The preferred one first. A function where they depend on other objects of the file: then it is asked when somebody is. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
}

/** What views need to know beside what they read. */
export interface ViewContext {
  readonly settings: {
    /** Such as `1.31`; undefined for the newest that Bulkhead knows. */
    readonly kubernetesVersion: string | undefined;
  };
  readonly ai: AiContext;
  /** What documents say that are deployed together with this one, itself among them. */
  readonly known: KnownFacts;
  /** Whether it is an example in a text: then nobody knows what is deployed together with it. */
  readonly isExample: boolean;
}

/** What a view gives a rule to look at: it belongs to a workload or an object, which a finding names. */
export interface Viewed {
  readonly subject: Subject;
}

/**
 * What rules look at, and how it is read on each surface that has it. A view is built once for a document, when an active
 * rule looks at it. What has to be parsed is derived from the views of all rules.
 */
export interface View<Item extends Viewed = Viewed> {
  /** Names it when it throws. */
  readonly name: string;
  /** Kinds of objects without pods that it reads, or asks for in the same file: only these are parsed. */
  readonly kinds?: readonly KindPattern[];
  readonly object?: (object: KubernetesObject, context: ViewContext) => readonly Item[];
  readonly composeFile?: (file: ComposeFile, context: ViewContext) => readonly Item[];
  /** Where a command is to be seen beside the others of its script. */
  readonly script?: (script: ScriptFile, context: ViewContext) => readonly Item[];
  readonly command?: (command: ContainerCommand, context: ViewContext) => readonly Item[];
  readonly container?: (container: InspectedContainer, context: ViewContext) => readonly Item[];
}

export interface Rule<Item extends Viewed = Viewed> {
  /** The name of its file and its page; what the rule knows beside it stands in the page's front matter. */
  readonly id: RuleId;
  readonly on: View<Item>;
  /** Rules whose findings at the same place this one's replace. */
  readonly replaces?: readonly RuleId[];
  /** Called with each item of the view. */
  detect(item: Item): Iterable<Problem>;
}

/** Checks a rule against its view; the rules of all views are one list. */
export function defineRule<Item extends Viewed>(rule: Rule<Item>): Rule {
  return rule as unknown as Rule;
}
