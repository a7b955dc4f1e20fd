import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { composeBoolean } from '../../shared-rules/model/compose/booleans.ts';

/**
 * What `docker compose config` (compose-go 2.16.2) prints for `privileged: TEXT` with no variable set, and whether a
 * default decides; `refused` where it says "invalid boolean" or "must be a boolean or string".
 */
const READ: readonly (readonly [text: string, expected: string])[] = [
  ['true', 'true'],
  ['True', 'true'],
  ['tRuE', 'true'],
  ['yes', 'true'],
  ['y', 'true'],
  ['Y', 'true'],
  ['on', 'true'],
  ['ON', 'true'],
  ['"TRUE"', 'true'],
  ["'y'", 'true'],
  ['!!str true', 'true'],
  ['!!bool "true"', 'true'],
  ['!override "true"', 'true'],
  ['>-\n  true', 'true'],
  [`\${P:-true}`, 'true by default'],
  [`"\${P-Yes}"`, 'true by default'],
  [`\${P:-\${Q:-on}}`, 'true by default'],
  ['false', 'false'],
  ['"off"', 'false'],
  ["'N'", 'false'],
  ['no', 'false'],
  [`\${P:-False}`, 'false by default'],
  ['1', 'refused'],
  ['"1"', 'refused'],
  ['"t"', 'refused'],
  ['" true"', 'refused'],
  ['"true "', 'refused'],
  ['|\n  true', 'refused'],
  ['""', 'refused'],
  ['~', 'refused'],
  ['$$true', 'refused'],
  [`\${P:-}`, 'refused'],
  [`\${P}`, 'refused'],
  [`\${P:+true}`, 'refused'],
  [`\${P:?true}`, 'refused'],
  ['[true]', 'refused'],
];

function inWords(text: string): string {
  const written = `privileged: ${text}\n`;
  const [document] = YamlDocument.parse(written, { start: 0, end: written.length });
  const read = composeBoolean(document?.root?.field('privileged')?.value);
  return read ? `${read.value}${read.fromDefault ? ' by default' : ''}` : 'refused';
}

describe('the booleans of Compose', () => {
  for (const [text, expected] of READ)
    it(`reads ${JSON.stringify(text)}: ${expected}`, () => assert.equal(inWords(text), expected));
});
