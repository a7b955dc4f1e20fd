import { FACTS, type RuleId } from '../rules/facts.generated.ts';
import { isDay, meantDay } from '../source/exception-text.ts';
import { type Exception, type ExceptionName, isInForce } from '../source/exceptions.ts';
import type { Content, Manifest } from '../source/manifest.ts';
import { serviceSubject } from '../source/subject.ts';
import { contains } from '../source/text.ts';
import type { Finding } from './finding.ts';
import { nearestName } from './nearest-name.ts';
import type { Subject } from './rule.ts';
import { isActive, type LintSettings } from './settings.ts';
import { isCovered } from './suppression.ts';

/** An exception and what can be said against it. */
export interface JudgedException {
  readonly subject: Subject;
  readonly exception: Exception;
  /** Why it is not in force, if it is not; with the day that was meant where that can be told. */
  readonly ended: 'past' | { readonly meant: string | undefined } | undefined;
  /** Names that no rule has, with the rule that has nearly the same. */
  readonly unknown: readonly { readonly name: ExceptionName; readonly nearest: RuleId | undefined }[];
  /** Names of rules that would find nothing here anyway. */
  readonly unused: readonly ExceptionName[];
}

/**
 * Judges the exceptions of a file.
 * @param found everything rules found in it, accepted or not
 */
export function judgeExceptions(
  exceptions: readonly Exception[],
  found: readonly Finding[],
  manifest: Manifest,
  settings: LintSettings,
): JudgedException[] {
  return exceptions.map((exception) => {
    const { names, until } = exception;
    const inForce = isInForce(exception, settings.today);
    const known = names.filter(({ text }) => isRule(text));
    return {
      subject: subjectOf(exception, manifest),
      exception,
      ended: inForce || !until ? undefined : isDay(until.text) ? 'past' : { meant: meantDay(until.text) },
      unknown: names
        .filter(({ text }) => !isRule(text))
        .map((name) => ({ name, nearest: nearestName(name.text, Object.keys(FACTS)) as RuleId | undefined })),
      unused: inForce && isWhollyKnown(exception, manifest) ? known.filter(isUnused) : [],
    };

    function isUnused({ text }: ExceptionName): boolean {
      const isFound = found.some((finding) => finding.rule === text && isCovered(finding, exception.covers));
      return !isFound && isActive(text as RuleId, settings);
    }
  });
}

function isRule(name: string): name is RuleId {
  return Object.hasOwn(FACTS, name);
}

/** Whether what an exception covers can be read in full: no template or variable decides, and no syntax error hides it. */
function isWhollyKnown({ covers }: Exception, { text, template, problems }: Manifest): boolean {
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
function subjectOf({ at, covers }: Exception, { contents }: Manifest): Subject {
  const holders = contents.flatMap(holdersIn);
  const around = holders.findLast(({ range }) => contains(range, at.range));
  const below = holders.find(({ range }) => covers.some((cover) => contains(cover, range)));
  const { kind, name, namespace } = around ?? below ?? { kind: '', name: '', namespace: undefined };
  // Each exception is repaired for itself, so it is a subject of its own in the text.
  return { kind, name, namespace, images: [], range: at.range };
}
