import { remove } from '../../language/yaml/change.ts';
import type { ServerCheck } from './started-program.ts';

const EMPTY_TOKEN = /--(?:NotebookApp|ServerApp|LabApp|IdentityProvider)\.token=(?:''|"")?(?=\s|\\|$)/;
const PASSWORD = /--(?:NotebookApp|ServerApp|PasswordIdentityProvider)\.(?:hashed_)?password=(?!''|""|\s|\\|$)/;
const LOOPBACK = /--ip[= ](?:127\.0\.0\.1|localhost)\b/;

/** An empty token turns Jupyter's login off, unless a password is set: the documentation of Jupyter Server. */
export const openJupyter: ServerCheck = ({ command }, name) => {
  const token = command && EMPTY_TOKEN.exec(command.text);
  if (!command || !token || PASSWORD.test(command.text) || LOOPBACK.test(command.text)) return undefined;
  const [written] = token;
  const part = command.partAt(token.index);
  const isAlone = part.rawText === written && typeof part.key === 'number';
  return {
    check: 'jupyter',
    at: command.placeOf(token),
    message: `${name} starts Jupyter without a login (${written}), and a notebook runs any code. Leave the token out, so that Jupyter makes one and writes it to its log, or set a password.`,
    fixes: isAlone ? [{ title: `Remove ${written}`, safety: 'review', changes: [remove(part)] }] : [],
  };
};
