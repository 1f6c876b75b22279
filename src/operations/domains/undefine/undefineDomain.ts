import { CancelledError, messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import { sentences } from '../../../base/sentences.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { removeRbdImage } from '../../../ceph/rbd.ts';
import { undefineDomain } from '../../../libvirt/domains.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import { deleteVolume, isRbdVolume } from '../../../libvirt/volumes.ts';
import { cephClientOfDisk, type LibvirtMachine } from '../../volumes/cephClientOf.ts';
import { lookAt } from '../../volumes/findings.ts';
import { placeName, type DiskPlace } from '../diskPlace.ts';
import { objections } from './deletableDisks.ts';

export type DeletablePlace = Exclude<DiskPlace, { kind: 'elsewhere' }>;

/** The domain is gone, but not all that was to go with it. */
export class LeftVolumesProblem extends Problem {
  readonly code = 'volumes-left';

  constructor(
    domain: string,
    host: string,
    left: readonly { place: DeletablePlace; why: string }[],
    all: number,
  ) {
    const reasons = left.map(({ place, why }) => t('{0}: {1}', placeName(place), why));
    super(
      sentences(
        t('{0} is undefined on {1}, but {2} of its {3} volumes are left.', domain, host, left.length, all),
        reasons.join('; '),
      ),
      { advice: t('Remove what is in the way, then delete them in their pools.'), raw: reasons.join('\n') },
    );
  }
}

export interface UndefineOptions extends WaitOptions {
  readonly report?: ReportProgress | undefined;
}

/**
 * Undefines a domain, then deletes volumes of it. In this order because each step alone can be made good: libvirt may
 * refuse to undefine, and then no data is lost; a volume that cannot be deleted is named, and can be deleted later.
 * @param flags of `DomainUndefine`
 */
export async function undefineWithVolumes(
  machine: LibvirtMachine,
  domain: DomainRef,
  flags: number,
  places: readonly DeletablePlace[],
  { report, ...options }: UndefineOptions = {},
): Promise<void> {
  const { connection } = machine;
  // From here on a cancel ends what is to come, not what is under way: how that ends must be known.
  await undefineDomain(connection, domain, flags, { timeoutMs: options.timeoutMs });
  const left: { place: DeletablePlace; why: string }[] = [];
  for (const [index, place] of places.entries()) {
    report?.({ fraction: index / places.length, message: t('Deleting {0}', placeName(place)) });
    try {
      if (options.signal?.aborted === true) throw new CancelledError();
      await deletePlace(machine, place, options);
    } catch (error) {
      left.push({ place, why: await reasonFor(machine, domain, place, error) });
    }
  }
  if (left.length > 0) throw new LeftVolumesProblem(domain.name, connection.host, left, places.length);
}

async function deletePlace(
  machine: LibvirtMachine,
  place: DeletablePlace,
  options: WaitOptions,
): Promise<void> {
  if (place.kind === 'volume') await deleteVolume(machine.connection, place.volume, 0, options);
  else await removeRbdImage(await cephClientOfDisk(machine, place.source, options), place.image, options);
}

/** libvirt says "No such file or directory" of an RBD image that has snapshots or is open: Ceph is asked. */
async function reasonFor(
  machine: LibvirtMachine,
  { name }: DomainRef,
  place: DeletablePlace,
  error: unknown,
): Promise<string> {
  if (place.kind !== 'volume' || !isRbdVolume(place.volume)) return messageOf(error);
  if (error instanceof CancelledError) return messageOf(error);
  const found = await lookAt(machine, place.volume, { timeoutMs: 20_000 })
    .then((findings) => objections(findings, name))
    .catch(() => []);
  return found.length > 0
    ? found.join(', ')
    : t(
        '{0} (of an RBD image this often means that it has snapshots or is open somewhere)',
        messageOf(error),
      );
}
