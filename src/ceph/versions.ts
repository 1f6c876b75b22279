import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/** The daemons of one kind that run one version. */
export interface DaemonVersion {
  /** `mon`, `mgr`, `osd`, `mds`, `rgw` ... */
  readonly daemon: string;
  /** `16.2.15` */
  readonly version: string;
  /** `pacific`; empty where Ceph does not say. */
  readonly release: string;
  readonly count: number;
}

/** What `ceph versions` tells. */
export async function listDaemonVersions(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly DaemonVersion[]> {
  const versions = (await askMonitors(client, ['versions'], options)) as Readonly<
    Record<string, Readonly<Record<string, number>>>
  >;
  return Object.entries(versions)
    .filter(([daemon]) => daemon !== 'overall')
    .flatMap(([daemon, counts]) =>
      Object.entries(counts).map(([text, count]) => ({ daemon, ...parseCephVersion(text), count })),
    );
}

/** Reads `ceph version 16.2.15 (618f...) pacific (stable)`. */
export function parseCephVersion(text: string): Pick<DaemonVersion, 'version' | 'release'> {
  const [, version = '', release = ''] = /ceph version (\S+)(?: \([0-9a-f]*\) (\S+))?/.exec(text) ?? [];
  return { version, release };
}
