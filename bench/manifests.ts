import { Random } from './random.ts';

const APPS = ['api', 'cart', 'checkout', 'gateway', 'ledger', 'mailer', 'metrics', 'orders', 'search', 'storefront'];
const TEAMS = ['payments', 'platform', 'shop', 'support'];

/** Writes one document of about 28 lines, without its marker. */
type Writer = (name: string, random: Random) => string[];

const indented = (lines: readonly string[], by: number) => lines.map((line) => `${' '.repeat(by)}${line}`);

function head(apiVersion: string, kind: string, name: string, random: Random): string[] {
  return [
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    'metadata:',
    `  name: ${name}`,
    `  namespace: ${random.pick(TEAMS)}`,
    '  labels:',
    `    app.kubernetes.io/name: ${name}`,
  ];
}

function container(name: string, random: Random): string[] {
  const port = 8000 + random.below(1000);
  return [
    `- name: ${name}`,
    `  image: registry.example.com/${random.pick(TEAMS)}/${name}:1.${random.below(40)}.${random.below(10)}`,
    '  ports:',
    '    - name: http',
    `      containerPort: ${port}`,
    ...(random.chance(20) ? [`      hostPort: ${port}`] : []),
    '  env:',
    '    - name: LOG_LEVEL',
    `      value: "${random.pick(['debug', 'info', 'warn'])}"`,
    '    - name: UPSTREAM',
    `      value: http://${random.pick(APPS)}:8080/v1`,
    ...(random.chance(30) ? ['  securityContext:', `    privileged: ${random.pick(['true', 'false'])}`] : []),
    ...(random.chance(30) ? ['  volumeMounts:', '    - name: data', '      mountPath: /data'] : []),
  ];
}

function podSpec(name: string, random: Random): string[] {
  const containers = container(name, random);
  const mounts = containers.includes('  volumeMounts:');
  return [
    ...(random.chance(25) ? ['hostNetwork: true'] : []),
    ...(random.chance(10) ? ['hostPID: true'] : []),
    `serviceAccountName: ${name}`,
    'containers:',
    ...indented(containers, 2),
    ...(mounts ? ['volumes:', '  - name: data', '    hostPath:', `      path: /var/lib/${name}`] : []),
  ];
}

const workload =
  (kind: string): Writer =>
  (name, random) => [
    ...head('apps/v1', kind, name, random),
    'spec:',
    ...(kind === 'DaemonSet' ? [] : [`  replicas: ${1 + random.below(5)}`]),
    '  selector:',
    '    matchLabels:',
    `      app: ${name}`,
    '  template:',
    '    metadata:',
    '      labels:',
    `        app: ${name}`,
    '    spec:',
    ...indented(podSpec(name, random), 6),
  ];

const cronJob: Writer = (name, random) => [
  ...head('batch/v1', 'CronJob', name, random),
  'spec:',
  `  schedule: "${random.below(60)} ${random.below(24)} * * *"`,
  '  jobTemplate:',
  '    spec:',
  '      template:',
  '        spec:',
  '          restartPolicy: OnFailure',
  ...indented(podSpec(name, random), 10),
];

const service: Writer = (name, random) => [
  ...head('v1', 'Service', name, random),
  'spec:',
  `  type: ${random.pick(['ClusterIP', 'NodePort'])}`,
  '  selector:',
  `    app: ${name}`,
  '  ports:',
  ...['http', 'metrics', 'admin'].flatMap((port, index) => [
    `    - name: ${port}`,
    `      port: ${8080 + index}`,
    `      targetPort: ${port}`,
    '      protocol: TCP',
  ]),
];

const configMap: Writer = (name, random) => [
  ...head('v1', 'ConfigMap', name, random),
  'data:',
  '  settings.conf: |',
  ...Array.from({ length: 12 }, (_, index) => `    ${random.pick(APPS)}.limit.${index} = ${random.below(5000)}`),
  ...Array.from({ length: 6 }, (_, index) => `  FLAG_${index}: "${random.pick(['on', 'off'])}"`),
];

const role: Writer = (name, random) => [
  ...head('rbac.authorization.k8s.io/v1', 'Role', name, random),
  'rules:',
  ...['pods', 'configmaps', 'endpoints', 'services'].flatMap((resource) => [
    '  - apiGroups: [""]',
    `    resources: [${resource}]`,
    '    verbs:',
    '      - get',
    `      - ${random.pick(['list', 'watch', 'patch'])}`,
  ]),
];

const networkPolicy: Writer = (name, random) => [
  ...head('networking.k8s.io/v1', 'NetworkPolicy', name, random),
  'spec:',
  '  podSelector:',
  '    matchLabels:',
  `      app: ${name}`,
  '  policyTypes: [Ingress]',
  '  ingress:',
  ...[8080, 9090].flatMap((port) => [
    '    - from:',
    '        - podSelector:',
    '            matchLabels:',
    `              app: ${random.pick(APPS)}`,
    '      ports:',
    `        - port: ${port}`,
  ]),
];

const WRITERS: readonly Writer[] = [
  workload('Deployment'),
  workload('Deployment'),
  workload('StatefulSet'),
  workload('DaemonSet'),
  cronJob,
  service,
  service,
  configMap,
  role,
  networkPolicy,
];

function documentLines(number: number, random: Random): string[] {
  return random.pick(WRITERS)(`${random.pick(APPS)}-${number}`, random);
}

/** A file of so many lines, or a few less: Kubernetes objects of many kinds, some of which leave their compartment. */
export function manifestsOf(lines: number, seed = 1): string {
  const random = new Random(seed);
  const all: string[] = [];
  for (let number = 1; ; number++) {
    const next = documentLines(number, random);
    if (all.length > 0 && all.length + 1 + next.length > lines) return `${all.join('\n')}\n`;
    if (all.length > 0) all.push('---');
    all.push(...next);
  }
}

/** A custom resource of so many lines in a single document, with a pod among much that is none. */
export function hugeDocument(lines: number): string {
  const random = new Random(lines);
  const pod = ['  template:', '    spec:', ...indented(podSpec('catalogue', random), 6)];
  const all = [...head('example.dev/v1', 'Catalogue', 'catalogue', random), 'spec:', ...pod, '  entries:'];
  for (let number = 1; all.length + 6 <= lines; number++)
    all.push(
      `    - name: ${random.pick(APPS)}-${number}`,
      `      owner: ${random.pick(TEAMS)}`,
      '      limits:',
      `        requests: ${random.below(5000)}`,
      `        burst: "${random.below(100)}"`,
      `      address: http://${random.pick(APPS)}.${random.pick(TEAMS)}:8080/v1`,
    );
  return `${all.join('\n')}\n`;
}
