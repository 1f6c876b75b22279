import type { HostSession } from '../../../hosts/hostSession.ts';
import { t } from '../../../base/l10n.ts';
import type { PoolModel } from '../../../libvirt/model/storagePool.ts';
import { parsePool } from '../../../libvirt/model/storagePool.ts';
import type { PoolRef } from '../../../libvirt/protocol/refs.ts';
import { getPoolXml } from '../../../libvirt/storagePools.ts';
import { listVolumes } from '../../../libvirt/volumes.ts';
import { offerOfPool, type PoolOffer } from '../../../operations/volumes/poolOffer.ts';
import { VolumeProblem } from '../../../operations/volumes/volumeProblem.ts';

/** A pool in which a volume can be made. */
export interface VolumeSite {
  readonly ref: PoolRef;
  readonly model: PoolModel;
  readonly offer: PoolOffer;
  /** The names that are there already. */
  readonly taken: ReadonlySet<string>;
}

/** Rejects with a {@link VolumeProblem} for pools that only show what is there. */
export async function readSite(host: HostSession, ref: PoolRef, signal?: AbortSignal): Promise<VolumeSite> {
  const { connection } = host.require();
  const [xml, volumes] = await Promise.all([
    getPoolXml(connection, ref, { signal }),
    listVolumes(connection, ref, { signal }),
  ]);
  const model = await parsePool(xml);
  const offer = offerOfPool(model.type);
  if (!offer) {
    throw new VolumeProblem(
      'not-possible',
      t(
        'libvirt makes no volumes in pools of the type {0}: the pool {1} shows what is there.',
        model.type,
        ref.name,
      ),
      { advice: t('Make them where the storage comes from, then refresh the pool.') },
    );
  }
  return { ref, model, offer, taken: new Set(volumes.map(({ name }) => name)) };
}

/** Where a volume of this name will be on the host. */
export function pathIn({ model, ref }: VolumeSite, name: string): string {
  return model.targetPath === undefined ? `${ref.name}/${name}` : `${model.targetPath}/${name}`;
}
