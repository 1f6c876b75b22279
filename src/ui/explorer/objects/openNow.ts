import { t } from '../../../base/l10n.ts';
import type { DiskSource } from '../../../libvirt/model/disk.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';

/** A tooltip does not wait longer for Ceph. */
const timeoutMs = 3000;

/**
 * Who has an RBD image open, as Ceph tells this host; domains of other hosts by their address alone. undefined where it
 * is no RBD image, or Ceph does not tell in time.
 */
export async function openNow(
  session: HostSession,
  storage: { readonly volume: VolumeRef } | { readonly source: DiskSource },
): Promise<string | undefined> {
  const [{ imageOfDisk, imageOfVolume }, { readImageUses }, { watcherWords }] = await Promise.all([
    import('../../../hosts/clusters/imageOf.ts'),
    import('../../../hosts/clusters/imageUses.ts'),
    import('../../../hosts/clusters/useWords.ts'),
  ]);
  const wait = { timeoutMs };
  try {
    const known =
      'volume' in storage
        ? await imageOfVolume(session, storage.volume, [], wait)
        : await imageOfDisk(session, storage.source, [], wait);
    if (!known) return undefined;
    const { image, client } = known;
    const question = { image, client, cluster: undefined, sessions: [session] };
    const { watchers } = await readImageUses(question, wait);
    if (watchers.kind === 'unknown') return undefined;
    return watchers.watchers.map(watcherWords).join('; ') || t('by nobody');
  } catch {
    // What a tooltip cannot say in time it leaves out.
    return undefined;
  }
}
