// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
/** Files that are deployed as one: a change of one is a change of what is found in another. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { file } from '../generated-files.ts';
import type { Files } from './files.ts';
import type { Seed } from './seeds.ts';

/** Ways in which files come together, one of each. */
const WAYS: readonly Files[] = [
  {
    'compose.yaml':
      'services:\n  web:\n    image: "web:${TAG:-1}"\n    network_mode: ${MODE}\n    ports: ["80:80"]\n    volumes:\n      - ${SOCK}:/sock\n',
    'compose.override.yaml':
      'services:\n  web:\n    # counts packets\n    privileged: true\n    volumes:\n      - /:/host\n      - data:/data\nvolumes: { data: {} }\n',
    '.env': 'MODE=host\nSOCK="/var/run/docker.sock"\n# the tag\nTAG=2\n',
  },
  {
    'compose.yaml':
      'services:\n  app:\n    extends: { file: common/base.yaml, service: root }\n    image: app\n  job:\n    extends: app\n    pid: !reset null\n    cap_add: !override [CHOWN]\n',
    'common/base.yaml':
      'x-base: &base\n  ipc: host\nservices:\n  root:\n    <<: *base\n    image: a\n    pid: host\n    cap_add: [SYS_ADMIN]\n  unused:\n    image: a\n    ipc: host\n',
  },
  {
    'compose.yaml':
      'include:\n  - path: [db/compose.yaml, db/host.yaml]\n    env_file: db/vars.env\nservices:\n  a: { image: a, network_mode: "service:db" }\n',
    'db/compose.yaml': 'services:\n  db:\n    image: postgres\n    ports: ["${PORT}:5432"]\n',
    'db/host.yaml':
      'services:\n  db:\n    network_mode: host\n    cap_add: &caps [NET_ADMIN]\n  other:\n    image: b\n    cap_add: *caps\n',
    'db/vars.env': 'PORT=5432\n',
  },
  {
    'up.sh':
      '#!/bin/sh\ndocker compose -f deploy/base.yaml -f deploy/dev.yaml up -d\ndocker compose --file deploy/base.yaml up\n',
    'deploy/base.yaml': 'services:\n  a:\n    image: a\n    privileged: true\n    ports: ["80:80"]\n',
    'deploy/dev.yaml':
      'services:\n  a: { privileged: false }\n  b: { image: b, ports: ["80:80"], userns_mode: host }\n',
  },
  {
    '.devcontainer/devcontainer.json':
      '{\n  "dockerComposeFile": ["../base.yaml", "dev.yaml"], // both\n  "service": "a",\n  "runArgs": ["--pid=host"],\n}\n',
    'base.yaml': 'services:\n  a:\n    image: a\n    security_opt: [seccomp:unconfined]\n',
    '.devcontainer/dev.yaml':
      'services:\n  a:\n    security_opt:\n      - apparmor:unconfined\n    devices: [/dev/kvm]\n',
  },
  {
    '.env': 'COMPOSE_FILE=a.yaml:b.yaml\nHOST=host\n',
    'a.yaml': 'services:\n  a:\n    image: a\n    pid: ${HOST}\n',
    'b.yaml': 'services:\n  a:\n    ipc: "${HOST?needed}"\n    environment:\n      - A=b\n',
  },
];

interface Case {
  readonly files: Files;
  readonly project: readonly string[];
}

/** The projects that the assembly is compared with Docker Compose by. */
function casesOfAssembly(): Files[] {
  const cases = JSON.parse(
    readFileSync(new URL('../assembly/compose-projects.json', import.meta.url), 'utf8'),
  ) as Case[];
  return cases.map(({ files, project }) => {
    const named = project.map((path) => `-f ${path}`).join(' ');
    return { ...files, 'up.sh': `docker compose ${named} up -d\n` };
  });
}

/** Files as they are generated, one over the other. */
function overridden(seed: number): Files[] {
  const composeFiles = fc
    .sample(file, { seed, numRuns: 200 })
    .filter(({ path }) => path === 'compose.yaml')
    .map(({ text }) => text);
  return composeFiles.flatMap((text, index) => {
    const over = composeFiles[index + 1];
    return over === undefined || index % 2 === 1 ? [] : { 'compose.yaml': text, 'compose.override.yaml': over };
  });
}

export function projectSeeds(seed: number): Seed[] {
  const often = WAYS.flatMap((way) => Array<Files>(20).fill(way));
  return [...often, ...casesOfAssembly(), ...overridden(seed)].map((files) => ({ files }));
}
