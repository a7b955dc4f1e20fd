/** What both packages say about the code of others in them: the notices, and a bill of materials. Nothing in it is a time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, packageUrl } from './bundled-packages.mjs';
import { root } from './dependencies.mjs';

const { packages, own } = await bundledPackages();

export function notices() {
  const parts = [...packages.values()].map(({ name, version, license, texts }) =>
    [`${name} ${version} (${license})`, ...texts].join('\n\n'),
  );
  const head = 'Bulkhead holds code of these packages. Written by `npm run generate` from what is bundled.';
  return `${[head, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** In CycloneDX 1.6, as JSON. */
export function billOfMaterials() {
  const { name, version, license, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const url = packageUrl(name, version);
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { ...identity('application', url, name, version), description, ...licensed(license) },
    },
    components: [...packages].map(component),
    dependencies: [
      { ref: url, dependsOn: [...own].sort() },
      ...[...packages].map(([ref, { imports }]) => ({ ref, dependsOn: [...imports].sort() })),
    ],
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

function component([url, { name, version, license, integrity, files }]) {
  return {
    ...identity('library', url, name, version),
    hashes: [{ alg: 'SHA-512', content: sha512(integrity) }],
    ...licensed(license),
    properties: [...files].sort().map((value) => ({ name: 'bulkhead:file', value })),
  };
}

function identity(type, url, name, version) {
  const [, group, short] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name);
  return { type, 'bom-ref': url, ...(group && { group }), name: short, version, purl: url };
}

function licensed(id) {
  return { licenses: [{ license: { id } }] };
}

/** In hexadecimal digits, of what the lock file has in base 64: the hash of the package as npm has it. */
function sha512(integrity) {
  const [, base64] = /^sha512-(\S+)$/.exec(integrity);
  return Buffer.from(base64, 'base64').toString('hex');
}
