import type { View } from '../api.ts';
import type { JudgedException } from './judged-exception.ts';

/** It has no surface: what all other rules find decides whether an exception is needed, so the engine gives its items last. */
export const judgedException: View<JudgedException> = { name: 'judgedException' };
