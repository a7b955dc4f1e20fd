import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint, readConfig, withConfig } from '../../shared-rules/index.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: node-watch, namespace: monitoring }
spec:
  hostNetwork: true
  initContainers: [{ name: a, image: busybox }]
  containers: [{ name: b, image: "quay.io/prometheus/Node-Exporter:v1.9@sha256:00" }]
`;
const SERVICE = 'services:\n  web:\n    image: localhost:5000/web:1\n    network_mode: host\n';
const TEMPLATE = POD.replace('name: node-watch', 'name: {{ .Release.Name }}').replace(
  'quay.io/prometheus',
  '{{ .hub }}',
);

/** The rules that report in a file under an exception of `host-network`. */
function rulesUnder(exception: string, text = POD, path = 'deploy/base/pod.yaml', today = '2026-11-21'): string[] {
  const { config, problems } = readConfig(`exceptions: [{ rule: host-network, reason: x, ${exception} }]`, today);
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  return lint(path, text, withConfig({ ...DEFAULT_SETTINGS, today }, config)).findings.map(({ rule }) => rule);
}

describe('an exception accepts findings', () => {
  for (const [exception, text] of [
    ['owner: me', POD],
    ['match: { name: node-watch, namespace: monitoring, kind: Pod }', POD],
    ['match: { name: "node-*" }', POD],
    ['match: { namespace: "*", kind: P* }', POD],
    ['match: { path: "deploy/**" }', POD],
    ['match: { path: pod.yaml }', POD],
    ['match: { path: deploy/ }', POD],
    ['match: { image: prometheus/node-exporter }', POD],
    ['match: { image: "quay.io/*" }', POD],
    ['match: { image: "*/NODE-exporter" }', POD],
    ['match: { image: busybox }', POD],
    ['match: { kind: service, name: web, image: localhost:5000/web }', SERVICE],
    ['match: { image: "*/node-exporter", namespace: monitoring }', TEMPLATE],
    ['until: 2026-11-21', POD],
    ['until: 2026-11-22', POD],
  ] as const)
    it(exception, () => assert.deepEqual(rulesUnder(exception, text), []));

  it('whose file is named with the slashes of Windows', () => {
    assert.deepEqual(rulesUnder('match: { path: "deploy/**" }', POD, 'deploy\\base\\pod.yaml'), []);
  });
});

describe('an exception leaves findings alone', () => {
  for (const [exception, text] of [
    ['match: { name: node }', POD],
    ['match: { name: "node?watch" }', POD],
    ['match: { name: node-watch, namespace: other }', POD],
    ['match: { namespace: "*" }', SERVICE],
    ['match: { name: "node-*" }', TEMPLATE],
    ['match: { kind: pod }', POD],
    ['match: { path: "other/**" }', POD],
    ['match: { path: /pod.yaml }', POD],
    ['match: { image: exporter }', POD],
    ['match: { image: quay.io/node-exporter }', POD],
    ['until: 2026-11-20', POD],
  ] as const)
    it(exception, () => assert.deepEqual(rulesUnder(exception, text), ['host-network']));

  it('of other rules', () => {
    const compose = SERVICE.replace('network_mode: host', 'network_mode: host\n    ports: ["1:1"]');
    assert.deepEqual(rulesUnder('match: { kind: service }', compose), ['published-ports-ignored']);
  });

  it('by path, where the file lies outside of the folder', () => {
    for (const path of ['../deploy/pod.yaml', '/deploy/pod.yaml'])
      assert.deepEqual(rulesUnder('match: { path: pod.yaml }', POD, path), ['host-network'], path);
  });
});

it('an exception ends only where the day is known', () => {
  const { config } = readConfig('exceptions: [{ rule: host-network, reason: x, until: 2001-01-01 }]', undefined);
  assert.deepEqual(lint('pod.yaml', POD, withConfig(DEFAULT_SETTINGS, config)).findings, []);
});
