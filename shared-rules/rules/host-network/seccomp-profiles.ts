import type { Place } from '../../language/place.ts';
import type { Related } from '../api.ts';

/** Seccomp profiles beside the host's network, which are often thought to make up for it. */
export function seccompProfiles(
  options: readonly { readonly text: string | undefined; readonly at: Place }[],
): Related[] {
  return options
    .filter(({ text }) => /^seccomp[=:](?!unconfined$)/.test(text ?? ''))
    .map(({ at }) => ({ message: 'This filters system calls; it does not bring back a network of its own', at }));
}
