import type { Fact, KnownFacts } from '../facts/fact.ts';
import type { Content } from '../model/manifest.ts';
import type { ViewContext } from '../rules/api.ts';
import type { Finding } from './finding.ts';

/** What was asked about what is deployed beside a content. */
interface Question {
  readonly is: Fact['is'];
  readonly key: string;
}

interface Found {
  readonly findings: readonly Finding[];
  readonly answers: readonly (Question & { readonly said: string })[];
}

/** What was found in contents that several deployments have, as long as what is deployed beside them says the same. */
export class FoundInContents {
  readonly #found = new Map<Content, Found[]>();

  /** @param find gives the findings in a context that is like the given one */
  of(content: Content, context: ViewContext, find: (context: ViewContext) => readonly Finding[]): readonly Finding[] {
    const { known } = context;
    const earlier = this.#found.get(content) ?? [];
    const same = earlier.find(({ answers }) =>
      answers.every(({ is, key, said }) => saidBy(known, { is, key }) === said),
    );
    if (same) return same.findings;
    const asked = new Map<string, Question>();
    const together: KnownFacts['together'] = (is, key) => {
      asked.set(`${is} ${key}`, { is, key });
      return known.together(is, key);
    };
    const findings = find({ ...context, known: { ...known, together } });
    const answers = [...asked.values()].map((question) => ({ ...question, said: saidBy(known, question) }));
    this.#found.set(content, [...earlier, { findings, answers }]);
    return findings;
  }
}

function saidBy(known: KnownFacts, { is, key }: Question): string {
  // In which builds a fact is true is not said in findings.
  return JSON.stringify(
    known.together(is, key).map(({ fact, ...from }) => ({ ...from, fact: { ...fact, builds: [] } })),
  );
}
