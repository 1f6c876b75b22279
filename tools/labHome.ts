import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabHost } from './lab/host.ts';
import { startLab, type Lab } from './lab/lab.ts';
import type { Say } from './say.ts';

/** A running lab and somebody who knows its hosts. */
export interface LabHome {
  readonly lab: Lab;
  /** A home folder whose ~/.ssh names the hosts: as HOME of a VS Code server. */
  readonly home: string;
  /** The user settings that list the hosts. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Ends the lab and removes the home folder. */
  stop(): Promise<void>;
}

/**
 * Starts a lab of two hosts: `kvm1` with an inventory and a running guest, and `kvm2`, whose libvirt has lost its RBD
 * backend while a pool needed it.
 */
export async function startLabHome(say: Say): Promise<LabHome> {
  const folder = await mkdtemp(join(tmpdir(), 'libvirt-lab-'));
  const home = join(folder, 'home');
  const dropFolder = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', dropFolder);
  let lab: Lab | undefined;
  const stop = async (): Promise<void> => {
    await lab?.stop();
    dropFolder();
    process.off('exit', dropFolder);
  };
  try {
    lab = await startLab({
      folder: join(folder, 'lab'),
      hosts: [{ name: 'kvm1', inventory: true }, { name: 'kvm2' }],
      log: say,
    });
    await loseRbdBackend(lab.host('kvm2'));
    await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    await cp(lab.ssh.configPath, join(home, '.ssh', 'config'));
    await cp(lab.ssh.knownHostsPath, join(home, '.ssh', 'known_hosts'));
    const hosts = [...lab.hosts.keys()].sort().map((name) => ({ uri: `qemu+ssh://${name}/system`, name }));
    return { lab, home, settings: { 'libvirt.hosts': hosts }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As after an upgrade that left the package of the backend out. */
async function loseRbdBackend(host: LabHost): Promise<void> {
  await host.removeRbdBackend();
  await host.restartLibvirtd();
}
