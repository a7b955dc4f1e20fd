import fc from 'fast-check';
import type { Plain } from '../shared-rules/language/yaml/style.ts';
import { style, Writer } from './generated-yaml.ts';

const image = fc.constantFrom('nginx', 'vllm/vllm-openai:v1', 'example.com/a');
/** A key that is there or not. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const container = fc.record({
  name: fc.constantFrom('a', 'b'),
  image,
  ports: maybe(
    fc.array(fc.record({ containerPort: fc.constantFrom(80, 8080), hostPort: maybe(fc.constantFrom(80, 8080)) }), {
      minLength: 1,
      maxLength: 3,
    }),
  ),
  volumeMounts: maybe(
    fc.array(fc.record({ name: fc.constantFrom('data', 'sock'), mountPath: fc.constantFrom('/x', '/dev/shm') }), {
      minLength: 1,
      maxLength: 3,
    }),
  ),
});
const podSpec = fc.record({
  hostNetwork: maybe(fc.boolean()),
  dnsPolicy: maybe(fc.constantFrom('ClusterFirstWithHostNet', 'Default')),
  hostIPC: maybe(fc.boolean()),
  hostPID: maybe(fc.boolean()),
  hostUsers: maybe(fc.boolean()),
  shareProcessNamespace: maybe(fc.boolean()),
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  volumes: maybe(
    fc.array(
      fc.oneof(
        fc.constant({ name: 'data', emptyDir: {} }),
        fc.record({
          name: fc.constant('sock'),
          hostPath: fc.record({ path: fc.constantFrom('/run/docker.sock', '/var/run', '/srv') }),
        }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  ),
});
const strategy = fc.record({
  rollingUpdate: fc.record({
    maxSurge: maybe(fc.constantFrom(0, 1, '25%')),
    maxUnavailable: maybe(fc.constantFrom(0, 1, '10%')),
  }),
});
const manifest = fc
  .record({
    labels: maybe(fc.constant({ app: 'x' })),
    selector: maybe(fc.constant({ matchLabels: { app: 'x' } })),
    strategy: maybe(strategy),
    kind: fc.constantFrom('Deployment', 'DaemonSet'),
    spec: podSpec,
  })
  .map(({ labels, selector, strategy, kind, spec }) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'x' },
    spec: {
      selector,
      [kind === 'DaemonSet' ? 'updateStrategy' : 'strategy']: strategy,
      template: { metadata: { name: 'x', labels }, spec },
    },
  }));
const service = fc.record({
  image,
  network_mode: maybe(fc.constantFrom('host', 'bridge')),
  ipc: maybe(fc.constantFrom('host', 'private')),
  ports: maybe(fc.array(fc.constantFrom('80:80', '127.0.0.1:1:1'), { minLength: 1, maxLength: 3 })),
  environment: maybe(fc.oneof(fc.constant({ A: 'b' }), fc.constant(['A=b']))),
  volumes: maybe(fc.array(fc.constantFrom('/run/docker.sock:/s', 'data:/d'), { minLength: 1, maxLength: 3 })),
  use_api_socket: maybe(fc.boolean()),
});
const compose = fc
  .dictionary(fc.constantFrom('web', 'db', 'job'), service, { minKeys: 1, maxKeys: 3 })
  .map((services) => ({ services }));

/** Keys in any order, without those that are not there. */
const shuffled = (data: unknown, order: number): Plain => {
  if (Array.isArray(data)) return data.map((item) => shuffled(item, order));
  if (typeof data !== 'object' || data === null) return data as Plain;
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  const turned = entries.map((_, index) => entries[(index + order) % entries.length] as [string, unknown]);
  return Object.fromEntries(turned.map(([key, value]) => [key, shuffled(value, order)]));
};

const ANCHOR = 'x-common: &common\n  network_mode: host # shared\n  restart: always\n';
/** A manifest or a Compose file in any style, with findings in most. */
export const file = fc.oneof(
  fc
    .tuple(manifest, style, fc.nat(9))
    .map(([data, style, order]) => ({ path: 'a.yaml', text: new Writer(style).write(shuffled(data, order)) })),
  fc
    .tuple(compose, style, fc.nat(9))
    .map(([data, style, order]) => ({ path: 'compose.yaml', text: new Writer(style).write(shuffled(data, order)) })),
  fc.tuple(compose, fc.constantFrom('\n', '\r\n')).map(([{ services }, newline]) => ({
    path: 'compose.yaml',
    text: `${ANCHOR}${Object.entries(services).reduce((text, [name, { image }]) => `${text}  ${name}:\n    <<: *common\n    image: ${image}\n`, 'services:\n')}`.replaceAll(
      '\n',
      newline,
    ),
  })),
);
