import { inFile, type PortClaim, type SourcedFact } from '../../facts/fact.ts';
import { listed, unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { portNeed } from './views.ts';

export const hostPortConflict = defineRule({
  id: 'host-port-conflict',
  on: portNeed,
  *detect({ subject, claim, platform, rivals }) {
    if (rivals.length === 0) return;
    const port = claim.protocol === 'TCP' ? claim.port : `${claim.port}/${claim.protocol}`;
    const others = listed(rivals.map(nameOf));
    const condition = unlessSet(claim.fromDefault || rivals.some(({ fact }) => fact.fromDefault));
    yield {
      at: claim.at,
      message:
        platform === 'kubernetes'
          ? `${workloadName(subject)} takes port ${port} of its nodes, and so does ${others}. No node can run both: one of the pods stays pending. Give one of them another port, or nodes of its own.`
          : `${workloadName(subject)} takes port ${port} of its host, and so does ${others}${condition}. Whichever starts second cannot bind the port. Give one of them another port, or publish it on another address.`,
      related: rivals.map((rival) => ({ message: `${nameOf(rival)} takes it`, at: rival.fact.at, file: rival.file })),
    };
  },
});

function nameOf(rival: SourcedFact<PortClaim>): string {
  const { kind, name } = rival.fact.holder;
  return `${kind} ${name}${inFile(rival)}`;
}
