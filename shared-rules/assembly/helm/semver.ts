/** Versions and constraints as github.com/Masterminds/semver v3 has them, behind `semverCompare` and the dependencies of charts. */

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;
}

/** A version or constraint that is none, in the words of the package. */
export class VersionError extends Error {}

const VERSION =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** @throws VersionError */
export function parseVersion(original: string): Version {
  const [, major, minor = '0', patch = '0', prerelease = '', metadata = ''] = VERSION.exec(original) ?? [];
  if (major === undefined) throw new VersionError('invalid semantic version');
  for (const part of [major, minor, patch])
    if (BigInt(part) >= 2n ** 64n)
      throw new VersionError(`error parsing version segment: strconv.ParseUint: parsing "${part}": value out of range`);
  if (prerelease.split('.').some((part) => /^0[0-9]+$/.test(part)))
    throw new VersionError('version segment starts with 0');
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease, metadata, original };
}

export function versionText({ major, minor, patch, prerelease, metadata }: Version): string {
  return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${metadata && `+${metadata}`}`;
}

/** Below, at or above 0 as a version is lower than another one; metadata do not count. */
export function compareVersions(a: Version, b: Version): number {
  const order = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  return Math.sign(order) || comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareIdentifiers(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [isNumber, isOtherNumber] = [/^[0-9]+$/.test(a), /^[0-9]+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  const isLower = isNumber ? BigInt(a) < BigInt(b) : a < b;
  return isLower ? -1 : 1;
}

interface Constraint {
  readonly operator: string;
  readonly version: Version;
  /** Which parts it leaves open, with an `x` or by leaving them out. */
  readonly isMinorOpen: boolean;
  readonly isPatchOpen: boolean;
  readonly isOpen: boolean;
}

const OPERATOR = /^(?:!=|>=|=>|<=|=<|~>|[=><~^])?/;
const OPEN_VERSION =
  /^v?([0-9|xX*]+)(?:\.([0-9|xX*]+))?(?:\.([0-9|xX*]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?/;

const MAX_LENGTH = 1000;

/**
 * Whether a version is one that a constraint wants.
 * @throws VersionError where one of them is none
 */
export function satisfies(constraint: string, version: string): boolean {
  if (constraint.length > MAX_LENGTH) throw new VersionError('improper constraint: too long');
  const choices = constraint.split('||').map((part) => new ConstraintReader(part).read());
  const parsed = parseVersion(version);
  return choices.some((all) => {
    const takesPrerelease = all.some((one) => one.version.prerelease !== '');
    return (parsed.prerelease === '' || takesPrerelease) && all.every((one) => isMet(one, parsed));
  });
}

/** Reads constraints that must all be met, with spaces or commas between them. */
class ConstraintReader {
  readonly #source: string;
  #rest: string;

  constructor(source: string) {
    this.#source = source;
    this.#rest = source;
  }

  read(): Constraint[] {
    const found: Constraint[] = [];
    this.#take(/^\s*/);
    do {
      const operator = this.#take(OPERATOR);
      this.#take(/^\s*/);
      const version = this.#version();
      const isRange = operator === '' && this.#take(/^\s+-\s+/) !== '';
      found.push(constraintOf(isRange ? '>=' : operator, version));
      if (isRange) found.push(constraintOf('<=', this.#version()));
    } while (this.#hasNext());
    return found;
  }

  #version(): RegExpExecArray {
    const match = OPEN_VERSION.exec(this.#rest);
    if (!match) throw this.#improper();
    this.#rest = this.#rest.slice(match[0].length);
    return match;
  }

  #hasNext(): boolean {
    const separator = this.#take(/^\s*,?\s*/);
    if (this.#rest === '' ? separator.includes(',') : separator === '') throw this.#improper();
    return this.#rest !== '';
  }

  #take(pattern: RegExp): string {
    const [taken = ''] = pattern.exec(this.#rest) ?? [];
    this.#rest = this.#rest.slice(taken.length);
    return taken;
  }

  #improper(): VersionError {
    return new VersionError(`improper constraint: ${this.#source}`);
  }
}

function isX(part: string | undefined): boolean {
  return part === undefined || part === 'x' || part === 'X' || part === '*';
}

function constraintOf(operator: string, [, major, minor, patch, prerelease = '']: RegExpExecArray): Constraint {
  const suffix = prerelease && `-${prerelease}`;
  const [isOpen, isMinorOpen] = [isX(major) || isX(minor) || isX(patch), !isX(major) && isX(minor)];
  const isPatchOpen = !isX(major) && !isX(minor) && isX(patch);
  const numbers = isX(major)
    ? '0.0.0'
    : `${major}.${isMinorOpen ? '0' : minor}.${isMinorOpen || isPatchOpen ? '0' : patch}`;
  try {
    return { operator, version: parseVersion(numbers + suffix), isMinorOpen, isPatchOpen, isOpen };
  } catch {
    throw new VersionError('constraint parser error');
  }
}

function isMet(constraint: Constraint, version: Version): boolean {
  const { operator, version: wanted, isMinorOpen, isPatchOpen, isOpen } = constraint;
  const order = compareVersions(version, wanted);
  switch (operator) {
    case '':
    case '=':
      return isOpen ? isInTilde(constraint, version) : order === 0;
    case '!=':
      if (!isOpen) return order !== 0;
      if (version.major !== wanted.major) return true;
      if (isMinorOpen) return false;
      if (version.minor !== wanted.minor) return true;
      if (isPatchOpen) return comparePrereleases(version.prerelease, wanted.prerelease) !== 0;
      return version.patch !== wanted.patch || order !== 0;
    case '>':
      if (!isOpen || version.major !== wanted.major) return order > 0;
      if (isMinorOpen) return false;
      return isPatchOpen ? version.minor > wanted.minor : order > 0;
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      if (!isOpen) return order <= 0;
      return (
        version.major < wanted.major ||
        (version.major === wanted.major && (version.minor <= wanted.minor || isMinorOpen))
      );
    case '^':
      return isInCaret(constraint, version, order);
    default:
      return isInTilde(constraint, version);
  }
}

function isInTilde({ version: wanted, isMinorOpen, isPatchOpen }: Constraint, version: Version): boolean {
  if (compareVersions(version, wanted) < 0) return false;
  const isZero = wanted.major === 0 && wanted.minor === 0 && wanted.patch === 0;
  if (isZero && !isMinorOpen && !isPatchOpen) return true;
  return version.major === wanted.major && (version.minor === wanted.minor || isMinorOpen);
}

function isInCaret(
  { version: wanted, isMinorOpen, isPatchOpen }: Constraint,
  version: Version,
  order: number,
): boolean {
  if (order < 0) return false;
  if (wanted.major > 0 || isMinorOpen) return version.major === wanted.major;
  if (version.major > 0) return false;
  if (wanted.minor > 0 || isPatchOpen) return version.minor === wanted.minor;
  return version.minor === 0 && version.patch === wanted.patch;
}
