import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dict } from '../../shared-rules/language/go-template/data.ts';
import { Limits } from '../../shared-rules/language/go-template/limits.ts';
import type { Rope } from '../../shared-rules/language/go-template/rope.ts';
import { Session } from '../../shared-rules/language/go-template/session.ts';
import { TemplateError } from '../../shared-rules/language/go-template/template-error.ts';
import { UNKNOWN_CHARACTER } from '../../shared-rules/language/unknown.ts';
import { dataOf, FUNCTIONS, render, templatesOf } from './go-template/chart.ts';

interface Cases {
  readonly data: unknown;
  readonly cases: readonly { readonly template: string; readonly output?: string; readonly error?: string }[];
}

/** What text/template makes of them is written by `go run test/language/go-template/oracle.go`. */
const { data, cases }: Cases = JSON.parse(readFileSync(new URL('go-template/cases.json', import.meta.url), 'utf8'));

function rendered(template: string, values: unknown = {}): Rope {
  return render({ main: template }, 'main', dataOf(values));
}

function errorOf(work: () => unknown): TemplateError {
  try {
    work();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  return assert.fail('there is no error');
}

/** Go says the type that the map or list has for its items, not that of the item. */
function withoutType(message: string | undefined): string | undefined {
  return message?.replace(/ in type .*/, '');
}

test('templates print what they print in Go', async (t) => {
  for (const { template, output, error } of cases)
    await t.test(JSON.stringify(template), () => {
      if (output !== undefined) assert.equal(rendered(template, data).text, output);
      else {
        const { message } = errorOf(() => rendered(template, data));
        assert.equal(withoutType(message.split(': ').at(-1)), withoutType(error));
      }
    });
});

test('an error is at the action that it happens in, and knows what includes that', () => {
  const helpers = '{{ define "inner" }}\n{{ .missing.x }}{{ end }}';
  const main = 'a: {{ include "inner" . }}';
  const { place } = errorOf(() => render({ helpers, main }, 'main', dict()));
  assert.equal(place?.file, 'helpers');
  assert.equal(helpers.slice(place?.range.start, place?.range.end), '.missing.x');
  assert.equal(place?.caller?.file, 'main');
  assert.equal(main.slice(place?.caller?.range.start, place?.caller?.range.end), 'include "inner" .');
});

test('a syntax error is where it is written', () => {
  const { place, message } = errorOf(() => rendered('a\n{{ if true }}{{ foo }}{{ end }}'));
  assert.deepEqual(place, { file: 'main', range: { start: 18, end: 18 } });
  assert.equal(message, 'parse error: function "foo" not defined');
});

test('what a chart itself says is wrong is said in its own words, and what a function says with its name', () => {
  const own = errorOf(() => rendered('a {{ if true }}{{ fail "no name" }}{{ end }}'));
  assert.equal(own.message, 'no name');
  assert.deepEqual(own.place?.range, { start: 18, end: 32 });
  assert.equal(errorOf(() => rendered('{{ len 1 }}')).message, 'error calling len: len of type int');
});

test('one with content replaces templates of its name in files before', () => {
  const one = '{{ define "a" }}1{{ end }}';
  assert.equal(render({ one, two: '{{ define "a" }}2{{ end }}{{ include "a" . }}' }, 'two', dict()).text, '2');
  assert.equal(render({ one, two: '{{ define "a" }} {{ end }}{{ include "a" . }}' }, 'two', dict()).text, '1');
});

test('a text for tpl calls the templates around it, and what it defines is known to itself only', () => {
  assert.equal(rendered('{{ define "a" }}1{{ end }}{{ tpl .x . }}', { x: '{{ include "a" . }}' }).text, '1');
  const own = { x: '{{ define "b" }}2{{ end }}{{ include "b" . }}' };
  assert.equal(rendered('{{ tpl .x . }}', own).text, '2');
  assert.match(errorOf(() => rendered('{{ tpl .x . }}{{ include "b" . }}', own)).message, /no template "b"/);
});

const U = UNKNOWN_CHARACTER;

test('what is not known is not known behind functions, and the rest is', () => {
  assert.equal(rendered('a{{ random }}b').text, `a${U}b`);
  assert.equal(rendered('{{ random | quote }} {{ printf "%s-%d" random 1 }}').text, `"${U}" ${U}-1`);
  assert.equal(rendered('{{ upper random }}{{ random.x.y }}{{ eq random 1 }}').text, U.repeat(3));
  assert.equal(rendered('{{ printf "a-%s" random | upper }}').text, U);
  assert.equal(rendered('{{ list 1 random }} {{ dict "a" random }}').text, `[1 ${U}] map[a:${U}]`);
  assert.equal(rendered('{{ if printf "a%s" random }}yes{{ end }}').text, 'yes');
});

test('of a condition that is not known neither branch is printed', () => {
  assert.equal(rendered('a{{ if random }}b{{ else }}c{{ end }}d').text, `a${U}d`);
  assert.equal(rendered('{{ with random }}b{{ end }}{{ range random }}c{{ end }}').text, U + U);
  assert.equal(rendered('{{ and true random }}{{ or 0 random }}{{ or 1 random }}').text, `${U}${U}1`);
});

test('whole lines of such a branch are an entry that nobody knows', () => {
  assert.equal(rendered('a: 1\n{{- if random }}\n  b: 2\n{{- end }}\nc: 3').text, `a: 1\n  ${U}: ${U}\nc: 3`);
  assert.equal(rendered('{{ if random }}\n- b\n{{ end }}- c').text, `\n- ${U}\n- c`);
  const printed = 'a: 1\n{{- with random }}\n{{- toYaml . | nindent 2 }}\n{{- end }}\nb: 2';
  assert.equal(rendered(printed).text, `a: 1\n  ${U}: ${U}\nb: 2`);
});

test('what such a branch may change is not known', () => {
  assert.equal(rendered('{{ $x := 1 }}{{ if random }}{{ $x = 2 }}{{ end }} {{ $x }}').text, `${U} ${U}`);
  assert.equal(rendered('{{ $x := 1 }}{{ if random }}{{ $x := 2 }}{{ end }} {{ $x }}').text, `${U} 1`);
  const changed = '{{ $d := dict "a" 1 }}{{ if random }}{{ $_ := set $d "a" 2 }}{{ end }} {{ $d.a }} {{ $d }}';
  assert.equal(rendered(changed).text, `${U} ${U} ${U}`);
});

const repeat = (part: string, count: number) => part.repeat(count);

test('a template that does not end, or would take too much, is an error', async (t) => {
  const endless: Record<string, string> = {
    'includes itself': '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    'calls itself': '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}',
    'calls itself by another':
      '{{ define "a" }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ template "a" . }}{{ end }}{{ include "a" . }}',
    'is its own text': '{{ tpl .self . }}',
    'counts too far': '{{ range 9223372036854775807 }}{{ end }}',
    'loops in loops': '{{ range 10000 }}{{ range 10000 }}{{ end }}{{ end }}',
    'doubles a text': '{{ $x := "ab" }}{{ range 60 }}{{ $x = printf "%s%s" $x $x }}{{ end }}',
    'doubles a list': '{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ $x }}',
    'prints a map in itself': '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $d }}',
    'pads without end': '{{ range 100000 }}{{ $_ := printf "%1000000d" 1 }}{{ end }}',
    'has deep parentheses': `{{ ${repeat('(', 10_000)}1${repeat(')', 10_000)} }}`,
    'has deep blocks': repeat('{{ if true }}', 10_000) + repeat('{{ end }}', 10_000),
    'has a long chain of branches': `{{ if false }}${repeat('{{ else if false }}', 10_000)}{{ end }}`,
    'has very many variables': repeat('{{ $a := 1 }}', 10_000),
  };
  for (const [name, template] of Object.entries(endless))
    await t.test(name, () => {
      assert.ok(errorOf(() => rendered(template, { self: '{{ tpl .self . }}' })).message);
    });
});

test('work is counted over all templates of a chart', () => {
  const session = new Session(FUNCTIONS, new Limits(100));
  const templates = templatesOf({ main: '{{ range 20 }}{{ . }}{{ end }}' });
  assert.equal(session.render(templates, 'main', dict()).length, 30);
  assert.equal(errorOf(() => session.render(templates, 'main', dict())).message, 'rendering takes too many steps');
});

test('long templates take time in proportion to their length', () => {
  assert.equal(rendered(repeat('{{ 1 }}', 20_000)).length, 20_000);
  assert.equal(rendered(`${repeat(' ', 1_000_000)}{{- 1 -}}${repeat(' ', 1_000_000)}`).length, 1);
  assert.equal(
    rendered(Array.from({ length: 20_000 }, (_, at) => `{{ define "a${at}" }}x{{ end }}`).join('')).length,
    0,
  );
});
