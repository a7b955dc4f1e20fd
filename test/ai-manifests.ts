import assert from 'node:assert/strict';
import { type AiWorkload, aiWorkloads, DEFAULT_SETTINGS, type LintSettings, lint } from '../shared-rules/index.ts';

/** Every workload of a text, which must lint without a failure. */
export function workloadsIn(
  text: string,
  path = 'manifest.yaml',
  settings: LintSettings = DEFAULT_SETTINGS,
): AiWorkload[] {
  const result = lint(path, text, settings);
  assert.deepEqual(result.failures, []);
  return aiWorkloads({ path, settings, result });
}

/** `ai inference` for each workload, in the order of the text. */
export function classesIn(text: string, path?: string, settings?: LintSettings): string[] {
  return workloadsIn(text, path, settings).map(
    ({ classification: { class: aiClass, subClass } }) => `${aiClass}${subClass ? ` ${subClass}` : ''}`,
  );
}

/** The signs of all workloads, in the words of the manifest. */
export function signalsIn(text: string, path?: string): string[] {
  return workloadsIn(text, path).flatMap(({ classification }) => classification.signals.map(({ text }) => text));
}

/** An object of a kind with a pod spec in a template, as JSON, which is YAML. */
export function object(apiVersion: string, kind: string, spec: object, metadata: object = {}): string {
  return JSON.stringify({ apiVersion, kind, metadata: { name: 'x', ...metadata }, spec });
}

/** A Deployment of a pod spec. */
export function deployment(pod: object, metadata: object = {}): string {
  return object('apps/v1', 'Deployment', { template: { spec: pod } }, metadata);
}

/** A Deployment of one container, of which some fields are given. */
export function running(container: object, pod: object = {}): string {
  return deployment({ ...pod, containers: [{ name: 'a', image: 'example.com/a', ...container }] });
}

/** A pod spec that shows nothing. */
export const POD = { containers: [{ name: 'a', image: 'example.com/a' }] };
