import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LintSettings } from '../../shared-rules/index.ts';
import { DeployedFiles } from './deployed-files.ts';

const AGENT = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      hostNetwork: true
      containers:
        - name: agent
          image: example.com/agent:1.0
`;
const kustomization = (...lines: readonly string[]) =>
  ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', ...lines, ''].join('\n');
const BASE = kustomization('resources: [agent.yaml]');
/** A patch of the agent's pod. */
const patchOf = (...lines: readonly string[]) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
${lines.map((line) => `      ${line}\n`).join('')}`;

/** The agent with overlays, each a patch of it. */
function overlays(patches: Readonly<Record<string, string>>): DeployedFiles {
  const files: Record<string, string> = { 'base/agent.yaml': AGENT, 'base/kustomization.yaml': BASE };
  for (const [name, patch] of Object.entries(patches)) {
    files[`overlays/${name}/kustomization.yaml`] = kustomization(
      'resources: [../../base]',
      'patches: [{ path: pod.yaml }]',
    );
    files[`overlays/${name}/pod.yaml`] = patch;
  }
  return new DeployedFiles(files);
}

const TAKEN_BACK = patchOf('hostNetwork: false');
const AS_BEFORE = patchOf('priorityClassName: high');

describe('a base', () => {
  it('is silent about what its only overlay takes back', () => {
    assert.ok(!rulesIn(overlays({ prod: TAKEN_BACK }), 'base/agent.yaml').includes('host-network'));
  });

  it('names the one deployment in which it counts', () => {
    const files = overlays({ dev: TAKEN_BACK, edge: AS_BEFORE, prod: TAKEN_BACK });
    assert.match(
      files.finding('base/agent.yaml', 'host-network').finding.message,
      / Only in the build of overlays\/edge\.$/,
    );
  });

  it('names several deployments', () => {
    const files = overlays({ dev: TAKEN_BACK, edge: AS_BEFORE, prod: AS_BEFORE });
    assert.match(
      files.finding('base/agent.yaml', 'host-network').finding.message,
      / Only in the builds of overlays\/edge and overlays\/prod\.$/,
    );
  });

  it('is judged as before where every overlay leaves it', () => {
    const message = overlays({ dev: AS_BEFORE }).finding('base/agent.yaml', 'host-network').finding.message;
    assert.equal(
      message,
      new DeployedFiles({ 'base/agent.yaml': AGENT }).finding('base/agent.yaml', 'host-network').finding.message,
    );
  });

  it('is judged alone where no kustomization uses it', () => {
    const files = overlays({ prod: TAKEN_BACK });
    files.write('base/kustomization.yaml', kustomization('resources: []'));
    assert.ok(rulesIn(files, 'base/agent.yaml').includes('host-network'));
  });

  it('is judged anew when an overlay changes', () => {
    const files = overlays({ prod: TAKEN_BACK });
    files.write('overlays/prod/pod.yaml', AS_BEFORE);
    assert.ok(rulesIn(files, 'base/agent.yaml').includes('host-network'));
    files.write('overlays/prod/pod.yaml', TAKEN_BACK);
    assert.ok(!rulesIn(files, 'base/agent.yaml').includes('host-network'));
  });

  it('is judged by itself, too, where Flux or Argo CD deploys it', () => {
    const files = overlays({ prod: TAKEN_BACK });
    files.write(
      'clusters/all.yaml',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: base }\nspec: { path: ./base }\n',
    );
    assert.match(files.finding('base/agent.yaml', 'host-network').finding.message, / Only in the build of base\.$/);
  });

  it('is repaired where that holds in every deployment', () => {
    const files = overlays({ dev: AS_BEFORE, prod: TAKEN_BACK });
    const [fixed] = files.fixed('base/agent.yaml', 'host-network');
    assert.equal(fixed?.[0], 'Remove hostNetwork, in the builds of overlays/dev and overlays/prod');
    assert.equal(fixed?.[1], AGENT.replace('      hostNetwork: true\n', ''));
  });
});

describe('a patch', () => {
  const PRIVILEGED = patchOf('containers:', '  - name: agent', '    securityContext:', '      privileged: true');

  it('is judged where it adds something, and names the object that it lands in', () => {
    const { finding } = overlays({ prod: PRIVILEGED }).finding('overlays/prod/pod.yaml', 'privileged');
    assert.deepEqual([finding.subject.kind, finding.subject.name], ['DaemonSet', 'agent']);
    assert.match(finding.message, /agent/);
  });

  it('leaves to other files what is written there', () => {
    const files = overlays({ prod: PRIVILEGED });
    assert.ok(!rulesIn(files, 'overlays/prod/pod.yaml').includes('host-network'));
    assert.ok(!rulesIn(files, 'base/agent.yaml').includes('privileged'));
  });

  it('leaves to the base what it repeats of it', () => {
    const files = overlays({ prod: patchOf('containers:', '  - name: agent', '    imagePullPolicy: Always') });
    const strict = (file: string) => rulesIn(files, file, { profile: 'strict' });
    assert.deepEqual(strict('overlays/prod/pod.yaml'), []);
    assert.ok(strict('base/agent.yaml').includes('runs-as-root'));
  });

  it('is repaired in its own file', () => {
    const files = overlays({ prod: PRIVILEGED });
    const [fixed] = files.fixed('overlays/prod/pod.yaml', 'privileged');
    assert.ok(fixed && !String(fixed[1]).includes('privileged: true'));
  });

  it('is judged in a kustomization', () => {
    const files = overlays({});
    files.write(
      'overlays/prod/kustomization.yaml',
      kustomization(
        'resources: [../../base]',
        'patches:',
        '  - target: { kind: DaemonSet }',
        '    patch: |-',
        '      - op: add',
        '        path: /spec/template/spec/hostPID',
        '        value: true',
      ),
    );
    const { finding } = files.finding('overlays/prod/kustomization.yaml', 'host-pid');
    assert.equal(finding.subject.name, 'agent');
  });

  it('that meets no object is judged as it stands', () => {
    const files = overlays({ prod: PRIVILEGED.replace('name: agent\nspec', 'name: other\nspec') });
    assert.ok(rulesIn(files, 'overlays/prod/pod.yaml').includes('privileged'));
  });
});

function rulesIn(files: DeployedFiles, file: string, settings: Partial<LintSettings> = {}): string[] {
  return files.lint(file, settings).result.findings.map(({ rule }) => rule);
}
