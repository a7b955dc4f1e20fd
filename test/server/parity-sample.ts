/** A workspace with a little of everything, and what is to be found in it under its configuration. */
const web = (name: string, port: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      containers:
        - name: web
          image: acme/${name}
          ports: [{ containerPort: ${port}, hostPort: ${port} }]
`;

export const SAMPLE = {
  files: {
    '.bulkhead.yaml': `profile: recommended
ignore: [vendor/]
severity:
  host-network: high
  runs-as-root: low
exceptions:
  - rule: host-pid
    match: { path: "node/**", kind: DaemonSet }
    reason: reads the processes of the node
`,
    'deploy/one.yaml': web('one', 8080),
    'deploy/two.yaml': web('two', 8080),
    'vendor/three.yaml': web('three', 8080),
    'node/agent.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template:
    spec:
      hostPID: true
      hostIPC: true # bulkhead: ignore[host-ipc] shares a ring buffer
      containers: [{ name: "\u{1F433}", image: acme/agent, securityContext: { runAsUser: 1000, privileged: true } }]
`,
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/values-host.yaml': 'host: true\n',
    'chart/templates/job.yaml': `apiVersion: batch/v1
kind: Job
metadata: { name: {{ .Release.Name }} }
spec:
  template:
    spec:
      {{- if .Values.host }}
      hostPID: true
      {{- end }}
      securityContext: { runAsNonRoot: true }
      containers: [{ name: job, image: {{ .Values.image }} }]
`,
    'compose/compose.yaml': `services:
  proxy:
    image: acme/proxy
    network_mode: host
    ports: ["80:80"]
    user: "1000"
    volumes: [/var/run/docker.sock:/var/run/docker.sock]
`,
    'scripts/start.sh': '#!/bin/sh\ndocker run --user 1000 --privileged --pid=host acme/tool\r\n',
    'scripts/compose.json': '\uFEFF{ "services": { "a": { "image": "acme/a", "user": "1000", "pid": "host" } } }\n',
    'with space/(odd) ü#%.yaml': 'apiVersion: v1\r\nkind: Pod\r\nspec:\r\n  hostIPC: true\r\n  containers: []\r\n',
  },
  /** Files in which others have a say. */
  together: ['.bulkhead.yaml', 'chart/templates/job.yaml', 'deploy/one.yaml', 'deploy/two.yaml'],
  expected: [
    'chart/templates/job.yaml host-pid high',
    'compose/compose.yaml host-network high',
    'compose/compose.yaml published-ports-ignored medium',
    'compose/compose.yaml runtime-socket high',
    'deploy/one.yaml host-network high',
    'deploy/one.yaml host-port-conflict medium',
    'deploy/one.yaml runs-as-root low',
    'deploy/two.yaml host-network high',
    'deploy/two.yaml host-port-conflict medium',
    'deploy/two.yaml runs-as-root low',
    'node/agent.yaml privileged high',
    'scripts/compose.json host-pid high',
    'scripts/start.sh host-pid high',
    'scripts/start.sh privileged high',
    'with space/(odd) ü#%.yaml host-ipc medium',
  ],
};
