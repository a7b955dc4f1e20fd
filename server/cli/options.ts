import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  CATALOGUE,
  CONFIG_NAME,
  DEFAULT_SETTINGS,
  nearestName,
  PROFILES,
  type RuleId,
  SetValuesError,
  setKeys,
} from '../../shared-rules/index.ts';
import { FORMATS, type Format } from '../report/formats.ts';
import type { OutputFile } from '../report/write.ts';
import { FAIL_ON } from './exit-status.ts';
import { STANDARD_INPUT } from './inputs.ts';

/** The options of commands that look for findings. */
export function inputOptions(command: Command): Command {
  return readingOptions(
    command
      .addOption(profileOption())
      .option('--policy <file>', 'a file outside of the repository that says what it may not weaken'),
  );
}

/** The options of commands that read files and folders. */
export function readingOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', `the configuration to use, instead of the nearest ${CONFIG_NAME}`)
    .option('--no-config', 'use no configuration')
    .option('--stdin-filename <name>', 'what standard input (-) is called; the name says what it is')
    .option('--files-from <file>', 'files in a list too, one a line or each before a NUL; - for standard input')
    .option('--no-gitignore', 'look at what git ignores, too')
    .option(
      '--values <file>',
      'values of the chart among the paths, instead of its own files; several add up',
      readValuesFile,
    )
    .option('--set <values>', 'single values over these, such as a.b=c,d[0]=e', readSet)
    .option('--set-string <values>', 'the same, as strings', readSetString)
    .addOption(quietOption().conflicts('verbose'))
    .option('-v, --verbose', 'tell what is read and what is left out');
}

export function quietOption(): Option {
  return new Option('-q, --quiet', 'print findings and errors, and nothing else');
}

export function formatOption(formats: readonly string[]): Option {
  return new Option('-f, --format <format>', 'how to print findings').choices(formats).default('pretty');
}

/** Reads `sarif=report.sarif`. */
export function readOutput(text: string, others: readonly OutputFile[] = []): OutputFile[] {
  const [, name, file] = /^(\w+)=(.+)$/.exec(text) ?? [];
  const format = FORMATS.find((one): one is Format => one === name);
  if (!format || !file)
    throw new InvalidArgumentError(
      `Write FORMAT=FILE, such as sarif=report.sarif; FORMAT is one of ${FORMATS.join(', ')}.`,
    );
  if (others.some((other) => other.file === file)) throw new InvalidArgumentError(`${file} is named twice.`);
  return [...others, { format, file }];
}

export function failOnOption(): Option {
  const what = 'the mildest finding that makes the exit status 1';
  return new Option('--fail-on <severity>', what).choices(FAIL_ON).default('low');
}

export function profileOption(): Option {
  const normally = `the configuration's, else ${DEFAULT_SETTINGS.profile}`;
  return new Option('-p, --profile <profile>', `how much to report (default: ${normally})`).choices(PROFILES);
}

function readValuesFile(file: string, others: readonly string[] = []): string[] {
  if (file === STANDARD_INPUT) throw new InvalidArgumentError('Values are read from files.');
  return [...others, file];
}

function readSet(text: string, others: readonly string[] = [], isString = false): string[] {
  try {
    setKeys({ text, isString });
    return [...others, text];
  } catch (error) {
    if (!(error instanceof SetValuesError)) throw error;
    throw new InvalidArgumentError(`Write it as for helm: ${error.message}.`);
  }
}

function readSetString(text: string, others?: readonly string[]): string[] {
  return readSet(text, others, true);
}

export function readCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}

export function readRule(name: string): RuleId {
  if (Object.hasOwn(CATALOGUE, name)) return name as RuleId;
  const near = nearestName(name, Object.keys(CATALOGUE));
  throw new InvalidArgumentError(near ? `Did you mean ${near}?` : '"bulkhead rules" lists all rules.');
}

export function readRules(name: string, others: readonly RuleId[] = []): RuleId[] {
  return [...others, readRule(name)];
}
