#!/usr/bin/env node
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { CONFIG_NAME, DEFAULT_SETTINGS, FACTS, PROFILES } from '../shared-rules/index.ts';
import { AUDIT_FORMATS, audit } from './audit.ts';
import { writeBaseline } from './baseline.ts';
import { check } from './check.ts';
import { fix } from './fix.ts';
import { startServer } from './lsp/server.ts';
import { BASELINE_NAME } from './output/baseline.ts';
import type { OutputFile } from './output/write.ts';
import { FORMATS, type Format } from './report.ts';

/** Exit status: 0 nothing found, 1 findings, 2 wrong usage or an error of Bulkhead's own. */
const USAGE_ERROR = 2;

declare const BULKHEAD_VERSION: string;

/** The rules' pages. */
const PAGES = join(import.meta.dirname, 'rules');

const program = new Command('bulkhead')
  .description('Finds Kubernetes and Compose workloads that leave their compartment.')
  .version(BULKHEAD_VERSION)
  .showSuggestionAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE_ERROR));

program
  .command('check')
  .description('Check files and folders. Exit status: 0 nothing found, 1 findings, 2 usage or internal error.')
  .argument('[paths...]', 'files and folders', ['.'])
  .addOption(formatOption(FORMATS))
  .option('-o, --output <format=file>', 'write the findings to a file, too; may be given several times', readOutput)
  .option('-b, --baseline <file>', 'report only what the baseline in a file does not know')
  .addOption(profileOption())
  .option('-c, --config <file>', `the configuration to use, instead of the nearest ${CONFIG_NAME}`)
  .option('--no-config', 'use no configuration')
  .action(async (paths: string[], options) => {
    const program = { version: BULKHEAD_VERSION, pages: PAGES };
    process.exitCode = await check(paths, { ...options, program }, { out: process.stdout, err: process.stderr });
  });

program
  .command('baseline')
  .description('Keep a list of the findings that are known, for check --baseline.')
  .command('write')
  .description('Write everything that is found to the baseline. Exit status: 0 written, 2 error.')
  .argument('[paths...]', 'files and folders', ['.'])
  .option('--file <file>', 'where the baseline is', BASELINE_NAME)
  .addOption(profileOption())
  .option('-c, --config <file>', `the configuration to use, instead of the nearest ${CONFIG_NAME}`)
  .option('--no-config', 'use no configuration')
  .action(async (paths: string[], options) => {
    process.exitCode = await writeBaseline(paths, options, { out: process.stdout, err: process.stderr });
  });

program
  .command('fix')
  .description('Repair files and print what changed. Exit status: 0 done, 1 something to repair (--dry-run), 2 error.')
  .argument('[paths...]', 'files and folders', ['.'])
  .option('-n, --dry-run', 'print what would change, and write nothing')
  .option('--unsafe', 'apply fixes that may change what a workload does, too')
  .addOption(new Option('-r, --rule <rule...>', 'repair the findings of these rules only').choices(Object.keys(FACTS)))
  .addOption(profileOption())
  .option('-c, --config <file>', `the configuration to use, instead of the nearest ${CONFIG_NAME}`)
  .option('--no-config', 'use no configuration')
  .action(async (paths: string[], options) => {
    process.exitCode = await fix(paths, options, { out: process.stdout, err: process.stderr });
  });

program
  .command('audit')
  .description(
    'Check what runs: what docker inspect, podman inspect and kubectl get print. Exit status: 0 nothing found, 1 findings, 2 error.',
  )
  .argument('[files...]', 'files with what they print; - or none for standard input')
  .option('-e, --engine [socket]', 'ask the container engine of this machine, at a socket or at the usual one')
  .addOption(formatOption(AUDIT_FORMATS))
  .addOption(profileOption())
  .action(async (files: string[], options) => {
    const streams = { in: process.stdin, out: process.stdout, err: process.stderr };
    process.exitCode = await audit(files, options, streams);
  });

program
  .command('lsp')
  .description('Start the language server for an editor.')
  .option('--stdio', 'talk over standard input and output')
  .option('--node-ipc', 'talk over the channel of a parent Node process')
  .option('--clientProcessId <pid>', 'end when the process of that id ends', readProcessId)
  .action((options: { stdio?: boolean; nodeIpc?: boolean }) => {
    if (!options.stdio && !options.nodeIpc) program.error('bulkhead lsp: name a channel, such as --stdio.');
    // The connection finds its channel in the process's own arguments.
    startServer(createConnection(ProposedFeatures.all), PAGES);
  });

function formatOption(formats: readonly string[]): Option {
  return new Option('-f, --format <format>', 'how to print findings').choices(formats).default('pretty');
}

/** Reads `sarif=report.sarif`. */
function readOutput(text: string, others: readonly OutputFile[] = []): OutputFile[] {
  const [, name, file] = /^(\w+)=(.+)$/.exec(text) ?? [];
  const format = FORMATS.find((one): one is Format => one === name);
  if (!format || !file)
    throw new InvalidArgumentError(
      `Write FORMAT=FILE, such as sarif=report.sarif; FORMAT is one of ${FORMATS.join(', ')}.`,
    );
  if (others.some((other) => other.file === file)) throw new InvalidArgumentError(`${file} is named twice.`);
  return [...others, { format, file }];
}

function profileOption(): Option {
  const normally = `the configuration's, else ${DEFAULT_SETTINGS.profile}`;
  return new Option('-p, --profile <profile>', `how much to report (default: ${normally})`).choices(PROFILES);
}

function readProcessId(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Not a process id.');
  return Number(text);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the output has seen enough, as `head` does.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`bulkhead: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = USAGE_ERROR;
});
