import { resolvePath } from '../../language/paths.ts';
import type { YamlDocument } from '../../language/yaml/document.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Missing, Sources } from '../sources.ts';
import { configOf, merged } from './configurations.ts';
import { BuildContext, type Folder, folderIn } from './context.ts';
import { DEFAULT_SPECS, type TransformerConfig } from './default-specs.ts';
import { generate } from './generators.ts';
import { hashNames } from './hashes.ts';
import { given, itemsIn, type Kustomization, readKustomization } from './kustomization.ts';
import { finishAnnotations, isLocalConfig } from './metadata.ts';
import { objectsIn, treeOf } from './objects.ts';
import { sortObjects } from './ordering.ts';
import { textDocuments } from './patches.ts';
import { runGenerators, runTransformers } from './plugins.ts';
import { fixReferences } from './references.ts';
import { TOO_LARGE } from './refusal.ts';
import { Resource, ResourceList } from './resource.ts';
import { transform } from './transform.ts';
import { noteConflicts } from './transformers.ts';
import { isRemote } from './uses.ts';
import { findVars, resolveVars } from './vars.ts';

/** What a kustomization builds. */
export interface KustomizeBuild {
  /** The objects, in the order in which `kustomize build` prints them. Each value is where it was written. */
  readonly objects: readonly YamlDocument[];
  /** The paths of all files that it was put together from. */
  readonly read: ReadonlySet<string>;
  readonly missing: readonly Missing[];
  /** The roots of patches that met no object, maybe because something is missing. */
  readonly unapplied: readonly Value[];
  /** Whether what is built of an object may depend on other objects beside it: by replacements and variables. */
  readonly relatesObjects: boolean;
  /** The length of what was read. */
  readonly characters: number;
}

export interface BuildOptions {
  /** Files of resources for which it is false are left out unread, with the objects in them. */
  readonly isNeeded?: (path: string) => boolean;
}

/**
 * Builds a kustomization as `kustomize build --load-restrictor LoadRestrictionsNone` does (api v0.21.2), but without what is
 * fetched or run. What Kustomize would refuse is left out, and told in `missing`. Never throws.
 * @param path of the kustomization's file
 */
export function buildKustomization(path: string, sources: Sources, options: BuildOptions = {}): KustomizeBuild {
  const context = new BuildContext(sources, options.isNeeded);
  const kustomization = readKustomization(context, path, []);
  const { read, missing, unapplied } = context;
  const objects = kustomization ? buildAll(context, kustomization) : [];
  const { characters, relatesObjects } = context;
  return { objects, read, missing, unapplied, relatesObjects, characters };
}

function buildAll(context: BuildContext, kustomization: Kustomization): YamlDocument[] {
  const { tree } = context;
  const { list, config, vars } = accumulate(context, kustomization, new Accumulator(false));
  hashNames(context, list);
  fixReferences(context, list, config.nameReference);
  resolveVars(context, list, vars, config.varReference);
  sortObjects(list, given(kustomization.root, 'sortOptions'));
  const deployed = list.resources.filter(({ root }) => !isLocalConfig(root));
  for (const { root } of deployed) finishAnnotations(tree, root);
  return deployed.map(({ root }) => tree.build(root));
}

/** What was built so far, and what is known for it. */
class Accumulator {
  readonly list = new ResourceList();
  /** Whether files are read that are not needed for what is built. */
  readonly readsAll: boolean;
  config: TransformerConfig = DEFAULT_SPECS;
  readonly vars: Value[] = [];

  constructor(readsAll: boolean) {
    this.readsAll = readsAll;
  }

  addVars(context: BuildContext, vars: readonly Value[]): void {
    for (const one of vars) {
      const name = one.get('name')?.text;
      if (this.vars.some((other) => other.get('name')?.text === name))
        context.note(one, `the variable ${name} is there twice`);
      else this.vars.push(one);
    }
  }
}

/** Adds what a kustomization has, and changes all of it as it says; a component changes what was there before, too. */
function accumulate(context: BuildContext, kustomization: Kustomization, into: Accumulator): Accumulator {
  const { root, folder } = kustomization;
  const { list } = into;
  for (const item of itemsIn(root, 'resources', 'bases')) addResource(context, into, folder, item);
  into.config = merged(context, root, into.config, configOf(context, folder, root));
  for (const kind of ['ConfigMap', 'Secret'] as const)
    for (const entry of itemsIn(root, kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator'))
      generate(context, list, folder, kind, entry, given(root, 'generatorOptions'));
  runGenerators(context, list, folder, pluginsIn(context, kustomization, 'generators'));
  for (const item of itemsIn(root, 'components')) addFolder(context, into, folder, item, true);
  transform(context, list, folder, root, into.config);
  for (const name of ['transformers', 'validators'])
    runTransformers(context, list, folder, pluginsIn(context, kustomization, name));
  const vars = itemsIn(root, 'vars');
  findVars(context, list, vars);
  into.addVars(context, vars);
  list.forgetIds();
  return into;
}

/** Adds the objects of a file, or what the kustomization in a folder builds. */
function addResource(context: BuildContext, into: Accumulator, folder: Folder, item: Value): void {
  const written = item.text;
  if (written === undefined) return;
  const path = resolvePath(folder.path, written);
  if (isRemote(written) && !context.exists(path)) context.note(item, `${written} is remote and was not read`);
  else if (!context.exists(path)) addFolder(context, into, folder, item, false);
  else if (into.readsAll || context.isNeeded(path)) addFile(context, into.list, path, item);
}

function addFile(context: BuildContext, list: ResourceList, path: string, item: Value): void {
  const documents = context.documentsOf(path);
  if (!documents) {
    context.note(item, `${path} is not read: the build has too many files`);
    return;
  }
  const objects = objectsIn(documents);
  if (typeof objects === 'string') context.note(item, `${path} ${objects}`);
  else
    for (const object of objects) {
      const tree = treeOf(context, object);
      if (!tree || context.tree.isFull) {
        context.note(item, TOO_LARGE);
        return;
      }
      const resource = new Resource(tree);
      if (!list.append(resource)) context.note(item, `${resource.kind} ${resource.name} is there already`);
    }
}

function addFolder(context: BuildContext, into: Accumulator, folder: Folder, item: Value, isComponent: boolean): void {
  const written = item.text ?? '';
  if (isRemote(written)) {
    context.note(item, `${written} is remote and was not read`);
    return;
  }
  const next = folderIn(folder, written);
  const path = typeof next === 'string' ? undefined : context.kustomizationIn(next.path);
  if (typeof next === 'string') context.note(item, next);
  else if (path === undefined) context.note(item, `${next.path} was not found`);
  else if (!context.mayBuildMore()) context.note(item, TOO_LARGE);
  else {
    const kustomization = readKustomization(context, path, next.chain, item);
    if (!kustomization) return;
    if (kustomization.isComponent !== isComponent)
      context.note(item, isComponent ? `${written} is no component` : `${written} is a component`);
    else if (isComponent) {
      accumulate(context, kustomization, into);
      noteConflicts(context, into.list, item, 'with this component');
    } else addAll(context, into, accumulate(context, kustomization, new Accumulator(into.readsAll)), item);
  }
}

/** Adds what another kustomization has built. */
function addAll(context: BuildContext, into: Accumulator, built: Accumulator, item: Value): void {
  for (const resource of built.list.resources)
    if (!into.list.append(resource)) context.note(item, `${resource.kind} ${resource.name} is there already`);
  into.config = merged(context, item, into.config, built.config);
  into.addVars(context, built.vars);
}

/** The objects that configure transformers or generators: in files, in folders or written there. */
function pluginsIn(context: BuildContext, { root, folder }: Kustomization, name: string): Resource[] {
  const found = new Accumulator(true);
  for (const item of itemsIn(root, name)) {
    const inline = /[\n{]/.test(item.rawText ?? '') ? textDocuments(item) : undefined;
    const objects = inline && objectsIn(inline);
    if (typeof objects === 'string') context.note(item, `this ${objects}`);
    for (const object of typeof objects === 'object' ? objects : []) {
      const tree = treeOf(context, object);
      if (tree) found.list.append(new Resource(tree));
    }
    if (!inline) addResource(context, found, folder, item);
  }
  return found.list.resources;
}
