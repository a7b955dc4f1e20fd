import { folderOf, resolvePath } from '../../language/paths.ts';
import type { Variables } from '../../language/variables.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import { withLineFeeds } from '../../language/yaml/line-ends.ts';
import { splitDocuments } from '../../language/yaml/split.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import type { Missing, Sources } from '../sources.ts';
import { readEnvironmentFiles } from './environment-file.ts';

/** What has names of its own at the top of a Compose file, and may come from several. */
export const SECTIONS = ['services', 'networks', 'volumes', 'configs', 'secrets'] as const;
export type Section = (typeof SECTIONS)[number];

/** What several files say of one name in a section. */
interface Layered {
  /** The first field that has the name here: what the name stands for is written there. */
  readonly key: Field;
  /** The base first, with what is extended before it. */
  readonly layers: readonly Field[];
}

/** What several files say of each name in a section. */
export class ComposeModel {
  /** The name of the project, as the last file that has one says it. */
  name: Field | undefined;
  readonly sections = new Map<Section, { readonly field: Field; readonly byName: Map<string, Layered> }>();

  add(section: Section, field: Field, key: Field, layers: readonly Field[] = [key]): void {
    const { byName } = this.sections.get(section) ?? { byName: new Map<string, Layered>() };
    if (!this.sections.has(section)) this.sections.set(section, { field, byName });
    const before = byName.get(key.name) ?? { key, layers: [] };
    byName.set(key.name, { key: before.key, layers: [...before.layers, ...layers] });
  }

  layersOf(section: Section, name: string): readonly Field[] {
    return this.sections.get(section)?.byName.get(name)?.layers ?? [];
  }
}

/** So far includes and extended services are followed. */
const LONGEST_CHAIN = 20;
/** So many files are put together for one project, one that is included twice counted twice. */
export const MOST_FILES = 100;
/** Repositories, archives and images, which Compose fetches. */
const REMOTE = /^(?:[a-z][a-z\d+.-]*:\/\/|git@|github\.com\/|oci:)/i;

/** Where a file is read: what its paths are relative to, the variables that are set, and what led to it. */
interface Surrounding {
  readonly folder: string;
  readonly variables: Variables;
  readonly chain: readonly string[];
}

/** Reads the files of one Compose project with all that they include and extend. */
export class ModelReader {
  readonly missing: Missing[] = [];
  /** The paths of all files that were read. */
  readonly read = new Set<string>();
  readonly #sources: Sources;
  /** By path and folder. */
  readonly #documents = new Map<string, Map<Variables, readonly YamlDocument[]>>();
  readonly #alone = new Map<readonly YamlDocument[], ComposeModel>();
  #files = 0;
  /** How much was put together. */
  characters = 0;
  /** How much of other files is parsed at most. */
  #left: number;
  /** Whether there was more than is put together. */
  isCut = false;

  constructor(sources: Sources, most: number) {
    this.#sources = sources;
    this.#left = most;
  }

  /** What files say together, each of which may change what those before it say. */
  model(files: readonly string[], around: Surrounding): ComposeModel {
    const model = new ComposeModel();
    for (const path of files) {
      if (this.#files++ >= MOST_FILES) this.isCut = true;
      if (this.isCut) break;
      for (const { root } of this.#documentsOf(path, around)) if (root?.isMapping) this.#addFile(model, root, around);
    }
    return model;
  }

  /** The variables of those files that exist, and others that are set around them. */
  variables(paths: readonly string[], outer: Variables): Variables {
    const files = paths.flatMap((path) => {
      const source = this.#sources(path);
      if (source) this.read.add(path);
      return source ?? [];
    });
    return files.length === 0 ? outer : readEnvironmentFiles(files, outer);
  }

  #documentsOf(path: string, { folder, variables }: Surrounding): readonly YamlDocument[] {
    const key = JSON.stringify([path, folder]);
    const known = this.#documents.get(key) ?? new Map<Variables, readonly YamlDocument[]>();
    this.#documents.set(key, known);
    const documents = known.get(variables) ?? this.#parse(path, folder, variables);
    known.set(variables, documents);
    return documents;
  }

  #parse(path: string, folder: string, variables: Variables): readonly YamlDocument[] {
    const source = this.#sources(path);
    if (!source) return [];
    const { text, file } = source;
    if (file !== undefined) this.#left -= text.length;
    if (this.#left < 0) this.isCut = true;
    if (this.isCut) return [];
    this.read.add(path);
    this.characters += text.length;
    if (source.documents && variables.size === 0) return source.documents;
    const lines = withLineFeeds(text);
    return splitDocuments(lines).flatMap((range) => YamlDocument.parse(lines, range, { file, folder, variables }));
  }

  /** Adds what one document says: what it includes comes before it, and then what its services extend. */
  #addFile(model: ComposeModel, root: Value, around: Surrounding): void {
    const name = root.field('name');
    if (name && !name.value.isNull) model.name = name;
    const own = new ComposeModel();
    for (const entry of root.get('include')?.items() ?? []) this.#include(own, entry, around);
    for (const section of SECTIONS) {
      const field = root.field(section);
      for (const one of field?.value.fields() ?? []) own.add(section, field as Field, one);
    }
    for (const [section, { field, byName }] of own.sections)
      for (const { key, layers } of byName.values()) {
        // What is included has what it extends.
        const isOwn = section === 'services' && layers.at(-1)?.owner === root.get('services');
        const all = isOwn ? this.#extended(own, layers, around) : layers;
        model.add(section, field, key, all);
      }
  }

  /** Adds what an entry of `include` brings, which has a folder and variables of its own. */
  #include(model: ComposeModel, entry: Value, around: Surrounding): void {
    const long = entry.isMapping ? entry : undefined;
    const path = long ? long.get('path') : entry;
    const paths = this.#pathsIn(path, around.folder);
    const [first] = paths;
    if (first === undefined || this.#isCircle(entry, first, around)) return;
    const given = composeText(long?.get('project_directory'))?.text;
    const folder = given === undefined ? folderOf(first) : resolvePath(around.folder, given);
    const files = this.#pathsIn(long?.get('env_file'), around.folder);
    const own = files.length > 0 ? files : [resolvePath(folder, '.env')];
    const variables = this.variables(own, around.variables);
    const included = this.model(paths, { folder, variables, chain: [...around.chain, first] });
    for (const [section, { field, byName }] of included.sections)
      for (const { key, layers } of byName.values()) {
        const known = model.layersOf(section, key.name);
        // What two includes bring is the same.
        if (!layers.every((layer) => known.includes(layer))) model.add(section, field, key, layers);
      }
  }

  /** The files that a path, or a list of paths, names, without those that are not there. */
  #pathsIn(value: Value | undefined, folder: string): string[] {
    const items = value?.isSequence ? value.items() : value ? [value] : [];
    return items.flatMap((item) => {
      const path = this.#pathOf(item, folder);
      return path !== undefined && this.#exists(item, path) ? path : [];
    });
  }

  #pathOf(item: Value, folder: string): string | undefined {
    const written = composeText(item)?.text;
    if (written === undefined || written === '/dev/null') return undefined;
    if (!REMOTE.test(written)) return resolvePath(folder, written);
    this.missing.push({ at: item, message: `${written} is remote and was not read` });
    return undefined;
  }

  #exists(item: Value, path: string): boolean {
    if (this.#sources(path)) return true;
    this.missing.push({ at: item, message: `${path} was not found` });
    return false;
  }

  #isCircle(at: Value, next: string, { chain }: Surrounding): boolean {
    if (!chain.includes(next) && chain.length < LONGEST_CHAIN) return false;
    this.missing.push({ at, message: 'this leads in a circle' });
    return true;
  }

  /** A service, before it what it extends, and before that what this one extends. */
  #extended(model: ComposeModel, layers: readonly Field[], around: Surrounding): readonly Field[] {
    const extended = layers.at(-1)?.value.get('extends');
    const name = composeText(extended?.get('service') ?? extended)?.text;
    if (!extended || name === undefined) return layers;
    const file = extended.get('file');
    const path = file && this.#pathOf(file, around.folder);
    if (file && (path === undefined || !this.#exists(file, path))) return layers;
    const folder = path === undefined ? around.folder : folderOf(path);
    const from = path === undefined ? model : this.#fileAlone(path, { ...around, folder });
    const base = from.layersOf('services', name);
    const step = `${path ?? ''} ${name}`;
    if (base.length === 0) this.missing.push({ at: extended, message: `service ${name} was not found` });
    if (base.length === 0 || this.#isCircle(extended, step, around)) return layers;
    return [...this.#extended(from, base, { ...around, folder, chain: [...around.chain, step] }), ...layers];
  }

  /** The services of a file that others extend: nothing is included there. */
  #fileAlone(path: string, around: Surrounding): ComposeModel {
    const documents = this.#documentsOf(path, around);
    const known = this.#alone.get(documents);
    if (known) return known;
    const model = new ComposeModel();
    for (const { root } of documents) {
      const field = root?.field('services');
      for (const one of field?.value.fields() ?? []) model.add('services', field as Field, one);
    }
    this.#alone.set(documents, model);
    return model;
  }
}
