import type { ExceptionName, WrittenException } from '../../model/exceptions/exceptions.ts';
import type { Viewed } from '../api.ts';
import type { RuleId } from '../catalogue.generated.ts';

/** An exception and what can be said against it. */
export interface CheckedException extends Viewed {
  readonly exception: WrittenException;
  /** Whether its last day, if it has one, is a day and not over. */
  readonly isInForce: boolean;
  /** Names that no rule has, with the rule that has nearly the same. */
  readonly unknown: readonly { readonly name: ExceptionName; readonly nearest: RuleId | undefined }[];
  /** Names of rules that would find nothing here anyway. */
  readonly unused: readonly ExceptionName[];
}
