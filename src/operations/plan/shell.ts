import { quoteArgv } from '../../transport/quote.ts';

/** A program with its arguments, as a person would run it: nothing secret is among them. */
export interface ShellCommand {
  readonly argv: readonly string[];
  /** What it reads from standard input. */
  readonly input?: ShellInput | undefined;
  /** The file that its output goes to. */
  readonly output?: string | undefined;
}

export type ShellInput =
  /** A text, as a here-document. */
  | { readonly kind: 'text'; readonly text: string }
  /** The text that another program prints; `on` is where that runs, if not on the same host. */
  | { readonly kind: 'program'; readonly argv: readonly string[]; readonly on?: ShellHost | undefined };

/** A host, as people and ssh call it. */
export interface ShellHost {
  readonly name: string;
  /** What one gives to `ssh`; undefined: the machine that the script runs on. */
  readonly ssh: string | undefined;
}

/** For programs that read a file and are to read standard input. */
export const standardInput = '/dev/stdin';

/** The lines of a POSIX shell that run the command on the host. */
export function shellLines(command: ShellCommand, host: ShellHost): readonly string[] {
  const { argv, input, output } = command;
  const redirect = output === undefined ? '' : ` > ${quoteArgv([output])}`;
  // sshd gives a program a socket as standard input, which cannot be opened as a file; a pipe can.
  const pipe = host.ssh !== undefined && argv.some((word) => word.endsWith(standardInput)) ? 'cat | ' : '';
  const line = onHost(host, `${pipe}${quoteArgv(argv)}${redirect}`, input !== undefined);
  if (input === undefined) return [line];
  if (input.kind === 'program') {
    // Of a pipe whose first program fails, the shell would not notice. printf is the shell's own: `ps` shows nothing.
    const program = onHost(input.on ?? host, quoteArgv(input.argv), false);
    // Without the x, the shell would take away the newline at the end, which a keyring needs.
    return [`value=$(${program} && printf x)`, `printf %s "\${value%x}" | ${line}`];
  }
  const lines = input.text.replace(/\n$/, '').split('\n');
  const end = endMark(lines);
  return [`${line} <<'${end}'`, ...lines, end];
}

/** A word that is none of the lines. */
function endMark(lines: readonly string[]): string {
  let mark = 'EOF';
  while (lines.includes(mark)) mark += '_';
  return mark;
}

/** Without input, ssh must not take what the shell itself reads: the rest of the script. */
function onHost({ ssh }: ShellHost, line: string, hasInput: boolean): string {
  if (ssh === undefined) return line;
  return `ssh ${hasInput ? '' : '-n '}-- ${quoteArgv([ssh])} ${quoteArgv([line])}`;
}
