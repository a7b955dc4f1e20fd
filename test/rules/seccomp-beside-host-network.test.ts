import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';

const SERVICE = `services:
  web:
    image: example.com/web:1.0
    network_mode: host
    security_opt: [SECURITY]
`;

describe('a seccomp profile beside the host network is shown as what does not make up for it', () => {
  const cases: [path: string, text: string, shown: string[]][] = [
    ['run.sh', 'docker run --network host --security-opt seccomp=default.json web:1', ['seccomp=default.json']],
    ['run.sh', 'docker run --network host --security-opt seccomp=unconfined web:1', []],
    ['run.sh', 'docker run --network host --security-opt label=disable web:1', []],
    ['compose.yaml', SERVICE.replace('SECURITY', 'seccomp:default.json'), ['seccomp:default.json']],
    ['compose.yaml', SERVICE.replace('SECURITY', 'no-new-privileges:true'), []],
  ];
  for (const [path, text, shown] of cases) {
    it(`${path}: ${text.trim().split('\n').at(-1)?.trim()}`, () => {
      const finding = lint(path, text, DEFAULT_SETTINGS).findings.find(({ rule }) => rule === 'host-network');
      assert.ok(finding);
      assert.deepEqual(
        finding.related.map(({ at: { range } }) => text.slice(range.start, range.end)),
        shown,
      );
    });
  }
});
