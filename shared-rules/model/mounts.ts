import type { TextPart } from '../language/text.ts';
import { isKnown } from '../language/unknown.ts';

/**
 * Mounts as container engines and Compose files write them. Facts: the Compose specification, the references of
 * `docker run` and `podman run`, and what the two programs and compose-go accept.
 */
export interface Mount {
  /** `bind`, `volume`, `npipe`, `tmpfs` and others, in lower case. */
  readonly type: string;
  /** A path of the host or the name of a volume. */
  readonly source: TextPart | undefined;
  /** Where it is mounted in the container. */
  readonly target: TextPart | undefined;
  readonly isReadOnly: boolean;
  /** The mode of propagation as it is written, such as `rshared`. */
  readonly propagation: TextPart | undefined;
  /** The path of the host to which a volume of the local driver is bound. */
  readonly device: TextPart | undefined;
}

/** The path of the host that is mounted; undefined where there is none or another place tells it. */
export function hostPathOf({ type, source, device }: Mount): TextPart | undefined {
  return type === 'bind' || type === 'npipe' ? source : device;
}

/** Whether a source is a path of the host and not the name of a volume, which has no slash in it. */
export function isHostPath(source: string): boolean {
  return /^[.~/\\]|^[a-zA-Z]:/.test(source) || (!isKnown(source) && source.includes('/'));
}

/** Whether what the container mounts below the mount appears on the host as well. */
export function isSharedMode(mode: string): boolean {
  return /^r?shared$/i.test(mode);
}

const PROPAGATION = /^r?(?:shared|slave|private)$|^r?unbindable$/;

/** What stands between colons; the colon of a Windows drive, as in `C:\data:/data`, divides nothing. */
const SECTION = /(?<=^|:)(?:[a-zA-Z]:(?=[\\/]))?[^:]*/g;

/** `[SOURCE:]TARGET[:OPTIONS]`, with options such as `ro,z,rshared`. */
export function readShortMount(text: string): Mount {
  const [first, second, last] = partsOf(text, SECTION);
  const options = last ? partsOf(last.text, /[^,]+/g, last.start) : [];
  const [source, target] = second ? [first?.text ? first : undefined, second] : [undefined, first];
  return {
    type: source && isHostPath(source.text) ? 'bind' : 'volume',
    source,
    target,
    isReadOnly: options.some((option) => option.text === 'ro'),
    propagation: options.findLast((option) => PROPAGATION.test(option.text)),
    device: undefined,
  };
}

/** `type=bind,source=…,target=…`: a line of CSV. Keys are read without regard to case, as Docker long did. */
export function readLongMount(text: string): Mount {
  const fields = fieldsOf(text);
  const lastOf = (...keys: readonly string[]) => fields.findLast(({ key }) => keys.includes(key))?.value;
  // Podman takes a mode without its key.
  const bare = fields.findLast(({ key, value }) => !value && PROPAGATION.test(key))?.keyPart;
  const access = fields.findLast(({ key }) => ['readonly', 'ro', 'rw'].includes(key));
  const options = fields.flatMap(({ key, value }) => (key === 'volume-opt' && value ? toField(value) : []));
  return {
    type: lastOf('type')?.text.toLowerCase() ?? 'volume',
    source: lastOf('source', 'src'),
    target: lastOf('target', 'dst', 'destination'),
    isReadOnly: access !== undefined && (access.key === 'rw') === isFalse(access.value),
    propagation: lastOf('bind-propagation') ?? bare,
    device: options.findLast(({ key }) => key === 'device')?.value,
  };
}

/** A field of a long mount. */
interface MountField {
  /** In lower case. */
  readonly key: string;
  readonly keyPart: TextPart;
  /** Undefined for a key that stands alone. */
  readonly value: TextPart | undefined;
}

/** A field in quotes may hold commas, and quotes that are doubled. */
const CSV_FIELD = /(?<=^|,)(?:"((?:[^"]|"")*)"|[^,]*)/g;

function fieldsOf(text: string): MountField[] {
  return [...text.matchAll(CSV_FIELD)].map(({ 0: field, 1: quoted, index }) => {
    const start = quoted === undefined ? index : index + 1;
    const written = quoted ?? field;
    return toField({ text: written, start, end: start + written.length });
  });
}

function toField({ text, start, end }: TextPart): MountField {
  const equals = text.indexOf('=');
  const keyEnd = equals < 0 ? text.length : equals;
  const keyPart = { text: text.slice(0, keyEnd), start, end: start + keyEnd };
  const value = { text: text.slice(equals + 1).replaceAll('""', '"'), start: start + equals + 1, end };
  return { key: keyPart.text.trim().toLowerCase(), keyPart, value: equals < 0 ? undefined : value };
}

/** What Go takes for false. */
function isFalse(value: TextPart | undefined): boolean {
  return /^(?:0|f|false)$/i.test(value?.text ?? '');
}

/** @param offset where the text begins in the one whose offsets are given */
function partsOf(text: string, pattern: RegExp, offset = 0): TextPart[] {
  return [...text.matchAll(pattern)].map(({ 0: part, index }) => {
    const start = offset + index;
    return { text: part, start, end: start + part.length };
  });
}
