import type { Arguments, Options } from './arguments';
import type { Installation } from './installation';
import type { Terminal } from './terminal';

export interface CommandContext {
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly installation: Installation;
  /** Aborted by Control-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** What stands behind the name in the help: 'FILE --target COL [options]'. */
  readonly synopsis: string;
  readonly summary: string;
  readonly options: Options;
  /** @throws UsageError, Problem */
  run(context: CommandContext): Promise<void>;
}

export const JSON_OPTION = { json: { help: 'print one JSON object as the last line' } } as const;

/** Every command has it. */
export const VERBOSE_OPTION = {
  verbose: { help: 'log processes, and where errors come from, to stderr' },
} as const;

export const DEVICE_OPTION = {
  device: {
    value: 'D',
    help: 'auto (a GPU where TensorFlow sees one; the default) or cpu',
  },
} as const;

/** The help of a command. @param program what one types to start it */
export function describeCommand({ name, synopsis, summary, options }: Command, program: string): string {
  const left = (option: string, value: string | undefined): string =>
    value === undefined ? `--${option}` : `--${option} ${value}`;
  const entries = Object.entries({ ...options, ...VERBOSE_OPTION, help: { help: 'show this' } });
  const width = Math.max(...entries.map(([option, entry]) => left(option, valueOf(entry)).length));
  const lines = entries.map(
    ([option, entry]) => `  ${left(option, valueOf(entry)).padEnd(width)}  ${entry.help}`,
  );
  return [`${program} ${name} ${synopsis}`, '', summary, '', ...lines].join('\n');
}

const valueOf = (entry: { readonly value?: string; readonly help: string }): string | undefined =>
  entry.value;
