import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { hasManagedSave } from '../../libvirt/domainSaving.ts';
import { getDiskSizes } from '../../libvirt/domainDevices.ts';
import { getDomainState } from '../../libvirt/domains.ts';
import { readDisk, type DomainDisk } from '../../libvirt/model/disk.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { deviceIn } from '../devices/deviceChange.ts';
import { storageNameOfDisk, type AttachableSource } from '../devices/diskStorage.ts';
import type { LibvirtMachine } from '../volumes/cephClientOf.ts';
import type { ImageSpec } from './imageSpec.ts';
import { MoveProblem } from './moveProblem.ts';
import { readChain, type ChainImage } from './qemuImg.ts';
import { findImage } from './findImage.ts';
import { usedOfRbdImage } from './usedOfImage.ts';
import { refusalToMove } from './refusalToMove.ts';

/** A disk that can be moved to other storage. */
export interface MovableDisk {
  /** As the next start has it; of a domain that has no definition, as it runs. */
  readonly element: XmlElement;
  readonly disk: DomainDisk;
  /** How qemu-img opens its image; undefined where only the running QEMU has it. */
  readonly image: ImageSpec | undefined;
  /** How a disk names where it is now; undefined for storage that cannot be gone back to. */
  readonly source: AttachableSource | undefined;
  /** Its own image first, then those below. */
  readonly chain: readonly ChainImage[];
  /** Bytes: what the guest sees. */
  readonly size: number;
  /** Bytes that have to be copied at most; undefined where nobody knows. */
  readonly data: number | undefined;
}

/** A domain whose disks are moved. */
export interface MovingDomain {
  readonly machine: LibvirtMachine;
  readonly domain: DomainRef;
  /** Whether QEMU runs: then it makes the copy itself. */
  readonly active: boolean;
  readonly persistent: boolean;
}

export async function isDomainActive(
  { machine: { connection }, domain }: Pick<MovingDomain, 'machine' | 'domain'>,
  options?: WaitOptions,
): Promise<boolean> {
  const { state } = await getDomainState(connection, domain, options);
  return state !== DomainState.shutoff && state !== DomainState.crashed;
}

/** Rejects with a MoveProblem, whose message says what stands in the way, and its advice what to do about it. */
export async function readMovableDisk(
  moving: MovingDomain,
  target: string,
  options: WaitOptions = {},
): Promise<MovableDisk> {
  const { machine, domain, active, persistent } = moving;
  const { connection, transport } = machine;
  const place = { connection, domain };
  const key = { kind: 'disk', target } as const;
  const [live, next] = await Promise.all([
    active ? deviceIn(place, key, 'live', options) : undefined,
    persistent ? deviceIn(place, key, 'next', options) : undefined,
  ]);
  const element = next ?? live;
  if (!element || (active && !live) || (persistent && !next))
    throw new MoveProblem(
      'not-movable',
      t('{0} of {1} is not the same now and at the next start of the domain.', target, domain.name),
      { advice: t('Shut the domain down, or make both the same first.') },
    );
  refuse(domain.name, live ?? element, active);
  refuse(domain.name, element, active);
  const disk = readDisk(element);
  if (live && next) refuseOtherSource(domain.name, readDisk(live), disk);
  const { image, source } = await findImage(machine, disk, options);
  const inCeph =
    image?.kind === 'rbd'
      ? await usedOfRbdImage({ transport, access: image.access }, image.image, options)
      : undefined;
  if (live) {
    const { capacity, allocation } = await getDiskSizes(connection, domain, target, options);
    return {
      ...{ element, disk, image, source, size: capacity },
      chain: chainOf(readDisk(live)),
      data: readDisk(live).backing.length === 0 && source?.kind === 'file' ? allocation : inCeph,
    };
  }
  await refuseSavedState(moving, options);
  if (!image)
    throw new MoveProblem(
      'not-movable',
      t('qemu-img cannot read the storage of {0} of {1} from outside the domain.', target, domain.name),
      { advice: t('Start the domain: then QEMU itself makes the copy.') },
    );
  const chain = await readChain(transport, image, options);
  if (chain.some(({ isEncrypted }) => isEncrypted)) throw encrypted(domain.name, target);
  const data = chain.map((one) => one.data ?? inCeph);
  return {
    ...{ element, disk, image, source, chain, size: chain[0]?.size ?? 0 },
    data: data.reduce<number | undefined>(
      (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
      0,
    ),
  };
}

function refuse(domain: string, element: XmlElement, active: boolean): void {
  const refusal = refusalToMove(element, active);
  if (!refusal) return;
  throw new MoveProblem(
    'not-movable',
    t('{0} of {1} cannot be moved: {2}', readDisk(element).target, domain, refusal.why),
    { advice: refusal.advice },
  );
}

function refuseOtherSource(domain: string, live: DomainDisk, next: DomainDisk): void {
  const name = ({ source }: DomainDisk): string | undefined => source && storageNameOfDisk(source);
  // A volume is named by its path while it runs.
  if (next.source?.type === 'volume' || name(live) === name(next)) return;
  throw new MoveProblem(
    'not-movable',
    t('{0} of {1} will have another source at the next start than it has now.', next.target, domain),
    { advice: t('Shut the domain down first, or make both the same.') },
  );
}

async function refuseSavedState(
  { machine: { connection }, domain }: MovingDomain,
  options: WaitOptions,
): Promise<void> {
  if (!(await hasManagedSave(connection, domain, options))) return;
  throw new MoveProblem(
    'domain-state',
    t('The memory of {0} is kept on the host, and goes with the disks as they are now.', domain.name),
    { advice: t('Start it and shut it down, or remove its saved state.') },
  );
}

export function encrypted(domain: string, target: string): MoveProblem {
  return new MoveProblem(
    'not-movable',
    t('{0} of {1} cannot be moved: {2}', target, domain, t('its image is encrypted.')),
    {
      advice: t(
        'A copy by QEMU would be readable by everybody. Copy the encrypted file as it is, or decrypt it knowingly.',
      ),
    },
  );
}

function chainOf({ source, format, backing }: DomainDisk): readonly ChainImage[] {
  const images = [...(source ? [{ source, format }] : []), ...backing];
  return images.map((one) => ({
    name: one.source.type === 'file' || one.source.type === 'block' ? one.source.path : '',
    format: one.format ?? 'raw',
    ...{ size: 0, data: undefined, isEncrypted: false, snapshots: [], guessesBacking: false },
  }));
}
