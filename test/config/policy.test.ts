import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { RULES_ON_AI, readPolicy } from '../../shared-rules/config/policy.ts';
import { CATALOGUE } from '../../shared-rules/rules/catalogue.generated.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const isValid = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(ROOT, 'schemas', 'bulkhead-policy.schema.json'), 'utf8')),
);

describe('a policy', () => {
  it('stands for families and all rules', () => {
    const rulesOf = (rules: string) => readPolicy('p', `rules: [${rules}]`).policy.lint.rules;
    const inFamily = Object.entries(CATALOGUE).flatMap(([id, { category }]) => (category === 'images' ? id : []));
    assert.deepEqual(rulesOf('images'), inFamily);
    assert.deepEqual(rulesOf('all'), Object.keys(CATALOGUE));
    assert.deepEqual(rulesOf('host-path'), [
      'agent-with-runtime-socket',
      'host-path',
      'runtime-socket',
      'sensitive-host-path',
    ]);
  });

  it('is documented by an example without mistakes', () => {
    const page = readFileSync(join(ROOT, 'docs', 'policy.md'), 'utf8');
    const [, example = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(page) ?? [];
    assert.ok(example.includes('rules:'));
    assert.deepEqual(readPolicy('p', example).problems, []);
  });

  it('meets its schema where it is right, and does not where it is wrong', () => {
    const cases: [object, boolean][] = [
      [{ profile: 'strict', rules: ['all', 'images', 'host-pid'], neverIgnore: ['**'] }, true],
      [{ kubernetesVersion: '1.31', exceptions: { mustHave: ['reason', 'owner', 'until'] } }, true],
      [{ profile: 'none' }, false],
      [{ rules: ['none'] }, false],
      [{ neverIgnore: ['!a'] }, false],
      [{ exceptions: { mustHave: ['ticket'] } }, false],
      [{ ignore: ['a'] }, false],
    ];
    for (const [policy, isRight] of cases) {
      assert.equal(isValid(policy), isRight, JSON.stringify(policy));
      assert.equal(readPolicy('p', JSON.stringify(policy)).problems.length === 0, isRight, JSON.stringify(policy));
    }
  });

  it('knows the rules that depend on what an AI workload is', () => {
    const folder = join(ROOT, 'shared-rules', 'rules');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const dependent = files.filter((file) => {
      const isRule = Object.hasOwn(CATALOGUE, basename(file, '.ts'));
      return isRule && /class === 'ai'|class !== 'ai'|aiClass === 'ai'/.test(readFileSync(join(folder, file), 'utf8'));
    });
    for (const file of dependent) assert.ok(RULES_ON_AI.includes(basename(file, '.ts') as never), file);
    const onAi = Object.entries(CATALOGUE).flatMap(([id, { category }]) => (category === 'ai' ? id : []));
    for (const id of onAi) assert.ok(RULES_ON_AI.includes(id as never), id);
  });
});
