import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface ProgramOptions {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

export interface ProgramResult {
  /** undefined when a signal ended the program. */
  readonly exitCode: number | undefined;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
}

/** Runs a program to its end. Rejects only when it cannot be started. */
export async function tryProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const keep = (chunk: Buffer): void => {
      chunks.push(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ exitCode: code ?? undefined, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** Runs a program that must succeed and returns its output; the error says what it printed last. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { exitCode, output } = await tryProgram(program, args, options);
  if (exitCode !== 0) {
    const end = exitCode === undefined ? 'was ended by a signal' : `ended with exit code ${exitCode}`;
    throw new Error(`${[program, ...args].join(' ')} ${end}:\n${lastLines(output, 20)}`);
  }
  return output;
}

/** The first of these programs that is in PATH, with its folder. */
export async function findProgram(names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
