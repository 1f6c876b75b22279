import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from './machine.ts';
import { greeting } from './ports.ts';
import type { RunningProcess } from './processes.ts';

/**
 * Listens on a port of this system and hands each connection to an sshd of its own on the machine: the connection comes
 * from this system's network, all that the session does is in the machine's.
 */
export async function startSshd(machine: Machine, port: number): Promise<void> {
  const logFile = join(machine.folder, 'log/sshd.log');
  await machine.startOnOuterNetwork(
    [
      'socat',
      `TCP4-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork`,
      'EXEC:"nsenter --net=/proc/1/ns/net /usr/sbin/sshd -i -e",nofork',
    ],
    logFile,
  );
  while ((await greeting(port))?.startsWith('SSH-') !== true) {
    if (!(await machine.processes()).some(isListener)) {
      throw new Error(`sshd of ${machine.name} does not answer:\n${await readFile(logFile, 'utf8')}`);
    }
    await delay(10);
  }
}

/** New connections are refused; open sessions live on. */
export async function stopSshd(machine: Machine): Promise<void> {
  await machine.signal(isListener, 'SIGKILL');
  while ((await machine.processes()).some(isListener)) await delay(5);
}

export async function signalSessions(machine: Machine, signal: NodeJS.Signals): Promise<void> {
  await machine.signal(({ name }) => name.startsWith('sshd'), signal);
}

/** From the moment it is started on, before it has become socat. */
function isListener({ args }: RunningProcess): boolean {
  return args.some((arg) => arg.startsWith('TCP4-LISTEN:'));
}
