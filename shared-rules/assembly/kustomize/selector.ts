import { wholePattern } from '../../language/re2/pattern.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { LabelSelector } from '../../model/kubernetes/label-selector.ts';
import type { BuildContext } from './context.ts';
import { effectiveNamespace, type ResourceId } from './ids.ts';
import { matchesQuery, parseLabelQuery } from './label-query.ts';
import type { Resource, ResourceList } from './resource.ts';

const ID_FIELDS = ['group', 'version', 'kind', 'name', 'namespace'] as const;
type IdField = (typeof ID_FIELDS)[number];

/** Which objects a patch or a replacement is for: expressions of what they are called, and their labels. */
export class Selector {
  readonly #patterns = new Map<IdField, (text: string) => boolean>();
  readonly #labels: LabelSelector;
  readonly #annotations: LabelSelector;

  private constructor(
    patterns: ReadonlyMap<IdField, (text: string) => boolean>,
    labels: LabelSelector,
    annotations: LabelSelector,
  ) {
    this.#patterns = new Map(patterns);
    this.#labels = labels;
    this.#annotations = annotations;
  }

  /** Undefined, and noted, where one of its expressions cannot be read. */
  static read(context: BuildContext, value: Value | undefined): Selector | undefined {
    const patterns = new Map<IdField, (text: string) => boolean>();
    for (const field of ID_FIELDS) {
      const written = value?.get(field);
      if (!written?.text) continue;
      const pattern = wholePattern(written.text);
      if (!pattern) {
        context.note(written, 'this regular expression is not supported');
        return undefined;
      }
      patterns.set(field, pattern);
    }
    const queries = (['labelSelector', 'annotationSelector'] as const).map((name) => {
      const written = value?.get(name);
      const query = parseLabelQuery(written?.text ?? '');
      if (!query && written) context.note(written, 'this selector is not supported');
      return query;
    });
    const [labels, annotations] = queries;
    return labels && annotations && new Selector(patterns, labels, annotations);
  }

  /** Whether nothing is said of ids. */
  get isOfAnyId(): boolean {
    return this.#patterns.size === 0;
  }

  get hasQueries(): boolean {
    return this.#labels.expressions.length + this.#annotations.expressions.length > 0;
  }

  matchesLabels(resource: Resource): boolean {
    return matchesQuery(resource, 'annotations', this.#annotations) && matchesQuery(resource, 'labels', this.#labels);
  }

  /** As replacements select: by one of the ids, whose namespace is that which is written. */
  matchesId(id: ResourceId): boolean {
    return ID_FIELDS.every((field) => this.#matches(field, id[field]));
  }

  /** As patches select: by the first names, or those of now. */
  select(list: ResourceList): Resource[] {
    return list.resources.filter((resource) => {
      const [first, now] = [resource.originalId, resource.id];
      return (
        (['group', 'version', 'kind'] as const).every((field) => this.#matches(field, now[field])) &&
        (this.#matches('name', first.name) || this.#matches('name', now.name)) &&
        (this.#matches('namespace', effectiveNamespace(first)) ||
          this.#matches('namespace', effectiveNamespace(now))) &&
        this.matchesLabels(resource)
      );
    });
  }

  #matches(field: IdField, text: string): boolean {
    return this.#patterns.get(field)?.(text) ?? true;
  }
}
