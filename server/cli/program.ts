import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { CONFIG_NAME, type RuleId } from '../../shared-rules/index.ts';
import { BASELINE_NAME } from '../report/baseline.ts';
import { FORMATS } from '../report/formats.ts';
import { type Output, terminal, terminalLines, terminalText } from '../sinks/terminal.ts';
import { unwritable } from '../workspace/write-file.ts';
import { AUDIT_FORMATS, audit } from './audit.ts';
import { writeBaseline } from './baseline.ts';
import { check } from './check.ts';
import { completion, SHELLS } from './completion.ts';
import { EXIT, UsageError } from './exit-status.ts';
import { EXPLAIN_FORMATS, explain } from './explain.ts';
import { fix } from './fix.ts';
import { init } from './init.ts';
import type { Streams } from './inputs.ts';
import {
  failOnOption,
  formatOption,
  inputOptions,
  profileOption,
  quietOption,
  readCount,
  readingOptions,
  readOutput,
  readRule,
  readRules,
} from './options.ts';
import { RULES_FORMATS, rules } from './rules.ts';
import { show } from './show.ts';
import { standardOutput } from './standard-output.ts';

declare const BULKHEAD_VERSION: string;

const PAGES = join(import.meta.dirname, 'rules');
const STREAMS: Streams = { in: process.stdin, out: standardOutput(), err: process.stderr };

const EXITS = '\nExit status: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 internal error.\n';

const program = new Command('bulkhead')
  .description('Finds Kubernetes, Compose and Docker workloads that leave their compartment.')
  .version(BULKHEAD_VERSION, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print help')
  .helpCommand('help [command]', 'Print help for a command.')
  .showSuggestionAfterError()
  .configureOutput({
    writeOut: (text) => STREAMS.out.write(terminalLines(text)),
    writeErr: (text) => STREAMS.err.write(terminalLines(text)),
    outputError: (text, write) => write(text.replace(/^error: /, 'bulkhead: ')),
  })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.clean : EXIT.usage))
  .addHelpText(
    'after',
    `${EXITS}${examples('bulkhead check', 'bulkhead fix --dry-run deploy', 'bulkhead explain host-network', 'bulkhead init')}`,
  );

inputOptions(
  program
    .command('check')
    .description('Check files and folders.')
    .argument('[paths...]', 'files, folders and quoted patterns; - for standard input; without any the current folder')
    .addOption(formatOption(FORMATS))
    .option('-o, --output <format=file>', 'write the findings to a file, too; may be given several times', readOutput)
    .option('-b, --baseline <file>', 'report only what the baseline in a file does not know')
    .addOption(failOnOption())
    .option('--max-findings <number>', 'print so many findings at most', readCount),
)
  .addHelpText(
    'after',
    EXITS +
      examples(
        "bulkhead check deploy 'charts/*/templates/**'",
        'helm template charts/web | bulkhead check -',
        'git diff --name-only -z --diff-filter=d main | bulkhead check --files-from -',
      ),
  )
  .action(async (paths: string[], options) => {
    const program = { version: BULKHEAD_VERSION, pages: PAGES };
    process.exitCode = await check(paths, { ...options, program }, STREAMS);
  });

inputOptions(
  program
    .command('baseline')
    .description('Keep a list of the findings that are known, for check --baseline.')
    .command('write')
    .description('Write everything that is found to the baseline.')
    .argument('[paths...]', 'as for check')
    .option('--file <file>', 'where the baseline is', BASELINE_NAME),
).action(async (paths: string[], options) => {
  process.exitCode = await writeBaseline(paths, options, STREAMS);
});

inputOptions(
  program
    .command('fix')
    .description('Repair files and print what changed.')
    .argument('[paths...]', 'as for check; - repairs standard input onto standard output')
    .option('-n, --dry-run', 'print what would change, and write nothing')
    .option('--unsafe', 'apply fixes that may change what a workload does, too')
    .addOption(new Option('-r, --rule <rule...>', 'repair the findings of these rules only').argParser(readRules)),
)
  .addHelpText(
    'after',
    EXITS +
      examples(
        'bulkhead fix --dry-run',
        'bulkhead fix --rule host-network --unsafe deploy',
        'bulkhead fix --stdin-filename compose.yaml - < compose.yaml',
      ),
  )
  .action(async (paths: string[], options) => {
    process.exitCode = await fix(paths, options, STREAMS);
  });

program
  .command('audit')
  .description('Check what runs: what docker inspect, podman inspect and kubectl get print.')
  .argument('[files...]', 'files with what they print; - or none for standard input')
  .option('-e, --engine [socket]', 'ask the container engine of this machine, at a socket or at the usual one')
  .addOption(formatOption(AUDIT_FORMATS))
  .addOption(profileOption())
  .addOption(failOnOption())
  .addOption(quietOption())
  .addHelpText('after', EXITS + examples('docker inspect $(docker ps -aq) | bulkhead audit', 'bulkhead audit --engine'))
  .action(async (files: string[], options) => {
    process.exitCode = await audit(files, options, STREAMS);
  });

readingOptions(
  program
    .command('show')
    .description('Print Compose projects as they are deployed, with the place where each value is written.')
    .argument('[paths...]', 'Compose files and folders; without any the current folder'),
)
  .addHelpText('after', examples('bulkhead show compose.yaml', 'bulkhead show deploy'))
  .action(async (paths: string[], options) => {
    process.exitCode = await show(paths, options, STREAMS);
  });

program
  .command('explain')
  .description('Print the page of a rule: what it finds, why it matters, what to do.')
  .addArgument(new Argument('<rule>', 'the name in brackets behind a finding').argParser(readRule))
  .addOption(new Option('-f, --format <format>', 'how to print it').choices(EXPLAIN_FORMATS).default('text'))
  .addHelpText('after', examples('bulkhead explain host-network'))
  .action(async (rule: RuleId, options) => {
    process.exitCode = await explain(rule, { ...options, pages: PAGES }, STREAMS);
  });

program
  .command('rules')
  .description('List the rules.')
  .addOption(new Option('-f, --format <format>', 'how to print them').choices(RULES_FORMATS).default('table'))
  .addHelpText('after', examples('bulkhead rules', 'bulkhead rules --format json'))
  .action((options) => {
    process.exitCode = rules(options, STREAMS);
  });

program
  .command('init')
  .description(`Write a first ${CONFIG_NAME} into the current folder.`)
  .option('--force', 'write over one that is there')
  .addHelpText('after', examples('bulkhead init'))
  .action(async (options) => {
    process.exitCode = await init(options, STREAMS);
  });

program
  .command('completion')
  .description('Print a script that lets a shell complete commands, options and rules.')
  .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
  .addHelpText(
    'after',
    examples(
      'source <(bulkhead completion bash)',
      'source <(bulkhead completion zsh)',
      'bulkhead completion fish > ~/.config/fish/completions/bulkhead.fish',
    ),
  )
  .action((shell: (typeof SHELLS)[number]) => {
    STREAMS.out.write(terminalLines(completion(shell, program)));
  });

program
  .command('lsp')
  .description('Start the language server for an editor.')
  .option('--stdio', 'talk over standard input and output')
  .option('--node-ipc', 'talk over the channel of a parent Node process')
  .option('--clientProcessId <pid>', 'end when the process of that id ends', readCount)
  .addHelpText('after', examples('bulkhead lsp --stdio'))
  .action(async (options: { stdio?: boolean; nodeIpc?: boolean }) => {
    if (!options.stdio && !options.nodeIpc) throw new UsageError('lsp: name a channel, such as --stdio.');
    // Nothing else needs it, and it takes a while to load.
    await import('../lsp/serve.ts');
  });

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Ends the program over an error, which is printed in a line. */
function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof UsageError;
  STREAMS.err.write(terminal`bulkhead: ${terminalText((isUsage ? '' : 'internal error: ') + message)}\n`);
  process.exitCode = isUsage ? EXIT.usage : EXIT.internal;
}

for (const stream of new Set<Output>([STREAMS.out, process.stdout, process.stderr]))
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read the output has seen enough, as `head` does.
    if (error.code !== 'EPIPE') fail(new UsageError(`what was printed ${unwritable(error)}.`));
    process.exit();
  });

program.parseAsync().catch(fail);
