import type { RuleId } from '../../shared-rules/index.ts';

/** `high` is what an editor shows as an error, `medium` as a warning, `low` as information. */
export type Severity = 'high' | 'medium' | 'low';

/** How much to report: what nearly everyone would want to know, hardening advice too, every rule. */
export type Profile = 'recommended' | 'strict' | 'all';

/** A `safe` fix cannot change what a working workload does; somebody has to look at a `review` one. */
export type Safety = 'safe' | 'review';

/** What holds for a text. Without any of it, the same as for the command line where there is no configuration. */
export interface Options {
  /** The text of a `.bulkhead.yaml`. What it says gives way to the options beside it. */
  readonly config?: string;
  readonly profile?: Profile;
  /** The severity of single rules, and `off` for what is not to be looked for. A named rule is on in any profile. */
  readonly severity?: Readonly<Partial<Record<RuleId, Severity | 'off'>>>;
  /** The version of Kubernetes that manifests are for, such as `1.31`; without it the newest that Bulkhead knows. */
  readonly kubernetesVersion?: string;
  /** The day on which exceptions are to hold, as `2027-06-30`; without it none of them ends. */
  readonly today?: string;
}

export interface FixOptions extends Options {
  /** Make fixes that may change what a workload does, too: the preferred one for each finding. */
  readonly unsafe?: boolean;
  /** Repair the findings of these rules only. */
  readonly rules?: readonly RuleId[];
}

/** A place in a text. Lines and columns count from 1, columns in UTF-16 units; the offset from 0, as of a string. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** From the first character to the place behind the last. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/** A repair that was tried: the text is as valid after it, and the finding is gone. */
export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  /** To be made together; they do not overlap. */
  readonly edits: readonly Edit[];
  /** A word in what they write that a person is to replace. */
  readonly placeholder?: string;
}

/** The workload a finding is about. */
export interface Subject {
  /** The Kubernetes kind, `service` in a Compose file, `container` elsewhere; empty where a template decides. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  /** The path of the field the finding is at, such as `spec.template.spec.hostNetwork`. */
  readonly path: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What is wrong, why it matters and what to do. */
  readonly message: string;
  readonly range: Range;
  readonly subject: Subject;
  /** Other places in the text that belong to it. */
  readonly related: readonly { readonly message: string; readonly range: Range }[];
  /** The preferred one first. They are tried when this is first read, which takes longer than finding. */
  readonly fixes: readonly Fix[];
}

/** A text after its repair. */
export interface Fixed {
  readonly text: string;
  /** The titles of the fixes, in the order they were made; empty when nothing was. */
  readonly titles: readonly string[];
}

export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** The smallest profile that holds it. */
  readonly profile: Profile;
  readonly category: string;
  /** The ids of the same danger in other tools and standards. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/**
 * Looks for workloads that leave their compartment. Conflicts between files are not found: a text is looked at alone.
 * @param path the file's path, from the configuration's folder: its name tells Compose files and scripts from others. It
 *   need not exist.
 * @returns what was found, in the order of the text; nothing for a text without workloads and for a path that the
 *   configuration ignores. Of a text with syntax errors, what can be read is looked at
 * @throws RangeError for options that say nothing Bulkhead knows, and for a configuration with errors
 */
export declare function lint(path: string, text: string, options?: Options): Finding[];

/**
 * Repairs a text as `bulkhead fix` does: safe fixes only, unless the options say otherwise.
 * @param path as for `lint`
 * @throws RangeError as `lint` does
 */
export declare function fix(path: string, text: string, options?: FixOptions): Fixed;

/** All rules, in the order of their ids. */
export declare const rules: readonly Rule[];
