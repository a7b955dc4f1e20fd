import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { unpackChart } from '../../../server/workspace/packed-chart.ts';
import type { PackedChart } from '../../../shared-rules/index.ts';
import { archiveOf, type Member, packageOf } from '../packages.ts';

const CHART: Member = { path: 'a/Chart.yaml', content: 'name: a\n' };
const MIB = 1024 * 1024;

/** What is in a package, or why it is not read. */
function read(bytes: Buffer): unknown {
  const unpacked = unpackChart(bytes);
  return 'refused' in unpacked ? unpacked.refused : plain(unpacked);
}

function plain({ texts, packages }: PackedChart): object {
  const inner = Array.from(packages, ([path, packed]) => [path, plain(packed)] as const);
  return { ...Object.fromEntries(texts), ...Object.fromEntries(inner) };
}

function readMembers(...members: Member[]): unknown {
  return read(gzipSync(archiveOf([CHART, ...members])));
}

describe('a packed chart', () => {
  it('is read with all its texts, and the charts packed in it', () => {
    const inner = packageOf('b', { 'Chart.yaml': 'name: b\n', 'values.yaml': '' });
    const files = { 'Chart.yaml': '\ufeffname: a\n', 'templates/a/b.yaml': 'ä\r\n', 'charts/b-1.0.0.tgz': inner };
    assert.deepEqual(read(packageOf('a', files)), {
      'Chart.yaml': 'name: a\n',
      'templates/a/b.yaml': 'ä\r\n',
      'charts/b-1.0.0.tgz': { 'Chart.yaml': 'name: b\n', 'values.yaml': '' },
    });
  });

  it('may have long paths, in each of the three ways to write them', () => {
    const long = `templates/${'x'.repeat(120)}.yaml`;
    const record = (text: string) => `${text.length + 5} ${text}\n`;
    const found = readMembers(
      { path: 'b.yaml', prefix: 'a/templates', content: '1' },
      { path: 'PaxHeaders/x', type: 'x', content: record(`path=a/${long}`) },
      { path: 'cut', content: '2' },
      { path: '././@LongLink', type: 'L', content: `a/${long}2\0` },
      { path: 'cut', content: '3' },
      { path: 'a/last', content: '4' },
    );
    const expected = { 'Chart.yaml': 'name: a\n', 'templates/b.yaml': '1', [long]: '2', [`${long}2`]: '3', last: '4' };
    assert.deepEqual(found, expected);
  });

  it('has regular files only: no links, devices, pipes or folders', () => {
    const others = ['1', '2', '3', '4', '5', '6', 'g', 'V', 'K'];
    const members = others.map((type) => ({ path: `a/${type}`, type, link: '../../etc/passwd' }));
    assert.deepEqual(readMembers(...members), { 'Chart.yaml': 'name: a\n' });
  });

  it('leaves out what is no text', () => {
    assert.deepEqual(readMembers({ path: 'a/x.png', content: Buffer.from([0x89, 0, 1]) }), {
      'Chart.yaml': 'name: a\n',
    });
  });

  for (const path of ['a/../../x', '../x', '/etc/x', 'a/..', 'a\\..\\..\\x', 'C:/x', '..'])
    it(`is not read with the path ${path}`, () => {
      assert.equal(readMembers({ path, content: 'x' }), 'has a path that leads out of it and was not read');
    });

  it('is not read with more than 8 MiB in it, those in it counted', () => {
    const bomb = gzipSync(Buffer.alloc(64 * MIB));
    assert.ok(bomb.length < MIB / 8);
    const refused = 'has more than 8 MiB in it and was not read';
    assert.equal(read(bomb), refused);
    assert.equal(readMembers({ path: 'a/charts/b.tgz', content: bomb }), refused);
    const half = packageOf('b', { 'Chart.yaml': '', large: Buffer.alloc(5 * MIB) });
    const twice = ['b', 'c'].map((name) => ({ path: `a/charts/${name}.tgz`, content: half }));
    assert.equal(readMembers(...twice), refused);
    assert.equal(typeof readMembers(...twice.slice(1)), 'object');
  });

  it('is not read with more than 2,000 files', () => {
    const files = Array.from({ length: 2000 }, (_, index) => ({ path: `a/${index}` }));
    assert.equal(readMembers(...files), 'has more than 2000 files and was not read');
    assert.equal(typeof readMembers(...files.slice(1)), 'object');
  });

  it('is not read with packages in packages without an end', () => {
    let packed = packageOf('a', { 'Chart.yaml': '' });
    for (let depth = 0; depth < 6; depth++) packed = packageOf('a', { 'Chart.yaml': '', 'charts/a.tgz': packed });
    assert.equal(read(packed), 'has packages in packages deeper than 5 and was not read');
  });

  it('is not read where it is cut off, empty, or something else', () => {
    const whole = packageOf('a', { 'Chart.yaml': 'name: a\n', 'values.yaml': 'x: 1\n'.repeat(1000) });
    const noGzip = 'is no complete gzip archive and was not read';
    const noTar = 'is no complete tar archive and was not read';
    assert.equal(read(Buffer.alloc(0)), noGzip);
    assert.equal(read(Buffer.from('name: a\n')), noGzip);
    assert.equal(read(whole.subarray(0, whole.length - 20)), noGzip);
    assert.equal(read(gzipSync('name: a\n'.repeat(100))), noTar);
    assert.equal(
      read(gzipSync(archiveOf([CHART, { path: 'a/x', content: 'x'.repeat(2000) }]).subarray(0, 2000))),
      noTar,
    );
    for (const size of [
      '77777777777\0',
      '-0000000001\0',
      'ffffffffff\0',
      '\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
    ])
      assert.equal(readMembers({ path: 'a/x', content: 'x', size }), noTar);
    assert.equal(read(gzipSync(archiveOf([]))), 'has no Chart.yaml and was not read');
  });
});
