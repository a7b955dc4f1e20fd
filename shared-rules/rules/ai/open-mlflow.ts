import { commandFrom, mayHoldOptions } from './server-options.ts';
import type { ServerCheck } from './started-program.ts';

const ALL_ADDRESSES = /(?:--host|-h)[= ]["']?(?:0\.0\.0\.0|::)/;

/** MLflow asks for a login only with `--app-name basic-auth`, or another app: its documentation of authentication. */
export const openMlflow: ServerCheck = ({ command, mayHaveMore, environment }, name) => {
  const started = command && /\bmlflow (?:server|ui)\b/.exec(command.text);
  if (!command || !started || mayHaveMore || environment.has('MLFLOW_APP_NAME')) return undefined;
  const own = commandFrom(command.text, started.index);
  if (!ALL_ADDRESSES.test(own) || /--app-name\b/.test(own) || mayHoldOptions(own)) return undefined;
  return {
    check: 'mlflow',
    at: command.placeOf(started),
    message: `${name} starts an MLflow server without a login on every address. Add --app-name basic-auth, or put a proxy that asks for a login in front.`,
  };
};
