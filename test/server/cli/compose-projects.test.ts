// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Log } from 'sarif';
import { programIn } from '../program.ts';

const BASE = 'services:\n  web:\n    image: nginx\n    network_mode: ${MODE}\n    ports: ["80:80"]\n';

describe('check of a Compose project', () => {
  it('reads what a file is put together with, and reports nothing of what was not named', async (test) => {
    const { check } = await programIn(test, {
      'compose.yaml': BASE,
      'compose.override.yaml': 'services:\n  web:\n    privileged: true\n',
      '.env': 'MODE=host\n',
      '.gitignore': '.env\n',
    });
    assert.deepEqual(check(['compose.yaml']), [1, ['compose.yaml', 'compose.yaml'], '']);
    assert.deepEqual(check([]), [1, ['compose.override.yaml', 'compose.yaml', 'compose.yaml'], '']);
  });

  it('names what is not there once, and judges the rest', async (test) => {
    const { run } = await programIn(test, {
      'compose.yaml': `include:\n  - none.yaml\n  - https://example.com/x.git\n  - ../outside.yaml\n${BASE}    privileged: true\n`,
    });
    const { status, err } = run(['check', '--format', 'jsonl']);
    assert.equal(status, 1);
    assert.equal(
      err,
      [
        'bulkhead: compose.yaml:2:5: none.yaml was not found; it was judged without it.',
        'bulkhead: compose.yaml:3:5: https://example.com/x.git is remote and was not read; it was judged without it.',
        'bulkhead: compose.yaml:4:5: ../outside.yaml was not found; it was judged without it.',
        '',
      ].join('\n'),
    );
    const [sarif] = (JSON.parse(run(['check', '--format', 'sarif']).out) as Log).runs;
    const [first] = sarif?.invocations?.[0]?.toolExecutionNotifications ?? [];
    assert.equal(first?.message.text, 'none.yaml was not found; it was judged without it.');
    assert.deepEqual(first?.locations?.[0]?.physicalLocation?.region, { startLine: 2, startColumn: 5 });
  });

  it('is repaired in the file that has the value', async (test) => {
    const { run, root } = await programIn(test, {
      'compose.yaml': 'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n',
      'compose.override.yaml': 'services:\n  web:\n    network_mode: host\n',
    });
    assert.equal(run(['fix', '--unsafe']).status, 0);
    assert.equal(await readFile(join(root, 'compose.override.yaml'), 'utf8'), 'services:\n  web: {}\n');
    assert.equal(
      await readFile(join(root, 'compose.yaml'), 'utf8'),
      'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n',
    );
  });
});
