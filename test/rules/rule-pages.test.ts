import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import type { View } from '../../shared-rules/rules/api.ts';
import { objectsOfKind, pod } from '../../shared-rules/rules/base-views.ts';
import { checkedException } from '../../shared-rules/rules/exceptions/views.ts';
import { explainUnread, isLookedAt } from './looked-at.ts';
import { assertedPart, examplesOf, readMarks, shapeOf } from './rule-pages.ts';

const isRead = (view: View, text: string, path = 'manifest.yaml') =>
  isLookedAt(view, lint(path, text, DEFAULT_SETTINGS).parts);

describe('what a silent example proves', () => {
  const POD = 'apiVersion: v1\nkind: Pod\nspec: { containers: [{ name: a, image: nginx }] }\n';
  const RARE = 'apiVersion: example.com/v1\nkind: RarelySeen\nmetadata:\n  name: a\n';
  const rarelySeen = objectsOfKind('RarelySeen');

  it('nothing where the kind that the view names is not parsed, and it is said why', () => {
    assert.equal(isRead(rarelySeen, RARE), false);
    assert.equal(
      explainUnread({ id: 'host-network', on: rarelySeen }, lint('a.yaml', RARE, DEFAULT_SETTINGS).parts),
      'host-network looks at nothing in this example: its view has object and names the kinds RarelySeen, and what was read is nothing. Is a kind missing from `kinds`, or the file not recognised? If the rule is not about this, mark the example `unread`.',
    );
  });

  it('nothing where the view does not name the kind, though it is parsed', () => {
    const parsed = `${RARE}spec: { hostNetwork: true }\n`;
    assert.equal(isRead({ name: 'without kinds', object: () => [] }, parsed), false);
    assert.equal(isRead({ name: 'with another kind', kinds: ['Other'], object: () => [] }, parsed), false);
    assert.equal(isRead(rarelySeen, parsed), true);
    assert.equal(isRead(objectsOfKind(/^Rarely/), parsed), true);
    assert.match(
      explainUnread({ id: 'host-network', on: pod }, lint('a.yaml', parsed, DEFAULT_SETTINGS).parts),
      /its view has object and names no kinds, and what was read is RarelySeen\./,
    );
  });

  it('nothing where the view is about other objects than those with pods', () => {
    assert.equal(isRead(rarelySeen, POD), false);
    assert.equal(isRead({ name: 'pods', object: ({ pods }) => pods.flatMap(() => []) }, POD), true);
  });

  it('nothing where the view has no surface for the file, or the file is none of ours', () => {
    const commands: View = { name: 'commands', command: () => [] };
    assert.equal(isRead(pod, POD), true);
    assert.equal(isRead(commands, POD), false);
    assert.equal(isRead(pod, 'docker run nginx\n', 'start.sh'), false);
    assert.equal(isRead(commands, 'docker run nginx\n', 'start.sh'), true);
    assert.equal(isRead(commands, 'echo nothing\n', 'start.sh'), false);
    assert.equal(isRead(commands, 'docker run nginx\n', 'notes.txt'), false);
    const services: View = { name: 'services', composeFile: () => [] };
    assert.equal(isRead(services, 'services:\n  web: { image: nginx }\n', 'compose.yaml'), true);
    assert.equal(isRead(services, 'services: {}\n', 'compose.yaml'), false);
  });

  it('that an exception was read, for rules about exceptions', () => {
    assert.equal(isRead(checkedException, POD), false);
    assert.equal(isRead(checkedException, `# bulkhead: ignore[host-pid] a reason\n${POD}`), true);
  });
});

describe('the examples of a page', () => {
  it('are told by the first line of a block', () => {
    const page = '# Title\n\n```yaml silent compose.yaml\na: 1\n```\n\n```sh unread\necho\n```\n\n```yaml\nb: 1\n```\n';
    assert.deepEqual(examplesOf(page), [
      { role: 'silent', argument: 'compose.yaml', text: 'a: 1\n', line: 3 },
      { role: 'unread', argument: '', text: 'echo\n', line: 7 },
    ]);
  });

  it('have marks whose message goes on below them, and comments of their own', () => {
    const example = [
      'a: b # why',
      '#  ^ high: It is bad',
      '#    (b). Remove',
      '#    it.',
      '#  ^ low',
      '#  a comment that follows a mark without a message',
      '# another',
      'c: d',
      '#  ^ low: In short …',
      '# a comment with one blank',
    ].join('\n');
    assert.deepEqual(readMarks(example), {
      text: [
        'a: b # why',
        '#  a comment that follows a mark without a message',
        '# another',
        'c: d',
        '# a comment with one blank',
      ].join('\n'),
      marks: [
        { line: 0, column: 3, length: 1, severity: 'high', message: 'It is bad (b). Remove it.' },
        { line: 0, column: 3, length: 1, severity: 'low', message: '' },
        { line: 3, column: 3, length: 1, severity: 'low', message: 'In short …' },
      ],
    });
  });

  it('assert a message in whole, up to an ellipsis, or not at all', () => {
    const message = 'Pod web is bad. Remove it.';
    for (const asserted of [message, 'Pod web is bad …', 'Pod web…', ''])
      assert.equal(assertedPart(message, asserted), asserted);
    for (const wrong of ['Pod web is bad.', 'Pod a …', 'Pod web is bad. Remove it. Now.'])
      assert.notEqual(assertedPart(message, wrong), wrong);
  });

  it('tell branches of messages apart, and no names', () => {
    const examples = ['kind: Pod\nname: web\nimage: nginx:1.0\n', 'services: { db: { ports: ["80:80"] } }\n'];
    const shape = (message: string) => shapeOf(message, examples);
    assert.equal(shape('Pod web takes "80" of /srv (hostPort: 80).'), shape('Service db takes "90" of /etc (x: y).'));
    assert.notEqual(shape('Pod web takes it.'), shape('Pod web takes it, unless the variable says otherwise.'));
    assert.notEqual(shape('It gains more (is not set).'), shape('It gains more (is true).'));
  });
});
