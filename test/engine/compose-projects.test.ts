// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tryFixes } from '../../shared-rules/index.ts';
import { DeployedFiles } from './deployed-files.ts';

const BASE = `services:
  web:
    image: nginx
    ports:
      - 80:80
`;
const OVERRIDE = `services:
  web:
    # counts packets
    network_mode: host
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
`;

function overridden(override = OVERRIDE): DeployedFiles {
  return new DeployedFiles({ 'app/compose.yaml': BASE, 'app/compose.override.yaml': override });
}

describe('a project of a base and its override', () => {
  it('has its findings in the files in which the values are written', () => {
    const project = overridden();
    assert.deepEqual(project.found('app/compose.yaml'), ['published-ports-ignored ports']);
    assert.deepEqual(project.found('app/compose.override.yaml'), [
      'host-network host',
      'runtime-socket /var/run/docker.sock',
    ]);
  });

  it('names what another file says as a related place there', () => {
    assert.deepEqual(overridden().related('app/compose.yaml', 'published-ports-ignored'), [
      ['app/compose.override.yaml', 'host', "Joins the host's network here"],
    ]);
  });

  it('is repaired in the file that the finding stands in, and nowhere else', () => {
    const project = overridden();
    assert.deepEqual(project.fixed('app/compose.yaml', 'published-ports-ignored'), [
      ['Remove the ignored ports', 'services:\n  web:\n    image: nginx\n'],
    ]);
    const { linted, finding } = project.finding('app/compose.yaml', 'published-ports-ignored');
    assert.equal(tryFixes(linted, finding).filter((trial) => 'refused' in trial).length, 1);
    assert.deepEqual(project.fixed('app/compose.override.yaml', 'host-network'), [
      [
        'Remove network_mode and keep the published ports',
        'services:\n  web:\n    # counts packets\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
      ],
    ]);
  });

  it('is accepted by a comment in the file that the finding stands in', () => {
    const ignored = OVERRIDE.replace('# counts packets', '# bulkhead: ignore[host-network] counts packets');
    const project = overridden(ignored);
    assert.deepEqual(project.found('app/compose.override.yaml'), ['runtime-socket /var/run/docker.sock']);
    assert.deepEqual(project.found('app/compose.yaml'), ['published-ports-ignored ports']);
  });

  it('changes with each of its files', () => {
    const project = overridden('services: {}\n');
    assert.deepEqual(project.found('app/compose.yaml'), []);
    project.write('app/compose.override.yaml', OVERRIDE);
    assert.deepEqual(project.found('app/compose.yaml'), ['published-ports-ignored ports']);
    project.write('app/compose.override.yaml', 'services: {}\n');
    assert.deepEqual(project.found('app/compose.yaml'), []);
  });

  it('is silent about what the override takes back', () => {
    const project = new DeployedFiles({
      'compose.yaml': 'services:\n  a:\n    image: a\n    privileged: true\n    pid: host\n    cap_add: [SYS_ADMIN]\n',
      'compose.override.yaml':
        'services:\n  a:\n    privileged: false\n    pid: !reset null\n    cap_add: !override [CHOWN]\n',
    });
    assert.deepEqual(project.found('compose.yaml'), []);
    assert.deepEqual(project.found('compose.override.yaml'), []);
  });

  it('removes the only item of a list with its key in the override', () => {
    const project = new DeployedFiles({
      'compose.yaml': 'services:\n  a:\n    image: a\n    volumes:\n      - data:/data\nvolumes: { data: {} }\n',
      'compose.override.yaml': 'services:\n  a:\n    user: "1"\n    volumes:\n      - /var/run/docker.sock:/sock\n',
    });
    assert.deepEqual(project.fixed('compose.override.yaml', 'runtime-socket')[0], [
      'Remove the mount of /var/run/docker.sock',
      'services:\n  a:\n    user: "1"\n',
    ]);
  });
});

describe('variables', () => {
  it('of .env are judged where they are used', () => {
    const project = new DeployedFiles({
      'compose.yaml': 'services:\n  a:\n    image: a\n    network_mode: ${MODE}\n    volumes: ["${SOCK}:/sock"]\n',
      '.env': 'MODE=host\nSOCK=/var/run/docker.sock\n',
    });
    assert.deepEqual(project.found('compose.yaml'), ['host-network ${MODE}', 'runtime-socket ${SOCK}']);
    assert.deepEqual(project.related('compose.yaml', 'host-network'), [['.env', 'MODE=host', 'MODE is set here']]);
    assert.deepEqual(project.found('.env'), []);
    project.write('.env', 'MODE=bridge\n');
    assert.deepEqual(project.found('compose.yaml'), []);
  });
});

describe('a profile', () => {
  const service = (...lines: readonly string[]) =>
    `services:\n  a:\n    image: a\n    privileged: true\n${lines.join('')}`;
  const messageOf = (files: Readonly<Record<string, string>>) =>
    new DeployedFiles(files).finding('compose.yaml', 'privileged').finding.message;

  it('is named that a service is started with', () => {
    assert.match(
      messageOf({ 'compose.yaml': service('    profiles: [debug, test]\n') }),
      / Only with the profile debug or test\.$/,
    );
  });

  it('is named where another file has it', () => {
    const files = { 'compose.yaml': service(), 'compose.override.yaml': 'services:\n  a: { profiles: [debug] }\n' };
    assert.match(messageOf(files), / Only with the profile debug\.$/);
  });
});

describe('which files make a project', () => {
  const base = 'services:\n  a:\n    image: a\n    privileged: true\n';
  const without = 'services:\n  a: { privileged: false }\n';

  for (const [name, files] of Object.entries({
    'a command in a Makefile': { Makefile: 'up:\n\tdocker compose -f deploy/base.yaml -f deploy/dev.yaml up\n' },
    'a script in a folder below': {
      'ci/up.sh': 'docker --context x compose --file deploy/base.yaml --file=deploy/dev.yaml up -d\n',
    },
    'the older program': { 'up.sh': 'docker-compose --file deploy/base.yaml --file=deploy/dev.yaml up -d\n' },
    'COMPOSE_FILE in .env': { 'deploy/.env': 'COMPOSE_FILE=base.yaml:dev.yaml\n' },
    'a dev container': {
      '.devcontainer/devcontainer.json':
        '{ "dockerComposeFile": ["../deploy/base.yaml", "../deploy/dev.yaml"], // both\n}\n',
    },
    'an include': { 'compose.yaml': 'include:\n  - path: [deploy/base.yaml, deploy/dev.yaml]\n' },
  }))
    it(`${name} does`, () => {
      const project = new DeployedFiles({ 'deploy/base.yaml': base, 'deploy/dev.yaml': without, ...files });
      assert.deepEqual(project.found('deploy/base.yaml'), []);
    });

  it('the configuration does', () => {
    const files = { 'deploy/base.yaml': base, 'deploy/dev.yaml': without };
    const composeProjects = [{ files: Object.keys(files), folder: 'deploy' }];
    assert.deepEqual(new DeployedFiles(files, { composeProjects }).found('deploy/base.yaml'), []);
  });

  for (const [name, files] of Object.entries({
    'a command with a variable': { Makefile: 'up:\n\tdocker compose -f deploy/base.yaml -f $(EXTRA) up\n' },
    'a command with a file that is not there': {
      'up.sh': 'docker compose -f deploy/base.yaml -f deploy/none.yaml up\n',
    },
    'an argument of another command': {
      'up.sh': 'docker exec tools compose -f deploy/base.yaml -f deploy/dev.yaml up\n',
    },
    'another program': { 'up.sh': 'kubectl apply -f deploy/base.yaml -f deploy/dev.yaml\n' },
    nothing: {},
  }))
    it(`${name} does not`, () => {
      const project = new DeployedFiles({ 'deploy/base.yaml': base, 'deploy/dev.yaml': without, ...files });
      assert.deepEqual(project.found('deploy/base.yaml'), ['privileged true']);
    });

  it('what is found in some of several projects only names them', () => {
    const project = new DeployedFiles({
      'compose.yaml': base,
      'dev.yaml': without,
      'up.sh': 'docker compose up\ndocker compose -f compose.yaml -f dev.yaml up\n',
    });
    const { finding } = project.finding('compose.yaml', 'privileged');
    assert.match(finding.message, / Only in the project of compose\.yaml\.$/);
  });

  it('a service that others extend is judged in them', () => {
    const project = new DeployedFiles({
      'compose.yaml': 'services:\n  app:\n    image: a\n    extends: { file: common/base.yaml, service: root }\n',
      'common/base.yaml': 'services:\n  root:\n    image: a\n    pid: host\n  unused:\n    image: a\n    ipc: host\n',
    });
    const { finding } = project.finding('common/base.yaml', 'host-pid');
    assert.equal(finding.subject.name, 'app');
    assert.deepEqual(project.found('common/base.yaml'), ['host-pid host']);
  });

  it('only the services of one project take ports from each other', () => {
    const web = (name: string, port: string) =>
      `services:\n  ${name}:\n    image: ${name}\n    ports: ["${port}:80"]\n`;
    const together = new DeployedFiles({ 'compose.yaml': web('a', '80'), 'compose.override.yaml': web('b', '80') });
    assert.deepEqual(together.found('compose.yaml'), ['host-port-conflict "80:80"']);
    assert.equal(
      together.finding('compose.override.yaml', 'host-port-conflict').finding.related[0]?.file,
      'compose.yaml',
    );
    const apart = new DeployedFiles({
      'compose.yaml': web('a', '80'),
      'other.yaml': web('b', '80'),
      'third.yaml': web('c', '81'),
    });
    assert.deepEqual(apart.found('compose.yaml'), []);
    const replaced = new DeployedFiles({
      'compose.yaml': `${web('a', '80')}  b:\n    image: b\n    ports: ["80:80"]\n`,
      'compose.override.yaml': 'services:\n  b:\n    ports: !override ["81:80"]\n',
    });
    assert.deepEqual(replaced.found('compose.yaml'), []);
  });

  it('what is not there is named, and the rest is judged', () => {
    const project = new DeployedFiles({ 'compose.yaml': `include: [none.yaml]\n${base}` });
    assert.deepEqual(project.found('compose.yaml'), ['privileged true']);
    const { unassembled } = project.lint('compose.yaml').result;
    assert.deepEqual(
      unassembled.map(({ message }) => message),
      ['none.yaml was not found; it was judged without it.'],
    );
  });
});
