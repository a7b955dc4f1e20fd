import { type ContainerCommand, optionsOf } from '../commands/container-command.ts';
import { imageRepository } from '../image.ts';
import { type AiContext, settingOverride } from './overrides.ts';
import { Traits, type WorkloadTraits } from './traits.ts';

/** What the AI classifier looks at. */
export function commandWorkload(command: ContainerCommand, ai: AiContext): WorkloadTraits {
  const traits = new Traits();
  const { image, subject } = command;
  traits.add('name', subject.name, image?.at);
  traits.add('image', image && imageRepository(image.text), image?.at);
  for (const { value, at } of optionsOf(command, 'env')) traits.add('env', value?.split('=')[0], at);
  for (const { at } of optionsOf(command, 'gpus')) traits.add('compose', 'gpus', at);
  for (const { value, at } of optionsOf(command, 'runtime')) traits.add('compose', `runtime: ${value}`, at);
  for (const { value, at } of optionsOf(command, 'device')) traits.add('compose', `device ${value?.split(':')[0]}`, at);
  for (const { value, at } of optionsOf(command, 'publish'))
    traits.add(
      'port',
      value
        ?.replace(/\/\w+$/, '')
        .split(':')
        .at(-1),
      at,
    );
  for (const { value, at } of optionsOf(command, 'volume')) traits.add('mount', value?.split(':')[1], at);
  traits.add('argument', command.args.join(' '), image?.at);
  const images = traits.all.filter(({ aspect }) => aspect === 'image');
  return { kind: 'container', namespace: undefined, traits: traits.all, override: settingOverride(ai, images) };
}
