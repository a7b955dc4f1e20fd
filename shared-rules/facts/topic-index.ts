import { SetMap } from './set-map.ts';

/** Who has something on a topic, and what: looked up when it is asked for, and kept until one of them changes. */
export class TopicIndex<Source, Entry> {
  readonly #read: (source: Source, topic: string) => readonly Entry[];
  readonly #compare: (a: Source, b: Source) => number;
  readonly #sources = new SetMap<Source>();
  readonly #entries = new Map<string, readonly Entry[]>();

  /**
   * @param read what a source has on a topic
   * @param compare the order of sources
   */
  constructor(read: (source: Source, topic: string) => readonly Entry[], compare: (a: Source, b: Source) => number) {
    this.#read = read;
    this.#compare = compare;
  }

  /** A source is new, has changed, or has nothing any more. */
  set(source: Source, topics: Iterable<string>): void {
    for (const topic of this.#sources.namesOf(source)) this.#entries.delete(topic);
    this.#sources.setMember(source, topics);
    for (const topic of this.#sources.namesOf(source)) this.#entries.delete(topic);
  }

  /** Nobody asks about a topic for now. */
  release(topic: string): void {
    this.#entries.delete(topic);
  }

  /** What there is on a topic, in the order of the sources. */
  on(topic: string): readonly Entry[] {
    const sources = this.#sources.get(topic);
    if (sources.size === 0) return [];
    const entries = this.#entries.get(topic) ?? this.#readAll(sources, topic);
    this.#entries.set(topic, entries);
    return entries;
  }

  /** What there would be if one source stood in the place of another. */
  onInstead(topic: string, source: Source, instead: Source): readonly Entry[] {
    const others = [...this.#sources.get(topic)].filter((other) => other !== source);
    return this.#readAll([...others, instead], topic);
  }

  #readAll(sources: Iterable<Source>, topic: string): readonly Entry[] {
    return [...sources].sort(this.#compare).flatMap((source) => this.#read(source, topic));
  }
}
