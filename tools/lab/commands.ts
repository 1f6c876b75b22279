import { spawn } from 'node:child_process';

/** A program and its arguments. */
export type Command = readonly string[];

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Written to standard input, which is then closed. */
  readonly input?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
}

/** Runs a program to its end. Rejects only when it cannot be started or a signal ends it. */
export async function tryCommand(command: Command, options: CommandOptions = {}): Promise<CommandResult> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: options.env ?? process.env,
      cwd: options.cwd,
      // A session without a terminal: virsh complains on a terminal that has no password agent.
      detached: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === null) {
        reject(new Error(`${program} was ended by ${signal ?? 'a signal'}.`));
        return;
      }
      resolve({
        exitCode: code,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
    // A program that does not read its input says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Standard output of a program that must succeed. */
export async function runCommand(command: Command, options: CommandOptions = {}): Promise<string> {
  return outputOf(command, await tryCommand(command, options));
}

/** Standard output, or an error with what the program said. */
export function outputOf(command: Command, { exitCode, stdout, stderr }: CommandResult): string {
  if (exitCode === 0) return stdout;
  throw new Error(`${command.join(' ')} ended with exit code ${exitCode}:\n${stderr || stdout}`);
}
