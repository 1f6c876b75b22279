import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command, RunningProgram, Transport } from '../../transport/transport.ts';

/** What is undone on the host when nobody is there any more: `virsh domfsthaw`, `virsh resume`. */
export type Undo = 'domfsthaw' | 'resume';

/**
 * Waits on the host for a word by standard input. When it does not come in time, or standard input ends because the
 * connection is lost or this program is gone, it undoes, again and again until libvirt lets it. A lost SSH connection
 * ends standard input at once; the time limit is for one that is cut off and does not notice.
 */
const script = [
  `trap '' HUP INT TERM PIPE`,
  'limit=$1; uri=$2; undo=$3; domain=$4',
  'command -v virsh >/dev/null && command -v timeout >/dev/null || exit 127',
  'echo armed',
  'word=$(timeout -s KILL "$limit" head -n 1)',
  '[ "$word" = released ] && exit 0',
  'tries=0',
  'until virsh --connect "$uri" "$undo" "$domain" >/dev/null 2>&1; do',
  '  tries=$((tries + 1)); [ "$tries" -lt 40 ] || exit 1; sleep 3',
  'done',
].join('\n');

/** How long a host may take to start a shell. */
const armMs = 15_000;
/** How long one waits for the guard to undo; it goes on trying after that. */
const undoMs = 60_000;

export interface ThawGuard {
  /** All is well again: it does nothing and ends. */
  release(): void;
  /** Has it undo now. `left`: it was not heard of again, because the connection is lost; it undoes by itself. */
  trigger(): Promise<'undone' | 'failed' | 'left'>;
}

export interface GuardedDomain {
  readonly transport: Transport;
  /** What virsh on the host connects to: `qemu:///system`. */
  readonly uri: string;
  readonly uuid: string;
}

/** @returns undefined where the host lacks what it takes: virsh, or a shell */
export async function armGuard(
  { transport, uri, uuid }: GuardedDomain,
  undo: Undo,
  seconds: number,
): Promise<ThawGuard | undefined> {
  let running: RunningProgram;
  try {
    const command: Command = ['sh', '-c', script, 'sh', String(seconds), uri, undo, uuid];
    running = await transport.spawn(command, { timeoutMs: armMs });
  } catch {
    // A user who may use libvirt's socket and run nothing.
    return undefined;
  }
  const { stream, stderr, exited } = running;
  stderr.resume();
  stream.on('error', () => undefined);
  const armed = Promise.race([
    once(stream, 'data').then(() => true),
    exited.then(() => false),
    sleep(armMs, false, { ref: false }),
  ]);
  if (!(await armed.catch(() => false))) {
    running.kill();
    stream.destroy();
    return undefined;
  }
  stream.resume();
  return {
    release: () => {
      stream.end('released\n');
    },
    trigger: async () => {
      stream.end();
      const end = await Promise.race([exited, sleep(undoMs, undefined, { ref: false })]);
      if (end?.exitCode === undefined) return 'left';
      return end.exitCode === 0 ? 'undone' : 'failed';
    },
  };
}
