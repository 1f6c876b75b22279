import type { CephDaemon } from './ceph.ts';
import type { LabHost } from './host.ts';
import type { Lab } from './lab.ts';

/** A failure that can be made, and ended, from the command line. */
export interface Fault {
  readonly does: string;
  /** What it is done to: a host, or one of Ceph's daemons. */
  readonly to: 'HOST' | 'DAEMON';
  run(lab: Lab, target: string): Promise<void>;
}

/** By name, as the command line spells them. */
export const faults: Readonly<Record<string, Fault>> = {
  'ceph-freeze': onDaemon('keeps its connections, answers nothing', async (lab, it) => lab.ceph.freeze(it)),
  'ceph-thaw': onDaemon('answers again', async (lab, it) => lab.ceph.thaw(it)),
  'ceph-kill': onDaemon('is gone at once', async (lab, it) => lab.ceph.kill(it)),
  'ceph-start': onDaemon('starts again', async (lab, it) => lab.ceph.start(it)),
  'libvirtd-restart': onHost('libvirtd restarts', async (host) => host.restartLibvirtd()),
  'libvirtd-stop': onHost('libvirtd stops', async (host) => host.stopLibvirtd()),
  'libvirtd-start': onHost('libvirtd starts', async (host) => host.startLibvirtd()),
  'libvirtd-freeze': onHost('libvirtd answers nothing', async (host) => host.freezeLibvirtd()),
  'libvirtd-thaw': onHost('libvirtd answers again', async (host) => host.thawLibvirtd()),
  'ssh-cut': onHost('every SSH session ends at once', async (host) => host.cutSsh()),
  'ssh-freeze': onHost('SSH sessions stay and say nothing', async (host) => host.freezeSsh()),
  'ssh-thaw': onHost('SSH sessions go on', async (host) => host.thawSsh()),
  'sshd-stop': onHost('new SSH connections are refused', async (host) => host.stopSshd()),
  'sshd-start': onHost('new SSH connections are accepted', async (host) => host.startSshd()),
  'cable-out': onHost('Ceph is out of reach, SSH is not', async (host) => host.cutStorageNetwork()),
  'cable-in': onHost('Ceph is in reach again', async (host) => host.restoreStorageNetwork()),
};

function onHost(does: string, act: (host: LabHost) => Promise<void>): Fault {
  return { does, to: 'HOST', run: async (lab, name) => act(lab.host(name)) };
}

function onDaemon(does: string, act: (lab: Lab, daemon: CephDaemon) => Promise<void>): Fault {
  return {
    does,
    to: 'DAEMON',
    run: async (lab, name) => {
      if (!isDaemon(name)) throw new Error(`Ceph's daemons are mon, mgr, osd.0 ...; not '${name}'.`);
      await act(lab, name);
    },
  };
}

function isDaemon(name: string): name is CephDaemon {
  return /^(mon|mgr|osd\.\d+)$/.test(name);
}
