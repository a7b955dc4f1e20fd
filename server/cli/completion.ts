import type { Argument, Command, Option } from 'commander';
import { CATALOGUE } from '../../shared-rules/index.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A command as shells need it. */
interface Words {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its arguments may be; undefined for files, and empty for none. */
  readonly values: readonly string[] | undefined;
}

interface OptionWords {
  /** As they are typed, such as `-f` and `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** What its value may be; undefined for files and free texts. */
  readonly values: readonly string[] | undefined;
}

/** A script that completes the command line of a program in a shell. */
export function completion(shell: (typeof SHELLS)[number], program: Command): string {
  const visible = program.createHelp().visibleCommands(program);
  const commands = visible.map((command) => wordsOf(command));
  const names = commands.map(({ name }) => name);
  const all = commands.map((command) => (command.name === 'help' ? { ...command, values: names } : command));
  return { bash, zsh, fish }[shell](all);
}

function wordsOf(command: Command): Words {
  const [argument] = command.registeredArguments;
  const { commands } = command;
  const options = (commands.length > 0 ? commands : [command]).flatMap((one) => one.createHelp().visibleOptions(one));
  const values = argument ? valuesOf(argument, `<${argument.name()}>`) : commands.map((one) => one.name());
  return {
    name: command.name(),
    description: command.description(),
    options: options.map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
      description: option.description,
      takesValue: option.required || option.optional,
      values: valuesOf(option, option.flags),
    })),
    values,
  };
}

function valuesOf({ argChoices }: Option | Argument, form: string): readonly string[] | undefined {
  return /<rule\b/.test(form) ? Object.keys(CATALOGUE) : argChoices;
}

function bash(commands: readonly Words[]): string {
  const cases = commands.map(({ name, options, values }) => {
    const after = options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, values }) => `        ${flags.join('|')}) ${values ? reply(values) : 'return'} ;;`);
    const flags = options.flatMap((option) => option.flags);
    return [
      `    ${name})`,
      '      case "$previous" in',
      ...after,
      `        *) if [[ $word == -* ]]; then ${reply(flags)}; ${values ? `else ${reply(values)}; ` : ''}fi ;;`,
      '      esac ;;',
    ].join('\n');
  });
  return `_bulkhead() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    ${reply(commands.map(({ name }) => name))}
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o default -F _bulkhead bulkhead
`;
}

function reply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word"))`;
}

function zsh(commands: readonly Words[]): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = (text: string) => text.replaceAll(/[[\]:\\]/g, '\\$&');
  const list = commands.map(({ name, description }) => `    ${quote(`${name}:${escaped(description)}`)}`);
  const cases = commands.map(({ name, options, values }) => {
    const specs = options.map(({ flags, description, takesValue, values }) => {
      const value = takesValue ? `:value:${values ? `(${values.join(' ')})` : '_files'}` : '';
      const alternatives = flags.length > 1 ? `${quote(`(${flags.join(' ')})`)}{${flags.join(',')}}` : flags[0];
      return alternatives + quote(`[${escaped(description)}]${value}`);
    });
    const rest = values ? `(${values.join(' ')})` : '_files';
    const all = values?.length === 0 ? specs : [...specs, quote(`*:value:${rest}`)];
    return `    ${name}) _arguments -S ${all.join(' \\\n      ')} ;;`;
  });
  return `#compdef bulkhead
_bulkhead() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _bulkhead ]]; then _bulkhead "$@"; else compdef _bulkhead bulkhead; fi
`;
}

function fish(commands: readonly Words[]): string {
  const quote = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, description, options, values }) => {
    const within = `complete -c bulkhead -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `complete -c bulkhead -n __fish_use_subcommand -f -a ${name} -d ${quote(description)}`,
      ...options.map(({ flags, description, takesValue, values }) => {
        const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const value = takesValue ? (values ? ` -x -a ${quote(values.join(' '))}` : ' -r') : '';
        return `${within} ${names.join(' ')}${value} -d ${quote(description)}`;
      }),
      ...(values ? [`${within} -f${values.length > 0 ? ` -a ${quote(values.join(' '))}` : ''}`] : []),
    ];
  });
  return `${lines.join('\n')}\n`;
}
