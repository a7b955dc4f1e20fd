import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { type AuditOptions, audit } from '../../../server/cli/audit.ts';
import { type EngineSettings, readEngine } from '../../../server/workspace/container-engine.ts';
import { captured } from './captured.ts';
import { PodmanEngine } from './podman-engine.ts';

async function scratch(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-audit-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function run(files: string[], options: Partial<AuditOptions> = {}, input = '', isTTY = false) {
  const stdin = Object.assign(Readable.from([Buffer.from(input)]), { isTTY });
  return captured((streams) =>
    audit(files, { format: 'pretty', profile: 'recommended', ...options }, { ...streams, in: stdin }),
  );
}

/** As much of an answer of the Docker Engine API as the rules look at. */
function container(name: string, hostConfig: object) {
  return {
    Id: `id-of-${name}`,
    Name: `/${name}`,
    Mounts: [],
    HostConfig: { NetworkMode: 'bridge', Privileged: false, ...hostConfig },
    Config: { Image: 'nginx:1.27', Env: ['PASSWORD=hunter2'] },
  };
}

const HOST = container('web', { NetworkMode: 'host' });
const PRIVILEGED = container('db', { Privileged: true, NetworkMode: 'host' });
const PLAIN = container('plain', {});

describe('audit', () => {
  it('prints JSON a line for each finding, as json does in one array', async () => {
    const input = JSON.stringify([HOST, PRIVILEGED]);
    const lines = (await run([], { format: 'jsonl' }, input)).out.trimEnd().split('\n');
    assert.equal(lines.length, 3);
    const { status, out } = await run([], { format: 'json' }, input);
    assert.equal(status, 1);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      JSON.parse(out),
    );
  });

  it('lists workloads with findings, the most severe first', async () => {
    const { status, out, err } = await run([], {}, JSON.stringify([HOST, PLAIN, PRIVILEGED]));
    assert.equal(status, 1);
    assert.equal(err, '');
    assert.deepEqual(
      out.split('\n').map((line) => line.replace(/\. .*\[/, '. … [')),
      [
        'container db (nginx:1.27)',
        '  high  Container db is privileged (Privileged: true). … [privileged]',
        "  medium  Container db shares the host's network (NetworkMode: host). … [host-network]",
        '',
        'container web (nginx:1.27)',
        "  medium  Container web shares the host's network (NetworkMode: host). … [host-network]",
        '',
        '3 findings in 2 of 3 workloads.',
        '',
      ],
    );
  });

  it('prints JSON as check does', async () => {
    const text = JSON.stringify([HOST]);
    const { status, out } = await run(['-'], { format: 'json' }, text);
    assert.equal(status, 1);
    const [{ message, aliases, ...rest }, ...others] = JSON.parse(out);
    assert.deepEqual(others, []);
    const start = text.indexOf('"host"');
    assert.deepEqual(rest, {
      rule: 'host-network',
      severity: 'medium',
      file: '-',
      range: {
        start: { line: 1, column: start + 1, offset: start },
        end: { line: 1, column: start + 7, offset: start + 6 },
      },
      subject: { kind: 'container', name: 'web', namespace: null, path: '[0].HostConfig.NetworkMode' },
      related: [],
      fixes: [],
    });
    assert.ok(aliases.cisDocker.includes('5.10'));
  });

  it('reads several files, and says which workload is whose', async (test) => {
    const folder = await scratch(test);
    const [a, b] = [join(folder, 'a.json'), join(folder, 'b.yaml')];
    await writeFile(a, JSON.stringify([HOST]));
    await writeFile(b, 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { hostNetwork: true }\n');
    const { status, out } = await run([a, b]);
    assert.equal(status, 1);
    assert.match(out, /^\S*a\.json: container web \(nginx:1\.27\)\n[\s\S]*b\.yaml: Pod p\n/);
    assert.match(out, /\n2 findings in 2 of 2 workloads\.\n$/);
  });

  it('finds nothing, and says in how much', async () => {
    assert.deepEqual(await run([], {}, JSON.stringify([PLAIN])), {
      status: 0,
      out: 'Nothing found in 1 workload.\n',
      err: '',
    });
    assert.deepEqual(await run([], {}, '[]'), { status: 0, out: 'Nothing found in 0 workloads.\n', err: '' });
    assert.deepEqual(await run([], { format: 'json' }, JSON.stringify([PLAIN])), { status: 0, out: '[]\n', err: '' });
    assert.deepEqual(await run([], { format: 'jsonl' }, JSON.stringify([PLAIN])), { status: 0, out: '', err: '' });
  });

  it('shows how it is used when it is given nothing', async () => {
    const { status, out, err } = await run([], {}, '', true);
    assert.deepEqual([status, out], [2, '']);
    for (const pipeline of ['docker inspect', 'podman inspect', 'kubectl get pods --all-namespaces -o json'])
      assert.match(err, new RegExp(`^  ${pipeline}.* \\| bulkhead audit$`, 'm'));
  });

  it('says what it could not audit, and audits the rest', async (test) => {
    const folder = await scratch(test);
    const file = join(folder, 'containers.json');
    await writeFile(file, JSON.stringify([HOST]));
    const { status, out, err } = await run([join(folder, 'missing'), '-', file], {}, 'CONTAINER ID   IMAGE\n');
    assert.equal(status, 2);
    assert.match(out, /1 finding in 1 of 1 workload\.\n$/);
    assert.match(err, /missing cannot be read \(ENOENT\)\.\n/);
    assert.match(err, /standard input is neither what "docker inspect" prints nor what "kubectl get -o json" does\.\n/);
    assert.match((await run([], {}, '\n')).err, /standard input is empty; nothing was audited\.\n/);
    const cut = JSON.stringify([HOST]).slice(0, -1);
    assert.match((await run([], {}, cut)).err, /^bulkhead: -:1:\d+: not valid YAML/);
  });

  it('never prints the value of a variable', async () => {
    const ai = { ...HOST, Config: { Image: 'vllm/vllm-openai', Env: ['HF_TOKEN=hunter2', 'VLLM_API_KEY=hunter2'] } };
    for (const format of ['pretty', 'json'] as const) {
      const { out } = await run([], { format, profile: 'all' }, JSON.stringify([ai]));
      assert.match(out, /ai-host-network/);
      assert.doesNotMatch(out, /hunter2/);
    }
  });
});

/** A server on a socket that answers as an engine does, and remembers what it was asked. */
async function fakeEngine(test: TestContext, answer: RequestListener): Promise<{ socket: string; asked: string[] }> {
  const socket = join(await scratch(test), 'engine.sock');
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { socket, asked };
}

/** FactSnapshot about these containers with the paths, the status and the errors of the Docker Engine API. */
function engineWith(...containers: { Id: string }[]): RequestListener {
  return ({ url }, response) => {
    response.setHeader('content-type', 'application/json');
    const known = containers.find(({ Id }) => url === `/containers/${Id}/json`);
    if (url === '/containers/json?all=true') response.end(JSON.stringify(containers.map(({ Id }) => ({ Id }))));
    else if (known && 'HostConfig' in known) response.end(JSON.stringify(known));
    else response.writeHead(404).end(JSON.stringify({ message: 'No such container' }));
  };
}

describe('an engine', () => {
  const settings = (environment: NodeJS.ProcessEnv, patience = 5000): EngineSettings => ({
    platform: 'linux',
    environment: { HOME: '/nonexistent', ...environment },
    patience,
    patienceForAll: 10 * patience,
  });
  const refusal = async (address: string, patience = 5000) => {
    const read = await readEngine(address, settings({}, patience));
    return 'refused' in read ? read.refused : assert.fail('it was read');
  };

  it('is asked for its containers, and nothing else', async (test) => {
    const { socket, asked } = await fakeEngine(test, engineWith(HOST, PLAIN));
    const { status, out } = await run([], { engine: `unix://${socket}` });
    assert.equal(status, 1);
    assert.match(out, /^container web \(nginx:1\.27\)\n[^\n]*\n\n1 finding in 1 of 2 workloads\.\n$/);
    assert.deepEqual(asked, [
      'GET /containers/json?all=true',
      'GET /containers/id-of-web/json',
      'GET /containers/id-of-plain/json',
    ]);
  });

  it('is found by DOCKER_HOST, by a path, or where one usually is', async (test) => {
    const { socket } = await fakeEngine(test, engineWith(HOST));
    for (const environment of [{ DOCKER_HOST: `unix://${socket}` }, { DOCKER_HOST: socket }]) {
      const read = await readEngine(undefined, settings(environment));
      assert.ok('text' in read && read.socket === socket);
    }
    assert.ok('text' in (await readEngine(socket, settings({ DOCKER_HOST: 'ssh://elsewhere' }))));
  });

  it('is not asked when it is on another machine', async () => {
    const elsewhere: [NodeJS.Platform, string[]][] = [
      ['linux', ['tcp://10.0.0.1:2376', 'ssh://somewhere']],
      [
        'win32',
        ['tcp://10.0.0.1:2376', 'npipe:////somewhere/pipe/docker_engine', '\\\\somewhere\\pipe\\docker_engine'],
      ],
    ];
    for (const [platform, addresses] of elsewhere)
      for (const DOCKER_HOST of addresses) {
        const read = await readEngine(undefined, { ...settings({ DOCKER_HOST }), platform });
        const refused = `DOCKER_HOST (${DOCKER_HOST}) is no socket of this machine, and nothing else is asked.`;
        assert.deepEqual(read, { refused });
      }
    const here = await readEngine('npipe:////./pipe/nothing', { ...settings({}), platform: 'win32' });
    assert.ok('refused' in here && here.refused.startsWith('//./pipe/nothing '));
  });

  it('may lose a container while it is asked', async (test) => {
    const { socket } = await fakeEngine(test, engineWith({ Id: 'gone' }, HOST));
    const { status, out, err } = await run([], { engine: socket });
    assert.deepEqual([status, err], [1, '']);
    assert.match(out, /1 finding in 1 of 1 workload\.\n$/);
  });

  it('is listened to up to 32 MiB in all, and to an end', async (test) => {
    const listed = JSON.stringify(Array.from({ length: 5 }, (_, index) => ({ Id: `c${index}` })));
    const large = JSON.stringify({ Id: 'c', Pad: 'x'.repeat(8 * 1024 * 1024) });
    const { socket, asked } = await fakeEngine(test, ({ url }, response) => {
      response.end(url === '/containers/json?all=true' ? listed : large);
    });
    assert.equal(await refusal(socket), `${socket} answers with more than 32 MiB.`);
    assert.equal(asked.length, 5);
    const slow = await fakeEngine(test, () => {});
    const read = await readEngine(slow.socket, { ...settings({}), patienceForAll: 0 });
    assert.deepEqual(read, { refused: `${slow.socket} did not answer within 0 seconds.` });
  });

  it('is not taken for one when it names containers as none does', async (test) => {
    for (const listed of ['[null]', '[{}]', '[{"Id":5}]', '[{"Id":"../../x"}]', String.raw`[{"Id":"\ud800"}]`]) {
      const { socket, asked } = await fakeEngine(test, (_, response) => response.end(listed));
      assert.equal(await refusal(socket), `${socket} does not answer as a container engine does.`);
      assert.equal(asked.length, 1);
    }
  });

  it('may be missing, and then the message says where and what to do', async (test) => {
    const missing = join(await scratch(test), 'missing.sock');
    assert.equal(await refusal(missing), `${missing} does not exist; start the engine, or name another socket.`);
    const { status, out, err } = await run([], { engine: missing });
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^bulkhead: .*missing\.sock does not exist;.* Or run "docker inspect \$\(docker ps -aq\)/);
  });

  it('may be something else', async (test) => {
    const file = join(await scratch(test), 'file');
    await writeFile(file, '');
    assert.match(await refusal(file), /is not answered by any engine \(ECONNREFUSED\)/);
    const other = await fakeEngine(test, (_request, response) => response.end('<html>'));
    assert.match(await refusal(other.socket), /does not answer as a container engine does\.$/);
    const object = await fakeEngine(test, (_request, response) => response.end('{}'));
    assert.match(await refusal(object.socket), /does not answer as a container engine does\.$/);
  });

  it('may answer with an error, half, or not at all', async (test) => {
    const failing = await fakeEngine(test, (_request, response) => response.writeHead(500).end('{"message":"broken"}'));
    assert.match(await refusal(failing.socket), /answered with an error \(500: broken\)\.$/);
    const half = await fakeEngine(test, (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('[', () => response.destroy());
    });
    assert.match(await refusal(half.socket), /cannot be asked \(ECONNRESET\)\.$/);
    const silent = await fakeEngine(test, () => {});
    assert.match(await refusal(silent.socket, 50), /did not answer within 0\.05 seconds\.$/);
  });
});

describe('Podman', () => {
  const hasPodman = spawnSync('podman', ['--version']).status === 0;
  const skip = hasPodman ? false : 'podman is not installed';

  it('is audited through its socket and by what it prints', { skip, timeout: 60_000 }, async (test) => {
    const engine = await PodmanEngine.start(test);
    engine.create('plain');
    engine.create('host', '--network', 'host');
    engine.create('pid', '--pid', 'host', '--cap-add', 'ALL');
    engine.create('open', '--security-opt', 'seccomp=unconfined', '--volume', '/etc:/x:ro');
    engine.create('rooted', '--privileged');
    const expected = [
      'host host-network',
      'open sensitive-host-path',
      'open unconfined',
      'pid added-capabilities',
      'pid host-pid',
      'rooted privileged',
    ];
    const found = ({ out }: { out: string }) =>
      JSON.parse(out)
        .map(({ rule, subject }: { rule: string; subject: { name: string } }) => `${subject.name} ${rule}`)
        .sort();
    assert.deepEqual(found(await run([], { engine: engine.socket, format: 'json' })), expected);
    assert.deepEqual(found(await run([], { format: 'json' }, engine.inspect())), expected);
  });
});
