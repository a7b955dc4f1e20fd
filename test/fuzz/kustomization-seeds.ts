/** Kustomizations: a patch takes back what a base says, and what is built names files in other folders. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Files } from './files.ts';

const BASE =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: { app: web }\nspec:\n  replicas: 1\n  selector:\n    matchLabels: { app: web }\n  template:\n    metadata:\n      labels: { app: web }\n    spec:\n      hostNetwork: true\n      hostPID: true\n      containers:\n        - name: web # the server\n          image: nginx:1\n          ports: [{ containerPort: 80, hostPort: 80 }]\n          securityContext:\n            privileged: true\n          envFrom: [{ configMapRef: { name: settings } }]\n      volumes:\n        - name: sock\n          hostPath: { path: /var/run/docker.sock }\n';
const BASE_FILES: Files = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': BASE };
const PATCH = (body: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n${body}`;

/** Ways in which the files of a kustomization come together, one of each. */
const WAYS: readonly Files[] = [
  {
    ...BASE_FILES,
    'prod/kustomization.yaml':
      'namePrefix: prod-\nnamespace: prod\nresources:\n  - ../base\n  - policy.yaml\npatches:\n  - path: patch.yaml\n  - target: { kind: Deployment, name: web }\n    patch: |-\n      - op: replace\n        path: /spec/template/spec/hostNetwork\n        value: false\nimages:\n  - { name: nginx, newName: vllm/vllm-openai, newTag: v1 }\n',
    'prod/patch.yaml': PATCH(
      '      hostIPC: true\n      containers:\n        - name: web\n          securityContext: { privileged: false }\n      volumes:\n        - $patch: delete\n          name: sock\n',
    ),
    'prod/policy.yaml':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: all }\nspec:\n  podSelector:\n    matchLabels: { app: web }\n  policyTypes: [Ingress]\n',
  },
  {
    ...BASE_FILES,
    'debug/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatchesJson6902:\n  - target: { version: v1, group: apps, kind: Deployment, name: ".*" }\n    path: ops.json\nlabels:\n  - pairs: { debug: "yes" }\n    includeSelectors: true\n',
    'debug/ops.json': '[{ "op": "add", "path": "/spec/template/spec/hostIPC", "value": true }]\n',
    'dev/kustomization.yaml':
      'resources: [../base]\ncomponents: [../debug]\nreplicas: [{ name: web, count: 2 }]\nconfigMapGenerator:\n  - name: settings\n    files: [a=settings.txt]\n    envs: [vars.env]\n    literals: ["MODE=host"]\n  - { name: settings, behavior: merge, literals: [B=c] }\ngeneratorOptions: { labels: { made: "1" } }\n',
    'dev/settings.txt': 'docker run --net=host\n',
    'dev/vars.env': 'HOST=true\n',
    'live/kustomization.yaml': 'resources: [../base, ../dev]\nnameSuffix: -live\n',
  },
  {
    'kustomization.yaml':
      'resources:\n- a.yaml\n- b.yaml\nreplacements:\n- source: { kind: ConfigMap, name: a, fieldPath: data.net }\n  targets:\n  - select: { kind: Pod }\n    fieldPaths: [spec.hostNetwork]\n    options: { create: true }\n- path: replace.yaml\ncommonLabels: { team: a }\ncommonAnnotations: { note: b }\ntransformers: [prefix.yaml]\nconfigurations: [fields.yaml]\n',
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { net: "true", path: /var/run/docker.sock }\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers: [{ name: a, image: a }]\n  volumes: [{ name: v, hostPath: { path: /tmp } }]\n',
    'b.yaml':
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: { name: q }\n  spec: &spec { hostPID: true, containers: [] }\n- apiVersion: v1\n  kind: Pod\n  metadata: { name: r }\n  spec: *spec\n',
    'replace.yaml':
      'source: { kind: ConfigMap, name: a, fieldPath: data.path }\ntargets:\n- select: { name: p }\n  fieldPaths: ["spec.volumes.[name=v].hostPath.path"]\n',
    'prefix.yaml':
      'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: { name: x }\nprefix: x-\nfieldSpecs: [{ path: metadata/name }]\n',
    'fields.yaml':
      'images: [{ path: spec/image, kind: Own }]\nnameReference:\n- kind: ConfigMap\n  fieldSpecs: [{ path: spec/map, kind: Pod }]\n',
  },
  {
    'apps/kustomization.yaml': 'resources: [job.yaml]\n',
    'apps/job.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec: { template: { spec: { hostIPC: true, restartPolicy: Never, containers: [{ name: a, image: a }] } } }\n',
    'cluster/flux.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps }\nspec: { path: ./apps, interval: 1m, prune: true }\n',
    'all/kustomization.yaml':
      'resources: [../apps]\npatchesStrategicMerge:\n- patch.yaml\n- |-\n  apiVersion: batch/v1\n  kind: Job\n  metadata: { name: j }\n  spec: { template: { spec: { hostIPC: null } } }\n',
    'all/patch.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec:\n  template:\n    spec:\n      hostPID: true\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: absent }\nspec: { hostNetwork: true }\n',
  },
];

interface BuildCase {
  readonly files: Files;
  readonly hasBase?: true;
}

interface PatchCase {
  readonly base: string;
  readonly patch?: string;
  readonly operations?: string;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../assembly/${name}`, import.meta.url), 'utf8'));

/** The kustomizations and patches that the assembly is compared with Kustomize by. */
function casesOfAssembly(): Files[] {
  const { base, cases } = read('kustomize-builds.json') as { base: Files; cases: BuildCase[] };
  const patched = (read('kustomize-patches.json') as PatchCase[]).map(({ base, patch, operations }) => ({
    'base.yaml': base,
    'patch.yaml': patch ?? (operations as string),
    'kustomization.yaml': `resources: [base.yaml]\npatches:\n- path: patch.yaml\n${patch === undefined ? '  target: { kind: .* }\n' : ''}`,
  }));
  return [...cases.map(({ files, hasBase }) => (hasBase ? { ...base, ...files } : files)), ...patched];
}

/** Lines of a kustomization, each of another field. */
const FIELDS = [
  'namespace: other\n',
  'namePrefix: a-\n',
  'nameSuffix: -z\n',
  'images: [{ name: nginx, digest: "sha256:00" }]\n',
  'replicas: [{ name: web, count: 3 }]\n',
  'labels: [{ pairs: { a: b }, includeTemplates: true }]\n',
  'commonAnnotations: { a: b }\n',
  'secretGenerator: [{ name: s, literals: [a=b] }]\n',
  'components: [../part]\n',
  'vars: [{ name: V, objref: { apiVersion: apps/v1, kind: Deployment, name: web } }]\n',
];
const PATCHES = [
  '      hostNetwork: false\n',
  '      hostPID: null\n',
  '      hostIPC: true\n',
  '      $patch: replace\n',
  '      volumes: null\n',
  '      containers: [{ name: web, $patch: delete }, { name: b, image: b, securityContext: { privileged: true } }]\n',
  '      $retainKeys: [containers]\n',
];
const fields = fc.subarray(FIELDS, { maxLength: 4 }).map((lines) => lines.join(''));
const patch = fc.subarray(PATCHES, { minLength: 1, maxLength: 3 }).map((lines) => PATCH(lines.join('')));
const kustomization = fc.tuple(fields, fields, fields, patch, patch).map(
  ([one, two, three, first, second]): Files => ({
    ...BASE_FILES,
    'part/kustomization.yaml': `kind: Component\npatches: [{ path: patch.yaml, target: { labelSelector: app=web } }]\n${three}`,
    'part/patch.yaml': second,
    'one/kustomization.yaml': `resources: [../base]\npatches: [{ path: patch.yaml }]\n${one}`,
    'one/patch.yaml': first,
    'two/kustomization.yaml': `resources: [../one]\n${two}`,
  }),
);

export function kustomizationSeeds(seed: number): Files[] {
  const often = WAYS.flatMap((way) => Array<Files>(20).fill(way));
  return [...often, ...casesOfAssembly(), ...fc.sample(kustomization, { seed, numRuns: 60 })];
}
