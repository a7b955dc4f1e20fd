import { DerivedText } from '../../language/derived-text.ts';
import { visitJson } from '../../language/grammars.ts';
import { type CommandLine, type GivenVariables, readShell } from '../../language/shell/command-line.ts';
import type { Range } from '../../language/text.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import { withLineFeeds } from '../../language/yaml/line-ends.ts';
import { type ContainerCommand, readContainerCommand } from '../commands/container-command.ts';
import { readGitlab, readWorkflow } from './ci.ts';
import { readDevcontainer } from './devcontainer.ts';
import { runInstructions } from './dockerfile.ts';
import { documentedScripts, type Fence } from './documentation.ts';
import type { ScriptKind } from './file-kinds.ts';
import { handedManifests } from './handed-manifests.ts';
import { makefileScripts } from './makefile.ts';
import { readUnit } from './systemd-unit.ts';

/** A file with container commands. */
export interface ScriptFile {
  readonly kind: ScriptKind;
  readonly commands: readonly ContainerCommand[];
  /** Every command line that was read, so that an edit can be checked against all of them. */
  readonly lines: readonly CommandLine[];
  /** The manifests that its scripts hand to commands. */
  readonly handed: readonly Fence[];
  /** Where something is nested too deep to be read. */
  readonly tooDeep: readonly Range[];
}

/** A quick look for what every text with a container command says; nothing else is parsed. */
const MAY_RUN_CONTAINERS = /\b(?:docker|podman|nerdctl|finch)\b/;
/** What says the same without naming a program. */
const MAY_BE_CONTAINER: Partial<Record<ScriptKind, RegExp>> = {
  dockerfile: /--(?:network|security)=/,
  unit: /^\[(?:Container|Pod|Kube|Build)\]/m,
  workflow: /\bcontainer:|\bservices:/,
  devcontainer: /"(?:runArgs|privileged|capAdd|securityOpt|mounts|workspaceMount|features)"/,
};

/** Reads a file of a kind; undefined where it cannot hold a container command. Never throws. */
export function readScriptFile(kind: ScriptKind, text: string): ScriptFile | undefined {
  const mayHoldCommand = MAY_RUN_CONTAINERS.test(text) || MAY_BE_CONTAINER[kind]?.test(text) === true;
  return mayHoldCommand ? parseScriptFile(kind, text) : undefined;
}

/** Reads a file of a kind, whatever it holds. Never throws. */
export function parseScriptFile(kind: ScriptKind, text: string): ScriptFile {
  const { scripts, given, commands = [], lines = [] } = partsOf(kind, text);
  const read = scripts.map((script) => readShell(script, given?.(script)));
  const run = read.flatMap((script) => script.commands);
  return {
    kind,
    commands: [...commands, ...run.flatMap((line) => readContainerCommand(line) ?? [])],
    lines: [...lines, ...run],
    handed: handedManifests(read.flatMap(({ inputs }) => inputs)),
    tooDeep: read.flatMap(({ tooDeep }) => tooDeep),
  };
}

/** The shell scripts in a file of a kind. */
export function shellTexts(kind: ScriptKind, text: string): readonly DerivedText[] {
  return partsOf(kind, text).scripts;
}

interface Parts {
  readonly scripts: readonly DerivedText[];
  /** What the file says of the variables in one of them. */
  readonly given?: (script: DerivedText) => GivenVariables | undefined;
  readonly commands?: readonly ContainerCommand[];
  readonly lines?: readonly CommandLine[];
}

function partsOf(kind: ScriptKind, text: string): Parts {
  switch (kind) {
    case 'shell':
      return { scripts: [DerivedText.within(text, { start: 0, end: text.length })] };
    case 'makefile':
      return { scripts: makefileScripts(text) };
    case 'markdown':
    case 'mdx':
    case 'rst':
      return { scripts: documentedScripts(kind, text) };
    case 'unit': {
      const { given, ...parts } = readUnit(text);
      return { ...parts, given: () => given };
    }
    case 'dockerfile': {
      const runs = runInstructions(text);
      const given = new Map(runs.flatMap((run) => run.scripts.map((script) => [script, run.given])));
      return {
        given: (script) => given.get(script),
        scripts: runs.flatMap(({ scripts }) => scripts),
        commands: runs.flatMap(({ commands }) => commands),
        lines: runs.flatMap(({ lines }) => lines),
      };
    }
    default:
      return yamlParts(kind, text);
  }
}

function yamlParts(kind: 'workflow' | 'gitlab' | 'devcontainer', text: string): Parts {
  const root = parseScriptDocument(kind, text)[0]?.root;
  if (!root?.isMapping) return { scripts: [] };
  if (kind === 'workflow') return readWorkflow(root);
  if (kind === 'gitlab') return readGitlab(root);
  return readDevcontainer(root);
}

/** The YAML or JSON document that some kinds of script files are. */
export function parseScriptDocument(kind: ScriptKind, text: string): YamlDocument[] {
  return YamlDocument.parse(yamlText(kind, text), { start: 0, end: text.length });
}

/**
 * The text as a YAML parser can read it, at the same length: with the line ends of YAML, which the parsers of GitHub and GitLab
 * take as go-yaml does, or without the comments of JSON.
 */
export function yamlText(kind: ScriptKind, text: string): string {
  if (kind !== 'devcontainer') return withLineFeeds(text);
  const characters = text.split('');
  visitJson(text, {
    onComment: (offset, length) => {
      for (let at = offset; at < offset + length; at++) if (!/[\r\n]/.test(text[at] ?? '')) characters[at] = ' ';
    },
  });
  return characters.join('');
}
