import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from './machine.ts';
import { greeting } from './ports.ts';
import type { RunningProcess } from './processes.ts';

const sshd = '/usr/sbin/sshd -i -e';

/**
 * Listens for SSH in two places: on a port of this system, for whoever uses the lab, and on port 22 of the machine's own
 * address, for the other machines. Each connection gets an sshd of its own, and all that a session does is in the
 * machine's network, wherever it came from.
 */
export async function startSshd(machine: Machine, address: string, port: number): Promise<void> {
  const logFile = join(machine.folder, 'log/sshd.log');
  await machine.startDaemon(
    ['socat', `TCP4-LISTEN:22,bind=${address},reuseaddr,fork`, `EXEC:"${sshd}",nofork`],
    logFile,
  );
  const fromOutside = `EXEC:"nsenter --net=/proc/1/ns/net ${sshd}",nofork`;
  await machine.startDaemon(
    ['socat', `TCP4-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork`, fromOutside],
    logFile,
    { network: 'outer' },
  );
  const giveUp = Date.now() + 10_000;
  while (!(await answers(machine, port))) {
    if (Date.now() > giveUp) {
      throw new Error(`sshd of ${machine.name} does not answer:\n${await readFile(logFile, 'utf8')}`);
    }
    await delay(10);
  }
}

/** Whether both listeners are there, and it is not somebody else who answers on the port. */
async function answers(machine: Machine, port: number): Promise<boolean> {
  if ((await machine.processes()).filter(isListener).length < 2) return false;
  return (await greeting(port))?.startsWith('SSH-') === true;
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
