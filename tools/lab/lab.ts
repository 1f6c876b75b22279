import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { requireLabSupport } from './availability.ts';
import { keepCapabilities, restoreCapabilities } from './capabilities.ts';
import { LabCeph, type CephOptions } from './ceph.ts';
import { createCluster, untilHealthy } from './cephCluster.ts';
import { guestImage } from './guest.ts';
import { natNetworkXml } from './domains.ts';
import { LabHost, type HostOptions } from './host.ts';
import { setUpHost } from './hostSetup.ts';
import { createImages, createInventory } from './inventory.ts';
import { Machine } from './machine.ts';
import { ensureLabPackages } from './packages.ts';
import { freePort } from './ports.ts';
import { SshAccess } from './sshAccess.ts';
import { claimFolder, isLabFolder, readState, writeState } from './state.ts';
import { connectCephPool, giveCephAccess } from './storage.ts';
import {
  createStorageNetwork,
  hostAddress,
  joinStorageNetwork,
  leaveStorageNetwork,
} from './storageNetwork.ts';

const defaultHosts: readonly HostOptions[] = [{ name: 'kvm1', inventory: true }];
const cephName = 'ceph1';
const hostKeyFile = '/etc/ssh/ssh_host_ed25519_key.pub';

export interface LabOptions {
  /** Where everything of the lab is kept: absent, empty, or what an earlier lab left. Default: a new temporary folder. */
  readonly folder?: string | undefined;
  /** `process` (default): the lab ends when this process does, however it ends. `detached`: it stays until `stop()`. */
  readonly lifetime?: 'process' | 'detached' | undefined;
  /** The SSH port of the first host on 127.0.0.1, the next ports for the next hosts. Default: free ports. */
  readonly sshPort?: number | undefined;
  readonly ceph?: CephOptions | undefined;
  /** Default: one host `kvm1` with an inventory. */
  readonly hosts?: readonly HostOptions[] | undefined;
  /** Told what is being done, a line a step. */
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * A running lab: a Ceph cluster and KVM hosts on it, in namespaces of their own. Nothing of this system is changed, and
 * only the SSH ports are seen from it.
 */
export class Lab {
  readonly folder: string;
  readonly ceph: LabCeph;
  /** The key, known_hosts and configuration file for reaching the hosts by SSH. */
  readonly ssh: SshAccess;
  readonly #firstSshPort: number | undefined;
  readonly #hosts = new Map<string, LabHost>();
  #hostNumber = 0;
  #ready = false;
  #recorded = Promise.resolve();
  readonly #dropFolder = (): void => {
    rmSync(this.folder, { recursive: true, force: true });
  };

  private constructor(folder: string, ceph: Machine, firstSshPort: number | undefined) {
    this.folder = folder;
    this.ceph = new LabCeph(ceph);
    this.ssh = new SshAccess(folder);
    this.#firstSshPort = firstSshPort;
  }

  /** Starts a lab in a folder that is its own, and returns when Ceph is healthy and the hosts answer. */
  static async create(folder: string, options: LabOptions): Promise<Lab> {
    const machine = await Machine.start({
      name: cephName,
      folder: join(folder, cephName),
      endsWithThisProcess: options.lifetime !== 'detached',
    });
    const lab = new Lab(folder, machine, options.sshPort);
    if (options.lifetime !== 'detached') process.once('exit', lab.#dropFolder);
    try {
      await lab.ssh.create();
      await lab.#record();
      await createStorageNetwork(machine);
      const [hosts] = await Promise.all([
        Promise.all((options.hosts ?? defaultHosts).map(async (host) => lab.#boot(host))),
        createCluster(machine, options.ceph),
      ]);
      for (const finish of hosts) await finish();
      await untilHealthy(machine);
      lab.#ready = true;
      await lab.#record();
      return lab;
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  /** The lab that was started with this folder, if its start was finished and it still runs. */
  static async open(folderName: string): Promise<Lab | undefined> {
    const folder = resolve(folderName);
    const state = await readState(folder);
    const machine = await Machine.find(cephName, join(folder, cephName));
    if (!state?.ready || !machine) return undefined;
    const lab = new Lab(folder, machine, state.firstSshPort);
    lab.#ready = true;
    lab.#hostNumber = state.hostNumber;
    for (const record of state.hosts) {
      const host = await Machine.find(record.name, join(folder, record.name));
      if (host) lab.#hosts.set(record.name, new LabHost(host, machine, record));
    }
    return lab;
  }

  get hosts(): ReadonlyMap<string, LabHost> {
    return this.#hosts;
  }

  /** Throws when there is no such host. */
  host(name: string): LabHost {
    const host = this.#hosts.get(name);
    if (!host) throw new Error(`The lab has no host ${name}; it has ${[...this.#hosts.keys()].join(', ')}.`);
    return host;
  }

  /** A host whose start fails is taken away again. */
  async addHost(options: HostOptions): Promise<LabHost> {
    const { name } = options;
    checkHostName(name, this.#hosts);
    try {
      const finish = await this.#boot(options);
      return await finish();
    } catch (error) {
      if (this.#hosts.has(name)) await this.removeHost(name);
      throw error;
    }
  }

  async removeHost(name: string): Promise<void> {
    const host = this.host(name);
    this.#hosts.delete(name);
    await leaveStorageNetwork(this.ceph.machine, name);
    await host.machine.kill();
    await this.ssh.remove({ name, port: host.sshPort });
    await rm(host.machine.folder, { recursive: true });
    await this.#record();
  }

  /** Ends every process of the lab and removes its folder. */
  async stop(): Promise<void> {
    await this.ceph.machine.kill();
    this.#dropFolder();
    process.off('exit', this.#dropFolder);
  }

  /** Starts a host as far as that goes without Ceph; the result does the rest. */
  async #boot(options: HostOptions): Promise<() => Promise<LabHost>> {
    const { name } = options;
    checkHostName(name, this.#hosts);
    const number = this.#hostNumber++;
    const address = hostAddress(number);
    const sshPort =
      options.sshPort ?? (this.#firstSshPort === undefined ? await freePort() : this.#firstSshPort + number);
    const ceph = this.ceph.machine;
    const machine = await Machine.start({ name, folder: join(this.folder, name), inside: ceph });
    const host = new LabHost(machine, ceph, { sshPort, address });
    this.#hosts.set(name, host);
    await joinStorageNetwork(ceph, machine, address);
    await setUpHost(machine, options, this.ssh);
    await restoreCapabilities(machine);
    await Promise.all([host.startLibvirtd(), host.startSshd()]);
    await keepCapabilities(machine);
    await this.ssh.add({ name, port: sshPort, address, hostKey: await machine.readFile(hostKeyFile) });
    await this.#record();
    return async () => {
      await giveCephAccess(host, this.ceph, options);
      await connectCephPool(host, this.ceph, options);
      await host.virsh('net-define', await host.writeXml('default', natNetworkXml()));
      if (options.inventory === true) {
        await createImages(this.ceph);
        await createInventory(host);
      }
      return host;
    };
  }

  /**
   * Lets the machines, and whoever opens the lab later, know of all hosts there are; one change after the other.
   * Another process may have removed some.
   */
  async #record(): Promise<void> {
    this.#recorded = this.#recorded.then(async () => {
      for (const { name, machine } of this.#hosts.values()) {
        if (!(await machine.isRunning())) this.#hosts.delete(name);
      }
      const hosts = [...this.#hosts.values()];
      const names = [
        [this.ceph.monitor.host, cephName],
        ...hosts.map(({ address, name }) => [address, name]),
      ];
      const lines = ['127.0.0.1 localhost', ...names.map((line) => line.join(' '))];
      for (const machine of [this.ceph.machine, ...hosts.map((host) => host.machine)]) {
        await machine.writeFile('/etc/hosts', `${lines.join('\n')}\n`);
        await machine.writeFile('/etc/ssh/ssh_known_hosts', await this.ssh.knownHosts());
      }
      await writeState(this.folder, {
        ready: this.#ready,
        firstSshPort: this.#firstSshPort,
        hostNumber: this.#hostNumber,
        hosts: hosts.map(({ name, sshPort, address }) => ({ name, sshPort, address })),
      });
    });
    return this.#recorded;
  }
}

/** Starts a lab, after installing what it needs, and clearing away what an earlier one left in the folder. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const log = options.log ?? ((): void => undefined);
  await requireLabSupport();
  await ensureLabPackages(log);
  const folder = resolve(options.folder ?? (await mkdtemp(join(tmpdir(), 'lab-'))));
  await mkdir(folder, { recursive: true });
  if (await Lab.open(folder)) throw new Error(`A lab is running in ${folder} already.`);
  await killRest(folder);
  await claimFolder(folder);
  if ((options.hosts ?? defaultHosts).some(({ inventory }) => inventory)) await guestImage(log);
  log(`Starting a Ceph cluster and hosts in ${folder}.`);
  return Lab.create(folder, options);
}

/** Ends the lab of a folder, whatever is left of it, and removes the folder. Returns whether there was one. */
export async function stopLab(folderName: string): Promise<boolean> {
  const folder = resolve(folderName);
  if (!(await isLabFolder(folder))) return false;
  await killRest(folder);
  await rm(folder, { recursive: true, force: true });
  return true;
}

/** Ends what runs of a lab, also of one whose start was never finished. */
async function killRest(folder: string): Promise<void> {
  const machine = await Machine.find(cephName, join(folder, cephName));
  await machine?.kill();
}

/** A host's name is also that of its network card on the Ceph machine. */
function checkHostName(name: string, hosts: ReadonlyMap<string, LabHost>): void {
  if (!/^[a-z][a-z0-9-]{0,14}$/.test(name) || name === cephName) {
    throw new Error(`A host cannot be named '${name}'.`);
  }
  if (hosts.has(name)) throw new Error(`The lab has a host ${name} already.`);
}
