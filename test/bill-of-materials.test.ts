import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { checkLicence } from '../scripts/bundled-packages.mjs';

const root = join(import.meta.dirname, '..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const bom = JSON.parse(textOf('bulkhead.cdx.json'));
const locked = JSON.parse(textOf('package-lock.json')).packages;

interface Component {
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly hashes: readonly { readonly content: string }[];
}
const components: readonly Component[] = bom.components;
const refs = [bom.metadata.component['bom-ref'], ...components.map((it) => it['bom-ref'])];

describe('the bill of materials', () => {
  it('is CycloneDX 1.6, by its own schema', () => {
    const library = dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'));
    const read = (file: string) => JSON.parse(readFileSync(join(library, 'res', 'schema', file), 'utf8'));
    // Its formats are of internet addresses, which occur in none of the fields in use.
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const file of ['spdx', 'jsf-0.82', 'cryptography-defs'].map((name) => `${name}.SNAPSHOT.schema.json`))
      ajv.addSchema(read(file), `http://cyclonedx.org/schema/${file}`);
    const isValid = ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
    const wrong = { ...bom, components: [{ type: 'package' }] };
    assert.ok(!isValid(wrong));
    assert.ok(isValid(bom), ajv.errorsText(isValid.errors));
  });

  it('names each package once, as it is locked', () => {
    assert.equal(new Set(refs).size, refs.length);
    const hashes = new Set(
      Object.values<{ integrity?: string }>(locked).map(({ integrity = '' }) =>
        Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex'),
      ),
    );
    for (const { name, hashes: own } of components)
      assert.ok(
        own.every(({ content }) => hashes.has(content)),
        name,
      );
  });

  it('says of each package what imports it, from Bulkhead down', () => {
    const dependsOn = new Map<string, string[]>(
      bom.dependencies.map(({ ref, dependsOn }: { ref: string; dependsOn: string[] }) => [ref, dependsOn]),
    );
    const reached = new Set<string>();
    const visit = (ref: string) => {
      if (reached.has(ref)) return;
      reached.add(ref);
      dependsOn.get(ref)?.forEach(visit);
    };
    visit(refs[0]);
    assert.deepEqual([...reached].sort(), refs.sort());
  });

  it('has nothing in it that differs from build to build', () => {
    assert.deepEqual([bom.serialNumber, bom.metadata.timestamp], [undefined, undefined]);
  });
});

it('the notices hold each package of the bill of materials', () => {
  const notices = textOf('THIRD-PARTY-NOTICES.txt');
  for (const { group, name, version } of components)
    assert.ok(notices.includes(`\n\n${group ? `${group}/` : ''}${name} ${version} (`), name);
});

it('every dependency is pinned to one version', () => {
  const { dependencies = {}, devDependencies } = JSON.parse(textOf('package.json'));
  for (const [name, version] of Object.entries<string>({ ...dependencies, ...devDependencies }))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

it('a package is shipped under a licence that allows it, with its text, or not at all', () => {
  checkLicence('a 1.0.0', 'MIT', ['the text']);
  for (const license of ['GPL-3.0-only', 'MIT OR GPL-2.0', 'SEE LICENSE IN LICENSE', 'UNLICENSED', undefined])
    assert.throws(() => checkLicence('a 1.0.0', license, ['the text']), /a 1\.0\.0 has the licence .* not allowed/);
  assert.throws(() => checkLicence('a 1.0.0', 'MIT', []), /no licence text/);
});
