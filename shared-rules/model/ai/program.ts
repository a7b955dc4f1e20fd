import type { Change } from '../../language/change.ts';
import { append, put } from '../../language/yaml/change.ts';
import { knownItems, lookUp, mayGain } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Service } from '../compose/compose.ts';
import { composeText } from '../compose/interpolation.ts';
import { imageRepository, repositoryIn } from '../image.ts';
import type { Container, Pod } from '../kubernetes/objects.ts';
import { podSubject, type Subject, serviceSubject } from '../workload.ts';
import { type JoinedCommandLine, readCommandLine } from './command-line.ts';

/** What a container or a Compose service starts, and with which environment. */
export interface Program {
  readonly subject: Subject;
  readonly image: Value | undefined;
  /** The image without registry's tag and digest; empty where it is not known. */
  readonly repository: string;
  /** Whether the image's own entrypoint is replaced. */
  readonly hasOwnEntrypoint: boolean;
  readonly command: JoinedCommandLine | undefined;
  readonly environment: ReadonlyMap<string, ProgramVariable>;
  /** Whether more variables may be set than are written. */
  readonly mayHaveMore: boolean;
  /** Sets a variable from a secret; undefined where the file's syntax has no room for it. */
  readonly setSecret: (variable: string) => Change | undefined;
}

export interface ProgramVariable {
  /** Undefined where the value is not known: a secret, an expression. */
  readonly text: string | undefined;
  readonly at: Value;
}

export function containerProgram(pod: Pod, container: Container): Program {
  const { value, image, env } = container;
  const environment = new Map<string, ProgramVariable>();
  for (const item of env) {
    const name = item.get('name')?.text;
    const text = item.get('valueFrom') ? undefined : (item.field('value')?.value.text ?? '');
    const isUnknown = item.get('value')?.isUnknown === true;
    if (name) environment.set(name, { text: isUnknown ? undefined : text, at: item.get('value') ?? item });
  }
  const isOpen = value.get('envFrom') !== undefined || knownItems(lookUp(value, 'env')) === undefined;
  return {
    subject: podSubject(pod),
    image,
    repository: imageRepository(image?.rawText ?? ''),
    hasOwnEntrypoint: value.get('command') !== undefined,
    command: readCommandLine(value, ['command', 'args']),
    environment,
    mayHaveMore: isOpen || mayGain(value),
    setSecret: (variable) => {
      const secretKeyRef = { name: variable.toLowerCase().replaceAll('_', '-'), key: 'key' };
      return put(value, ['env'], [{ name: variable, valueFrom: { secretKeyRef } }]);
    },
  };
}

export function serviceProgram(service: Service): Program {
  const { value } = service;
  const image = value.get('image');
  const variables = value.get('environment');
  return {
    subject: serviceSubject(service),
    image,
    repository: repositoryIn(image) ?? '',
    hasOwnEntrypoint: value.get('entrypoint') !== undefined,
    command: readCommandLine(value, ['entrypoint', 'command']),
    environment: serviceEnvironment(variables),
    mayHaveMore: ['env_file', 'extends'].some((name) => value.get(name) !== undefined) || variables?.isUnknown === true,
    setSecret: (variable) => {
      const required = `\${${variable}:?}`;
      return variables?.isSequence
        ? append(variables, `${variable}=${required}`)
        : put(value, ['environment', variable], required);
    },
  };
}

/** `NAME: value` and `NAME=value`; a name alone takes its value from the shell. */
function serviceEnvironment(variables: Value | undefined): Map<string, ProgramVariable> {
  const fields = (variables?.fields() ?? []).map(({ name, value }) => {
    const text = value.isNull ? undefined : composeText(value)?.text;
    return [name, { text, at: value }] as const;
  });
  const items = (variables?.items() ?? []).map((item) => {
    const raw = item.rawText ?? '';
    const equals = raw.indexOf('=');
    const text = equals < 0 ? undefined : composeText(item)?.text.slice(equals + 1);
    return [equals < 0 ? raw : raw.slice(0, equals), { text, at: item }] as const;
  });
  return new Map([...fields, ...items]);
}
