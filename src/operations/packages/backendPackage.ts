import type { PoolType } from '../pools/newPool.ts';
import { familyOf, managerOf, type Family, type WantedPackages } from './distributions.ts';

const prefix = 'libvirt-daemon-driver-storage';

/** With this version Debian gave every backend a package of its own; before, most came with the daemon. */
const debianSplit = 10_006_000;

/** What a distribution never builds. RHEL had gluster and iscsi-direct until 8. */
const notBuilt: Readonly<Record<Family, readonly PoolType[]>> = {
  debian: ['vstorage'],
  rhel: ['vstorage', 'zfs'],
  fedora: ['vstorage'],
  suse: ['vstorage', 'zfs'],
};

const ownOnOldDebian: readonly PoolType[] = ['rbd', 'gluster', 'iscsi-direct', 'zfs'];

/**
 * The package with libvirt's backend for pools of a type.
 * @param libvirtVersion as libvirt counts: 9000000 is 9.0.0; undefined: not known
 * @returns undefined when the distribution is not known, does not build the backend, or has it in the daemon's own package
 */
export function backendPackageOf(
  distributions: readonly string[],
  type: PoolType,
  libvirtVersion: number | undefined,
): WantedPackages | undefined {
  const family = familyOf(distributions);
  if (family === undefined || notBuilt[family].includes(type)) return undefined;
  const isOldDebian = family === 'debian' && (libvirtVersion ?? 0) < debianSplit;
  if (isOldDebian && !ownOnOldDebian.includes(type)) return undefined;
  return { manager: managerOf(family), names: [packageName(family, type)] };
}

function packageName(family: Family, type: PoolType): string {
  const isOfCore = type === 'dir' || type === 'fs' || type === 'netfs';
  if (!isOfCore) return `${prefix}-${type}`;
  return family === 'debian' ? prefix : `${prefix}-core`;
}
