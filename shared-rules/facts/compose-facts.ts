import { composeCommand } from '../assembly/compose/commands.ts';
import { readEnvironmentFiles } from '../assembly/compose/environment-file.ts';
import { MOST_FILES } from '../assembly/compose/model.ts';
import { type ComposeProject, composeProject } from '../assembly/compose/project.ts';
import { ENVIRONMENT_NAME, usedFiles } from '../assembly/compose/uses.ts';
import { folderOf } from '../language/paths.ts';
import { type Place, placeOf } from '../language/place.ts';
import { YamlDocument } from '../language/yaml/document.ts';
import type { Value } from '../language/yaml/value.ts';
import { isComposeLike } from '../model/compose/compose.ts';
import { isEnvironmentFile, scriptKind } from '../model/files/file-kinds.ts';
import { parseScriptDocument, type ScriptFile } from '../model/files/script-file.ts';
import type { Content } from '../model/manifest.ts';
import type { ComposeUseFact, Fact } from './fact.ts';
import { sourceFact } from './source-fact.ts';

/** What a text says that Compose projects are put together from. @param path with forward slashes */
export function composeFacts(path: string, text: string, contents: readonly Content[]): Fact[] {
  if (isEnvironmentFile(path)) return [sourceFact(path, text), ...projectInEnvironment(path, text)];
  if (contents.length === 0 && /\.ya?ml$/.test(path) && isComposeLike(text)) {
    const [document] = YamlDocument.parse(text, { start: 0, end: text.length });
    return fileFacts(path, text, document?.root);
  }
  if (scriptKind(path, text) === 'devcontainer') return projectOfDevcontainer(path, text);
  return contents.flatMap((content): Fact[] => {
    if (content.dialect === 'compose') return fileFacts(path, text, content.compose.root);
    if (content.dialect !== 'script') return [];
    return differentCommands(content.script.lines).flatMap((command) =>
      foldersAbove(path).flatMap((folder) => projectFacts(composeProject(folder, command), command.at)),
    );
  });
}

/** So many different commands of a script tell of projects, and so many files of each: every file knows of all. */
const MOST_COMMANDS = 50;

/** The first of the commands that name the same files. */
function differentCommands(lines: ScriptFile['lines']): ComposeCommand[] {
  const byFiles = new Map<string, ComposeCommand>();
  for (const line of lines) {
    const command = composeCommand(line);
    if (!command || command.files.length > MOST_FILES) continue;
    const key = JSON.stringify([command.files, command.environmentFiles, command.folder]);
    if (!byFiles.has(key)) byFiles.set(key, command);
    if (byFiles.size === MOST_COMMANDS) break;
  }
  return [...byFiles.values()];
}

/** What a Compose file says, or a part of one that is none by itself. */
function fileFacts(path: string, text: string, root: Value | undefined): Fact[] {
  const uses = root ? usedFiles(path, root) : [];
  return [sourceFact(path, text), ...uses.map(({ path: used, at }) => useFact(used, path, placeOf(at)))];
}

function useFact(key: string, by: ComposeUseFact['by'], at: Place): ComposeUseFact {
  return { is: 'composeUse', key, by, at };
}

function projectFacts(project: ComposeProject, at: Place): ComposeUseFact[] {
  return project.files.map((file) => useFact(file, project, at));
}

type ComposeCommand = NonNullable<ReturnType<typeof composeCommand>>;

/** So far above a script the folder may lie that it is run in. */
const MOST_FOLDERS = 6;

/** The folder of a file and those above it: any of them may be the one that a command is run in. */
function foldersAbove(path: string): string[] {
  const folders = [folderOf(path)];
  while (folders.at(-1) !== '' && folders.length < MOST_FOLDERS) folders.push(folderOf(folders.at(-1) as string));
  return folders;
}

/** `dockerComposeFile` of a dev container names one file or several (Development Containers specification). */
function projectOfDevcontainer(path: string, text: string): ComposeUseFact[] {
  if (!text.includes('dockerComposeFile')) return [];
  const listed = parseScriptDocument('devcontainer', text)[0]?.root?.get('dockerComposeFile');
  const items = listed?.isSequence ? listed.items() : listed ? [listed] : [];
  const files = items.flatMap((item) => item.text ?? []);
  if (!listed || files.length === 0 || files.length < items.length || files.length > MOST_FILES) return [];
  const project = composeProject(folderOf(path), { files });
  return projectFacts(project, placeOf(items[0] ?? listed));
}

/** `COMPOSE_FILE` in `.env` names the files of the project in its folder. */
function projectInEnvironment(path: string, text: string): ComposeUseFact[] {
  if (!path.endsWith(ENVIRONMENT_NAME) || !text.includes('COMPOSE_FILE')) return [];
  const variables = readEnvironmentFiles([{ text, file: undefined }]);
  const listed = variables.get('COMPOSE_FILE');
  const separator = variables.get('COMPOSE_PATH_SEPARATOR')?.text || ':';
  const files = listed?.text.split(separator).filter((file) => file !== '') ?? [];
  if (!listed || files.length === 0 || files.length > MOST_FILES) return [];
  const folder = folderOf(path);
  return projectFacts(composeProject(folder, { files }), listed.at);
}
