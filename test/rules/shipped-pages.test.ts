import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRulePages, toShippedPage } from '../../scripts/rule-pages.mjs';

const pages = readRulePages();
const shipped = new Map(pages.map((page) => [page.id, toShippedPage(page, pages)]));

describe('a shipped page', () => {
  it('has one title, which names its rule, and links to pages beside it only', () => {
    const ids = new Set(pages.map(({ id }) => `${id}.md`));
    for (const { id, title } of pages) {
      const text = shipped.get(id)?.replaceAll(/^```[\s\S]*?^```$/gm, '') ?? '';
      assert.deepEqual(
        [...text.matchAll(/^# (.*)$/gm)].map((match) => match[1]),
        [`${title} (\`${id}\`)`],
      );
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
      const internal = links.filter((link) => !link.startsWith('https://'));
      assert.deepEqual(
        internal.filter((link) => !ids.has(link)),
        [],
        id,
      );
    }
  });

  it('made of a section has its facts, its own headings and nothing of the sections beside it', () => {
    const text = shipped.get('api-server-anonymous-auth') ?? '';
    assert.match(
      text,
      /^# API server answers .*\n\nSeverity low, profile `strict`, category control-plane\.\n\nA request/,
    );
    assert.match(text, /^## Why it matters$/m);
    assert.match(text, /\[the mode\]\(api-server-authorization-mode\.md\)/);
    assert.match(text, /^- CIS Kubernetes Benchmark 1\.12: `1\.2\.1`$/m);
    assert.doesNotMatch(text, /API server allows every request/);
  });
});
