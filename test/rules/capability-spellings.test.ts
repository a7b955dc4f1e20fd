import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';

/** What two rules say of a list of capabilities: the beginning of each message. */
function found(path: string, text: string): string[] {
  const { findings } = lint(path, text, { ...DEFAULT_SETTINGS, profile: 'all' });
  const own = findings.filter(({ rule }) => rule === 'added-capabilities' || rule === 'net-raw');
  return own.map(({ message }) => message.split(/ is added| keeps| drops/)[0] ?? '');
}

const pod = (capabilities: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers: [{ name: c, image: i, securityContext: { capabilities: ${capabilities} } }]\n`;
const compose = (list: string) => `services: { s: { image: i, cap_add: [${list}] } }\n`;

describe('a capability by any spelling', () => {
  const dropsAll = (name: string) => pod(`{ drop: [ALL], add: [${name}] }`);
  const cases: [string, string, string, string[]][] = [
    ...['SYS_ADMIN', 'sys_admin', 'CAP_SYS_ADMIN', 'cap_sys_admin', 'Sys_Admin'].flatMap(
      (name): [string, string, string, string[]][] => [
        [`${name} in a pod`, 'a.yaml', dropsAll(name), ['SYS_ADMIN']],
        [`${name} in Compose`, 'compose.yaml', compose(name), ['SYS_ADMIN']],
        [`${name} in a command`, 'a.sh', `docker run --cap-add ${name} i\n`, ['SYS_ADMIN']],
        [`${name} behind =`, 'a.sh', `podman run --cap-add=${name} i\n`, ['SYS_ADMIN']],
      ],
    ),
    ...['ALL', 'all', 'All'].flatMap((name): [string, string, string, string[]][] => [
      [`${name} added in a pod`, 'a.yaml', dropsAll(name), ['ALL']],
      [`${name} added in Compose`, 'compose.yaml', compose(name), ['ALL']],
      [`${name} added by a command`, 'a.sh', `docker run --cap-add ${name} i\n`, ['ALL']],
      [`${name} dropped in a pod`, 'a.yaml', pod(`{ drop: [${name}] }`), []],
    ]),
    ...['CHOWN', 'chown', 'cap_chown', 'CAP_CHOWN'].map((name): [string, string, string, string[]] => [
      `${name}, which runtimes give`,
      'a.yaml',
      dropsAll(name),
      [],
    ]),
    ['NET_RAW in lower case, dropped', 'a.yaml', pod('{ drop: [net_raw] }'), []],
    ['CAP_NET_RAW, dropped', 'a.yaml', pod('{ drop: [CAP_NET_RAW] }'), ['Container c of Pod p']],
    ['cap_net_raw, dropped', 'a.yaml', pod('{ drop: [cap_net_raw] }'), ['Container c of Pod p']],
    ['cap_all, dropped', 'a.yaml', pod('{ drop: [cap_all] }'), ['Container c of Pod p']],
    ['another one, dropped', 'a.yaml', pod('{ drop: [CAP_CHOWN] }'), ['Container c of Pod p']],
    ['both spellings, dropped', 'a.yaml', pod('{ drop: [CAP_NET_RAW, NET_RAW] }'), []],
    ['CAP_ALL, which Docker refuses', 'compose.yaml', compose('CAP_ALL'), []],
    ['the same in a command', 'a.sh', 'docker run --cap-add CAP_ALL i\n', []],
  ];
  for (const [name, path, text, expected] of cases) it(name, () => assert.deepEqual(found(path, text), expected));
});
