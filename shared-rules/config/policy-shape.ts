import type { Requirement } from '../engine/settings.ts';
import { CATALOGUE } from '../rules/catalogue.generated.ts';
import { type Choice, type Mapping, POSITIVE_PATH, PROFILE, RULE, type Text, VERSION } from './shape.ts';

const VERSION_OF_POLICY: Text = { ...VERSION, severity: 'error' };

const PROTECTED: Choice = {
  type: 'choice',
  noun: 'rule',
  values: {
    all: 'Every rule of the profile.',
    ...Object.fromEntries(
      Object.values(CATALOGUE).map(({ category }) => [category, 'The rules of this family in the profile.']),
    ),
    ...RULE.values,
  },
};

const REQUIREMENT: Choice = {
  type: 'choice',
  noun: 'requirement',
  values: {
    reason: 'Why this is fine here.',
    owner: 'Who answers for it.',
    until: 'The last day on which it applies.',
  } satisfies Record<Requirement, string>,
};

/** What may stand in a policy, which says what a repository may not weaken. */
export const POLICY: Mapping = {
  type: 'mapping',
  noun: 'a policy',
  needs: [],
  keys: {
    profile: {
      shape: PROFILE,
      description: 'The least that is reported. `.bulkhead.yaml` and `--profile` may ask for more, and not for less.',
    },
    kubernetesVersion: {
      shape: VERSION_OF_POLICY,
      description: 'The version of Kubernetes that the manifests are for. `.bulkhead.yaml` cannot name another one.',
    },
    rules: {
      shape: { type: 'list', of: PROTECTED },
      description:
        'Rules, families of rules, or `all`: they cannot be switched off or lowered, and their findings cannot be accepted. A rule that is named is on in any profile.',
    },
    neverIgnore: {
      shape: {
        type: 'list',
        of: {
          ...POSITIVE_PATH,
          what: 'a pattern of a `.gitignore` file, relative to the root of the repository and with `/` between folders',
        },
      },
      description:
        'Files that `ignore` in `.bulkhead.yaml` cannot leave out, as patterns of a `.gitignore` file in the root of the repository; `"**"` for all.',
    },
    exceptions: {
      description: 'Exceptions that apply, of rules that are not named in `rules`.',
      shape: {
        type: 'mapping',
        noun: '`exceptions`',
        needs: [],
        keys: {
          mustHave: {
            shape: { type: 'list', of: REQUIREMENT },
            description:
              'What an exception has to give. Comments and annotations can give a reason and a last day; suppressions of other tools and a baseline give none of it.',
          },
        },
      },
    },
  },
};
