import { nearestName } from '../../language/nearest-name.ts';
import { contains } from '../../language/text.ts';
import { type ExceptionName, isInForce, type WrittenException } from '../../model/exceptions/exceptions.ts';
import type { Content, Manifest } from '../../model/manifest.ts';
import { type Subject, serviceSubject } from '../../model/workload.ts';
import { CATALOGUE, type RuleId } from '../../rules/catalogue.generated.ts';
import type { CheckedException } from '../../rules/exceptions/checked-exception.ts';
import type { Finding } from '../finding.ts';
import { isActive, type LintSettings } from '../settings.ts';
import { isCovered } from './suppression.ts';

/**
 * Checks the exceptions of a file.
 * @param found everything rules found in it, accepted or not
 */
export function checkExceptions(
  exceptions: readonly WrittenException[],
  found: readonly Finding[],
  manifest: Manifest,
  settings: LintSettings,
): CheckedException[] {
  return exceptions.map((exception) => {
    const { names } = exception;
    const inForce = isInForce(exception, settings.today);
    const known = names.filter(({ text }) => isRule(text));
    return {
      subject: subjectOf(exception, manifest),
      exception,
      isInForce: inForce,
      unknown: names
        .filter(({ text }) => !isRule(text))
        .map((name) => ({ name, nearest: nearestName(name.text, Object.keys(CATALOGUE)) as RuleId | undefined })),
      unused: inForce && isWhollyKnown(exception, manifest) ? known.filter(isUnused) : [],
    };

    function isUnused({ text }: ExceptionName): boolean {
      const isFound = found.some((finding) => finding.rule === text && isCovered(finding, exception.covers));
      return !isFound && isActive(text as RuleId, settings);
    }
  });
}

function isRule(name: string): name is RuleId {
  return Object.hasOwn(CATALOGUE, name);
}

/** Whether what an exception covers can be read in full: no template or variable decides, and no syntax error hides it. */
function isWhollyKnown({ covers }: WrittenException, { text, template, problems }: Manifest): boolean {
  const hasVariable = covers.some(({ start, end }) => /\$\{?[A-Za-z_]/.test(text.slice(start, end)));
  return template === undefined && problems.length === 0 && !hasVariable;
}

/** What an exception may stand in. */
function holdersIn(content: Content): readonly Subject[] {
  switch (content.dialect) {
    case 'kubernetes':
      return content.objects.map(({ root, kind = '', name = '', namespace }) => {
        return { kind, name, namespace, images: [], range: root.range };
      });
    case 'compose':
      return content.compose.services.map(serviceSubject);
    case 'script':
      return content.script.commands.map(({ subject }) => subject);
    case 'containers':
      return [];
  }
}

/** The object or service an exception stands in, or the first of those it covers. */
function subjectOf({ at, covers }: WrittenException, { contents }: Manifest): Subject {
  const holders = contents.flatMap(holdersIn);
  const around = holders.findLast(({ range }) => contains(range, at.range));
  const below = holders.find(({ range }) => covers.some((cover) => contains(cover, range)));
  const { kind, name, namespace } = around ?? below ?? { kind: '', name: '', namespace: undefined };
  // Each exception is repaired for itself, so it is a subject of its own in the text.
  return { kind, name, namespace, images: [], range: at.range };
}
