import type { SourceText } from '../sources.ts';

/** The files of a folder with a chart, or of a packed one. Paths are relative to it and have forward slashes. */
export interface ChartFolder {
  /** All files below the folder, those of subcharts too. */
  readonly paths: readonly string[];
  /** Undefined for a file that cannot be read. */
  readonly read: (path: string) => SourceText | undefined;
  /** What is in a packed chart, such as `charts/redis-19.0.0.tgz`, or why it is not read, as the end of a sentence. */
  readonly unpack?: ((path: string) => ChartFolder | { readonly refused: string } | undefined) | undefined;
  /** Another folder of the workspace, for dependencies from `file://` repositories. */
  readonly folder?: ((path: string) => ChartFolder | undefined) | undefined;
}

/** A part of a folder as a folder. */
export function subfolder(outer: ChartFolder, path: string): ChartFolder {
  const prefix = `${path}/`;
  return {
    paths: outer.paths.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length)),
    read: (one) => outer.read(prefix + one),
    unpack: outer.unpack && ((one) => outer.unpack?.(prefix + one)),
    folder: outer.folder && ((one) => outer.folder?.(prefix + one)),
  };
}
