import { bool, type Data, int, type Methods, text } from '../../../language/go-template/data.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { compareVersions, parseVersion, satisfies, type Version, VersionError, versionText } from '../semver.ts';
import { type FunctionTable, fn } from './define.ts';

/** The version behind a value that `semver` gave. */
const versions = new WeakMap<object, Version>();

function versionOf(source: string): Version {
  try {
    return parseVersion(source);
  } catch (error) {
    throw error instanceof VersionError ? new TemplateError(error.message) : error;
  }
}

/** A version as `*semver.Version` with its fields and methods. */
function versionData(version: Version): Data {
  const compared = (test: (order: number) => Data): Methods[string] => ({
    takes: ['any'],
    run: ([other]) => {
      const found = other && versions.get(other);
      if (!found) throw new TemplateError('wrong type for value; expected *semver.Version');
      return test(compareVersions(version, found));
    },
  });
  const made: Data = {
    kind: 'struct',
    type: '*semver.Version',
    fields: new Map(),
    text: versionText(version),
    methods: {
      Major: fn([], () => int(version.major, 'int64')),
      Minor: fn([], () => int(version.minor, 'int64')),
      Patch: fn([], () => int(version.patch, 'int64')),
      Prerelease: fn([], () => text(version.prerelease)),
      Metadata: fn([], () => text(version.metadata)),
      Original: fn([], () => text(version.original)),
      String: fn([], () => text(versionText(version))),
      Compare: compared((order) => int(order)),
      Equal: compared((order) => bool(order === 0)),
      LessThan: compared((order) => bool(order < 0)),
      LessThanEqual: compared((order) => bool(order <= 0)),
      GreaterThan: compared((order) => bool(order > 0)),
      GreaterThanEqual: compared((order) => bool(order >= 0)),
      IncPatch: fn([], () => increased(version, 'patch')),
      IncMinor: fn([], () => increased(version, 'minor')),
      IncMajor: fn([], () => increased(version, 'major')),
    },
  };
  versions.set(made, version);
  return made;
}

function increased(version: Version, part: 'major' | 'minor' | 'patch'): Data {
  const { major, minor, patch, prerelease, original } = version;
  const next = {
    major: part === 'major' ? major + 1 : major,
    minor: part === 'major' ? 0 : part === 'minor' ? minor + 1 : minor,
    // A pre-release comes before its release.
    patch: part !== 'patch' ? 0 : prerelease === '' ? patch + 1 : patch,
    prerelease: '',
    metadata: '',
  };
  const prefix = original.startsWith('v') ? 'v' : '';
  return versionData({ ...next, original: `${prefix}${next.major}.${next.minor}.${next.patch}` });
}

export const VERSION_FUNCTIONS: FunctionTable = {
  semver: fn(['string'], ([version]) => versionData(versionOf(version.text))),
  semverCompare: fn(['string', 'string'], ([constraint, version]) => {
    try {
      return bool(satisfies(constraint.text, version.text));
    } catch (error) {
      throw error instanceof VersionError ? new TemplateError(error.message) : error;
    }
  }),
};
