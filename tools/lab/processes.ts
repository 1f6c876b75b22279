import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunningProcess {
  readonly pid: number;
  /** Its number in the PID namespace it was started in. */
  readonly pidInside: number;
  /** The first 15 characters of the program's name. */
  readonly name: string;
  readonly args: readonly string[];
  /** Clock ticks from the boot of the system to its start: with the pid, an identity that is never used again. */
  readonly startTime: string;
}

/** All processes of this system that have not ended. */
export async function listProcesses(): Promise<RunningProcess[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => readProcess(Number(name))));
  return found.filter((one) => one !== undefined);
}

/** undefined when there is no such process, or it has ended and waits to be reaped. */
export async function readProcess(pid: number): Promise<RunningProcess | undefined> {
  try {
    const [stat, status, commandLine] = await Promise.all(
      ['stat', 'status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
    );
    // The name in parentheses may hold anything; after it come the state and, twenty fields on, the start time.
    const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return {
      pid,
      pidInside: Number(statusLine(status, 'NSpid').split('\t').at(-1)),
      name: statusLine(status, 'Name'),
      args: (commandLine ?? '').split('\0').slice(0, -1),
      startTime: fields[19] ?? '',
    };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * Those of the processes that live in the same PID namespace as this one; not in a namespace inside it, and not those
 * that hide their namespace even from root.
 */
export async function processesBeside(pid: number): Promise<RunningProcess[]> {
  const namespace = await pidNamespace(pid);
  if (namespace === undefined) return [];
  const processes = await listProcesses();
  const namespaces = await Promise.all(processes.map((one) => pidNamespace(one.pid)));
  return processes.filter((_, index) => namespaces[index] === namespace);
}

/** Ends a process and waits until it, and with the first of a PID namespace all in it, is gone. */
export async function killProcess({
  pid,
  startTime,
}: Pick<RunningProcess, 'pid' | 'startTime'>): Promise<void> {
  while ((await readProcess(pid))?.startTime === startTime) {
    signalProcess(pid, 'SIGKILL');
    await delay(10);
  }
}

/** Sends a signal; a process that has just ended is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

async function pidNamespace(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/ns/pid`);
  } catch (error) {
    if (isGone(error) || isErrno(error, 'EACCES')) return undefined;
    throw error;
  }
}

function statusLine(status: string | undefined, key: string): string {
  return new RegExp(`^${key}:\t(.*)$`, 'm').exec(status ?? '')?.[1] ?? '';
}

function isGone(error: unknown): boolean {
  return isErrno(error, 'ENOENT') || isErrno(error, 'ESRCH');
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
