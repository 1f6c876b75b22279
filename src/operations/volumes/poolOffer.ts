import { t } from '../../base/l10n.ts';

/** What volumes of a pool can be. */
export interface PoolOffer {
  /** Formats that libvirt can make there, the usual one first; one that is empty where nothing is to be chosen. */
  readonly formats: readonly string[];
  /** A volume can hold only what differs from another one. */
  readonly overlays: boolean;
  /** Less than the capacity can be taken at once. */
  readonly thin: boolean;
  readonly encryption: boolean;
  /** A new size can be less than it is: by libvirt, or by rbd. */
  readonly shrinks: boolean;
}

const files: PoolOffer = {
  formats: ['qcow2', 'raw', 'vmdk', 'vdi', 'vpc', 'qed'],
  overlays: true,
  thin: true,
  encryption: true,
  shrinks: true,
};
const blocks: PoolOffer = { formats: [], overlays: false, thin: false, encryption: false, shrinks: false };

/** By libvirt's type of pool. Those that are not here cannot make volumes: they show what is there. */
const offers: Readonly<Partial<Record<string, PoolOffer>>> = {
  dir: files,
  fs: files,
  netfs: files,
  vstorage: files,
  rbd: { ...blocks, shrinks: true },
  logical: { ...blocks, thin: true, encryption: true },
  disk: blocks,
  zfs: { ...blocks, thin: true },
  sheepdog: blocks,
};

/** undefined when libvirt cannot make volumes in pools of this type. */
export function offerOfPool(type: string): PoolOffer | undefined {
  return offers[type];
}

/** Why a volume cannot have this name, undefined when it can. @param taken names that are there already */
export function refuseVolumeName(name: string, type: string, taken: ReadonlySet<string>): string | undefined {
  if (name.trim() === '') return t('It needs a name.');
  if (taken.has(name)) return t('The pool has a volume of this name already.');
  if (/\p{Cc}/u.test(name)) return t('A name cannot hold control characters.');
  if (name.includes('/') || name === '.' || name === '..') return t('A name cannot be a path.');
  if (type === 'rbd' && name.includes('@')) return t('The name of an RBD image cannot hold “@”.');
  if (type === 'logical' && !/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(name))
    return t('The name of a logical volume is of letters, digits and “_ + . -”.');
  if (Buffer.byteLength(name) > 255) return t('The name is too long.');
  return undefined;
}

/** More than any storage holds is a slip of the keyboard. */
const largest = 2 ** 60;

/** Why a volume cannot have this size, undefined when it can. */
export function refuseVolumeSize(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return t('Write a size with its unit: 20G, 1.5 TiB, 512M.');
  if (bytes < 1) return t('It must be more than nothing.');
  if (bytes > largest) return t('That is more than an exbibyte.');
  return undefined;
}
