import { CLEAR_LINE, type Output, type TerminalText, terminal, terminalText } from '../sinks/terminal.ts';

/** How much a command says beside its result. */
export interface Verbosity {
  /** Errors only. */
  readonly quiet?: boolean;
  /** Also what was read and what was left out. */
  readonly verbose?: boolean;
}

/** Progress is shown when a run has lasted so long, and then so often, in milliseconds. */
const PATIENCE = 1000;
const PAUSE = 100;

/** What a command has to say beside its result, on the error stream: each message in one line, whatever is in it. */
export class Messages {
  readonly #err: Output;
  readonly #verbosity: Verbosity;
  #nextProgress = performance.now() + PATIENCE;
  #hasProgress = false;
  #held: TerminalText[] | undefined;

  constructor(err: Output, verbosity: Verbosity) {
    this.#err = err;
    this.#verbosity = verbosity;
  }

  /** Something is wrong, or could not be looked at. */
  error(message: string): void {
    this.#say(terminal`bulkhead: ${terminalText(message)}`);
  }

  /** Something that was not done because somebody wanted it so. */
  note(message: string): void {
    if (!this.#verbosity.quiet) this.#say(terminal`bulkhead: ${terminalText(message)}`);
  }

  /** What happens, for those who want to know. */
  detail(message: string): void {
    if (this.#verbosity.verbose) this.#say(terminal`bulkhead: ${terminalText(message)}`);
  }

  /** The last line of a run that has no other result. */
  summary(message: string): void {
    if (!this.#verbosity.quiet) this.#say(terminalText(message));
  }

  /** What changed, in lines with their ends, where the output stream is for something else. */
  changes(lines: TerminalText): void {
    if (this.#verbosity.quiet) return;
    this.endProgress();
    this.#err.write(lines);
  }

  /** Shows what a long run is at, in one line that the next message takes the place of; nothing but on a terminal. */
  progress(message: string): void {
    if (!this.#err.isTTY || this.#verbosity.quiet || performance.now() < this.#nextProgress) return;
    this.#nextProgress = performance.now() + PAUSE;
    this.#hasProgress = true;
    this.#err.write(terminal`${CLEAR_LINE}${terminalText(message.slice(0, (this.#err.columns ?? 80) - 1))}`);
  }

  endProgress(): void {
    if (this.#hasProgress) this.#err.write(CLEAR_LINE);
    this.#hasProgress = false;
  }

  /** Keeps back what is said from now on, so that it can be said in its place among what becomes known later. */
  hold(): void {
    this.#held = [];
  }

  /** @returns what was kept back since it was asked for last */
  takeHeld(): readonly TerminalText[] {
    return this.#held?.splice(0) ?? [];
  }

  /** Says what was kept back, and keeps back no more. */
  release(lines: readonly TerminalText[] = this.takeHeld()): void {
    this.#held = undefined;
    for (const line of lines) this.#say(line);
  }

  #say(line: TerminalText): void {
    if (this.#held) {
      this.#held.push(line);
      return;
    }
    this.endProgress();
    this.#err.write(terminal`${line}\n`);
  }
}
