import type { Audit } from '../../shared-rules/index.ts';
import { plural } from './wording.ts';

/** Such as `5 findings in 2 of 11 workloads.` */
export function auditSummary(audits: readonly Audit[]): string {
  const sum = (numberOf: (one: Audit) => number) => audits.reduce((total, one) => total + numberOf(one), 0);
  const all = sum((one) => one.count);
  const count = sum(({ workloads }) => workloads.reduce((total, { findings }) => total + findings.length, 0));
  if (count === 0) return `Nothing found in ${plural(all, 'workload')}.`;
  return `${plural(count, 'finding')} in ${sum(({ workloads }) => workloads.length)} of ${plural(all, 'workload')}.`;
}
