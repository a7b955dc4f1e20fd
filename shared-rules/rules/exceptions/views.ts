import type { View } from '../api.ts';
import type { CheckedException } from './checked-exception.ts';

/** It has no surface: what all other rules find decides whether an exception is needed, so the engine gives its items last. */
export const checkedException: View<CheckedException> = { name: 'checkedException' };
