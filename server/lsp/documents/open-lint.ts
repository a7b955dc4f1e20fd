import { FileLint, type Linted } from '../../../shared-rules/index.ts';
import { Slices } from '../../workspace/slices.ts';
import type { LinedText, OpenText, TextInPieces } from './open-text.ts';

/** A linted text, and where it came from. */
export interface LintedDocument extends Linted {
  readonly document: LinedText;
  /** Whether it is as an editor holds it, not as it lies on disk. */
  readonly isOpen: boolean;
}

/** A linted text as an editor holds it. */
export interface OpenDocument extends LintedDocument {
  readonly document: TextInPieces;
}

/** The lint of a document that an editor holds. */
export class OpenLint {
  readonly #document: OpenText;
  readonly #about: Pick<Linted, 'path' | 'settings' | 'queries'>;
  readonly #file: FileLint;
  readonly #onLinted: (linted: OpenDocument, isEdited: boolean) => void;
  #running: Promise<OpenDocument> | undefined;
  #last: OpenDocument | undefined;
  /** Whether the facts of other files are taken in as they are now. */
  #hasFacts = true;

  /** @param onLinted called with each new result in the moment it is true, and whether the text was edited since the last */
  constructor(
    document: OpenText,
    about: Pick<Linted, 'path' | 'settings' | 'queries'>,
    onLinted: (linted: OpenDocument, isEdited: boolean) => void,
  ) {
    this.#document = document;
    this.#about = about;
    this.#onLinted = onLinted;
    this.#file = new FileLint(about.path, about.settings, about.queries);
  }

  /** Whether it is still about this document, with these settings. */
  isFor(document: OpenText, { path, settings }: Pick<Linted, 'path' | 'settings'>): boolean {
    return this.#document === document && this.#about.path === path && this.#about.settings === settings;
  }

  /** The facts of other files may have changed. */
  factsChanged(): void {
    this.#hasFacts = false;
  }

  /** What was found in the present version; undefined when it has not been looked at yet. */
  get present(): OpenDocument | undefined {
    return this.#hasFacts && this.#last?.document === this.#document.present ? this.#last : undefined;
  }

  /**
   * Lints the present version. What takes longer than a slice lets other messages through, and an edit among them is taken in
   * at once: what it leaves alone has not been done in vain.
   */
  lint(): Promise<OpenDocument> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<OpenDocument> {
    let linted: OpenDocument | undefined;
    for (;;) {
      const text = this.#document.present;
      const isConcerned = !this.#hasFacts && this.#file.refreshFacts();
      this.#hasFacts = true;
      if (linted?.document === text && !isConcerned) return linted;
      this.#file.update(text.pieces.map((piece) => piece.text));
      const slices = new Slices();
      for (const _ of this.#file.steps()) {
        if (!slices.isOver) continue;
        await slices.next();
        // Until the end nobody knows what it asked, so nobody would say that a fact it asked about has changed.
        this.#hasFacts = false;
        if (this.#document.present !== text) break;
      }
      // Between the last step and the call of #onLinted nothing may come.
      if (this.#document.present === text) linted = this.#finish(text);
      if (linted?.document === text && this.#hasFacts) return linted;
    }
  }

  #finish(document: TextInPieces): OpenDocument {
    const result = this.#file.result();
    const isEdited = this.#last !== undefined && this.#last.document !== document;
    this.#last = { ...this.#about, result, document, isOpen: true };
    this.#onLinted(this.#last, isEdited);
    return this.#last;
  }
}
