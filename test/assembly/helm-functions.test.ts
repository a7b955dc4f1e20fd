import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readYamlFile } from '../../shared-rules/assembly/helm/formats/yaml-read.ts';
import { HELM_FUNCTIONS } from '../../shared-rules/assembly/helm/functions/index.ts';
import { type Data, dict } from '../../shared-rules/language/go-template/data.ts';
import { Rope } from '../../shared-rules/language/go-template/rope.ts';
import { Session } from '../../shared-rules/language/go-template/session.ts';
import { TemplateError } from '../../shared-rules/language/go-template/template-error.ts';
import { TemplateSet } from '../../shared-rules/language/go-template/templates.ts';
import { UNKNOWN_CHARACTER } from '../../shared-rules/language/unknown.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { printed } from './helm-support.ts';

/**
 * Templates, and what `engine.Render` of helm.sh/helm/v3 v3.20.2 gives for each as the only template of a chart with these
 * values, or the error behind `error calling FUNCTION:`. Left out is what depends on the clock or the order of Go's maps, and
 * the messages of go.yaml.in/yaml.
 */
interface Group {
  readonly values: string;
  readonly cases: readonly { readonly template: string; readonly output?: string; readonly error?: string }[];
}

const GROUPS: readonly Group[] = JSON.parse(readFileSync(new URL('helm-functions.json', import.meta.url), 'utf8'));

function valuesOf(text: string): Data {
  const values = readYamlFile(YamlDocument.parse(text, { start: 0, end: text.length }));
  return values.kind === 'dict' ? { ...values, type: 'chartutil.Values' } : dict();
}

function outcome(template: string, values: Data): { readonly output?: string; readonly error?: string } {
  const file = 'chart/templates/t.yaml';
  const set = new TemplateSet((name) => HELM_FUNCTIONS.has(name));
  try {
    set.add(file, { source: Rope.of(template), file });
    return { output: new Session(HELM_FUNCTIONS).render(set, file, dict([['Values', values]])).text };
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    return { error: error.message.replace(/^error calling \w+: |^parse error: /, '') };
  }
}

describe('The functions of Helm give what Helm gives', () => {
  for (const { values, cases } of GROUPS)
    it(values.slice(0, 80) || 'without values', () => {
      for (const { template, output, error } of cases)
        assert.deepEqual(outcome(template, valuesOf(values)), error === undefined ? { output } : { error }, template);
    });
});

describe('What is not known', () => {
  it('is what chance, the clock and keys give', () => {
    for (const call of [
      'randAlphaNum 5',
      'now',
      'uuidv4',
      'genCA "x" 1',
      'htpasswd "a" "b"',
      'date "2006" now',
      'bcrypt "x"',
    ])
      assert.equal(printed(`{{ ${call} }}`), UNKNOWN_CHARACTER, call);
  });

  it('stays unknown through functions, beside what is known', () => {
    const unknown = UNKNOWN_CHARACTER;
    assert.equal(printed('{{ printf "a-%s" (randAlpha 3) | quote }}'), `"a-${unknown}"`);
    assert.equal(printed('{{ randAlpha 3 | printf "ab-%s" | upper | trunc 2 }}'), 'AB');
    assert.equal(printed('{{ toYaml (dict "a" (randAlpha 3) "b" 1) | nindent 2 }}'), `\n  a: ${unknown}\n  b: 1`);
    assert.equal(printed('{{ list 1 (randAlpha 3) | toJson }}'), `[1,${unknown}]`);
    assert.equal(printed('{{ default "x" (randAlpha 3) }}'), unknown);
    assert.equal(printed('{{ default (randAlpha 3) "x" }}'), 'x');
    assert.equal(printed('{{ ternary "a" "b" (eq (randAlpha 1) "c") }}'), unknown);
    assert.equal(printed('{{ get (merge (dict "a" 1) (dict "b" (now))) "a" }}'), '1');
    assert.equal(printed('{{ randAlpha 3 | b64enc }}'), unknown);
    assert.equal(printed('{{ join "," (list "a" (randAlpha 3)) }}'), `a,${unknown}`);
  });

  it('is an expression that is more than is read', () => {
    assert.equal(printed('{{ regexFind "\\\\p{Tamil}" "x" }}'), UNKNOWN_CHARACTER);
  });
});
