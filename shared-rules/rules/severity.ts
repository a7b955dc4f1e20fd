/** `high` shows as an error, `medium` as a warning, `low` as information. */
export type Severity = 'high' | 'medium' | 'low';

/** How much to report: each profile holds the rules of the ones before it. */
export const PROFILES = ['recommended', 'strict', 'all'] as const;
export type Profile = (typeof PROFILES)[number];

export const SEVERITIES = ['high', 'medium', 'low'] as const;
