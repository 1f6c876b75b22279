import type { WaitOptions } from '../../../base/waiting.ts';
import type { Transport } from '../../../transport/transport.ts';
import type { StorageServer } from '../newPool.ts';
import { monitorsInConfiguration } from './monitorList.ts';

/** What /etc/ceph of a host says. */
export interface CephOfHost {
  /** Of its ceph.conf; none when there is no such file, or it may not be read. */
  readonly monitors: readonly StorageServer[];
  /** The Ceph users, `libvirt` of client.libvirt, of whom the host has a keyring, by where that is. */
  readonly keyrings: ReadonlyMap<string, string>;
}

const folder = '/etc/ceph';
const timeoutMs = 10_000;

/** Looks into /etc/ceph: the configuration is read, of keyrings only the names. */
export async function readCephOfHost(transport: Transport, options: WaitOptions = {}): Promise<CephOfHost> {
  const wait = { timeoutMs, ...options };
  const [configuration, listing] = await Promise.all([
    transport.exec(['cat', `${folder}/ceph.conf`], wait),
    transport.exec(['ls', '-1', folder], wait),
  ]);
  return {
    monitors: configuration.exitCode === 0 ? monitorsInConfiguration(configuration.stdout.toString()) : [],
    keyrings: new Map(
      listing.stdout
        .toString()
        .split('\n')
        .flatMap((file) => {
          const client = /^ceph\.client\.([A-Za-z0-9_.-]+)\.keyring$/.exec(file)?.[1];
          return client === undefined ? [] : [[client, `${folder}/${file}`] as const];
        }),
    ),
  };
}
