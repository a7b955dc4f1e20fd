import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PartFactIndex } from '../../shared-rules/facts/part-fact-index.ts';
import {
  DEFAULT_SETTINGS,
  type Fact,
  type FactQueries,
  type Finding,
  fingerprintTexts,
  type LintResult,
  lint,
  NO_FACTS,
  ProofBudget,
  provenFixes,
  WorkspaceFacts,
} from '../../shared-rules/index.ts';
import { commandWorkload } from '../../shared-rules/model/ai/command-traits.ts';
import { NO_AI_CONTEXT } from '../../shared-rules/model/ai/context.ts';
import { readManifest, scriptIn } from '../../shared-rules/model/manifest.ts';
import { lintAll } from '../fuzz/files.ts';

type SourcedFact = ReturnType<FactQueries['together']>[number];

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

/** A text of many alike pieces. */
function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('');
}

const pods = (count: number) =>
  many(
    count,
    (index) => `---
apiVersion: v1
kind: Pod
metadata: { name: pod-${index} }
spec:
  containers:
    - name: main
      image: example.com/image-${index}
      ports: [{ containerPort: 80, hostPort: 8080 }]
`,
  );
const compose = (count: number) =>
  `services:\n${many(count, (index) => `  s${index}:\n    image: image-${index}\n    ports: ['8080:80']\n`)}`;
const script = (count: number) =>
  many(count, (index) => `docker run -d --privileged -p 8080:80 --name c${index} image-${index}\n`);

function conflictsIn(path: string, text: string, queries: FactQueries = NO_FACTS): readonly Finding[] {
  const { findings, failures } = lint(path, text, settings, queries);
  assert.deepEqual(failures, []);
  return findings.filter(({ rule }) => rule === 'host-port-conflict');
}

describe('workloads that take one port', () => {
  for (const [path, textOf] of [
    ['pods.yaml', pods],
    ['compose.yaml', compose],
    ['run.sh', script],
  ] as const)
    it(`are told apart by a few of the others, in ${path}`, () => {
      const conflicts = conflictsIn(path, textOf(60));
      assert.equal(conflicts.length, 60);
      for (const { message, related } of conflicts) {
        assert.match(message, / and 49 others/);
        assert.equal(related.length, 20);
        assert.match(related.at(-1)!.message, /^\w+ \S+ takes it \(39 more places are not listed\)$/);
      }
    });

  it('name all where there are few', () => {
    const [first] = conflictsIn('pods.yaml', pods(12));
    assert.match(first!.message, /Pod pod-1, Pod pod-2, .*, Pod pod-10 and Pod pod-11\. /);
    assert.equal(first!.related.length, 11);
  });

  it('are compared with no more than a hundred that cannot be met', () => {
    let looks = 0;
    const [fact] = lint('b.yaml', pods(1), settings).facts.filter(({ is }) => is === 'port');
    const others = Array.from({ length: 3000 }, (_, index): SourcedFact => {
      const holder = { kind: 'Pod', name: `other-${index}`, namespace: undefined };
      const read = () => {
        looks++;
        return { ...fact!, holder } as SourcedFact['fact'];
      };
      return Object.defineProperty({ file: 'b.yaml', fact: fact! }, 'fact', { get: read });
    });
    const together = (topic: string) => (topic.startsWith('port ') ? others : []);
    const [conflict] = conflictsIn('a.yaml', pods(1), { together, anywhere: () => [] });
    assert.match(conflict!.message, / and more than 90 others/);
    assert.ok(looks < 1000, `${looks} looks at claims`);
  });

  it('are told of no more than two hundred claims of other files', () => {
    const facts = new WorkspaceFacts();
    const asked = { together: new Set<string>(), anywhere: new Set<string>() };
    for (let index = 0; index < 300; index++)
      facts.update(`pod-${index}.yaml`, { facts: lint('pod.yaml', pods(1), settings).facts, asked });
    const queries = facts.queriesFor('pod-0.yaml');
    const [port] = lint('pod.yaml', pods(1), settings).facts.filter(({ is }) => is === 'port');
    assert.equal(queries.together(`port ${port!.key}`).length, 200);
    assert.equal(queries.together('pod inside ').length, 299);
  });
});

describe('a large workload', () => {
  it('is read once for the AI classifier, whichever of its fields ask', () => {
    const manifest = readManifest('run.sh', script(2), () => true);
    const ai = { ...NO_AI_CONTEXT };
    const [first, second] = scriptIn(manifest)!.commands;
    assert.equal(commandWorkload(first!, ai), commandWorkload(first!, ai));
    assert.notEqual(commandWorkload(first!, ai), commandWorkload(second!, ai));
    assert.notEqual(commandWorkload(first!, ai), commandWorkload(first!, { ...ai }));
  });
});

describe('trying fixes', () => {
  it('stops when a budget is spent, and always tries those of the first finding', () => {
    const result = lint('run.sh', script(50), settings);
    const fixable = result.findings.filter(({ fixes }) => fixes().length > 0);
    const trials = (findings: readonly Finding[]) => findings.reduce((sum, { fixes }) => sum + fixes().length, 0);
    const coveredBy = (budget: ProofBudget) => fixable.filter((finding) => budget.covers(result, finding));
    assert.deepEqual(coveredBy(new ProofBudget(1)), [fixable[0]]);
    const covered = coveredBy(new ProofBudget(result.text.length * 20));
    assert.ok(covered.length < fixable.length);
    assert.ok(trials(covered) >= 20 && trials(covered.slice(0, -1)) < 20);
    assert.deepEqual(covered, fixable.slice(0, covered.length));
  });

  it('costs the document alone where a file has several', () => {
    const result = lint('pods.yaml', pods(50), settings);
    const budget = new ProofBudget(result.text.length * 20);
    assert.ok(result.findings.length >= 50);
    assert.ok(result.findings.every((finding) => budget.covers(result, finding)));
  });

  it('asks other files once about a topic, however many commands of a script do', () => {
    const topics: string[] = [];
    const together = (topic: string) => {
      topics.push(topic);
      return [];
    };
    const queries = { together, anywhere: () => [] };
    const text = script(50);
    const result = lint('run.sh', text, settings, queries);
    topics.length = 0;
    const finding = result.findings.find(({ rule }) => rule === 'privileged')!;
    const [fix] = provenFixes({ path: 'run.sh', settings, result, queries }, finding);
    assert.ok(fix);
    const trials = finding.fixes().length;
    assert.equal(topics.filter((topic) => topic.startsWith('port ')).length, trials);
  });
});

it('puts the text of a file together once for all fingerprints', () => {
  const result = lint('pods.yaml', pods(20), settings);
  let reads = 0;
  const counting: LintResult = new Proxy(result, {
    get: (target, key) => {
      if (key === 'text') reads++;
      return Reflect.get(target, key, target);
    },
  });
  assert.ok(fingerprintTexts(counting).size >= 20);
  assert.equal(reads, 1);
});

describe('a script that is nested too deep', () => {
  const around = (middle: string) => `docker run --privileged first\n${middle}\ndocker run --privileged last\n`;
  const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
  const imagesIn = (text: string) => {
    const { findings, failures, problems } = lint('run.sh', text, settings);
    assert.deepEqual(failures, []);
    const names = findings.filter(({ rule }) => rule === 'privileged').map(({ subject }) => subject.name);
    return { names, problems: problems.map(({ message }) => message) };
  };
  const note = 'commands are nested too deep, or have too many here-documents, to be read';

  for (const [what, open, close] of [
    ['quoted substitutions', '"$(docker run ', 'x)"'],
    ['substitutions', '$(docker run ', 'x)'],
    ['conditions', 'if true; then ', 'true; fi; '],
    ['groups', '{ ', 'true; }; '],
    ['defaults', '$' + '{a:-', '}'],
  ] as const)
    it(`is read but for what is too deep: ${what}`, () => {
      const { names, problems } = imagesIn(around(`echo; ${nested(open, close, 2000)}`));
      assert.ok(names.includes('first'), `found ${names}`);
      assert.ok(problems.includes(note));
    });

  it('is read whole where it is nested as people write', () => {
    const { names, problems } = imagesIn(around(`echo ${nested('"$(docker run --privileged ', 'x)"', 20)}`));
    assert.ok(names.length >= 22);
    assert.deepEqual(problems, []);
  });

  it('is named where it has too many here-documents', () => {
    const documents = (count: number) => around('cat <<a\nx\na\n'.repeat(count));
    assert.deepEqual(imagesIn(documents(1000)), { names: ['first', 'last'], problems: [] });
    assert.deepEqual(imagesIn(documents(5000)), { names: [], problems: [note] });
  });
});

describe('comments that decide about findings', () => {
  const script = (count: number, comment = '# bulkhead: ignore[privileged] known') =>
    many(count, (index) => `docker run --privileged image-${index} ${comment}\n`);
  const lintOf = (text: string, path = 'run.sh') => lint(path, text, settings);
  const privileged = ({ findings }: LintResult) => findings.filter(({ rule }) => rule === 'privileged').length;

  it('count up to 1000 of them, and none counts where there are more', () => {
    const all = lintOf(script(1000));
    assert.deepEqual([privileged(all), all.accepted.length, all.failures], [0, 1000, []]);
    const more = lintOf(script(1001));
    assert.equal(privileged(more), 1001);
    assert.equal(more.failures.length, 1);
    assert.match(String(more.failures[0]?.error), /the file has more than 1000 exceptions/);
  });

  it('name up to 1000 rules', () => {
    const names = (count: number) => Array(count).fill('privileged').join();
    const text = (count: number) => `docker run --privileged image # bulkhead: ignore[${names(count)}] known\n`;
    assert.equal(lintOf(text(1000)).failures.length, 0);
    assert.equal(lintOf(text(1001)).failures.length, 1);
  });

  it('are told from text that looks like them', () => {
    const quoted = many(20, (index) => `docker run --privileged a${index} " # bulkhead: ignore[privileged] quoted"\n`);
    const result = lintOf(`${script(20)}${quoted}${script(20)}`);
    assert.deepEqual([privileged(result), result.accepted.length], [20, 40]);
  });

  it('leave the rest of a catalogue in when one of another tool is enabled among very many', () => {
    const ids = Array(100_000).fill('x').join();
    const { findings } = lintOf(`# kics-scan enable=${ids}\n\ndocker run --privileged image\n`);
    assert.equal(findings.filter(({ rule }) => rule === 'privileged').length, 0);
  });
});

it('a very long name that no rule has is compared with none', () => {
  const { findings } = lint('run.sh', `# bulkhead: ignore[${'a'.repeat(2_000_000)}] x\ndocker run image\n`, settings);
  assert.ok(findings.some(({ message }) => message.includes('aaaa')));
});

describe('carriage returns in a Dockerfile', () => {
  for (const text of [
    'FROM a\n\r\r\nRUN --security=insecure make\n',
    'FROM a\n\r\r\r\rRUN --security=insecure make\r',
    'FROM a\r\n# c \r\r\r\nRUN --security=insecure make \\\r\r\n  all\r\n',
  ])
    it(`begin no line: ${JSON.stringify(text)}`, () => {
      const { findings, failures } = lint('Dockerfile', text, settings);
      assert.deepEqual(failures, []);
      const found = findings.map(({ range }) => text.slice(range.start, range.end));
      assert.deepEqual(found, ['insecure']);
    });
});

it('names that every object of JavaScript has are names as any other', () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__'])
    for (const [path, text] of [
      ['pod.yaml', `apiVersion: ${name}\nkind: ${name}\nmetadata: { name: a }\nspec: {}\n`],
      [
        'pod.yaml',
        `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  securityContext: { sysctls: [{ name: ${name}, value: '1' }] }\n  volumes: [{ name: a, hostPath: { path: /etc, type: ${name} } }]\n  containers: [{ name: ${name}, image: a, securityContext: { capabilities: { add: [${name}] } } }]\n`,
      ],
      [
        'b.yaml',
        `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: a }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }\nsubjects: [{ kind: ${name}, name: ${name} }]\n`,
      ],
      ['compose.yaml', `services:\n  ${name}: { image: a, cap_add: [${name}], sysctls: { ${name}: 1 } }\n`],
      ['run.sh', `docker run --${name}=x --cap-add ${name} --sysctl ${name}=1 a\n`],
      ['a.container', `[Container]\nImage=a\n${name}=b\nAddCapability=${name}\n`],
    ] as const) {
      const { failures, findings } = lint(path, text, settings);
      assert.deepEqual(failures, [], `${path} with ${name}`);
      for (const { message } of findings) assert.doesNotMatch(message, /native code|undefined|\[object/);
    }
});

it('facts are sorted by their topics once, however many are asked about', () => {
  let looks = 0;
  const facts = Array.from({ length: 500 }, (_, index): Fact => {
    const fact = { is: 'source', text: '', at: { range: { start: 0, end: 0 }, path: '', file: undefined } } as const;
    return Object.defineProperty(fact, 'key', { get: () => `${looks++ < 0 ? '' : index}`, enumerable: true }) as Fact;
  });
  const index = new PartFactIndex(NO_FACTS);
  const source = { start: 0, facts, objects: [] };
  index.replace([], [source]);
  looks = 0;
  for (let topic = 0; topic < 500; topic++)
    assert.equal(index.queriesFor(source).anywhere(`source ${topic}`).length, 1);
  assert.equal(looks, facts.length);
});

describe('lists of more items than a function takes arguments', () => {
  const count = 130_000;
  for (const [path, text] of Object.entries({
    'templates/a.yaml': `${pods(1)}${'{{ if .a }}\n'.repeat(count)}${'{{ end }}\n'.repeat(count)}`,
    'a.sh': `sh -c '${'docker run a;'.repeat(count)}'\n`,
  }))
    it(`are read: ${path}`, () => assert.deepEqual(lint(path, text, settings).failures, []));
});

describe('Compose files that are put together', () => {
  const service = 'services: { web: { image: a, privileged: true } }\n';
  /** What is said of the first of some files that a command names, and what is found there. */
  const firstOf = (texts: readonly string[]) => {
    const names = texts.map((_, index) => `${index}.yaml`);
    const all = lintAll({
      'up.sh': `docker compose ${names.map((name) => `-f ${name}`).join(' ')} up\n`,
      ...Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text])),
    });
    const { unassembled, findings } = all.get('0.yaml')!.result;
    return [unassembled.map(({ message }) => message), findings.filter(({ rule }) => rule === 'privileged').length];
  };
  const reset = 'services: { web: { privileged: false } }\n';

  it('are no more than 100: of a longer list nothing is known', () => {
    assert.deepEqual(firstOf([...Array<string>(99).fill(service), reset]), [[], 0]);
    assert.deepEqual(firstOf([...Array<string>(100).fill(service), reset]), [[], 1]);
  });

  it('are judged by themselves where the others are longer than a mebibyte, which is said', () => {
    const long = `${reset}${`# ${'x'.repeat(98)}\n`.repeat(10_400)}`;
    assert.deepEqual(firstOf([service, long.slice(0, 1_000_000)]), [[], 0]);
    assert.deepEqual(firstOf([service, long, long]), [
      [
        'A Compose project of this file has more than 100 files, or all have more than 1 MiB of others: it is not put together',
      ],
      1,
    ]);
  });

  it('are those of 50 commands of a script', () => {
    const commands = many(60, (index) => `docker compose -f ${index}.yaml -f b.yaml up\n`);
    const uses = (text: string) => {
      const { facts } = lint('up.sh', text, settings);
      return new Set(facts.flatMap((fact) => (fact.is === 'composeUse' ? fact.key : []))).size;
    };
    assert.equal(uses(commands), 51);
    assert.equal(uses(`${'docker compose -f a.yaml up\n'.repeat(200)}docker compose -f b.yaml up\n`), 2);
  });
});
