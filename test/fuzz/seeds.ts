/** The texts that editing begins with: every surface, from this repository alone. */
import { basename, dirname, relative } from 'node:path';
import fc from 'fast-check';
import { manifestsOf } from '../../bench/manifests.ts';
import { readRulePages } from '../../scripts/rule-pages.mjs';
import { readTextFile } from '../../server/workspace/read-file.ts';
import { walk } from '../../server/workspace/walk.ts';
import { CHART_FILE } from '../../shared-rules/assembly/helm/roots.ts';
import { isKustomizationPath } from '../../shared-rules/assembly/kustomize/uses.ts';
import { isComposeName, type RuleId } from '../../shared-rules/index.ts';
import { deployment, running } from '../ai-manifests.ts';
import { file } from '../generated-files.ts';
import { examplesOf, readMarks, readRulePage } from '../rules/rule-pages.ts';
import { SAMPLE } from '../server/parity-sample.ts';
import { chartSeeds } from './chart-seeds.ts';
import type { Files } from './files.ts';
import { kustomizationSeeds } from './kustomization-seeds.ts';
import { projectSeeds } from './project-seeds.ts';

export interface Seed {
  readonly files: Files;
}

interface OneFile {
  readonly path: string;
  readonly text: string;
}

/** What pages have few examples of. */
const SURFACES: readonly OneFile[] = [
  {
    path: 'chart/templates/web.yaml',
    text: '{{- if .Values.on }}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include "web.name" . }}\nspec:\n  template:\n    spec:\n      hostNetwork: {{ .Values.host | default true }}\n      hostPID: true\n      {{- with .Values.node }}\n      nodeSelector:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n      containers:\n        {{- range .Values.all }}\n        - name: {{ .name }}\n          image: "{{ .image }}:{{ .tag }}"\n          securityContext:\n            privileged: true\n        {{- end }}\n{{- end }}\n',
  },
  {
    path: 'Dockerfile',
    text: '# syntax=docker/dockerfile:1\nFROM debian:12 AS build\nARG MODE=host\nRUN --security=insecure make \\\n    && docker run --privileged --net=$MODE tool\nRUN --network=host <<EOF\ncurl -fsS http://localhost\nEOF\nENTRYPOINT ["docker", "run", "--pid=host", "tool"]\n',
  },
  {
    path: 'web.container',
    text: '[Unit]\nDescription=Web\n\n[Container]\nImage=docker.io/library/nginx:1\nNetwork=host\nVolume=/run/docker.sock:/run/docker.sock\nPodmanArgs=--privileged \\\n  --pid=host\nAddCapability=SYS_ADMIN NET_ADMIN\n',
  },
  {
    path: 'agent.service',
    text: '[Service]\nExecStartPre=-/usr/bin/docker rm agent\nExecStart=/usr/bin/docker run --net=host --name agent \\\n  -v /:/host "example.com/agent:%i"\n',
  },
  {
    path: '.devcontainer/devcontainer.json',
    text: '{\n  // Comments are allowed.\n  "image": "debian:12",\n  "runArgs": ["--network=host", "--privileged", "--cap-add", "SYS_PTRACE"],\n  "mounts": ["source=/var/run/docker.sock,target=/var/run/docker.sock,type=bind",],\n  "initializeCommand": "docker run --pid host tool",\n}\n',
  },
  {
    path: '.github/workflows/test.yml',
    text: 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    container:\n      image: node:24\n      options: --privileged --network host\n    services:\n      db:\n        image: postgres\n        options: >-\n          --pid=host\n          --health-cmd pg_isready\n    steps:\n      - uses: actions/checkout@v5\n      - run: |\n          docker run --rm --net=host \\\n            -v "$PWD:/src" ${{ matrix.image }} make\n',
  },
  {
    path: '.gitlab-ci.yml',
    text: 'default:\n  image: docker:28\nbuild: &build\n  script:\n    - docker run --privileged tool build\n    - >\n      docker run\n      --pid=host tool\ntest:\n  <<: *build\n  before_script: ["docker run --ipc=host tool"]\n',
  },
  {
    path: 'Makefile',
    text: 'IMAGE ?= tool\nrun: build\n\t@docker run --rm --net=host \\\n\t\t-v /:/host $(IMAGE) || true\n\ndefine start\ndocker run --privileged $(1)\nendef\n',
  },
  {
    path: 'install.sh',
    text: '#!/bin/bash\nset -eu\nargs=(--net=host --privileged)\nif [ -n "${DEBUG:-}" ]; then\n  docker run "${args[@]}" --pid=host tool # the host\nfi\ncat <<EOF >compose.yaml\nservices: { web: { image: web, network_mode: host } }\nEOF\nfor n in $(seq 3); do docker run -d --name "w$n" -p 80$n:80 web; done\n',
  },
  {
    path: 'README.md',
    text: '# Start\n\n1. Run it:\n\n   ```sh\n   docker run --net=host tool\n   ```\n\n2. Or:\n\n   ```yaml\n   services:\n     web:\n       image: web\n       pid: host\n   ```\n\n> ```console\n> $ docker run --privileged tool\n> ```\n',
  },
  {
    path: 'anchors/compose.yaml',
    text: 'x-base: &base\n  network_mode: host\n  cap_add: &caps [SYS_ADMIN]\nservices:\n  a: { <<: *base, image: a }\n  b:\n    <<: [*base]\n    image: b\n    cap_add: *caps\n  ? c\n  : image: c\n    pid: "host"\n',
  },
  { path: 'job.json', text: deployment({ hostNetwork: true, containers: [{ name: 'a', image: 'vllm/vllm-openai' }] }) },
  { path: 'list.yaml', text: `[${running({ securityContext: { privileged: true } })}]` },
];

/** Every example of every page, its result after a fix too. */
function pageFiles(): OneFile[] {
  return readRulePages().flatMap(({ id }) => {
    let path = '';
    return examplesOf(readRulePage(id as RuleId)).map((example) => {
      if (example.role !== 'fixed') path = example.argument || 'manifest.yaml';
      return { path, text: readMarks(example.text).text };
    });
  });
}

/** A manifest in a fence, and several in one file. */
function combined(files: readonly OneFile[]): OneFile[] {
  const manifests = files.filter(({ path }) => path === 'manifest.yaml');
  return manifests.flatMap(({ text }, index) => [
    { path: 'guide.md', text: `# Guide\n\n\`\`\`yaml\n${text}\`\`\`\n` },
    { path: 'all.yaml', text: `${text}---\n${manifests[(index * 7 + 1) % manifests.length]?.text}` },
  ]);
}

export function ownSeeds(seed: number): Seed[] {
  const pages = pageFiles();
  const files: OneFile[] = [
    ...pages,
    ...combined(pages),
    ...fc.sample(file, { seed, numRuns: 300 }),
    ...SURFACES.flatMap((surface) => Array<OneFile>(8).fill(surface)),
    ...Object.entries(SAMPLE.files).map(([path, text]) => ({ path, text })),
    { path: 'many.yaml', text: manifestsOf(200, seed) },
  ];
  const together = [...chartSeeds(seed), ...kustomizationSeeds(seed)].map((files) => ({ files }));
  return [...files.map(seedOf), ...projectSeeds(seed), ...together];
}

function seedOf({ path, text }: OneFile): Seed {
  return { files: { [path]: text } };
}

/** So many files that are deployed together are edited together, of those of a folder. */
const MOST_FILES = 12;

/**
 * The files of a folder that may hold something of ours and have at most so many bytes; Compose files with those beside them,
 * charts, and kustomizations with those in the folders beside.
 */
export async function seedsIn(folder: string, most = 9000): Promise<Seed[]> {
  const files: OneFile[] = [];
  for await (const path of walk(folder, { exclude: [] })) {
    const read = await readTextFile(path);
    if ('text' in read && read.text.length <= most) files.push({ path: relative(folder, path), text: read.text });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const projects = files.flatMap((one) => {
    const folder = togetherIn(one.path);
    if (folder === undefined) return [];
    const isBeside = (path: string) =>
      isComposeName(one.path) ? dirname(path) === folder : path.startsWith(folder === '.' ? '' : `${folder}/`);
    const beside = files.filter(({ path }) => path !== one.path && isBeside(path));
    const [first, others] = [
      beside.filter(({ path }) => SAYS_MOST.test(path)),
      beside.filter(({ path }) => !SAYS_MOST.test(path)),
    ];
    const together = [one, ...first, ...others].slice(0, MOST_FILES);
    return together.length > 1 ? { files: Object.fromEntries(together.map(({ path, text }) => [path, text])) } : [];
  });
  return [...files.map(seedOf), ...projects];
}

/** Of many files those that others depend on are taken. */
const SAYS_MOST = /(?:values[^/]*\.ya?ml|\.tpl|kustomization\.ya?ml)$/;

/** The folder whose files are deployed with a file; undefined for one that is no beginning. */
function togetherIn(path: string): string | undefined {
  if (isComposeName(path) || basename(path) === CHART_FILE) return dirname(path);
  return isKustomizationPath(path) ? dirname(dirname(path)) : undefined;
}
