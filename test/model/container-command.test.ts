import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, DEFAULT_SETTINGS, lint, provenFixes } from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

/** What is found in a file, as `rule: text it points at`. */
function found(path: string, text: string): string[] {
  const { findings, failures } = lint(path, text, settings);
  assert.deepEqual(failures, []);
  return findings.map(({ rule, range }) => `${rule}: ${text.slice(range.start, range.end)}`);
}

/** The text after the fix of a title, which must be offered for one of its findings. */
function fixed(path: string, text: string, title: string): string {
  const result = lint(path, text, settings);
  const fixes = result.findings.flatMap((finding) => provenFixes({ path, settings, result }, finding));
  const fix = fixes.find((one) => one.title === title);
  assert.ok(fix, `offered are: ${fixes.map((one) => one.title).join(' | ')}`);
  return applyEdits(text, fix.edits);
}

/** Commands, and what is found in each; nothing where they are correct or cannot be known. */
const COMMANDS: readonly (readonly [command: string, ...expected: string[]])[] = [
  ['docker run --network host nginx', 'host-network: host'],
  ['docker run --network=host nginx', 'host-network: host'],
  ['docker run --net host nginx', 'host-network: host'],
  ['docker run --net=host nginx', 'host-network: host'],
  ['docker run --network "host" nginx', 'host-network: "host"'],
  ["docker run --network='host' nginx", "host-network: 'host'"],
  ['docker run --network name=host,alias=web nginx', 'host-network: name=host,alias=web'],
  ['docker container run --net=host nginx', 'host-network: host'],
  ['docker create --net=host nginx', 'host-network: host'],
  ['docker -H ssh://me@there --context x run --net=host nginx', 'host-network: host'],
  ['docker service create --network host nginx', 'host-network: host'],
  ['docker service update --network-add host web', 'host-network: host'],
  ['podman run --network host nginx', 'host-network: host'],
  ['podman pod create --network host', 'host-network: host'],
  ['podman --log-level debug run --net=host nginx', 'host-network: host'],
  ['nerdctl -n k8s.io run --net host nginx', 'host-network: host'],
  ['/usr/bin/docker run --net=host nginx', 'host-network: host'],
  ['sudo -E docker run --net=host nginx', 'host-network: host'],
  ['timeout 30 docker run --net=host nginx', 'host-network: host'],
  ['ssh me@there docker run --net=host nginx', 'host-network: host'],
  ['sudo sh -c "cd /x && docker run --net=host nginx"', 'host-network: host'],
  ['ssh me@there "docker run -e A=\\"b c\\" --net=host nginx"', 'host-network: host'],
  ['sh -c "docker run -e A=\\\'b --net=host nginx"', 'host-network: host'],
  ['ssh me@there "docker run \\\n  --net=host nginx"', 'host-network: host'],
  ["ssh me@there 'docker run \\\n  --net=host nginx'", 'host-network: host'],
  ["bash -c 'docker run -e A='\\''b c'\\'' --net=host nginx'", 'host-network: host'],
  ['bash -c "sh -c \\"docker run --net=host nginx\\""', 'host-network: host'],
  ['NET=host; bash -c "docker run --net=\\$NET nginx"'],
  ['bash -c "echo \\"docker run --net=host nginx\\""'],
  ['id=$(docker run -d --net=host nginx)', 'host-network: host'],
  ['if ! docker run --net=host nginx; then exit 1; fi', 'host-network: host'],
  ['docker run -e A="b c" -itv ./x:/x --net=host nginx', 'host-network: host'],
  ['docker run $DOCKER_OPTS --net=host nginx', 'host-network: host'],
  ['docker run {{ options }} nginx --net=host'],

  ['docker run --pid host x', 'host-pid: host'],
  ['docker run --ipc=host x', 'host-ipc: host'],
  ['docker run --uts host x', 'host-uts-namespace: host'],
  ['docker run --userns=host x', 'host-user-namespace: host'],
  ['docker run --cgroupns host x', 'host-cgroup-namespace: host'],
  ['docker run --pid container:other x'],
  ['docker run --ipc private x'],

  ['docker run --privileged x', 'privileged: --privileged'],
  ['docker run --privileged=true x', 'privileged: true'],
  ['docker run --privileged=false x'],
  ['docker exec --privileged web sh', 'privileged: --privileged'],
  ['docker run --cap-add SYS_ADMIN --cap-add=cap_net_bind_service x', 'added-capabilities: SYS_ADMIN'],
  ['podman run --cap-add SYS_ADMIN,CHOWN x', 'added-capabilities: SYS_ADMIN'],
  ['docker run --security-opt seccomp=unconfined x', 'unconfined: seccomp=unconfined'],
  ['docker run --security-opt apparmor:unconfined x', 'unconfined: apparmor:unconfined'],
  ['docker run --security-opt systempaths=unconfined x', 'unmasked-proc: systempaths=unconfined'],
  ['docker run --security-opt seccomp=profile.json x'],

  ['docker run -v /var/run/docker.sock:/var/run/docker.sock x', 'runtime-socket: /var/run/docker.sock'],
  ['docker run -v/run/docker.sock:/s:ro x', 'runtime-socket: /run/docker.sock'],
  ['docker run --mount type=bind,src=/var/run/docker.sock,dst=/s x', 'runtime-socket: /var/run/docker.sock'],
  ['docker run --use-api-socket x', 'runtime-socket: --use-api-socket'],
  ['docker run --use-api-socket=false x'],
  ['docker run -v /:/host:ro x', 'runtime-socket: /'],
  ['docker run -v $HOME/.ssh:/root/.ssh x', 'sensitive-host-path: $HOME/.ssh'],
  [
    'docker run --mount type=volume,src=v,dst=/x,volume-opt=o=bind,volume-opt=device=/etc x',
    'sensitive-host-path: /etc',
  ],
  ['docker run -v $(pwd):/app -v data:/data -v ./conf:/conf x'],

  ['docker run -p 8080:80 x', 'port-on-all-interfaces: 8080:80'],
  ['docker run -dp 8080:80 x', 'port-on-all-interfaces: 8080:80'],
  ['docker run -p 127.0.0.1:8080:80 x'],
  ['docker run --net=host -p 80:80 x', 'host-network: host', 'published-ports-ignored: 80:80'],
  ['docker run --net=host -P x', 'host-network: host', 'published-ports-ignored: -P'],

  ['docker run --device /dev/sda:/dev/sda x', 'host-device: /dev/sda'],
  ['docker run --device=/dev/dri --device vendor.com/gpu=all x'],
  ["docker run --device-cgroup-rule='a *:* rwm' x", 'host-device: a *:* rwm'],
  ['docker run --security-opt no-new-privileges=false x', 'privilege-escalation: no-new-privileges=false'],
  ['docker run --security-opt no-new-privileges x'],
  ['docker run --security-opt label=disable x', 'custom-selinux: label=disable'],
  ['docker run --net=host --sysctl net.core.somaxconn=1 x', 'host-network: host', 'unsafe-sysctl: net.core.somaxconn'],
  ['docker run --sysctl net.core.somaxconn=1 x'],
  ['docker run --sysctl vm.max_map_count=1 x', 'unsafe-sysctl: vm.max_map_count'],
  ['docker run -v /mnt/x:/mnt:rshared x', 'shared-mount-propagation: /mnt/x:/mnt:rshared'],
  [
    'docker run --mount type=bind,src=/mnt/x,dst=/mnt,bind-propagation=shared x',
    'shared-mount-propagation: type=bind,src=/mnt/x,dst=/mnt,bind-propagation=shared',
  ],
  ['docker run --uts host --hostname a x', 'host-uts-namespace: host', 'network-mode-conflict: a'],
  ['docker run --net=host --link db x', 'host-network: host', 'network-mode-conflict: db'],
  ['docker run --net container:db -p 127.0.0.1:1:1 x', 'network-mode-conflict: 127.0.0.1:1:1'],
  ['docker run --net=host --network-alias a x', 'host-network: host', 'network-mode-conflict: a'],
  ['docker network connect host web', 'network-mode-conflict: host'],
  ['docker network connect --ip 10.0.0.2 front web'],
  ['docker run --net=host --hostname a x', 'host-network: host'],

  ['docker build --network host .', 'build-on-host-network: host'],
  ['docker build . --network=host', 'build-on-host-network: host'],
  ['docker buildx build --allow security.insecure -t a .', 'insecure-build: security.insecure'],
  ['docker buildx create --driver-opt network=host', 'build-on-host-network: network=host'],
  [
    "docker buildx create --buildkitd-flags '--allow-insecure-entitlement network.host'",
    "build-on-host-network: '--allow-insecure-entitlement network.host'",
  ],
  ['docker build --build-arg NETWORK=host -t host .'],

  // What stands behind the image belongs to the program in it.
  ['docker run nginx --network host --privileged'],
  ['docker run --rm "$IMAGE" --network host'],
  ['docker run $IMAGE --privileged'],
  ['docker run -- nginx --privileged'],
  ['docker run --unheard-of nginx --privileged'],
  // Not a command, or not this one.
  ['# docker run --net=host nginx'],
  ['echo docker run --net=host nginx'],
  ['echo "docker run --net=host nginx"'],
  ['cat <<EOF\ndocker run --net=host nginx\nEOF'],
  ['docker network create host'],
  ['docker ps --filter network=host'],
  ['docker compose run --rm x'],
  ['docker run --network $NETWORK x'],
  ['docker run --network none x'],
  ['docker run --env NET=--network=host x'],
  ['docker run "unclosed'],
];

describe('commands of a container engine', () => {
  for (const [command, ...expected] of COMMANDS) {
    it(`${command.replaceAll('\n', '⏎')} → ${expected.length === 0 ? 'nothing' : expected.join(', ')}`, () => {
      assert.deepEqual(found('run.sh', `#!/bin/sh\n${command}\n`), expected);
    });
  }
});

/** The same danger in every kind of file that holds commands. */
const FILES: readonly (readonly [path: string, text: string, ...expected: string[]])[] = [
  ['deploy', '#!/usr/bin/env bash\ndocker run --net=host x\n', 'host-network: host'],
  ['deploy', 'docker run --net=host x\n'],
  ['Makefile', 'up: ; @docker run --net=host x\n', 'host-network: host'],
  ['Makefile', 'up: build\n\t-docker run \\\n\t  --net=host $(IMAGE) --pid=host\n', 'host-network: host'],
  ['Makefile', 'ID := $(shell docker run --net=host x)\n', 'host-network: host'],
  ['Makefile', '# docker run --net=host x\nNAME = docker run --net=host x\n'],
  ['build/Dockerfile', 'FROM x\nRUN apt update && \\\n  # comment\n  docker run --net=host x\n', 'host-network: host'],
  ['Dockerfile', 'FROM docker\nRUN <<EOF\ndocker run --net=host x\nEOF\n', 'host-network: host'],
  // Lone carriage returns end no line, before, in and behind an instruction.
  ['Dockerfile', 'FROM docker\r\r\r\nRUN docker run --net=host x\n', 'host-network: host'],
  ['Dockerfile', 'FROM docker\n# a\r\rb\r\nRUN <<EOF\r\ndocker run --net=host x\r\nEOF\r\n', 'host-network: host'],
  ['Dockerfile', 'FROM docker\nRUN docker run --name "a\rb" --net=host x\n\r\r\n', 'host-network: host'],
  ['Dockerfile', 'FROM docker\r\rRUN docker run --net=host x'],
  ['Dockerfile', 'FROM docker\nCMD ["docker", "run"]\n# RUN docker run --net=host x\n'],
  [
    'Dockerfile',
    'FROM x\nRUN --network=host --mount=type=cache,target=/x --security=insecure make\n',
    'build-on-host-network: host',
    'insecure-build: insecure',
  ],
  [
    '.github/workflows/ci.yml',
    'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          network: host\n          allow: network.host\n',
    'build-on-host-network: host',
    'build-on-host-network: network.host',
  ],
  [
    '.github/workflows/ci.yml',
    'jobs:\n  a:\n    steps:\n      - uses: docker/setup-buildx-action@v3\n        with:\n          driver-opts: network=host\n',
    'build-on-host-network: network=host',
  ],
  ['README.md', '1. Start it:\n\n   ```sh\n   docker run --net=host x\n   ```\n', 'host-network: host'],
  ['README.md', '```console\n$ docker run --net=host \\\n    x\ndocker run --pid=host x\n```\n', 'host-network: host'],
  ['README.md', '~~~bash\ndocker run --net=host x\n~~~\n', 'host-network: host'],
  ['README.md', '    docker run --net=host x\n\n```python\nrun("docker run --net=host x")\n```\n'],
  ['.gitlab-ci.yml', 'test:\n  script:\n    - docker run --net=host x\n', 'host-network: host'],
  ['.gitlab-ci.yml', '.base: &x\n  before_script:\n    - |\n      docker run --net=host x\n', 'host-network: host'],
  [
    '.github/workflows/ci.yml',
    'jobs:\n  a:\n    steps:\n      - run: >-\n          docker run\n          --net=host $(cat options)\n      - shell: python\n        run: docker run --pid=host x\n',
    'host-network: host',
  ],
  [
    '.github/workflows/ci.yml',
    'jobs:\n  a:\n    container:\n      image: x\n      options: --privileged --network host\n      volumes: ["/var/run/docker.sock:/s"]\n',
    'privileged: --privileged',
    'runtime-socket: /var/run/docker.sock',
  ],
  [
    '.devcontainer/devcontainer.json',
    '{\n  // why\n  "runArgs": ["--network=host", "--pid", "host"],\n  "privileged": true,\n  "capAdd": ["SYS_ADMIN"],\n  "securityOpt": ["seccomp=unconfined"],\n  "mounts": ["source=/var/run/docker.sock,target=/s,type=bind"],\n}\n',
    'host-network: host',
    'host-network-on-desktop: host',
    'host-pid: host',
    'privileged: true',
    'added-capabilities: SYS_ADMIN',
    'unconfined: "seccomp=unconfined"',
    'runtime-socket: /var/run/docker.sock',
  ],
  [
    '.devcontainer.json',
    '{ "features": { "ghcr.io/devcontainers/features/docker-outside-of-docker:1": {} } }\n',
    'runtime-socket: "ghcr.io/devcontainers/features/docker-outside-of-docker:1"',
  ],
  ['x.service', '[Service]\nExecStart=-/usr/bin/docker run \\\n  --net=host x\n', 'host-network: host'],
  ['x.service', '[Unit]\nDescription=docker run --net=host x\n'],
  [
    'x.container',
    '[Container]\nImage=x\nNetwork=host\nPodmanArgs=--pid=host --uts host\nAddCapability=CHOWN SYS_ADMIN\nVolume=/run/podman/podman.sock:/s\n',
    'host-network: host',
    'host-pid: host',
    'host-uts-namespace: host',
    'added-capabilities: SYS_ADMIN',
    'runtime-socket: /run/podman/podman.sock',
  ],
  ['x.pod', '[Pod]\nNetwork=host\n', 'host-network: host'],
];

describe('files with container commands', () => {
  for (const [path, text, ...expected] of FILES) {
    it(`${path} ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.deepEqual(found(path, text), expected);
      // Files from Windows say the same.
      const windows = found(path, text.replaceAll('\n', '\r\n'));
      assert.deepEqual(windows, expected);
    });
  }
});

describe('fixes of commands', () => {
  const SCRIPT = 'docker run -d \\\n  --network host \\\n  -p 8080:80 \\\n  nginx # front\n';

  it('gives a container the bridge network and keeps everything else', () => {
    const title = 'Use the bridge network and keep the published ports';
    assert.equal(fixed('a.sh', SCRIPT, title), SCRIPT.replace('host', 'bridge'));
  });

  it('takes an option away with its line', () => {
    const title = 'Remove --network host and keep the published ports';
    assert.equal(fixed('a.sh', SCRIPT, title), 'docker run -d \\\n  -p 8080:80 \\\n  nginx # front\n');
  });

  it('drops ignored ports, safely', () => {
    assert.equal(
      fixed('a.sh', SCRIPT, 'Remove the ignored ports'),
      'docker run -d \\\n  --network host \\\n  nginx # front\n',
    );
  });

  it('publishes the port that the command names', () => {
    const text = 'docker run --network=host -e PORT=3000 web\n';
    const title = 'Use the bridge network and publish 3000 on 127.0.0.1';
    assert.equal(fixed('a.sh', text, title), 'docker run --network=bridge -p 127.0.0.1:3000:3000 -e PORT=3000 web\n');
  });

  it('replaces host IPC by shared memory of its own', () => {
    const text = 'docker run --ipc host x\n';
    assert.equal(fixed('a.sh', text, 'Replace --ipc host by --shm-size=1g'), 'docker run --shm-size=1g x\n');
  });

  it('edits inside a string for another shell, a list in JSON and a unit', () => {
    assert.equal(fixed('a.sh', 'bash -c "docker run --pid=host x"\n', 'Remove --pid=host'), 'bash -c "docker run x"\n');
    const escaped = 'ssh h "docker run -e A=\\"b c\\" --pid=host \\\n  x \\"y\\""\n';
    assert.equal(fixed('a.sh', escaped, 'Remove --pid=host'), escaped.replace(' --pid=host', ''));
    const spliced = "ssh h 'docker run -e A='\\''b c'\\'' --pid=host x'\n";
    assert.equal(fixed('a.sh', spliced, 'Remove --pid=host'), spliced.replace(' --pid=host', ''));
    const json = '{ "runArgs": ["--pid", "host", "--rm"] } // x\n';
    assert.equal(fixed('.devcontainer.json', json, 'Remove --pid host'), '{ "runArgs": ["--rm"] } // x\n');
    const unit = '[Container]\nImage=x\n# why\nNetwork=host\nExec=y\n';
    assert.equal(fixed('x.container', unit, 'Remove Network=host'), '[Container]\nImage=x\n# why\nExec=y\n');
  });

  it('does not take away a flag that is bundled with others', () => {
    const text = 'docker run --net=host -dp 80:80 x\n';
    const result = lint('a.sh', text, settings);
    const ignored = result.findings.find(({ rule }) => rule === 'published-ports-ignored');
    assert.ok(ignored);
    const titles = provenFixes({ path: 'a.sh', settings, result }, ignored).map(({ title }) => title);
    assert.ok(!titles.includes('Remove the ignored ports'), titles.join());
  });
});
