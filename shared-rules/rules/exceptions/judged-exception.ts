import type { ExceptionName, WrittenException } from '../../model/exceptions/exceptions.ts';
import type { Subject } from '../../model/workload.ts';
import type { RuleId } from '../catalogue.generated.ts';

/** An exception and what can be said against it. */
export interface JudgedException {
  readonly subject: Subject;
  readonly exception: WrittenException;
  /** Why it is not in force, if it is not; with the day that was meant where that can be told. */
  readonly ended: 'past' | { readonly meant: string | undefined } | undefined;
  /** Names that no rule has, with the rule that has nearly the same. */
  readonly unknown: readonly { readonly name: ExceptionName; readonly nearest: RuleId | undefined }[];
  /** Names of rules that would find nothing here anyway. */
  readonly unused: readonly ExceptionName[];
}
