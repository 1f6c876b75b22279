import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { isCephError, isForbidden, Errno } from '../../../ceph/cephError.ts';
import { listRbdLocks, isAutomaticLock } from '../../../ceph/rbdLocks.ts';
import { imageOfDisk, type LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { joinUses, strangeWatchers } from '../../../hosts/clusters/imageUses.ts';
import { indexUses } from '../../../hosts/clusters/usesIndex.ts';
import { watcherWords } from '../../../hosts/clusters/useWords.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { listRbdWatchers } from '../../../ceph/rbd.ts';
import { mapInTurns } from '../../../operations/volumes/mapInTurns.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import type { Subject } from '../../subject.ts';
import { subjectOf } from './complainedImage.ts';
import { showUsesRemedies } from './removal.ts';

/** So many images are looked at in a check-up: it takes two programs each. */
const most = 20;

/**
 * Images of domains that are off, and that somebody unknown has open or locked all the same: the domain would start
 * beside another writer, or not at all.
 */
export async function heldElsewhere(failure: string, patient: Patient): Promise<readonly Finding[]> {
  const found = await mapInTurns(await imagesOfOffDomains(patient), 1, (one) =>
    lookAt(failure, one, patient),
  );
  return found.flat();
}

interface OffImage {
  readonly located: LocatedImage;
  readonly domain: Subject & { readonly kind: 'domain' };
}

async function imagesOfOffDomains(patient: Patient): Promise<readonly OffImage[]> {
  const clusters = patient.ward.clusters?.of(patient.session) ?? [];
  const disks = (await patient.domains())
    .filter(({ entry }) => !isActive(entry))
    .flatMap(({ entry, model }) =>
      model.disks.flatMap(({ source, readOnly, shareable }) =>
        source && !readOnly && !shareable ? [{ entry, source }] : [],
      ),
    )
    .flatMap(({ entry, source }) =>
      source.type === 'network' && source.protocol === 'rbd' ? [{ entry, source }] : [],
    );
  const byName = new Map(disks.map((disk) => [disk.source.name, disk]));
  const found = await mapInTurns([...byName.values()].slice(0, most), 2, async ({ entry, source }) => {
    const located = await imageOfDisk(patient.session, source, clusters, patient.wait).catch(
      unlessAborted(patient),
    );
    if (!located) return undefined;
    const { name, uuid } = entry.ref;
    const route = located.cluster?.route;
    const domain = { kind: 'domain' as const, host: patient.name, name, uuid };
    return { located: route ? { ...located, client: route.client } : located, domain };
  });
  return found.filter((one) => one !== undefined);
}

/** Who cannot log in has a failure of its own. */
function unlessAborted({ ward }: Patient): (error: unknown) => undefined {
  return (error) => {
    if (ward.wait.signal?.aborted === true || !(error instanceof Problem)) throw error;
    return undefined;
  };
}

async function lookAt(
  failure: string,
  { located, domain }: OffImage,
  { ward: { sessions }, wait }: Patient,
): Promise<readonly Finding[]> {
  const { image, client, cluster } = located;
  const name = fullName(image);
  try {
    const [watchers, locks] = await Promise.all([
      listRbdWatchers(client, image, wait),
      listRbdLocks(client, image, wait),
    ]);
    const byHand = locks.filter((lock) => !isAutomaticLock(lock));
    if (watchers.length === 0 && byHand.length === 0) return [];
    const index = await indexUses(cluster, sessions, { ...wait, live: watchers.length > 0 });
    const uses = await joinUses(image, index, { kind: 'known', watchers }, sessions, wait);
    const strangers = strangeWatchers(uses);
    if (strangers.length === 0 && byHand.length === 0) return [];
    const about = subjectOf(located, domain);
    return [
      {
        failure,
        severity: 'warning',
        about,
        others: [domain],
        title: t('{0} is held by somebody unknown, while {1} on {2} is off', name, domain.name, domain.host),
        explanation: [
          strangers.length > 0
            ? t(
                'Somebody has the image open who is no domain of a connected host. If {0} is started now, two may write to it.',
                domain.name,
              )
            : t(
                'Somebody has locked the image by hand. While the lock is there, {0} cannot write to it.',
                domain.name,
              ),
        ],
        evidence: [
          ...strangers.map((one) => t('watcher {0}: {1}', one.watcher.address, watcherWords(one))),
          ...byHand.map((lock) => t('lock “{0}” of {1} at {2}', lock.id, lock.locker, lock.address)),
        ],
        remedies: [
          ...showUsesRemedies(about),
          ...(byHand.length > 0 && about.kind === 'image'
            ? [
                {
                  kind: 'command' as const,
                  title: t('Break Lock…'),
                  command: 'libvirt.image.breakLock',
                  on: about,
                },
              ]
            : []),
        ],
      },
    ];
  } catch (error) {
    if (isCephError(error, Errno.ENOENT) || isForbidden(error)) return [];
    throw error;
  }
}
