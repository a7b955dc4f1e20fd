import type { Files } from './deployed-files.ts';

/** A chart of so many templates; values of each in its values.yaml, beside those that all of them read. */
export function chartOf(templates: number): Files {
  const names = Array.from({ length: templates }, (_, index) => `part${index}`);
  return {
    'chart/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'chart/values.yaml': `image:\n  registry: example.com\n  tag: "1.0"\n${names.map(valuesOf).join('')}`,
    'chart/values-prod.yaml': `image:\n  tag: "1.1"\n${names.map((name) => `${name}:\n  replicas: 3\n`).join('')}`,
    'chart/templates/_helpers.tpl': HELPERS,
    ...Object.fromEntries(names.map((name) => [`chart/templates/${name}.yaml`, templateOf(name)])),
  };
}

const HELPERS = `{{- define "app.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- define "app.labels" -}}
app.kubernetes.io/name: {{ include "app.name" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}
{{- define "app.image" -}}
{{- printf "%s/%s:%s" .Values.image.registry .name .Values.image.tag }}
{{- end }}
`;

function valuesOf(name: string): string {
  return `${name}:
  enabled: true
  replicas: 2
  hostNetwork: false
  podSecurityContext:
    runAsNonRoot: true
    runAsUser: 1000
  securityContext:
    privileged: false
    allowPrivilegeEscalation: false
    capabilities:
      drop: [ALL]
  resources:
    limits: { cpu: 500m, memory: 256Mi }
    requests: { cpu: 50m, memory: 64Mi }
  env:
    LOG_LEVEL: info
    CACHE: "true"
  extraVolumes: []
  nodeSelector: {}
`;
}

function templateOf(name: string): string {
  return `{{- $part := .Values.${name} }}
{{- if $part.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.name" . }}-${name}
  labels:
    {{- include "app.labels" . | nindent 4 }}
spec:
  replicas: {{ $part.replicas }}
  selector:
    matchLabels:
      part: ${name}
  template:
    metadata:
      labels:
        {{- include "app.labels" . | nindent 8 }}
        part: ${name}
    spec:
      hostNetwork: {{ $part.hostNetwork }}
      securityContext:
        {{- toYaml $part.podSecurityContext | nindent 8 }}
      containers:
        - name: ${name}
          image: {{ include "app.image" (dict "Values" .Values "name" "${name}") | quote }}
          securityContext:
            {{- toYaml $part.securityContext | nindent 12 }}
          env:
            {{- range $key, $value := $part.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          ports:
            - name: http
              containerPort: 8080
          resources:
            {{- toYaml $part.resources | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          emptyDir: {}
        {{- with $part.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $part.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
`;
}

/** A base of so many objects, and overlays that change some of them. */
export function overlaysOf(objects: number, overlays: number): Files {
  const names = Array.from({ length: overlays }, (_, index) => `over${index}`);
  return {
    'base/kustomization.yaml': 'resources:\n  - all.yaml\n',
    'base/all.yaml': Array.from({ length: objects }, (_, index) => objectOf(index)).join('---\n'),
    ...Object.fromEntries(names.flatMap((name) => overlayOf(name))),
  };
}

function objectOf(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web${index}
spec:
  replicas: 2
  selector:
    matchLabels: { app: web${index} }
  template:
    metadata:
      labels: { app: web${index} }
    spec:
      hostNetwork: ${index % 10 === 0}
      containers:
        - name: web
          image: example.com/web:1.0
          ports:
            - containerPort: 8080
          resources:
            limits: { cpu: 500m, memory: 256Mi }
`;
}

function overlayOf(name: string): (readonly [string, string])[] {
  const patch = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web7
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          securityContext:
            privileged: true
`;
  return [
    [
      `${name}/kustomization.yaml`,
      `namespace: ${name}\nresources:\n  - ../base\npatches:\n  - path: patch.yaml\nimages:\n  - name: example.com/web\n    newTag: "1.2"\n`,
    ],
    [`${name}/patch.yaml`, patch],
  ];
}
