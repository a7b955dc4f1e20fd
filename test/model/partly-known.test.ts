import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, DEFAULT_SETTINGS, lint, provenFixes } from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'recommended' } as const;

/** What is found in a file, as `rule: text it points at`; with `?` where a variable may say otherwise. */
function found(path: string, text: string): string[] {
  const { findings, failures } = lint(path, text, settings);
  assert.deepEqual(failures, []);
  return findings.map(({ rule, range, message }) => {
    const mark = message.includes('unless the variable says otherwise') ? '?' : '';
    return `${rule}${mark}: ${text.slice(range.start, range.end)}`;
  });
}

/** The text after the first fix of each finding that has one, one after the other. */
function repaired(path: string, text: string): string {
  const result = lint(path, text, settings);
  const fixes = result.findings.flatMap((finding) => provenFixes({ path, settings, result }, finding)[0] ?? []);
  return fixes.length === 0 ? text : repaired(path, applyEdits(text, fixes[0]!.edits));
}

type Case = readonly [text: string, ...expected: string[]];

const run = (options: string) => `docker run ${options} x\n`;

const SCRIPTS: readonly Case[] = [
  // A path is known by its end, and by a beginning that leads to it.
  [run('-v $XDG_RUNTIME_DIR/docker.sock:/s'), 'runtime-socket: $XDG_RUNTIME_DIR/docker.sock'],
  [run('-v "/run/user/$(id -u)/podman/podman.sock:/s"'), 'runtime-socket: /run/user/$(id -u)/podman/podman.sock'],
  [run('-v $HOME_OF_CI/.ssh:/s'), 'sensitive-host-path: $HOME_OF_CI/.ssh'],
  [run('-v /proc/$PID/ns:/s'), 'sensitive-host-path: /proc/$PID/ns'],
  [run(`-v /etc/kubernetes/\${NAME}:/s`), `sensitive-host-path: /etc/kubernetes/\${NAME}`],
  [run('-v $PREFIX-docker.sock:/s')],
  [run('-v /etc/$X/../app:/s')],
  [run('-v /home/$DATA:/s')],
  [run('-v $DIR/docker.sock.d:/s')],
  [run('-v $NAME-data:/s')],
  [run('-v $X:/var/run/docker.sock')],
  // Set once, before, and by nothing that may not be run.
  [`NET=host\n${run('--net=$NET')}`, 'host-network: $NET'],
  [`export NET='host'\n${run('--net "$NET"')}`, 'host-network: "$NET"'],
  [`readonly A=/var/run B=$A/docker.sock\n${run('-v $B:/s')}`, 'runtime-socket: $B'],
  [`: "\${NET:=host}"\n${run('--net=$NET')}`, 'host-network?: $NET'],
  [`NET=host\n. ./settings\n${run('--net=$NET')}`, 'host-network?: $NET'],
  [`NET=host\nNET=none\n${run('--net=$NET')}`],
  [`NET=host\nread -r NET\n${run('--net=$NET')}`],
  [`NET=host\nfor NET in a b; do :; done\n${run('--net=$NET')}`],
  [`PORT=1\n((PORT++))\n${run('--net=$PORT')}`],
  [`if a; then NET=host; fi\n${run('--net=$NET')}`],
  [`a && NET=host\n${run('--net=$NET')}`],
  [`f() { NET=host; }\n${run('--net=$NET')}`],
  [`(NET=host)\n${run('--net=$NET')}`],
  [`NET=host &\n${run('--net=$NET')}`],
  [`NET=host true\n${run('--net=$NET')}`],
  [`f() { ${run('--net=$NET').trim()}; }\nNET=host\nf\n`],
  [`NET=host\nbash -c 'docker run --net=$NET x'\n`],
  [`NET=host\nbash -c "docker run --net=$NET x"\n`, 'host-network: $NET'],
  [run(`--net=\${NET:-host}`), `host-network?: \${NET:-host}`],
  [run(`--net=\${1-host}`), `host-network?: \${1-host}`],
  [run(`--net=\${NET:?}`)],
  [run(`--net=\${NET:+host}`)],
  // Without quotes it becomes several words, or none.
  [`OPTS="--rm --net=host"\n${run('$OPTS')}`, 'host-network: $OPTS'],
  [`NONE=\n${run('$NONE --net=host')}`, 'host-network: host'],
  [`IMAGE=alpine\ndocker run $IMAGE --net=host\n`],
];

const WORDS: readonly Case[] = [
  [run(`"\${VOLUMES[@]}" --pid=host`), 'host-pid: host'],
  [run(`"\${ARGS[@]:-}" --pid=host`), 'host-pid: host'],
  [run(`\${GPU:+--gpus all} --pid=host`), 'host-pid: host'],
  [run('$([ -t 0 ] && echo -it) --pid=host'), 'host-pid: host'],
  [run('$(if [ -t 0 ]; then echo "-it"; else echo ""; fi) --pid=host'), 'host-pid: host'],
  [run('$(command -v nvidia-smi >/dev/null && echo "--gpus all") --pid=host'), 'host-pid: host'],
  [run('`# why` --pid=host'), 'host-pid: host'],
  [run(`"\${COMMAND[@]}" --pid=host`)],
  [run('"$@" --pid=host')],
  [run('$(docker build -q .) --pid=host')],
  [run(`"\${IMAGE:-alpine}" --pid=host`)],
  ['nvidia-docker run --pid=host x\n', 'host-pid: host'],
  ['docker-compose -f a.yaml run --rm -v /var/run/docker.sock:/s x\n', 'runtime-socket: /var/run/docker.sock'],
  ['docker compose run --rm x --pid=host\n'],
  // What a shell reads is a script; for another program it is data.
  ['bash <<EOF\ndocker run --pid=host x\nEOF\n', 'host-pid: host'],
  ["sudo bash -s -- a <<'EOF'\ndocker run --pid=host x\nEOF\n", 'host-pid: host'],
  ['ssh -p 22 me@host <<EOF\ndocker run --pid=host x\nEOF\n', 'host-pid: host'],
  ['cat <<EOF | bash\ndocker run --pid=host x\nEOF\n', 'host-pid: host'],
  ['bash <<-EOF\n\tdocker run --pid=host x\n\tEOF\n', 'host-pid: host'],
  ['bash run.sh <<EOF\ndocker run --pid=host x\nEOF\n'],
  ['tee run.sh <<EOF\ndocker run --pid=host x\nEOF\n'],
  ['python3 <<EOF\ndocker run --pid=host x\nEOF\n'],
  ['ssh host python3 <<EOF\ndocker run --pid=host x\nEOF\n'],
];

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  hostPID: true\n  priority: 1\n';
const heredoc = (before: string, text: string, mark = 'EOF') => `${before} <<${mark}\n${text}EOF\n`;

/** By the path of the file. */
const FILES: readonly (readonly [path: string, ...Case])[] = [
  [
    'Dockerfile',
    'FROM x\nRUN cat <<EOF > a\ndocker run --pid=host x\nEOF\nRUN bash <<EOF\ndocker run --pid=host x\nEOF\n',
    'host-pid: host',
  ],
  ['Dockerfile', 'FROM x\nRUN <<EOF\n#!/usr/bin/env python3\ndocker run --pid=host x\nEOF\n'],
  [
    'Dockerfile',
    'FROM x\nRUN ["docker", "run", "--pid=host", "x"]\nCMD ["docker", "run", "--pid=host", "x"]\n',
    'host-pid: host',
  ],
  ['Dockerfile', 'FROM x\nRUN ["sh", "-c", "docker run --pid=host x"]\n', 'host-pid: host'],
  ['.devcontainer.json', '{ "initializeCommand": ["docker", "run", "--pid", "host", "x"] }\n', 'host-pid: host'],
  [
    '.devcontainer.json',
    `{ "mounts": ["source=\${localEnv:DIR}/docker.sock,target=/s,type=bind"] }\n`,
    `runtime-socket: \${localEnv:DIR}/docker.sock`,
  ],
  [
    'Makefile',
    `NET = host\nPID ?= host\nup:\n\tdocker run --net=$(NET) --pid=\${PID} x\n`,
    'host-network: $(NET)',
    `host-pid?: \${PID}`,
  ],
  [
    'Makefile',
    'A = host\nA += x\nifdef B\nC = host\nendif\nD = $(D)\nt: E = host\nup:\n\tdocker run --pid=$(A) --pid=$(C) --pid=$(D) --pid=$(E) --pid=$$PID x\n',
  ],
  ['Makefile', 'RUN = docker run --rm\nup:\n\t$(RUN) --pid=host x\n', 'host-pid: host'],
  ['Makefile', 'PID = host\ninclude more.mk\nup:\n\tdocker run --pid=$(PID) x\n', 'host-pid?: $(PID)'],
  [
    'x.service',
    `[Service]\nEnvironment=PID=host\nExecStart=docker run --pid=\${PID} -v %h/.ssh:/s -v %t/docker.sock:/t x\n`,
    `host-pid: \${PID}`,
    'sensitive-host-path: %h/.ssh:/s',
    'runtime-socket: %t/docker.sock:/t',
  ],
  [
    'x.service',
    `[Service]\nEnvironment=PID=host\nEnvironmentFile=-/etc/x\nExecStart=docker run --pid=\${PID} x\n`,
    `host-pid?: \${PID}`,
  ],
  [
    'x.container',
    `[Container]\nImage=x\nVolume=%i-data:/s\nVolume=\${HOME}/.aws:/t\n`,
    `sensitive-host-path: \${HOME}/.aws`,
  ],
  [
    '.github/workflows/a.yaml',
    `jobs:\n  a:\n    steps:\n      - run: docker run --pid=\${{ inputs.pid || 'host' }} --net=\${{ inputs.net }} x\n`,
    `host-pid?: \${{ inputs.pid || 'host' }}`,
  ],
  [
    '.github/workflows/a.yaml',
    'jobs:\n  a:\n    steps:\n      - shell: pwsh\n        run: |\n          docker run `\n            --pid=host x\n          echo "docker run --net=host x"\n',
    'host-pid: host',
  ],
  [
    '.github/workflows/a.yaml',
    'jobs:\n  a:\n    steps:\n      - shell: cmd\n        run: |\n          docker run ^\n            --pid=host x\n          echo docker run --net=host x\n',
    'host-pid: host',
  ],
  ['a.mdx', '```sh\ndocker run --pid=host x\n```\n', 'host-pid: host'],
  ['a.qmd', '```{bash}\ndocker run --pid=host x\n```\n\n```{python}\ndocker run --pid=host x\n```\n', 'host-pid: host'],
  [
    'a.rst',
    'Run it::\n\n  docker run --pid=host x\n\n.. code-block:: bash\n   :caption: x\n\n   docker run --pid=host x\n\nand ``docker run --pid=host x``.\n',
    'host-pid: host',
  ],
  ['a.rst', `.. code-block:: yaml\n\n${POD.replaceAll(/^/gm, '   ').trimEnd()}\n`, 'host-pid: true'],
  ['a.md', '```bash\nme@box:~/src$ docker run --pid=host x\ndocker run --net=host x\n```\n', 'host-pid: host'],
  ['a.md', '```console\n# docker run \\\n>   --pid=host x\nunable to find it\n```\n', 'host-pid: host'],
  ['a.md', '```sh\n# docker run --pid=host x\n```\n'],
  ['a.md', '```powershell\nPS C:\\> docker run `\n>>   --pid=host x\n```\n', 'host-pid: host'],
  ['a.md', '```powershell\nWrite-Host "docker run --pid=host x"\n```\n'],
  ['a.sh', heredoc('kubectl apply -f -', POD), 'host-pid: true'],
  ['a.sh', heredoc('sudo kubectl -n a create --filename=-', POD, "'EOF'"), 'host-pid: true'],
  ['a.sh', `cat <<EOF | kubectl apply -f -\n${POD}EOF\n`, 'host-pid: true'],
  ['a.sh', heredoc('cat > pod.yaml', POD)],
  ['a.sh', heredoc('kubectl delete -f -', POD)],
  ['a.sh', heredoc('kubectl apply -f pod.yaml', POD)],
  ['a.sh', heredoc('kubectl apply -f -', POD.replace('true', '$PID'))],
  ['a.sh', heredoc('docker compose -f - up', 'services:\n  a:\n    image: x\n    pid: host\n'), 'host-pid: host'],
];

describe('what is known in part', () => {
  for (const [text, ...expected] of [...SCRIPTS, ...WORDS])
    it(JSON.stringify(text), () => assert.deepEqual(found('a.sh', text), expected));
  for (const [path, text, ...expected] of FILES)
    it(`${path} ${JSON.stringify(text)}`, () => {
      assert.deepEqual(found(path, text), expected);
      const windows = found(path, text.replaceAll('\n', '\r\n'));
      assert.deepEqual(windows, expected);
    });
});

describe('fixes of what is known in part', () => {
  const FIXES: readonly (readonly [path: string, before: string, after: string])[] = [
    ['a.sh', 'NET=host\ndocker run --net=$NET x\n', 'NET=host\ndocker run --net=bridge x\n'],
    // Other words come from the same variable.
    ['a.sh', 'OPTS="--rm --pid=host"\ndocker run $OPTS x\n', 'OPTS="--rm --pid=host"\ndocker run $OPTS x\n'],
    [
      'Makefile',
      'OPTS = --rm --pid=host\nup:\n\tdocker run $(OPTS) x\n',
      'OPTS = --rm --pid=host\nup:\n\tdocker run $(OPTS) x\n',
    ],
    ['Makefile', 'PID = host\nup:\n\tdocker run --pid=$(PID) x\n', 'PID = host\nup:\n\tdocker run x\n'],
    ['x.container', '[Container]\nImage=x\nVolume=%h/.ssh:/s\n', '[Container]\nImage=x\n'],
    ['a.md', '```powershell\ndocker run `\n  --pid=host `\n  x\n```\n', '```powershell\ndocker run `\n  x\n```\n'],
    [
      'Dockerfile',
      'FROM x\nRUN ["docker", "run", "--pid=host", "x"]\n',
      'FROM x\nRUN ["docker", "run", "--pid=host", "x"]\n',
    ],
    [
      '.devcontainer.json',
      '{ "postStartCommand": ["docker", "run", "--pid", "host", "x"] }\n',
      '{ "postStartCommand": ["docker", "run", "x"] }\n',
    ],
    ['a.sh', heredoc('kubectl apply -f -', POD), heredoc('kubectl apply -f -', POD.replace('  hostPID: true\n', ''))],
    [
      'a.sh',
      `kubectl apply -f - <<-EOF\n${POD.replaceAll(/^(?=.)/gm, '\t')}\tEOF\n`,
      `kubectl apply -f - <<-EOF\n${POD.replace('  hostPID: true\n', '').replaceAll(/^(?=.)/gm, '\t')}\tEOF\n`,
    ],
    [
      'a.md',
      `\`\`\`sh\nkubectl apply -f - <<EOF\n${POD}EOF\n\`\`\`\n`,
      `\`\`\`sh\nkubectl apply -f - <<EOF\n${POD.replace('  hostPID: true\n', '')}EOF\n\`\`\`\n`,
    ],
  ];
  for (const [path, before, after] of FIXES)
    it(`${path} ${JSON.stringify(before)}`, () => assert.equal(repaired(path, before), after));
});
