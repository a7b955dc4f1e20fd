import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  type Finding,
  fixOf,
  fixText,
  lint,
  preferredFix,
  provenFixes,
} from '../../shared-rules/index.ts';
import { nearestName } from '../../shared-rules/language/nearest-name.ts';

const settings = { ...DEFAULT_SETTINGS, today: '2027-07-01' };
const HEAD = 'apiVersion: v1\nkind: Pod\n';

/** The text after a fix of the first finding about an exception. */
function fixed(text: string, title: string): string | undefined {
  const linted = { path: 'pod.yaml', settings, result: lint('pod.yaml', text, settings) };
  const finding = linted.result.findings.find(({ rule }) => rule.startsWith('exception-')) as Finding;
  const fix = provenFixes(linted, finding).find((one) => one.title === title);
  return fix && applyEdits(text, fix.edits);
}

describe('the removal of an exception', () => {
  const comment = '# bulkhead: ignore[host-network] counts';
  const cases: [string, string, string | undefined][] = [
    ['takes its line', `${HEAD}${comment}\nspec: {}\n`, `${HEAD}spec: {}\n`],
    ['keeps other comments', `${HEAD}# one\n  ${comment}\n# two\nspec: {}\n`, `${HEAD}# one\n# two\nspec: {}\n`],
    ['takes the blanks before it', `${HEAD}spec: {}  \t${comment}\nstatus: {}\n`, `${HEAD}spec: {}\nstatus: {}\n`],
    ['takes the last line', `${HEAD}spec: {}\n${comment}`, `${HEAD}spec: {}`],
    ['takes the last line with its end', `${HEAD}spec: {}\n${comment}\n`, `${HEAD}spec: {}\n`],
    ['takes the end of the last line', `${HEAD}spec: {} ${comment}`, `${HEAD}spec: {}`],
    [
      'keeps line ends of Windows',
      `${HEAD}spec:\n  ${comment}\n  a: 1 # b\n`.replaceAll('\n', '\r\n'),
      `${HEAD}spec:\n  a: 1 # b\n`.replaceAll('\n', '\r\n'),
    ],
    ['takes the first line', `${comment}\n${HEAD}spec: {}\n`, `${HEAD}spec: {}\n`],
    ['keeps a byte order mark', `\uFEFF${comment}\n${HEAD}spec: {}\n`, `\uFEFF${HEAD}spec: {}\n`],
    ['reaches before the first marker', `# a\n${comment}\n---\n${HEAD}spec: {}\n`, `# a\n---\n${HEAD}spec: {}\n`],
    [
      'leaves other documents alone',
      `${HEAD}spec: {}\n---\n${comment}\n${HEAD}spec: {}\n---\na: 1\n`,
      `${HEAD}spec: {}\n---\n${HEAD}spec: {}\n---\na: 1\n`,
    ],
  ];
  for (const [name, before, after] of cases) it(name, () => assert.equal(fixed(before, 'Remove the exception'), after));

  it('takes one name of several with one comma', () => {
    const text = (names: string) => `${HEAD}spec:\n  # bulkhead: ignore[${names}] counts\n  hostNetwork: true\n`;
    const title = 'Remove host-pid from the exception';
    assert.equal(fixed(text('host-network, host-pid'), title), text('host-network'));
    assert.equal(fixed(text('host-pid ,host-network'), title), text('host-network'));
    assert.equal(fixed(text('a,host-network'), 'Remove a from the exception'), text('host-network'));
  });

  it('takes the key with the last annotation of a block, and keeps the others', () => {
    const text = (lines: string) => `${HEAD}metadata:\n  annotations:\n${lines}spec: {}\n`;
    const own = '    bulkhead.dev/ignore.host-network: counts\n';
    assert.equal(fixed(text(`    a: b\n${own}`), 'Remove the exception'), text('    a: b\n'));
    assert.equal(fixed(text(own), 'Remove the exception'), `${HEAD}metadata:\n  annotations: {}\nspec: {}\n`);
  });
});

describe('the place for a reason', () => {
  const text = (rest: string) => `${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[host-network]${rest}\n`;
  const cases: [string, string, string][] = [
    ['is behind the rules', '', ' reason'],
    ['is before the last day', ' until 2027-12-31', ' reason until 2027-12-31'],
    ['is where the word stands', ': Reason', ': reason'],
  ];
  for (const [name, before, after] of cases)
    it(name, () => assert.equal(fixed(text(before), 'Write the reason'), text(after)));

  it('keeps the last day of an annotation', () => {
    const text = (value: string) =>
      `${HEAD}metadata: { annotations: { bulkhead.dev/ignore.host-network: '${value}' } }\nspec: { hostNetwork: true }\n`;
    assert.equal(fixed(text('until 2027-12-31'), 'Write the reason'), text('reason until 2027-12-31'));
    assert.equal(fixed(text(''), 'Write the reason'), text('reason'));
  });
});

describe('a repair of many findings', () => {
  const text = `${HEAD}spec:\n  # bulkhead: ignore[host-netwrok] counts\n  # bulkhead: ignore[host-pid]\n  hostPID: true\n  priority: 1\n`;
  const linted = { path: 'pod.yaml', settings, result: lint('pod.yaml', text, settings) };
  it('changes no exception in passing', () => assert.equal(fixText(linted, preferredFix).text, text));
  it('changes those it is told to', () =>
    assert.equal(
      fixText(linted, fixOf(['exception-unknown-rule'])).text,
      text.replace('  # bulkhead: ignore[host-netwrok] counts\n', ''),
    ));
  it('never writes a reason', () => assert.equal(fixText(linted, fixOf(['exception-without-reason'])).text, text));
});

describe('the nearest name', () => {
  const names = ['host-network', 'host-port', 'host-pid', 'privileged'];
  const cases: [string, string | undefined][] = [
    ['host-netwrok', 'host-network'],
    ['hostnetwork', 'host-network'],
    ['HOST-PORT', 'host-port'],
    ['host-pit', 'host-pid'],
    ['priviledged', 'privileged'],
    ['docker-sock', undefined],
    ['all', undefined],
    ['', undefined],
  ];
  for (const [typed, expected] of cases)
    it(`of "${typed}" is ${expected ?? 'none'}`, () => assert.equal(nearestName(typed, names), expected));
});
