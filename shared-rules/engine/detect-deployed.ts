import type { KnownFacts } from '../facts/fact.ts';
import { valueAtPath } from '../language/yaml/value-path.ts';
import { composeText } from '../model/compose/interpolation.ts';
import { listed } from '../model/wording.ts';
import type { Related } from '../rules/api.ts';
import type { Deployment } from './deployed-contents.ts';
import { type Detected, type DetectionContext, detect, together, withUses } from './detection.ts';
import type { Finding } from './finding.ts';
import { FoundInContents } from './found-in-contents.ts';
import { inValues } from './values-fixes.ts';

/**
 * What is found in a text in any of its deployments: what is written in other files is found there. A finding of some of the
 * deployments names them.
 */
export function detectDeployed(deployments: readonly Deployment[], context: DetectionContext): Detected {
  // Environments of a chart have most in common.
  const found = deployments.length > 1 ? new FoundInContents() : undefined;
  const each = deployments.map((deployment) => ({ deployment, detected: detectIn(deployment, context, found) }));
  const [only] = each;
  if (!only) return { all: [], findings: [] };
  if (each.length === 1) return { ...only.detected, findings: only.detected.findings.map(withUses) };
  const byPlace = new Map<string, { finding: Finding; readonly foundIn: Deployment[] }>();
  for (const { deployment, detected } of each)
    for (const finding of detected.findings) {
      const key = `${finding.rule} ${finding.range.start} ${finding.range.end}`;
      const known = byPlace.get(key) ?? { finding, foundIn: [] };
      known.finding = together(known.finding, finding);
      known.foundIn.push(deployment);
      byPlace.set(key, known);
    }
  // What is built of a kustomization and the releases in that have one name.
  const namesOf = (among: readonly Deployment[]) => [...new Set(among.flatMap(({ name }) => name ?? []))];
  const named = namesOf(deployments);
  const onlyIn = (found: readonly Deployment[]) => {
    const names = namesOf(found);
    return names.length === 0 || names.length === named.length ? '' : ` Only ${placeIn(found, names)}.`;
  };
  const isFound = ({ foundIn }: { readonly foundIn: readonly Deployment[] }) =>
    foundIn.some(({ isComparison }) => !isComparison);
  const real = deployments.filter(({ name, isComparison }) => name !== undefined && !isComparison);
  const reach = namesOf(real).length > 1 ? `, ${reachOf(real, namesOf(real))}` : '';
  return {
    all: each.flatMap(({ deployment, detected }) => (deployment.isComparison ? [] : detected.all)),
    findings: [...byPlace.values()].filter(isFound).map(({ finding, foundIn }) => ({
      ...withUses(finding),
      message: finding.message + onlyIn(foundIn),
      fixes: () => finding.fixes().map((fix) => ({ ...fix, reach })),
    })),
  };
}

/** So many deployments are named that a fix takes effect in; more of them are counted. */
const MOST_NAMED = 3;

function reachOf(deployments: readonly Deployment[], names: readonly string[]): string {
  return names.length > MOST_NAMED ? `in ${names.length} ${deployments[0]?.sort}s` : placeIn(deployments, names);
}

/** Such as `in the build of prod`, or `in the builds of prod and test`. */
function placeIn([first]: readonly Deployment[], names: readonly string[]): string {
  const sort = first?.sort ?? 'project';
  if (sort === 'environment') return `with ${listed(names)}`;
  return `in the ${sort}${names.length > 1 ? 's' : ''} of ${listed(names)}`;
}

function detectIn(
  { sort, name, contents, build }: Deployment,
  context: DetectionContext,
  found: FoundInContents | undefined,
): Detected {
  const known = build === undefined ? context.known : knownIn(build, context.known);
  // What is rendered depends on no condition any more.
  const conditionAt = sort === 'environment' ? () => undefined : context.conditionAt;
  const { all, findings } = detect(contents, { ...context, known, conditionAt }, found);
  if (name === undefined && build === undefined) return { all, findings };
  const own = (found: readonly Finding[]) =>
    found
      .filter(({ file, part = context.known.part }) => file === undefined && part === context.known.part)
      .map((finding) => withOtherFiles({ ...finding, fixes: () => finding.fixes().map(inValues) }, contents));
  return { all: own(all), findings: own(findings) };
}

/** What is known of a build: nothing that is true in other builds alone. */
function knownIn(build: string, known: KnownFacts): KnownFacts {
  const together: KnownFacts['together'] = (is, key) =>
    known.together(is, key).filter(({ fact }) => fact.builds?.includes(build) !== false);
  return { ...known, together };
}

/** A finding whose related places name their files, the places of the variables in its value among them. */
function withOtherFiles(finding: Finding, contents: Deployment['contents']): Finding {
  const roots = contents.flatMap((content) => (content.dialect === 'compose' ? content.compose.root : []));
  const values = roots.flatMap((root) => valueAtPath(root, finding.path) ?? []);
  const variables = values.flatMap((value) => [...(composeText(value)?.variables ?? [])]);
  const related: Related[] = [
    ...finding.related,
    ...variables.map(([name, { at }]) => ({ message: `${name} is set here`, at })),
  ];
  const placed = related.map(({ message, at, file = at.file }) => ({ message, at, file }));
  const named = (all: readonly Related[]) => all.map((one) => (isPacked(one.file) ? namedOnly(one, finding) : one));
  return { ...finding, related: named(placed), ...(finding.uses && { uses: named(finding.uses) }) };
}

/** Whether a file is in a package, so that nobody can open it. */
function isPacked(file: string | undefined): file is string {
  return file !== undefined && /\.tgz\//.test(file);
}

/** What is said of a place that nobody can be led to, where the finding is. */
function namedOnly({ message, file }: Related, { range, path, part }: Finding): Related {
  return { message: `${message}, in ${file}`, at: { range, path, part, file: undefined }, file: undefined };
}
