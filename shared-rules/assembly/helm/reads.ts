import type { Dict, Entry } from '../../language/go-template/data.ts';

/** What the templates of a chart read while one of them is rendered; a change of anything else cannot change its output. */
export interface Reads {
  /** Paths of values such as `image.tag`, also of such that are not there; `image.*` where all of a mapping was looked at. */
  readonly values: ReadonlySet<string>;
  /** Files whose text was asked for through `.Files`, by the paths that Helm has, such as `app/config.txt`. */
  readonly files: ReadonlySet<string>;
  /** The files of templates that were included or called, its own too. */
  readonly templates: ReadonlySet<string>;
  /** Whether it changed values that others see: then the whole chart depends on what it read. */
  readonly changesValues: boolean;
}

/** Collects what is read, for one template after the other. */
export class ReadRecorder {
  values = new Set<string>();
  files = new Set<string>();
  templates = new Set<string>();
  changesValues = false;

  /** What was read since the last call. */
  take(): Reads {
    const { values, files, templates, changesValues } = this;
    this.values = new Set();
    this.files = new Set();
    this.templates = new Set();
    this.changesValues = false;
    return { values, files, templates, changesValues };
  }
}

/** Entries of a map that record what is asked for. */
class RecordedEntries extends Map<string, Entry> {
  readonly #recorder: ReadRecorder;
  readonly #path: string;

  constructor(recorder: ReadRecorder, path: string) {
    super();
    this.#recorder = recorder;
    this.#path = path;
  }

  fill(key: string, entry: Entry): void {
    super.set(key, entry);
  }

  #all(): void {
    this.#recorder.values.add(this.#path === '' ? '*' : `${this.#path}.*`);
  }

  override get(key: string): Entry | undefined {
    this.#recorder.values.add(joined(this.#path, key));
    return super.get(key);
  }

  override has(key: string): boolean {
    this.#recorder.values.add(joined(this.#path, key));
    return super.has(key);
  }

  override set(key: string, entry: Entry): this {
    this.#recorder.changesValues = true;
    return super.set(key, entry);
  }

  override delete(key: string): boolean {
    this.#recorder.changesValues = true;
    return super.delete(key);
  }

  override get size(): number {
    this.#all();
    return super.size;
  }

  override keys(): MapIterator<string> {
    this.#all();
    return super.keys();
  }

  override values(): MapIterator<Entry> {
    this.#all();
    return super.values();
  }

  override entries(): MapIterator<[string, Entry]> {
    this.#all();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, Entry]> {
    this.#all();
    return super[Symbol.iterator]();
  }
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The same values, in maps that record what is asked for. What lists have in them counts as read with them. */
export function recorded(values: Dict, recorder: ReadRecorder): Dict {
  const made = new Map<Dict, Dict>();
  const copy = (dict: Dict, path: string): Dict => {
    const known = made.get(dict);
    if (known) return known;
    const entries = new RecordedEntries(recorder, path);
    const result: Dict = { ...dict, entries };
    made.set(dict, result);
    for (const [name, { key, value }] of dict.entries)
      entries.fill(name, { key, value: value.kind === 'dict' ? copy(value, joined(path, name)) : value });
    return result;
  };
  return copy(values, '');
}
