import type { DerivedText } from '../../language/derived-text.ts';
import { scriptIndex } from '../../language/shell/command-line.ts';
import { remove } from '../../language/yaml/change.ts';
import { scalarScript } from '../../language/yaml/scalar-text.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import {
  type ContainerCommand,
  type Option,
  readContainerCommand,
  readOptions,
} from '../commands/container-command.ts';
import { RUN_FLAGS } from '../commands/flags.ts';
import { engineSubject } from '../workload.ts';
import { listOption, wordsOfList } from './value-options.ts';

/** Lists whose items say the same as an option of `docker run`. Facts: the Development Containers specification. */
const LISTS: Readonly<Record<string, string>> = { capAdd: 'cap-add', securityOpt: 'security-opt', mounts: 'mount' };
const COMMANDS = [
  'initializeCommand',
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
];
/** Features that hand the engine's socket to the container, or make it privileged to run an engine of its own. */
const FEATURES: readonly (readonly [RegExp, Pick<Option, 'name' | 'value'>])[] = [
  [
    /\/docker-(?:outside-of-docker|from-docker)(?::|$)/,
    { name: 'volume', value: '/var/run/docker.sock:/var/run/docker.sock' },
  ],
  [/\/docker-in-docker(?::|$)/, { name: 'privileged', value: 'true' }],
];

/** The container that a devcontainer.json asks for, and what it runs. */
export function readDevcontainer(root: Value): { commands: ContainerCommand[]; scripts: DerivedText[] } {
  const runArgs = root.get('runArgs');
  const privileged = root.field('privileged');
  const options: Option[] = [
    ...(runArgs ? readOptions(wordsOfList(runArgs), 0, RUN_FLAGS, true).options : []),
    ...Object.entries(LISTS).flatMap(([key, name]) =>
      (root.get(key)?.items() ?? []).map((item) => (item.isMapping ? mountOption(item) : listOption(name, item))),
    ),
    ...(privileged?.value.boolean === true ? [listOption('privileged', privileged)] : []),
    ...workspaceMount(root),
    ...(root.get('features')?.fields() ?? []).flatMap(featureOption),
  ];
  const image = root.get('image');
  const name = root.get('name')?.text ?? '';
  const command: ContainerCommand = {
    verb: 'run',
    isDocker: true,
    mayNotRun: false,
    scriptStart: 0,
    subject: engineSubject('dev container', name, root.range, image?.text),
    options,
    image: image?.text === undefined ? undefined : { text: image.text, at: image },
    args: [],
  };
  const lifecycle = COMMANDS.flatMap((name) => {
    const value = root.get(name);
    return value?.isMapping ? value.fields().map((field) => field.value) : (value ?? []);
  });
  const arrays = lifecycle.filter((value) => value.isSequence);
  return {
    commands: [command, ...arrays.flatMap((list) => commandOfList(list) ?? [])],
    scripts: [...lifecycle, ...arrays.map(scriptOfList)].flatMap((value) => scalarScript(value) ?? []),
  };
}

/** An array is run as it is, without a shell. */
function commandOfList(list: Value): ContainerCommand | undefined {
  const words = wordsOfList(list);
  const line = { words: words.words, range: list.range, isConditional: false, scriptStart: list.range.start };
  return readContainerCommand(line, words);
}

/** The script that a shell is given in an array. */
function scriptOfList(list: Value): Value | undefined {
  return list.items()[scriptIndex(wordsOfList(list).words)];
}

function workspaceMount(root: Value): Option[] {
  const field = root.field('workspaceMount');
  return field ? [listOption('mount', field)] : [];
}

/** A mount as an object: `{ "type": "bind", "source": …, "target": … }`. */
function mountOption(item: Value): Option {
  const option = listOption('mount', item);
  const text = (name: string) => item.get(name)?.text ?? '';
  const value = `type=${text('type')},source=${text('source')},target=${text('target')}`;
  return { ...option, value, at: item.get('source') ?? item, spelling: text('source') };
}

function featureOption(field: Field): Option[] {
  const feature = FEATURES.find(([pattern]) => pattern.test(field.name));
  if (!feature) return [];
  return [
    {
      ...listOption('', field),
      ...feature[1],
      at: keyPlace(field),
      spelling: field.name,
      isImplied: true,
      removal: [remove(field)],
    },
  ];
}
