import { TimeoutError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { ReportProgress } from '../base/progress.ts';
import { waitFor, type WaitOptions } from '../base/waiting.ts';
import type { Command, RunningProgram } from '../transport/transport.ts';
import { accessArguments, type CephAccess, type CephClient } from './cephAccess.ts';
import { CephError, Errno } from './cephError.ts';

/**
 * Takes the key from the first line of standard input into a file that only this user can read, in memory where the
 * host has such a place, for as long as the program runs; the program gets the rest of standard input.
 */
const withKeyFile = [
  'umask 077',
  'IFS= read -r key || exit 125',
  'file=$(mktemp -p /dev/shm 2>/dev/null || mktemp) || exit 125',
  `trap 'rm -f "$file"' EXIT`,
  `trap 'exit 143' HUP INT PIPE TERM`,
  'printf %s "$key" >"$file"',
  'unset key',
  'program=$1; shift',
  'CEPH_ARGS= "$program" --keyfile "$file" "$@"',
].join('; ');

/** `ceph` takes what $CEPH_ARGS says for words of the command, and other identities are not wanted. */
const withoutArgs = ['env', 'CEPH_ARGS='] as const;

/** The command, and what must be written to its standard input first. */
export function cephCommand(
  program: string,
  args: readonly string[],
  access: CephAccess,
): { readonly command: Command; readonly input: string } {
  const whole = [...accessArguments(access), ...args];
  if (access.key !== undefined)
    return {
      command: ['sh', '-c', withKeyFile, 'sh', program, ...whole],
      input: `${access.key}\n`,
    };
  return {
    command:
      access.viaSudo === true ? ['sudo', '-n', program, ...whole] : [...withoutArgs, program, ...whole],
    input: '',
  };
}

export interface CephRunOptions extends WaitOptions {
  /** Told what the program says of how far it is. */
  readonly report?: ReportProgress | undefined;
}

/** What an answer may take that needs no work but by the monitors and a few objects. */
const quickMs = 60_000;
const maxOutputBytes = 256 * 1024 * 1024;

/**
 * Standard output of a program of Ceph that was run to its end. Rejects with a {@link CephError} when it fails; a
 * program that is no longer waited for is ended on the host. 60 seconds unless the options say otherwise.
 */
export async function runCeph(
  client: CephClient,
  program: string,
  args: readonly string[],
  options: WaitOptions = {},
): Promise<string> {
  const { transport, access } = client;
  const { command, input } = cephCommand(program, args, access);
  const result = await transport.exec(command, { timeoutMs: quickMs, ...options, input, maxOutputBytes });
  if (result.exitCode !== 0) throw failure(client, program, result.exitCode, withoutKey(result.stderr));
  return result.stdout.toString();
}

/** The JSON that the program prints; undefined when it prints nothing. */
export async function askCeph(
  client: CephClient,
  program: string,
  args: readonly string[],
  options?: WaitOptions,
): Promise<unknown> {
  const text = await runCeph(client, program, ['--format=json', ...args], options);
  return text.trim() === '' ? undefined : JSON.parse(text);
}

/** Lets a program run that takes as long as there is data, and tells how far it is. */
export async function workCeph(
  client: CephClient,
  program: string,
  args: readonly string[],
  { signal, timeoutMs, report }: CephRunOptions = {},
): Promise<void> {
  const running = await startCeph(client, program, args, { signal });
  running.onStderr((text) => {
    const percent = /(\d+)% complete[^%]*$/.exec(text)?.[1];
    if (percent !== undefined) report?.({ fraction: Number(percent) / 100 });
  });
  running.stream.resume().end();
  try {
    await waitFor(running.succeeded, { signal, timeoutMs }, () =>
      t('{0} on {1} did not end within {2} s.', program, client.transport.label, (timeoutMs ?? 0) / 1000),
    );
  } catch (error) {
    if (!(error instanceof CephError)) running.kill();
    throw error;
  }
}

/** A program of Ceph that runs: its standard input and output are the stream. */
export interface RunningCeph extends Pick<RunningProgram, 'stream' | 'kill'> {
  /** Rejects with a {@link CephError} when the program fails or is killed. */
  readonly succeeded: Promise<void>;
  /** Each piece of standard error as it comes. */
  onStderr(listener: (text: string) => void): void;
}

/** Kept of standard error: the end. */
const keptStderr = 16_384;

export async function startCeph(
  client: CephClient,
  program: string,
  args: readonly string[],
  options: WaitOptions = {},
): Promise<RunningCeph> {
  const { command, input } = cephCommand(program, args, client.access);
  const running = await client.transport.spawn(command, options);
  const listeners: ((text: string) => void)[] = [];
  let said = '';
  const drained = new Promise<void>((resolve) => {
    running.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      said = (said + text).slice(-keptStderr);
      for (const listener of listeners) listener(text);
    });
    running.stderr.once('close', resolve).once('end', resolve).once('error', resolve);
  });
  const succeeded = (async (): Promise<void> => {
    const { exitCode } = await running.exited;
    await drained;
    if (exitCode !== 0) throw failure(client, program, exitCode, withoutKey(said));
  })();
  succeeded.catch(() => undefined);
  if (input !== '') running.stream.write(input);
  return {
    stream: running.stream,
    kill: () => {
      running.kill();
    },
    succeeded,
    onStderr: (listener) => {
      listeners.push(listener);
    },
  };
}

/** librados shows a key that it cannot read: `auth: failed to decode key 'AQ...'`. */
export function withoutKey(stderr: string): string {
  return stderr.replaceAll(/(failed to decode key) '[^']*'/g, '$1');
}

function failure(
  { transport: { label } }: CephClient,
  program: string,
  exitCode: number | undefined,
  stderr: string,
): Error {
  if (exitCode === 127) return new CephError(program, label, 'no-program', stderr);
  if (exitCode === undefined || exitCode === 143)
    return new TimeoutError(t('{0} on {1} was ended before it was done.', program, label), { raw: stderr });
  return new CephError(program, label, errnoIn(stderr) ?? exitCode, stderr);
}

/**
 * `ceph` ends with 1 whenever it does not reach the cluster; why, it writes: `[errno 110] RADOS timed out (...)`, or only
 * `timed out` where it waited no longer than it was told to.
 */
function errnoIn(stderr: string): number | undefined {
  if (/^timed out$/m.test(stderr.trim())) return Errno.ETIMEDOUT;
  const errno = /^\[errno (\d+)\] .*\(error connecting to the cluster\)/im.exec(stderr)?.[1];
  return errno === undefined ? undefined : Number(errno);
}
