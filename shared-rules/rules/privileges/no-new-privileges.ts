import { put } from '../../language/yaml/change.ts';
import { knownItems, type Presence } from '../../language/yaml/presence.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { serviceSetting } from '../base-views.ts';
import { review } from '../fixes.ts';
import { isForStack } from './stack-settings.ts';

export const noNewPrivileges = defineRule({
  id: 'no-new-privileges',
  on: serviceSetting('security_opt'),
  *detect({ name, service: { value, file }, presence, at }) {
    // A stack ignores the setting. What a service extends has the finding, or gives it the option.
    if (isForStack(file) || isForWindows(value) || value.get('extends') || !lacksOption(presence)) return;
    const field = value.field('security_opt');
    yield {
      at: field ? keyPlace(field) : at,
      message: `${capitalized(name)} may gain more privileges than it starts with (security_opt has no no-new-privileges:true). A program with the set-user-ID bit, such as sudo, makes a process root. Add the option unless the container needs such a program.`,
      fixes: [review('Add no-new-privileges:true', put(value, ['security_opt'], ['no-new-privileges:true']))],
    };
  },
});

/** Whether the option is not given at all; what it may be set to is another rule's concern. */
function lacksOption(presence: Presence): boolean {
  const texts = knownItems(presence)?.map((item) => composeText(item)?.text);
  return texts?.every((text) => text !== undefined && !/^no-new-privileges(?:[=:]|$)/.test(text)) ?? false;
}

/** Programs have no set-user-ID bit there, and the engine refuses the option (setWindowsCredentialSpec of moby). */
function isForWindows(service: Value): boolean {
  return service.get('isolation') !== undefined || /^windows\b/.test(service.get('platform')?.text ?? '');
}
