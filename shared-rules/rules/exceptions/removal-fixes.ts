import type { ExceptionName, WrittenException } from '../../model/exceptions/exceptions.ts';
import type { Fix } from '../api.ts';
import { review } from '../fixes.ts';

export function removingException({ removal }: WrittenException): Fix {
  return review('Remove the exception', removal);
}

/** Takes a name off an exception, and the whole exception with the last one. */
export function removingName({ names }: WrittenException, { text, removal }: ExceptionName): Fix {
  return review(names.length === 1 ? 'Remove the exception' : `Remove ${text} from the exception`, removal);
}
