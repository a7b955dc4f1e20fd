import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { packageOf } from '../packages.ts';
import { Editor } from './editor.ts';

const DEPENDENCY = 'dependencies:\n  - { name: redis, version: 19.x.x, repository: "https://example.com" }\n';
const APP = {
  'app/Chart.yaml': `apiVersion: v2\nname: app\nversion: 1.0.0\n${DEPENDENCY}`,
  'app/values.yaml': 'redis:\n  hostNetwork: true\n',
};
const PACKAGE = 'app/charts/redis-19.0.0.tgz';

function redis(value: string): Buffer {
  const spec = `spec:\n  hostNetwork: ${value}\n  containers: [{ name: a, image: "a:1" }]\n`;
  return packageOf('redis', {
    'Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 19.0.0\n',
    'templates/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: redis }\n${spec}`,
  });
}

describe('a packed dependency in an editor', () => {
  it('is judged with the values of its parent, and followed', async (test) => {
    const editor = await Editor.open(test, { ...APP, [PACKAGE]: redis('{{ .Values.hostNetwork }}') });
    await editor.untilShown('app/values.yaml', ['host-network']);
    assert.equal(editor.shown(PACKAGE), undefined);
    await editor.untilShown('app/Chart.yaml', []);
    await editor.write(PACKAGE, redis('false'));
    await editor.changeOnDisk(PACKAGE, FileChangeType.Changed);
    await editor.untilShown('app/values.yaml', []);
  });

  it('that is missing is a note where it is declared, until it is there', async (test) => {
    const editor = await Editor.open(test, APP);
    const [note] = await editor.untilShown('app/Chart.yaml', ['not-judged']);
    assert.deepEqual(note?.range, { start: { line: 4, character: 12 }, end: { line: 4, character: 17 } });
    await editor.write(PACKAGE, redis('{{ .Values.hostNetwork }}'));
    await editor.changeOnDisk(PACKAGE, FileChangeType.Created);
    await editor.untilShown('app/Chart.yaml', []);
    await editor.untilShown('app/values.yaml', ['host-network']);
  });
});
