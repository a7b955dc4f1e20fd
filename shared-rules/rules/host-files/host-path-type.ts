import { ownEntry } from '../../language/own-entry.ts';
import { replace } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { review } from '../fixes.ts';
import { type HostPathType, typeAt } from './host-path-types.ts';
import { nodePath } from './views.ts';

/** What each type means, in words; one that is not here is refused by the API. */
const WORDS: Readonly<Record<HostPathType, string>> = {
  DirectoryOrCreate: 'a folder',
  Directory: 'a folder',
  FileOrCreate: 'a file',
  File: 'a file',
  Socket: 'a socket',
  CharDevice: 'a character device',
  BlockDevice: 'a block device',
};

export const hostPathType = defineRule({
  id: 'host-path-type',
  on: nodePath,
  *detect({ subject, at, path }) {
    const type = at.parent?.get('type');
    const expected = typeAt(path);
    const declared = type?.text as HostPathType | undefined;
    if (!type || !declared || !expected || declared === expected || ownEntry(WORDS, declared) === undefined) return;
    const otherwise = declared.endsWith('OrCreate')
      ? `, and where nothing is there it makes ${WORDS[declared]} in its place`
      : '';
    yield {
      at: type,
      message: `${workloadName(subject)} asks for ${WORDS[declared]} (type: ${declared}), but ${path} is ${WORDS[expected]}. The kubelet looks before it starts the pod, and does not start it${otherwise}. Set type to ${expected}.`,
      fixes: [review(`Set type to ${expected}`, replace(type, expected))],
    };
  },
});
