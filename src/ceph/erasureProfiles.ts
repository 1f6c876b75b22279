import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** `data` chunks (k) carry the content, `coding` chunks (m) are added: as many may be lost. */
export interface ErasureChunks {
  readonly data: number;
  readonly coding: number;
}

/** How erasure-coded pools are made, see https://docs.ceph.com/en/latest/rados/operations/erasure-code-profile/. */
export interface ErasureProfile {
  readonly name: string;
  readonly chunks: ErasureChunks;
  /** `jerasure`, `isa`, `clay`, `lrc`, `shec` */
  readonly plugin: string;
  /** What holds no two chunks of the same data: `host`, `osd`, `rack` ... */
  readonly failureDomain: string;
  /** Where in the CRUSH tree the data is kept. */
  readonly root: string;
  /** `ssd`, `hdd`, `nvme`; undefined: any. */
  readonly deviceClass: string | undefined;
}

export async function listErasureProfiles(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly ErasureProfile[]> {
  const words = ['osd', 'erasure-code-profile', 'ls'];
  const names = (await askMonitors(client, words, options)) as readonly string[];
  return Promise.all(names.map((name) => getErasureProfile(client, name, options)));
}

/** Rejects with ENOENT when there is no such profile. */
export async function getErasureProfile(
  client: CephClient,
  name: string,
  options?: WaitOptions,
): Promise<ErasureProfile> {
  const words = ['osd', 'erasure-code-profile', 'get', name];
  const profile = (await askMonitors(client, words, options)) as Readonly<Record<string, string>>;
  const deviceClass = profile['crush-device-class'] ?? '';
  return {
    name,
    chunks: { data: Number(profile['k'] ?? 0), coding: Number(profile['m'] ?? 0) },
    plugin: profile['plugin'] ?? '',
    failureDomain: profile['crush-failure-domain'] ?? 'host',
    root: profile['crush-root'] ?? 'default',
    deviceClass: deviceClass === '' ? undefined : deviceClass,
  };
}

/** What `ceph` is told to make a profile, of Ceph's own plugin. */
export function newProfileWords({
  name,
  chunks,
  failureDomain,
  root,
  deviceClass,
}: Omit<ErasureProfile, 'plugin'>): readonly string[] {
  return [
    ...['osd', 'erasure-code-profile', 'set', name, `k=${chunks.data}`, `m=${chunks.coding}`],
    ...[`crush-failure-domain=${failureDomain}`, `crush-root=${root}`],
    ...(deviceClass === undefined ? [] : [`crush-device-class=${deviceClass}`]),
  ];
}

/** Rejects with EPERM when there is another profile of the name. */
export async function createErasureProfile(
  client: CephClient,
  profile: Omit<ErasureProfile, 'plugin'>,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, newProfileWords(profile), options);
}

/** Rejects with EBUSY while pools use it. */
export async function removeErasureProfile(
  client: CephClient,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['osd', 'erasure-code-profile', 'rm', name], options);
}
