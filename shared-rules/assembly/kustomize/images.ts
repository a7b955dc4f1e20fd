import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { pattern } from '../../language/re2/pattern.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext } from './context.ts';
import { type FieldSpec, type Slot, slotOf, visitSpec } from './field-specs.ts';
import { nameOf, pairIn, pairsOf } from './nodes.ts';
import type { ResourceList } from './resource.ts';

/** A tag and a digest: behind the name of an image, nothing else is. */
const TAIL = '(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$';
const WHOLE_TAIL = /^(?::[\w.{}-]*)?(?:@[a-zA-Z0-9]+(?:[.+_-][a-zA-Z0-9]+)*:[\w.{}-]*)?$/;

/** Gives images of a name another name, tag or digest. */
export function setImage(context: BuildContext, list: ResourceList, image: Value, specs: readonly FieldSpec[]): void {
  const name = image.get('name')?.text ?? '';
  const isMatched = imageMatcher(name);
  if (!isMatched) {
    context.note(image.get('name') ?? image, 'this regular expression is not supported');
    return;
  }
  const [newName, newTag, digest, tagSuffix] = ['newName', 'newTag', 'digest', 'tagSuffix'].map((key) =>
    image.get(key)?.text ? image.get(key) : undefined,
  );
  const at = newTag ?? digest ?? newName ?? tagSuffix;
  if (!at) return;
  const set = (slot: Slot) => {
    const { node } = slot;
    const written = isScalar(node) ? String(node.value) : undefined;
    if (written === undefined || !isMatched(written)) return;
    const split = splitImage(written);
    const tags =
      newTag || digest ? { tag: newTag?.text ?? '', digest: digest?.text ?? '' } : withSuffix(split, tagSuffix);
    const text = [
      newName?.text ?? split.name,
      tags.tag === '' ? '' : `:${tags.tag}`,
      tags.digest === '' ? '' : `@${tags.digest}`,
    ].join('');
    slot.replace(context.tree.text(text, at));
  };
  for (const { root, kind } of list.resources) {
    if (kind === 'CustomResourceDefinition') continue;
    visitContainers(root, set);
    for (const spec of specs) visitSpec(root, spec, set);
  }
}

/** A name is the start of a regular expression, and mostly but a name. */
function imageMatcher(name: string): ((image: string) => boolean) | undefined {
  if (!/^[\w./@:-]*$/.test(name)) return pattern(`^${name}${TAIL}`);
  const chars = Array.from(name);
  return (image) =>
    chars.every((char, index) => char === image[index] || (char === '.' && index < image.length)) &&
    WHOLE_TAIL.test(image.slice(chars.length));
}

interface SplitImage {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** The first `:` behind the first slash begins the tag, and `@` the digest. */
function splitImage(image: string): SplitImage {
  const from = Math.max(0, image.indexOf('/'));
  const [at, colon] = [image.indexOf('@', from), image.indexOf(':', from)];
  const hasTag = colon >= 0 && (at < 0 || colon < at);
  const tagEnd = at < 0 ? image.length : at;
  return {
    name: image.slice(0, hasTag ? colon : tagEnd),
    tag: hasTag ? image.slice(colon + 1, tagEnd) : '',
    digest: at < 0 ? '' : image.slice(at + 1),
  };
}

function withSuffix({ tag, digest }: SplitImage, suffix: Value | undefined): { tag: string; digest: string } {
  return suffix ? { tag: `${tag}${suffix.text}`, digest: '' } : { tag, digest };
}

/** The images of items in `containers` and `initContainers`, wherever these are. */
function visitContainers(root: YAMLMap, visit: (slot: Slot) => void): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isSeq(node)) open.push(...(node.items as Node[]));
    for (const pair of pairsOf(node)) {
      const { value } = pair;
      if (isMap(value) || isSeq(value)) open.push(value);
      if (!isSeq(value) || !['containers', 'initContainers'].includes(nameOf(pair))) continue;
      for (const item of value.items) {
        const image = pairIn(item, 'image');
        if (image) visit(slotOf(image));
      }
    }
  }
}
