import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { assembleProject } from '../../shared-rules/assembly/compose/project.ts';
import { projectText } from '../../shared-rules/assembly/compose/project-text.ts';
import type { PrintedTree } from '../../shared-rules/assembly/printed-tree.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';
import { composeText } from '../../shared-rules/model/compose/interpolation.ts';
import { readServicePort } from '../../shared-rules/model/compose/ports.ts';
import { readServiceMount } from '../../shared-rules/model/compose/volumes.ts';

/**
 * Projects, and what `docker compose --profile '*' -f FILE … config --format json` prints of each, with its paths relative to
 * the project's folder. The random ones were taken as they came, without `!reset` and `!override` in what a service extends.
 */
interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly project: readonly string[];
  readonly expected: unknown;
}

const CASES: readonly Case[] = JSON.parse(readFileSync(new URL('compose-projects.json', import.meta.url), 'utf8'));

/** Lists of `NAME=VALUE` that are mappings as well. */
const KEY_VALUES = new Set(['environment', 'labels', 'sysctls', 'args', 'annotations']);
/** Lists of names that are mappings as well, one text that is a list as well, and limits of two kinds. */
const NAMES = new Set(['networks', 'depends_on']);
const LISTS = new Set(['dns', 'dns_search', 'tmpfs', 'env_file']);

/** A text after interpolation; nothing stands for variables that are not set. */
function textOf(value: Value): string {
  return composeText(value)?.text ?? (value.rawText ?? '').replaceAll(/\$\{\w+\}/g, '');
}

/** What a value means, in one form for all forms that Compose takes. */
function meaningOf(value: Value): unknown {
  const { key } = value;
  if (value.isNull) return null;
  if (key === 'ports') return sorted(value.items().flatMap(portsOf));
  if (key === 'volumes' && value.isSequence) return sorted(value.items().map(mountOf));
  if (key === 'devices' && value.isSequence) return sorted(value.items().map(deviceOf));
  if (KEY_VALUES.has(String(key))) return keyValues(value);
  if (NAMES.has(String(key)) && value.isSequence) return sorted(value.items().map(({ text }) => text));
  if (NAMES.has(String(key)) && value.isMapping) return sorted(value.fields().map(({ name }) => name));
  if (LISTS.has(String(key)) && !value.isSequence) return [textOf(value)];
  if (key === 'command' && !value.isSequence)
    return composeText(value)
      ?.text.split(' ')
      .filter((word) => word !== '');
  if (key === 'build' && !value.isMapping) return { context: textOf(value) };
  if (value.isSequence) return value.items().map(meaningOf);
  if (value.isMapping)
    return Object.fromEntries(
      value.fields().flatMap((field) => (field.value.isNull ? [] : [[field.name, meaningOf(field.value)]])),
    );
  return textOf(value);
}

function sorted<T>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function portsOf(item: Value) {
  const port = readServicePort(item);
  assert.ok(port, `port ${item.rawText}`);
  const { address, published, targets, protocol } = port;
  return targets.map((target, index) => ({ address, published: published[index], target, protocol }));
}

function mountOf(item: Value) {
  const mount = readServiceMount(item);
  assert.ok(mount, `volume ${item.rawText}`);
  const { type, source, target, isReadOnly } = mount;
  return { type, source: source?.text, target: target?.replace(/(?<=.)\/$/, ''), isReadOnly };
}

function deviceOf(item: Value) {
  if (item.isMapping) return [item.get('source')?.text, item.get('target')?.text];
  const [source, target = source] = textOf(item).split(':') ?? [];
  return [source, target];
}

function keyValues(value: Value) {
  const pairs = value.isMapping
    ? value.fields().map((field) => [field.name, textOf(field.value)])
    : value.items().map((item) => textOf(item).split(/=(.*)/s).slice(0, 2));
  return Object.fromEntries(pairs);
}

/** What Compose adds on its own to what is written. */
function withoutDefaults(service: Record<string, unknown>): Record<string, unknown> {
  const { networks, build, healthcheck, ulimits, deploy, privileged, network_mode: mode, ...rest } = service;
  const context = (build as { context?: string } | undefined)?.context;
  return {
    ...rest,
    // What is false or empty is not printed.
    ...(mode !== '' && { mode }),
    ...(privileged === 'true' && { privileged }),
    // `CMD-SHELL` is what a text is run by; the network `default` is what a service without networks joins.
    ...(networks !== undefined && JSON.stringify(networks) !== '["default"]' && { networks }),
    ...(build !== undefined && { build: { ...(build as object), context, dockerfile: undefined } }),
    ...(healthcheck !== undefined && { healthcheck: { ...(healthcheck as object), test: undefined } }),
    ...(ulimits !== undefined && { ulimits: JSON.stringify(ulimits).match(/\d+/g)?.sort() }),
    ...(deploy !== undefined && { deploy: (deploy as { replicas?: string }).replicas }),
  };
}

function servicesOf(root: Value): Record<string, unknown> {
  const services = root.get('services')?.fields() ?? [];
  return Object.fromEntries(
    services.map(({ name, value }) => [name, withoutDefaults(meaningOf(value) as Record<string, unknown>)]),
  );
}

function printedText({ lines }: PrintedTree): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

function assembled({ files, project }: Case) {
  const sources = (path: string) => {
    const text = files[path];
    return text === undefined ? undefined : { text, file: path };
  };
  return assembleProject({ files: project, folder: '' }, sources);
}

describe('a Compose project is put together as Docker Compose does it', () => {
  for (const one of CASES)
    it(one.name, () => {
      const { tree, missing } = assembled(one);
      assert.ok(tree?.root);
      assert.deepEqual(missing, []);
      const text = JSON.stringify(one.expected);
      const [expected] = YamlDocument.parse(text, { start: 0, end: text.length });
      assert.ok(expected?.root);
      const services = JSON.stringify(servicesOf(expected.root));
      assert.deepEqual(JSON.parse(JSON.stringify(servicesOf(tree.root))), JSON.parse(services));
      // Printed as one file, it is the same project.
      const printed = printedText(projectText(tree, ''));
      const again = assembled({ ...one, files: { 'printed.yaml': printed }, project: ['printed.yaml'] });
      assert.deepEqual(again.missing, []);
      assert.ok(again.tree?.root);
      assert.deepEqual(JSON.parse(JSON.stringify(servicesOf(again.tree.root))), JSON.parse(services), printed);
    });
});

describe('a value of a Compose project', () => {
  it('is written where it came from', () => {
    const one = CASES.find(({ name }) => name.startsWith('services extend'));
    assert.ok(one);
    const { tree } = assembled(one);
    const app = tree?.root?.at('services', 'app');
    const places = ['image', 'network_mode', 'pid'].map((name) => {
      const value = app?.get(name);
      assert.ok(value?.file);
      return [value.file, one.files[value.file]?.slice(value.range.start, value.range.end)];
    });
    assert.deepEqual(places, [
      ['compose.yaml', 'app:1'],
      ['common/base.yaml', 'host'],
      ['common/base.yaml', 'host'],
    ]);
  });
});

describe('what is not there', () => {
  const project = (text: string) =>
    assembled({ name: '', files: { 'compose.yaml': text }, project: ['compose.yaml'], expected: {} }).missing.map(
      ({ at, message }) => [text.slice(at.range.start, at.range.end), message],
    );

  it('is named where it is asked for', () => {
    const text =
      'include: [a.yaml, https://example.com/b.git]\nservices:\n  a:\n    extends: { file: c.yaml, service: x }\n  b:\n    extends: nobody\n';
    assert.deepEqual(project(text), [
      ['a.yaml', 'a.yaml was not found'],
      ['https://example.com/b.git', 'https://example.com/b.git is remote and was not read'],
      ['c.yaml', 'c.yaml was not found'],
      ['nobody', 'service nobody was not found'],
    ]);
  });

  it('leads nowhere in a circle', () => {
    const text =
      'include: [compose.yaml, compose.yaml]\nservices:\n  a:\n    image: x\n    extends: b\n  b:\n    extends: a\n';
    assert.deepEqual(new Set(project(text).map(([, message]) => message)), new Set(['this leads in a circle']));
  });
});
