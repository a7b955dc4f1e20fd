import type { RuleId } from '../../../shared-rules/index.ts';
import type { Positions } from '../../report/positions.ts';
import type { FolderFacts } from '../documents/folder-facts.ts';
import type { OpenDocument } from '../documents/open-lint.ts';
import type { EditorConnection, ShownDiagnostic } from '../editor-connection.ts';
import type { Pages } from '../pages.ts';
import { leftOut, type MissingPart, type ShownFinding, toDiagnostic, toMissingDiagnostic } from './diagnostic.ts';
import { OpenDiagnostics } from './open-diagnostics.ts';

/** More problems of a file make each keystroke slower than its lint does. */
const MOST_WHILE_TYPING = 200;
/** Typing stops when nothing comes for so many milliseconds. */
const PAUSE = 400;

/** What the editor shows of a file. */
interface Shown {
  /** The rules that its diagnostics come from. */
  readonly rules: ReadonlySet<RuleId>;
  /** The other files that they refer to. */
  readonly mentions: ReadonlySet<string>;
}

/** What is shown of a file. */
interface ShownResult {
  readonly findings: readonly ShownFinding[];
  readonly missing: readonly MissingPart[];
}

/** The diagnostics that the editor has of files. Of each is kept only what others want to know of it. */
export class Published {
  readonly #connection: EditorConnection;
  readonly #facts: FolderFacts;
  readonly #pages: Pages;
  readonly #shown = new Map<string, Shown>();
  readonly #ofOpen = new OpenDiagnostics((document, finding) =>
    this.#toDiagnostic({ uri: document.uri, places: document }, finding),
  );
  /** The open documents of which not all findings are shown yet. */
  readonly #completions = new Map<string, NodeJS.Timeout>();
  /** The files whose diagnostics refer to a file. */
  readonly #mentioning = new Map<string, Set<string>>();

  constructor(connection: EditorConnection, facts: FolderFacts, pages: Pages) {
    this.#connection = connection;
    this.#facts = facts;
    this.#pages = pages;
  }

  /** The files that have problems. */
  get files(): Iterable<string> {
    return this.#shown.keys();
  }

  /** Whether a file other than this one has a finding of a rule. */
  hasElsewhere(rule: RuleId, uri: string): boolean {
    return [...this.#shown].some(([other, { rules }]) => other !== uri && rules.has(rule));
  }

  /** The files whose diagnostics refer to a file. */
  mentioning(uri: string): Iterable<string> {
    return this.#mentioning.get(uri) ?? [];
  }

  /** Whether diagnostics of other files refer to a file. */
  isMentioned(uri: string): boolean {
    return this.#mentioning.has(uri);
  }

  /** Shows what was found in a file on disk. */
  show(uri: string, { findings, missing }: ShownResult, places: Positions): void {
    const diagnostics = [
      ...findings.map((finding) => this.#toDiagnostic({ uri, places }, finding)),
      ...missing.map((one) => toMissingDiagnostic(places, one)),
    ];
    // An editor learns nothing of a clean file that it knows no problems of.
    if (diagnostics.length === 0 && !this.#shown.has(uri)) return;
    this.#remember(uri, [{ findings }], missing);
    this.#send({ uri, diagnostics });
  }

  /**
   * Shows what was found in a version of an open document. While somebody types, of very many findings those that matter
   * then, and how many are left; all of them as soon as the typing stops.
   */
  showOpen(linted: OpenDocument, isTyped: boolean): void {
    const { document, result } = linted;
    const { uri, version } = document;
    const { unassembled } = result;
    this.#remember(uri, result.parts, unassembled);
    const missing = unassembled.map((one) => toMissingDiagnostic(document, one));
    const complete = () => this.#send({ uri, version, diagnostics: [...this.#ofOpen.all(linted), ...missing] });
    if (!isTyped) {
      complete();
      return;
    }
    const { diagnostics, left } = this.#ofOpen.some(linted, MOST_WHILE_TYPING);
    this.#send({ uri, version, diagnostics: [...diagnostics, ...missing, ...(left > 0 ? [leftOut(left)] : [])] });
    if (left > 0) this.#completions.set(uri, setTimeout(complete, PAUSE).unref());
  }

  /** Keeps what others want to know of what is shown. */
  #remember(uri: string, parts: readonly Pick<ShownResult, 'findings'>[], missing: ShownResult['missing']): void {
    const rules = new Set<RuleId>();
    const mentions = new Set<string>();
    for (const { findings } of parts)
      for (const { rule, related } of findings) {
        rules.add(rule);
        for (const { file } of related) if (file !== undefined) mentions.add(file);
      }
    this.#keep(uri, rules.size + missing.length > 0 ? { rules, mentions } : undefined);
  }

  #toDiagnostic(text: Parameters<typeof toDiagnostic>[0], finding: ShownFinding): ShownDiagnostic {
    return toDiagnostic(text, finding, this.#pages.linkTo, (other) => this.#facts.positionsOf(other));
  }

  #send(diagnostics: Parameters<EditorConnection['sendDiagnostics']>[0]): void {
    clearTimeout(this.#completions.get(diagnostics.uri));
    this.#completions.delete(diagnostics.uri);
    void this.#connection.sendDiagnostics(diagnostics);
  }

  /** Takes back what is shown of a file. */
  hide(uri: string): void {
    if (!this.#shown.has(uri)) return;
    this.#keep(uri, undefined);
    this.#send({ uri, diagnostics: [] });
  }

  #keep(uri: string, shown: Shown | undefined): void {
    for (const other of this.#shown.get(uri)?.mentions ?? []) {
      const files = this.#mentioning.get(other);
      files?.delete(uri);
      if (files?.size === 0) this.#mentioning.delete(other);
    }
    if (!shown) {
      this.#shown.delete(uri);
      return;
    }
    this.#shown.set(uri, shown);
    for (const other of shown.mentions) {
      const files = this.#mentioning.get(other);
      if (files) files.add(uri);
      else this.#mentioning.set(other, new Set([uri]));
    }
  }
}
