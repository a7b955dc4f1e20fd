import { remembered } from '../../language/remembered.ts';
import { mountOf } from '../commands/command-mounts.ts';
import { type ContainerCommand, optionsOf } from '../commands/container-command.ts';
import { readDevice } from '../devices.ts';
import { imageRepository } from '../image.ts';
import { targetPort } from '../ports.ts';
import { type AiContext, settingOverride } from './overrides.ts';
import { Traits, type WorkloadTraits } from './traits.ts';

/** What the AI classifier looks at. */
export function commandWorkload(command: ContainerCommand, ai: AiContext): WorkloadTraits {
  return workloadsIn(ai)(command);
}

/** Read once, however many of its fields are looked at. */
const workloadsIn = remembered((ai: AiContext) => remembered((command: ContainerCommand) => readWorkload(command, ai)));

function readWorkload(command: ContainerCommand, ai: AiContext): WorkloadTraits {
  const traits = new Traits();
  const { image, subject } = command;
  traits.add('name', subject.name, image?.at);
  traits.add('image', image && imageRepository(image.text), image?.at);
  for (const { value, at } of optionsOf(command, 'env')) traits.add('env', value?.split('=')[0], at);
  for (const { at } of optionsOf(command, 'gpus')) traits.add('compose', 'gpus', at);
  for (const { value, at } of optionsOf(command, 'runtime')) traits.add('compose', `runtime: ${value}`, at);
  for (const { value, at } of optionsOf(command, 'device'))
    traits.add('compose', `device ${readDevice(value ?? '').source}`, at);
  for (const { value, at } of optionsOf(command, 'publish')) traits.add('port', targetPort(value ?? ''), at);
  for (const option of optionsOf(command, 'volume')) traits.add('mount', mountOf(option)?.target?.text, option.at);
  traits.add('argument', command.args.join(' '), image?.at);
  const images = traits.all.filter(({ aspect }) => aspect === 'image');
  return { kind: 'container', namespace: undefined, traits: traits.all, override: settingOverride(ai, images) };
}
