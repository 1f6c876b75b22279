import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, isExecutable } from './programs.ts';

export interface TestDriver {
  /** The libvirt URI of its made-up host. */
  readonly uri: string;
  stop(): Promise<void>;
}

const nobody = 65534;
const startTimeoutMs = 10_000;

/**
 * Starts a libvirtd of its own for an ordinary user, which has libvirt's test driver: a host that is made up, with a
 * domain, a pool and a network. undefined where libvirtd is not installed.
 */
export async function startTestDriver(): Promise<TestDriver | undefined> {
  const program = (await findProgram(['libvirtd'])) ?? '/usr/sbin/libvirtd';
  if (!(await isExecutable(program))) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'libvirtd-'));
  await mkdir(join(folder, 'run'), { mode: 0o700 });
  // As root it would be the daemon of the system: it would read and change the system's networks and pools.
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if ('uid' in user) for (const path of [folder, join(folder, 'run')]) await chown(path, nobody, nobody);
  const daemon = spawn(program, [], {
    ...user,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_RUNTIME_DIR: join(folder, 'run'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  const kill = (): void => {
    daemon.kill();
  };
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    if (daemon.exitCode === null && daemon.signalCode === null) {
      kill();
      await once(daemon, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const socket = join(folder, 'run', 'libvirt', 'libvirt-sock');
  const end = Date.now() + startTimeoutMs;
  while (!(await isExecutable(socket))) {
    if (Date.now() > end || daemon.exitCode !== null) {
      await stop();
      throw new Error(`${program} did not open ${socket}.`);
    }
    await sleep(100);
  }
  return { uri: `test+unix:///default?socket=${socket}`, stop };
}
