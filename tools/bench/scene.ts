import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundling/bundle.ts';
import type { LabHost } from '../lab/host.ts';
import { startLab, type Lab } from '../lab/lab.ts';
import { defineDomains, definePools } from '../lab/load.ts';
import type { Say } from '../say.ts';
import { Line } from './line.ts';

export const domainCount = 1000;
export const poolCount = 20;

/** A way to the host, with a latency. */
export interface Reach {
  /** Its name in the SSH configuration. */
  readonly name: string;
  readonly line: Line;
}

/** All that is measured works on this: a host with many domains, and the ways to it. */
export interface Scene {
  readonly lab: Lab;
  readonly host: LabHost;
  /** `near` without latency, `far` with 50 ms as TCP has them, `delayed` with these 50 ms of latency alone. */
  readonly near: Reach;
  readonly far: Reach;
  readonly delayed: Reach;
  /** A home folder whose ~/.ssh/config knows both. */
  readonly home: string;
  readonly sshConfig: string;
  /** Starts ssh with that configuration, for programs that only take the name of a program. */
  readonly sshProgram: string;
  /** The production bundle of the extension, and the measured program beside it. */
  readonly bundleFolder: string;
  /** For whatever else is needed; removed when this process ends. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts a lab and fills it: what a lab's host has, and as many more domains and pools as are missing. */
export async function setScene(say: Say): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const bundleFolder = join(folder, 'dist');
  await bundle({
    outdir: bundleFolder,
    production: true,
    programs: { client: join(import.meta.dirname, 'client.ts') },
  });
  const lab = await startLab({ log: say });
  try {
    const host = lab.host('kvm1');
    say(`Defining ${domainCount} domains and ${poolCount} pools.`);
    await fill(host);
    const near = { name: 'near', line: await Line.start(host.sshPort, { kind: 'tcp', roundTripMs: 0 }) };
    const far = { name: 'far', line: await Line.start(host.sshPort, { kind: 'tcp', roundTripMs: 50 }) };
    const delayed = {
      name: 'delayed',
      line: await Line.start(host.sshPort, { kind: 'delay', roundTripMs: 50 }),
    };
    const home = join(folder, 'home');
    await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    const sshConfig = join(home, '.ssh', 'config');
    await writeFile(sshConfig, [near, far, delayed].map((reach) => sshConfigOf(reach, lab)).join(''));
    const sshProgram = join(folder, 'ssh');
    await writeFile(sshProgram, `#!/bin/sh\nexec ssh -F '${sshConfig}' "$@"\n`);
    await chmod(sshProgram, 0o755);
    const stop = async (): Promise<void> => {
      await Promise.all([near, far, delayed].map(({ line }) => line.close()));
      await lab.stop();
    };
    return { lab, host, near, far, delayed, home, sshConfig, sshProgram, bundleFolder, folder, stop };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

async function fill(host: LabHost): Promise<void> {
  const names = async (...list: string[]): Promise<number> =>
    (await host.virsh(...list, '--all', '--name')).split('\n').filter((name) => name !== '').length;
  await defineDomains(host, domainCount - (await names('list')));
  await definePools(host, poolCount - (await names('pool-list')));
}

function sshConfigOf({ name, line }: Reach, { ssh }: Lab): string {
  return `Host ${name}
  HostName 127.0.0.1
  Port ${line.port}
  User root
  BatchMode yes
  IdentityFile "${ssh.identityPath}"
  IdentitiesOnly yes
  UserKnownHostsFile "${ssh.knownHostsPath}"
  HostKeyAlias kvm1
  StrictHostKeyChecking yes

`;
}
