import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint, readConfig, withConfig } from '../../shared-rules/index.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  hostNetwork: true\n';
const TEMPLATE = POD.replace('name: a', 'name: {{ .Release.Name }}');
const LAST_DAY = '2027-06-30';

/** What is found on a day, and whether that depends on it. @param config the text of a configuration */
function on(today: string, text: string, config = '') {
  const settings = withConfig({ ...DEFAULT_SETTINGS, today }, readConfig(config, today).config);
  const { findings, accepted, dependsOnDay } = lint('chart/templates/pod.yaml', text, settings);
  const rules = [...findings, ...accepted.map(({ finding }) => finding)].map(({ rule }) => rule).sort();
  return { found: findings.map(({ rule }) => rule), rules, dependsOnDay };
}

/** Texts and configurations that accept `host-network` up to the last day. */
const ENDING: readonly [what: string, text: string, config?: string][] = [
  ['a comment', POD.replace('true', `true # bulkhead: ignore[host-network] why until ${LAST_DAY}`)],
  [
    'an annotation',
    POD.replace('name: a', `name: a, annotations: { bulkhead.dev/ignore.host-network: until ${LAST_DAY} }`),
  ],
  [
    'an annotation with escapes',
    POD.replace('name: a', `name: a, annotations: { "b\\u0075lkhead.dev/ignore.host-network": "until ${LAST_DAY}" }`),
  ],
  ["Trivy's comment", `# trivy:ignore:KSV-0009:exp:${LAST_DAY}\n${TEMPLATE}`],
  ['the configuration', POD, `exceptions: [{ rule: host-network, reason: why, until: ${LAST_DAY} }]`],
];

describe('what is found depends on the day under an exception that ends, in', () => {
  for (const [what, text, config] of ENDING)
    it(what, () => {
      const [last, after] = [on(LAST_DAY, text, config), on('2027-07-01', text, config)];
      assert.ok(!last.found.includes('host-network') && last.rules.includes('host-network'));
      assert.ok(after.found.includes('host-network'));
      assert.deepEqual([last.dependsOnDay, after.dependsOnDay], [true, true]);
    });

  it('a part of a file', () => {
    assert.equal(on(LAST_DAY, `${POD}---\n${ENDING[0]![1]}`).dependsOnDay, true);
  });
});

describe('what is found is the same on every day', () => {
  const never: typeof ENDING = [
    ['without an exception', POD],
    ['where a text only names an end', `${POD}# bulkhead, trivy: until ${LAST_DAY}\n`],
    ['under a comment without an end', POD.replace('true', 'true # bulkhead: ignore[host-network] why')],
    ["under Trivy's comment without an end", `# trivy:ignore:KSV-0009\n${TEMPLATE}`],
    ["beside Trivy's comment in a plain manifest", `# trivy:ignore:KSV-0009:exp:${LAST_DAY}\n${POD}`],
    [
      'under an exception of the configuration without an end',
      POD,
      'exceptions: [{ rule: host-network, reason: why }]',
    ],
    [
      'beside exceptions of the configuration that are about something else',
      POD,
      `exceptions:
  - { rule: host-pid, reason: why, until: ${LAST_DAY} }
  - { rule: host-network, match: { name: b }, reason: why, until: ${LAST_DAY} }
`,
    ],
  ];
  for (const [what, text, config] of never)
    it(what, () => {
      const [last, after] = [on(LAST_DAY, text, config), on('2027-07-01', text, config)];
      assert.deepEqual(after, last);
      assert.ok(last.rules.includes('host-network'));
      assert.equal(last.dependsOnDay, false);
    });
});
