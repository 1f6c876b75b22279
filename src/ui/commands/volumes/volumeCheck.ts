import { Problem } from '../../../base/errors.ts';
import { isAutomaticLock, listRbdLocks, type RbdLock } from '../../../ceph/rbdLocks.ts';
import { addressOfClient } from '../../../hosts/clusters/hostAddresses.ts';
import { imageOfVolume } from '../../../hosts/clusters/imageOf.ts';
import {
  openUsers,
  readImageUses,
  strangeWatchers,
  type ImageUses,
} from '../../../hosts/clusters/imageUses.ts';
import { userName, watcherWords } from '../../../hosts/clusters/useWords.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { readVolumeUsers, type VolumeUser } from '../../../hosts/knowledge/volumeUsers.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { lookAt, type VolumeFindings } from '../../../operations/volumes/findings.ts';
import { VolumeProblem } from '../../../operations/volumes/volumeProblem.ts';
import type { CommandServices } from '../command.ts';

/** What was found out about a volume before something is done to it. */
export interface VolumeCheck {
  readonly host: HostSession;
  readonly volume: VolumeRef;
  /** undefined when the host did not tell in time. */
  readonly users: readonly VolumeUser[] | undefined;
  readonly findings: VolumeFindings;
  /** Of an RBD image, who has it open on any host; undefined where Ceph does not tell. */
  readonly uses: ImageUses | undefined;
  /** Of an RBD image: Ceph never ends with deleting one that a person or a program has locked. */
  readonly locks: readonly RbdLock[];
}

export async function checkVolume(
  host: HostSession,
  volume: VolumeRef,
  services: CommandServices,
  signal?: AbortSignal,
): Promise<VolumeCheck> {
  const [users, findings, image] = await Promise.all([
    readVolumeUsers(host, volume, services.registry.sessions, { signal }),
    lookAt(host.require(), volume, { signal }),
    lookAtImageOf(host, volume, services, signal),
  ]);
  return { host, volume, users, findings, uses: image?.uses, locks: image?.locks ?? [] };
}

/** What Ceph and all connected hosts tell of an RBD image; undefined for other volumes, and where it cannot be asked. */
async function lookAtImageOf(
  host: HostSession,
  volume: VolumeRef,
  { registry: { sessions }, clusters }: CommandServices,
  signal?: AbortSignal,
): Promise<{ readonly uses: ImageUses; readonly locks: readonly RbdLock[] } | undefined> {
  try {
    const known = await imageOfVolume(host, volume, clusters.known, { signal });
    if (!known) return undefined;
    const { image, client, cluster } = known;
    const [uses, locks] = await Promise.all([
      readImageUses({ image, client, cluster, sessions }, { signal, live: true }),
      listRbdLocks(client, image, { signal }),
    ]);
    return { uses, locks: locks.filter((lock) => !isAutomaticLock(lock)) };
  } catch (error) {
    // Why, the findings say.
    if (!(error instanceof Problem) || signal?.aborted === true) throw error;
    return undefined;
  }
}

/** Who has it open now, in words: `web1 on kvm1`; undefined when nobody has, as far as it can be known. */
export function openBy(check: VolumeCheck): string | undefined {
  const { uses, findings } = check;
  const domains = domainsThatRun(check);
  if (domains.length > 0) return listOf(domains);
  const watchers = findings.rbd?.kind === 'known' ? findings.rbd.watchers : [];
  const strangers = uses
    ? strangeWatchers(uses).map(watcherWords)
    : watchers.map(({ address }) => t('a client at {0}', addressOfClient(address)));
  return strangers.length === 0 ? undefined : listOf(strangers);
}

/** The running domains that have it open, of all hosts. */
function domainsThatRun({ host, users, findings, uses }: VolumeCheck): readonly string[] {
  const running = (users ?? [])
    .filter(({ domain }) => domain.isActive)
    .map((user) => t('{0} on {1}', user.domain.name, user.host.name));
  const seen = findings.openIn.map(({ domain }) => t('{0} on {1}', domain, host.name));
  const open = uses ? openUsers(uses).map(userName) : [];
  return [...new Set([...running, ...seen, ...open])];
}

/** Rejects when somebody has it open. @param what would be done: `Deleting`, as a sentence */
export function refuseOpen(check: VolumeCheck, what: string): void {
  const { volume, host } = check;
  const by = openBy(check);
  if (by === undefined) return;
  const isDomain = domainsThatRun(check).length > 0;
  throw new VolumeProblem('in-use', t('{0} on {1} is in use by {2}. {3}', volume.name, host.name, by, what), {
    advice: isDomain
      ? t('Shut the domain down, or detach the disk, then try again.')
      : t(
          'It may be a domain of a host that is not connected here, a mapped device, or a client that has crashed: of that Ceph forgets after 30 seconds.',
        ),
  });
}

/** What else should be known before it is agreed to, one sentence after the other. */
export function remarks({ users, findings }: VolumeCheck): string {
  const off = (users ?? []).filter(({ domain }) => !domain.isActive);
  const { rbd } = findings;
  return sentences(
    users === undefined
      ? t('The host has not told in time which domains use it: look at them yourself first.')
      : off.length === 0
        ? undefined
        : t(
            'These domains, which are off, use it and will not start without it: {0}.',
            listOf(off.map((user) => t('{0} on {1}', user.domain.name, user.host.name))),
          ),
    rbd?.kind === 'unknown'
      ? t('Whether it is open elsewhere or has snapshots is not known: {0}', rbd.reason)
      : undefined,
  );
}

/** So many names are told; the others are counted. */
const told = 5;

export function listOf(names: readonly string[]): string {
  const some = names.slice(0, told);
  return names.length > told ? t('{0} and {1} more', some.join(', '), names.length - told) : some.join(', ');
}
