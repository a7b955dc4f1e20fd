import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDevice } from '../../shared-rules/model/devices.ts';
import { hostPathOf, type Mount, readLongMount, readShortMount } from '../../shared-rules/model/mounts.ts';
import { readPortMapping, targetPort } from '../../shared-rules/model/ports.ts';

/** A mount in words: `TYPE SOURCE -> TARGET`, and what more is said; `-` stands for what is not. */
function inWords({ type, source, target, isReadOnly, propagation, device }: Mount): string {
  const more = [isReadOnly ? 'read-only' : '', propagation?.text ?? '', device ? `device ${device.text}` : ''];
  return [`${type} ${source?.text ?? '-'} -> ${target?.text ?? '-'}`, ...more].filter(Boolean).join(', ');
}

const SHORT: readonly (readonly [text: string, expected: string])[] = [
  ['/data:/srv', 'bind /data -> /srv'],
  ['/data:/srv:ro', 'bind /data -> /srv, read-only'],
  ['/data:/srv:rw,z', 'bind /data -> /srv'],
  ['/data:/srv:z,ro,rshared', 'bind /data -> /srv, read-only, rshared'],
  ['/data:/srv:shared', 'bind /data -> /srv, shared'],
  ['/ro:/rshared', 'bind /ro -> /rshared'],
  ['./data:/srv', 'bind ./data -> /srv'],
  ['~/data:/srv', 'bind ~/data -> /srv'],
  ['C:\\data:/srv:ro', 'bind C:\\data -> /srv, read-only'],
  ['c:/data:d:/srv', 'bind c:/data -> d:/srv'],
  [
    '\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine',
    'bind \\\\.\\pipe\\docker_engine -> \\\\.\\pipe\\docker_engine',
  ],
  ['data:/srv:ro', 'volume data -> /srv, read-only'],
  ['/srv', 'volume - -> /srv'],
  ['c:/srv', 'volume - -> c:/srv'],
  [':/srv', 'volume - -> /srv'],
  ['', 'volume - -> '],
];

const LONG: readonly (readonly [text: string, expected: string])[] = [
  ['type=bind,source=/data,target=/srv', 'bind /data -> /srv'],
  ['type=bind,src=/data,dst=/srv', 'bind /data -> /srv'],
  ['destination=/srv,src=/data,type=bind', 'bind /data -> /srv'],
  ['TYPE=Bind,Source=/Data,TARGET=/srv', 'bind /Data -> /srv'],
  ['type=bind,src=/data,dst=/srv,readonly', 'bind /data -> /srv, read-only'],
  ['type=bind,src=/data,dst=/srv,ro', 'bind /data -> /srv, read-only'],
  ['type=bind,ro=true,src=/data,dst=/srv', 'bind /data -> /srv, read-only'],
  ['type=bind,readonly=1,src=/data,dst=/srv', 'bind /data -> /srv, read-only'],
  ['type=bind,ro=false,src=/data,dst=/srv', 'bind /data -> /srv'],
  ['type=bind,readonly=F,src=/data,dst=/srv', 'bind /data -> /srv'],
  ['type=bind,rw,src=/data,dst=/srv', 'bind /data -> /srv'],
  ['type=bind,rw=false,src=/data,dst=/srv', 'bind /data -> /srv, read-only'],
  ['type=bind,bind-propagation=rshared,src=/data,dst=/srv', 'bind /data -> /srv, rshared'],
  ['type=bind,src=/data,dst=/srv,bind-propagation=rshared,ro', 'bind /data -> /srv, read-only, rshared'],
  ['type=bind,src=/data,dst=/srv,Bind-Propagation=Shared', 'bind /data -> /srv, Shared'],
  ['type=bind,src=/data,dst=/srv,rshared', 'bind /data -> /srv, rshared'],
  ['type=bind,src=/data,dst=/srv,relabel=shared', 'bind /data -> /srv'],
  ['type=bind,"src=/data,old",dst=/srv', 'bind /data,old -> /srv'],
  ['"type=bind","src=/the ""data""","dst=/srv"', 'bind /the "data" -> /srv'],
  ['source=data,target=/srv', 'volume data -> /srv'],
  ['type=tmpfs,target=/tmp', 'tmpfs - -> /tmp'],
  ['dst=/srv,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/data', 'volume - -> /srv, device /data'],
  ['dst=/srv,"volume-opt=o=bind,ro",volume-opt=device=/data', 'volume - -> /srv, device /data'],
  [
    'type=npipe,source=\\\\.\\pipe\\docker_engine,target=\\\\.\\pipe\\x',
    'npipe \\\\.\\pipe\\docker_engine -> \\\\.\\pipe\\x',
  ],
  ['', 'volume - -> -'],
];

describe('a mount', () => {
  for (const [text, expected] of SHORT)
    it(`is read from ${text || 'nothing'}`, () => assert.equal(inWords(readShortMount(text)), expected));
  for (const [text, expected] of LONG)
    it(`is read from ${text || 'nothing'} in the long form`, () =>
      assert.equal(inWords(readLongMount(text)), expected));

  it('knows where its parts stand', () => {
    const texts = [
      '/a:/a:z,rshared',
      'type=bind,target=/a,source=/a,"bind-propagation=shared"',
      'dst=/a,volume-opt=device=/a',
    ];
    const marked = texts.map((text, index) => {
      const { source, target, propagation, device } = index === 0 ? readShortMount(text) : readLongMount(text);
      return [source, target, propagation, device].map((part) => {
        assert.equal(part?.text, part && text.slice(part.start, part.end));
        return part?.start;
      });
    });
    assert.deepEqual(marked, [
      [0, 3, 8, undefined],
      [27, 17, 48, undefined],
      [undefined, 4, undefined, 25],
    ]);
  });

  it('has a path of the host where it is bound to one', () => {
    const paths = ['type=bind,src=/a', 'type=npipe,src=/b', 'src=c', 'src=d,volume-opt=device=/d'].map(
      (text) => hostPathOf(readLongMount(text))?.text,
    );
    assert.deepEqual(paths, ['/a', '/b', undefined, '/d']);
    assert.equal(hostPathOf(readShortMount('name:/srv')), undefined);
  });
});

describe('a device', () => {
  const DEVICES: readonly (readonly [text: string, source: string, permissions: string])[] = [
    ['/dev/sda', '/dev/sda', 'rwm'],
    ['/dev/sda:/dev/xvda', '/dev/sda', 'rwm'],
    ['/dev/sda:/dev/xvda:r', '/dev/sda', 'r'],
    ['/dev/sda:m', '/dev/sda', 'm'],
    ['vendor.com/class=name', 'vendor.com/class=name', 'rwm'],
  ];
  for (const [text, source, permissions] of DEVICES)
    it(`is read from ${text}`, () => assert.deepEqual(readDevice(text), { source, permissions }));
});

describe('a published port', () => {
  const PORTS: readonly (readonly [text: string, target: string | undefined, published: readonly number[]])[] = [
    ['80', '80', []],
    ['8080:80', '80', [8080]],
    ['127.0.0.1:8080:80/udp', '80', [8080]],
    ['[::1]:8080:80', '80', [8080]],
    ['127.0.0.1::80', '80', []],
    ['8080-8081:80-81', '80-81', [8080, 8081]],
    ['', undefined, []],
  ];
  for (const [text, target, published] of PORTS)
    it(`is read from ${text || 'nothing'}`, () => {
      assert.equal(targetPort(text), target);
      assert.deepEqual(readPortMapping(text)?.published ?? [], published);
    });
});
