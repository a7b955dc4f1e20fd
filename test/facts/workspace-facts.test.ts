import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  type Linted,
  lint,
  provenFixes,
  WorkspaceFacts,
} from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

/** Files of a workspace, linted as they are written. */
class Files {
  readonly workspace = new WorkspaceFacts();
  readonly #texts = new Map<string, string>();

  /** @returns the other files that are to be linted again */
  write(file: string, text: string): string[] {
    this.#texts.set(file, text);
    return this.workspace.update(file, this.lint(file).result).sort();
  }

  lint(file: string): Linted {
    const queries = this.workspace.queriesFor(file);
    const result = lint(file, this.#texts.get(file) ?? '', settings, queries);
    assert.deepEqual(result.failures, []);
    return { path: file, settings, result, queries };
  }

  /** The findings of a rule, each with the files of its related places. */
  found(file: string, rule: string): (string | undefined)[][] {
    const { findings } = this.lint(file).result;
    return findings.filter((one) => one.rule === rule).map(({ related }) => related.map((place) => place.file));
  }
}

function pod(name: string, port: number, more: { namespace?: string; image?: string; labels?: object } = {}): string {
  const { namespace, image = `example.com/${name}`, labels } = more;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { hostNetwork: true, containers: [{ name: 'main', image, ports: [{ containerPort: port }] }] },
  });
}

const listing = (...resources: string[]) => `resources: ${JSON.stringify(resources)}\n`;
const CONFLICT = 'host-port-conflict';

describe('two files', () => {
  it('meet where they lie in one folder, and part when one of them changes', () => {
    const files = new Files();
    assert.deepEqual(files.write('k/a.yaml', pod('a', 80)), []);
    assert.deepEqual(files.write('k/b.yaml', pod('b', 80)), ['k/a.yaml']);
    assert.deepEqual(files.found('k/a.yaml', CONFLICT), [['k/b.yaml']]);
    assert.deepEqual(files.found('k/b.yaml', CONFLICT), [['k/a.yaml']]);
    assert.deepEqual(files.write('k/b.yaml', pod('b', 81)), ['k/a.yaml']);
    assert.deepEqual(files.found('k/a.yaml', CONFLICT), []);
  });

  it('do not concern each other by what did not change, or is of no use to the other', () => {
    const files = new Files();
    files.write('k/a.yaml', pod('a', 80));
    files.write('k/b.yaml', pod('b', 80));
    assert.deepEqual(files.write('k/b.yaml', `# a comment\n${pod('b', 80)}`), [], 'it moved');
    assert.deepEqual(files.write('k/b.yaml', `${pod('b', 80)}\n---\n${pod('c', 443)}`), [], 'another port');
  });

  it('part when one of them is removed', () => {
    const files = new Files();
    files.write('k/a.yaml', pod('a', 80));
    files.write('k/b.yaml', pod('b', 80));
    assert.deepEqual(files.workspace.remove('k/b.yaml'), ['k/a.yaml']);
    assert.deepEqual(files.found('k/a.yaml', CONFLICT), []);
    assert.deepEqual([...files.workspace.files], ['k/a.yaml']);
    assert.deepEqual(files.workspace.remove('k/unknown.yaml'), []);
  });

  it('are called by their names, also where these are URIs', () => {
    const files = new Files();
    files.write('file:///k/a.yaml', pod('a', 80));
    for (const [file, name] of [
      ['file:///k/b%20c.yaml', 'b c.yaml'],
      ['file:///k/100%.yaml', '100%.yaml'],
    ] as const) {
      files.write(file, pod('b', 80));
      const [message] = files
        .lint('file:///k/a.yaml')
        .result.findings.flatMap((one) => (one.rule === CONFLICT ? one.message : []));
      assert.ok(message?.includes(`so does Pod b in ${name}. `), message);
      files.workspace.remove(file);
    }
  });

  const apart: [string, string, string][] = [
    ['lie in different folders', 'k/a.yaml', 'k/sub/b.yaml'],
    ['are templates of different charts', 'one/templates/a.yaml', 'two/templates/b.yaml'],
  ];
  for (const [what, a, b] of apart)
    it(`do not meet where they ${what}`, () => {
      const files = new Files();
      files.write(a, pod('a', 80));
      assert.deepEqual(files.write(b, pod('b', 80)), []);
      assert.deepEqual(files.found(b, CONFLICT), []);
    });

  it('meet as templates of one chart, and with backslashes', () => {
    const files = new Files();
    files.write('chart\\templates\\web\\a.yaml', pod('a', 80));
    files.write('chart\\templates\\b.yaml', pod('b', 80));
    assert.deepEqual(files.found('chart\\templates\\b.yaml', CONFLICT), [['chart\\templates\\web\\a.yaml']]);
  });

  const variants: [string, string, string][] = [
    ['have one kind and name', pod('a', 80), pod('a', 80, { namespace: 'test' })],
    [
      'go on where the name of the other ends',
      pod('web', 80, { image: 'web:1' }),
      pod('web-2', 80, { image: 'web:2' }),
    ],
    [
      'run one image under the same labels',
      pod('single', 80, { image: 'web', labels: { app: 'web' } }),
      pod('double', 80, { image: 'web', labels: { app: 'web' } }),
    ],
  ];
  for (const [what, a, b] of variants)
    it(`are variants of a workload where they ${what}`, () => {
      const files = new Files();
      files.write('a.yaml', a);
      files.write('b.yaml', b);
      assert.deepEqual(files.found('b.yaml', CONFLICT), []);
    });

  it('are variants of a project where they share a service', () => {
    const files = new Files();
    const compose = (name: string) =>
      `services:\n  ${name}:\n    image: nginx\n    ports: ["80:80"]\n  db: { image: postgres }\n`;
    files.write('compose.yaml', compose('web'));
    files.write('compose.dev.yaml', compose('web-dev'));
    assert.deepEqual(files.found('compose.dev.yaml', CONFLICT), []);
    files.write('compose.tools.yaml', 'services:\n  proxy:\n    image: httpd\n    network_mode: host\n');
    assert.deepEqual(files.found('compose.tools.yaml', CONFLICT), [['compose.dev.yaml', 'compose.yaml']]);
  });
});

describe('a kustomization', () => {
  it('brings files together that lie apart, also by another one, as long as it lists them', () => {
    const files = new Files();
    files.write('base/a.yaml', pod('a', 80));
    files.write('tools/b.yaml', pod('b', 80));
    files.write('base/kustomization.yaml', listing('a.yaml'));
    assert.deepEqual(files.write('all/kustomization.yaml', listing('../base', '../tools/b.yaml')), [
      'base/a.yaml',
      'base/kustomization.yaml',
      'tools/b.yaml',
    ]);
    assert.deepEqual(files.found('base/a.yaml', CONFLICT), [['tools/b.yaml']]);
    assert.deepEqual(files.write('all/kustomization.yaml', listing('../base')), ['base/a.yaml', 'tools/b.yaml']);
    assert.deepEqual(files.found('base/a.yaml', CONFLICT), []);
  });

  it('does not bring together what two of them list', () => {
    const files = new Files();
    files.write('base/a.yaml', pod('a', 80));
    files.write('dev/b.yaml', pod('b', 80));
    files.write('prod/c.yaml', pod('c', 80));
    files.write('dev/kustomization.yaml', listing('../base', 'b.yaml'));
    files.write('prod/kustomization.yaml', listing('../base', './c.yaml'));
    assert.deepEqual(files.found('base/a.yaml', CONFLICT), [['dev/b.yaml', 'prod/c.yaml']]);
    assert.deepEqual(files.found('dev/b.yaml', CONFLICT), [['base/a.yaml']]);
  });

  it('leaves out the files of its folder that it does not list', () => {
    const files = new Files();
    files.write('k/a.yaml', pod('a', 80));
    files.write('k/b.yaml', pod('b', 80));
    assert.deepEqual(files.write('k/kustomization.yaml', listing('a.yaml')), ['k/a.yaml', 'k/b.yaml']);
    assert.deepEqual(files.found('k/a.yaml', CONFLICT), []);
    assert.deepEqual(files.workspace.remove('k/kustomization.yaml'), ['k/a.yaml', 'k/b.yaml']);
    assert.deepEqual(files.found('k/a.yaml', CONFLICT), [['k/b.yaml']]);
  });

  it('of Flux is none', () => {
    const files = new Files();
    files.write('k/a.yaml', pod('a', 80));
    files.write('k/b.yaml', pod('b', 80));
    files.write(
      'k/kustomization.yaml',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: { path: ./x }\n',
    );
    assert.deepEqual(files.found('k/a.yaml', CONFLICT), [['k/b.yaml']]);
  });

  it('may list itself or nothing that is there', () => {
    const files = new Files();
    files.write('k/kustomization.yaml', listing('.', '..', 'missing.yaml', '../../../above', 'https://example.com/x'));
    files.write('kustomization.yaml', listing('k'));
    assert.deepEqual(files.write('k/a.yaml', pod('a', 80)), []);
  });
});

describe('facts of other files', () => {
  const namespace = (labels: object) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
  const policy = (metadata: object, podSelector: object) =>
    JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: { podSelector } });
  const service = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' } },
  });
  const web = pod('web', 80, { namespace: 'shop', labels: { app: 'web' } });

  it('tell a pod about its namespace, and the namespace about its pods', () => {
    const files = new Files();
    files.write('web.yaml', web);
    assert.deepEqual(files.write('namespace.yaml', namespace({ 'istio-injection': 'enabled' })), ['web.yaml']);
    assert.deepEqual(files.found('web.yaml', 'mesh-skipped'), [['namespace.yaml']]);
    assert.deepEqual(files.found('namespace.yaml', 'namespace-without-pod-security'), [['web.yaml']]);
    assert.deepEqual(files.write('namespace.yaml', namespace({ 'pod-security.kubernetes.io/enforce': 'baseline' })), [
      'web.yaml',
    ]);
    assert.deepEqual(files.found('web.yaml', 'pod-security-rejects'), [['namespace.yaml']]);
    assert.deepEqual(files.found('web.yaml', 'mesh-skipped'), []);
    // A variant of the namespace allows it.
    files.write('namespace.dev.yaml', namespace({ 'pod-security.kubernetes.io/enforce': 'privileged' }));
    assert.deepEqual(files.found('web.yaml', 'pod-security-rejects'), []);
  });

  it('tell policies and services which pods they select', () => {
    const files = new Files();
    files.write('policy.yaml', policy({ name: 'web', namespace: 'shop' }, { matchLabels: { app: 'web' } }));
    files.write('service.yaml', service);
    assert.deepEqual(files.write('web.yaml', web), ['policy.yaml', 'service.yaml']);
    assert.deepEqual(files.found('policy.yaml', 'ineffective-network-policy'), [['web.yaml']]);
    assert.deepEqual(files.found('service.yaml', 'service-on-host-network'), [['web.yaml']]);
    files.write('inside.yaml', web.replace('"hostNetwork":true', '"hostNetwork":false').replace('"web"', '"inside"'));
    assert.deepEqual(files.found('service.yaml', 'service-on-host-network'), []);
  });

  it('silence an AI workload wherever a policy for its namespace lies', () => {
    const files = new Files();
    const model = (namespace?: string) =>
      pod('model', 8000, {
        image: 'vllm/vllm-openai',
        labels: { app: 'model' },
        ...(namespace && { namespace }),
      }).replace('"hostNetwork":true,', '');
    const rule = 'ai-without-network-policy';
    files.write('ml/model.yaml', model('ml'));
    files.write('loose/model.yaml', model());
    assert.deepEqual(files.write('policies/ml.yaml', policy({ name: 'all', namespace: 'ml' }, {})), [
      'loose/model.yaml',
      'ml/model.yaml',
    ]);
    assert.deepEqual(files.found('ml/model.yaml', rule), []);
    assert.equal(files.found('loose/model.yaml', rule).length, 1, 'its namespace is not known');
    files.write('loose/policy.yaml', policy({ name: 'all' }, {}));
    assert.deepEqual(files.found('loose/model.yaml', rule), []);
  });

  it('stand by when a fix is proven', () => {
    const files = new Files();
    const labelled = web.replace('"app":"web"', '"app":"web","sidecar.istio.io/inject":"true"');
    files.write('web.yaml', `${pod('a', 80, { namespace: 'shop' })}\n---\n${labelled}`);
    files.write('namespace.yaml', namespace({ 'istio-injection': 'enabled' }));
    const linted = files.lint('web.yaml');
    const [, own] = linted.result.findings.filter(({ rule }) => rule === 'mesh-skipped');
    assert.ok(own);
    // Without the label of its own the pod is one that its namespace asks for.
    assert.deepEqual(provenFixes(linted, own), []);
    files.workspace.remove('namespace.yaml');
    const [fix] = provenFixes(linted, own);
    assert.ok(fix);
    const { text } = linted.result;
    assert.equal(applyEdits(text, fix.edits), text.replace(',"sidecar.istio.io/inject":"true"', ''));
  });
});

describe('a fix that takes a port', () => {
  const probed = pod('probed', 9099).replace(
    '"ports":[{"containerPort":9099}]',
    '"readinessProbe":{"tcpSocket":{"port":9099}}',
  );
  const titles = (files: Files) => {
    const linted = files.lint('probed.yaml');
    const finding = linted.result.findings.find(({ rule }) => rule === 'undeclared-host-ports');
    assert.ok(finding);
    return provenFixes(linted, finding).map(({ title }) => title);
  };

  it('is offered where the port is free', () => {
    const files = new Files();
    files.write('probed.yaml', `${pod('other', 80)}\n---\n${probed}`);
    assert.deepEqual(titles(files), ['Declare port 9099']);
  });
  it('is not where another document of the file has it', () => {
    const files = new Files();
    files.write('probed.yaml', `${pod('other', 9099)}\n---\n${probed}`);
    assert.deepEqual(titles(files), []);
  });
  it('is not where another file has it', () => {
    const files = new Files();
    files.write('probed.yaml', probed);
    files.write('other.yaml', pod('other', 9099));
    assert.deepEqual(titles(files), []);
  });
});
