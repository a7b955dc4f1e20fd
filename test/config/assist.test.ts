import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CATALOGUE, explain, suggest } from '../../shared-rules/index.ts';

const RULES = Object.keys(CATALOGUE);
const EXCEPTION = ['rule', 'rules', 'match', 'reason', 'owner', 'until'];
const MATCH = ['path', 'kind', 'namespace', 'name', 'image'];

/** A text with `|` at the cursor, and the names that may stand there. */
const PLACES: readonly [string, readonly string[]][] = [
  [
    'pro|',
    ['profile', 'kubernetesVersion', 'ignore', 'severity', 'exceptions', 'ai', 'composeProjects', 'knownHostUsers'],
  ],
  [
    'profile: all\n|\nignore: []\n',
    ['kubernetesVersion', 'severity', 'exceptions', 'ai', 'composeProjects', 'knownHostUsers'],
  ],
  ['profile: |', ['recommended', 'strict', 'all']],
  ['profile: str|ict', ['recommended', 'strict', 'all']],
  ['profile: "|"', ['recommended', 'strict', 'all']],
  ['profile: all |', []],
  ['severity:\n  |', RULES],
  ['severity: { ho|', RULES],
  ['severity:\n  host-port: |', ['high', 'medium', 'low', 'off']],
  ['severity:\n  host-port: off\n  privil|', RULES.filter((rule) => rule !== 'host-port')],
  ['exceptions:\n  - |', EXCEPTION],
  ['exceptions:\n- rule: host-pid\n- |\nprofile: all\n', EXCEPTION],
  ['exceptions:\n  - rule: host-|\n    reason: x\n', RULES],
  ['exceptions:\n  - rule: host-pid\n    |\n    reason: x\n', ['rules', 'match', 'owner', 'until']],
  ['exceptions:\n  - rules:\n      - |\n', RULES],
  ['exceptions:\n  - rules: [host-pid, |]\n', RULES],
  ['exceptions:\n  - rule: host-pid\n    match:\n      |\n    reason: x\n', MATCH],
  ['exceptions:\n  - match: { path: x, |', MATCH.slice(1)],
  ['exceptions:\n  - reason: |', []],
  ['ai:\n  |', ['include', 'exclude']],
  ['composeProjects:\n  - |', ['files', 'projectDirectory', 'envFiles']],
  ['knownHostUsers:\n  - |', ['image', 'kinds', 'rules', 'reason']],
  ['# pro|', []],
];

describe('what may stand at the cursor', () => {
  for (const [place, names] of PLACES)
    it(JSON.stringify(place), () => {
      const found = suggest(place.replace('|', ''), place.indexOf('|'));
      assert.deepEqual(
        found.map(({ name }) => name),
        names,
      );
    });

  it('takes the place of the whole word, and adds a colon where there is none', () => {
    const completed = (place: string, name: string) => {
      const text = place.replace('|', '');
      const found = suggest(text, place.indexOf('|')).find((one) => one.name === name);
      assert.ok(found, name);
      return text.slice(0, found.range.start) + found.newText + text.slice(found.range.end);
    };
    assert.equal(completed('pro|', 'profile'), 'profile: ');
    assert.equal(completed('p|ro: all', 'profile'), 'profile: all');
    assert.equal(completed('profile: s|t # x', 'strict'), 'profile: strict # x');
    assert.equal(completed('severity:\n  host-p|ort: off', 'privileged'), 'severity:\n  privileged: off');
  });
});

describe('what a place means', () => {
  const at = (place: string) => {
    const text = place.replace('|', '');
    const found = explain(text, place.indexOf('|'));
    return found && [text.slice(found.range.start, found.range.end), found.rule ?? found.description];
  };
  it('is told of keys, values and rules', () => {
    assert.deepEqual(at('profile: a|ll'), ['all', 'Every rule.']);
    assert.match(String(at('pro|file: all')?.[1]), /^How much to report\. Wins over the setting `bulkhead\.profile`/);
    assert.deepEqual(at('severity:\n  host-|port: off'), ['host-port', 'host-port']);
    assert.deepEqual(at('severity:\n  host-port: o|ff'), ['off', 'Switches the rule off.']);
    assert.deepEqual(at('exceptions: [{ rule: host-|pid }]'), ['host-pid', 'host-pid']);
    assert.match(String(at('exceptions: [{ match: { na|me: a } }]')?.[1]), /^The name of the object/);
  });
  it('is not told where there is nothing to tell', () => {
    for (const place of ['|', 'x|x: 1', 'ignore: [a|]', 'profile: n|o', '# c|', 'severity: { con|structor: off }'])
      assert.equal(at(place), undefined, place);
  });
});
