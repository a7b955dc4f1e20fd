import { gzipSync } from 'node:zlib';

/** A member of a tar archive; what is left out is as for a regular file. */
export interface Member {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly type?: string;
  /** What the header says, where that is not the length of the content. */
  readonly size?: string;
  readonly prefix?: string;
  readonly link?: string;
}

const BLOCK = 512;

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function memberOf({ path, content = '', type = '0', prefix = '', link = '', size }: Member): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write(size ?? `${bytes.length.toString(8).padStart(11, '0')}\0`, 124, 12);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 155);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** A tar archive. */
export function archiveOf(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(memberOf), Buffer.alloc(2 * BLOCK)]);
}

/** A chart as `helm package` packs it, by the paths in it. */
export function packageOf(name: string, files: Readonly<Record<string, string | Buffer>>): Buffer {
  return gzipSync(archiveOf(Object.entries(files).map(([path, content]) => ({ path: `${name}/${path}`, content }))));
}
