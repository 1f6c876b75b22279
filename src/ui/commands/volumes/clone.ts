import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { parseVolume, type VolumeModel } from '../../../libvirt/model/volume.ts';
import type { PoolRef } from '../../../libvirt/protocol/refs.ts';
import { getVolumeXml, isRbdVolume } from '../../../libvirt/volumes.ts';
import { cloneTo, type CloneOrder } from '../../../operations/volumes/cloneVolume.ts';
import { offerOfPool, refuseVolumeName } from '../../../operations/volumes/poolOffer.ts';
import type { VolumeNode } from '../../explorer/objects/volumeNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { checkVolume, openBy, type VolumeCheck } from './volumeCheck.ts';
import { readSite, type VolumeSite } from './volumeSite.ts';
import { onVolumes } from './volumeWork.ts';

export const cloneVolumeCommand = objectCommand({
  id: 'libvirt.volume.clone',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const source = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      async ({ connection }, signal) => ({
        check: await checkVolume(host, ref, services, signal),
        model: await parseVolume(await getVolumeXml(connection, ref, { signal })),
        pools: await poolsFor(node),
      }),
    );
    const sites = new Map<string, Promise<VolumeSite>>();
    const siteOf = (pool: PoolRef): Promise<VolumeSite> => {
      const site = sites.get(pool.uuid) ?? readSite(host, pool);
      sites.set(pool.uuid, site);
      return site;
    };
    const order = await wizard(t('Clone {0}', name), (ask) => askClone(ask, node, source, siteOf));
    if (!order) return;
    const progress = {
      title: t('Cloning {0} to {1} on {2}', name, order.name, host.name),
      patience: {
        afterMs: 10_000,
        message: t(
          'It takes as long as there is data. What is cancelled is deleted when libvirt is done with it.',
        ),
      },
    };
    const row = node.parent?.parent?.children();
    const poolRow = (await row)?.find((pool) => pool.id.endsWith(`/${order.pool.uuid}`));
    await onVolumes(node, poolRow ?? node.parent, services, progress, (machine, signal, report) =>
      cloneTo(machine, order, {
        signal,
        report: ({ fraction }) => {
          report({
            fraction,
            ...(fraction !== undefined && {
              message: t(
                '{0} of {1}',
                formatBytes(fraction * (order.model.capacity ?? 0)),
                formatBytes(order.model.capacity ?? 0),
              ),
            }),
          });
        },
      }),
    );
  },
});

interface Source {
  readonly check: VolumeCheck;
  readonly model: VolumeModel;
  readonly pools: readonly PoolRef[];
}

async function askClone(
  ask: Ask,
  { ref }: VolumeNode,
  { check, model, pools }: Source,
  siteOf: (pool: PoolRef) => Promise<VolumeSite>,
): Promise<CloneOrder> {
  const running = openBy(check);
  const pool =
    pools.length > 1
      ? await ask.pick({
          placeholder: t('Into which pool?'),
          choices: pools.map((one) => ({
            label: one.name,
            description: one.name === ref.pool ? t('where it is now') : undefined,
            value: one,
          })),
          preselected: (one) => one.name === ref.pool,
        })
      : (pools[0] ?? { name: ref.pool, uuid: '' });
  const site = await siteOf(pool);
  const name = await ask.text({
    prompt: sentences(
      t('The name of the clone in the pool {0}.', pool.name),
      running === undefined
        ? undefined
        : t(
            '{0} is in use by {1}: a copy that is made meanwhile is like a disk after a power failure.',
            ref.name,
            running,
          ),
    ),
    value: suggestedName(ref.name, site.taken),
    refusal: (given) => refuseVolumeName(given, site.model.type, site.taken),
  });
  const kind = await ask.pick<CloneOrder['kind']>({
    placeholder: t('What kind of clone?'),
    choices: kindsOf(ref.name, site, pool.name === ref.pool, model),
  });
  const format = kind === 'overlay' ? 'qcow2' : (model.format ?? 'raw');
  return {
    source: ref,
    model,
    pool,
    poolModel: site.model,
    name,
    kind,
    format:
      site.offer.formats.length === 0 ? undefined : site.offer.formats.includes(format) ? format : 'raw',
  };
}

function kindsOf(
  source: string,
  site: VolumeSite,
  isSamePool: boolean,
  { encryption }: VolumeModel,
): readonly Choice<CloneOrder['kind']>[] {
  const isRbd = site.model.type === 'rbd';
  const copy: Choice<CloneOrder['kind']> = {
    label: t('Full copy'),
    detail: t('Takes as long as there is data, and depends on nothing then.'),
    value: 'copy',
  };
  const canOverlay = isRbd ? isSamePool : site.offer.overlays && encryption === undefined;
  if (!canOverlay) return [copy];
  return [
    copy,
    {
      label: isRbd ? t('Copy-on-write clone') : t('Overlay (qcow2)'),
      detail: isRbd
        ? t('Made at once. {0} cannot be deleted before the clone is, or is flattened.', source)
        : t('Made at once. {0} must stay then, and never be written again.', source),
      value: 'overlay',
    },
  ];
}

function suggestedName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, extension = ''] = /^(.+?)(\.[A-Za-z0-9]+)?$/s.exec(name) ?? [];
  for (let number = 1; ; number++) {
    const suggestion = `${stem}-clone${number === 1 ? '' : number}${extension}`;
    if (!taken.has(suggestion)) return suggestion;
  }
}

/** The active pools of the host that can take it: an RBD image goes to RBD pools alone, and nothing else does. */
async function poolsFor({ host, ref }: VolumeNode): Promise<readonly PoolRef[]> {
  const known = (await host.require().knowledge.basics())?.pools ?? [];
  const isRbd = isRbdVolume(ref);
  const fitting = known.filter(
    ({ isActive, type }) =>
      isActive && type !== undefined && offerOfPool(type) !== undefined && (type === 'rbd') === isRbd,
  );
  return inventoryOrder(
    host,
    fitting.map(({ uuid }) => uuid),
    ref.pool,
  );
}

function inventoryOrder(host: HostSession, uuids: readonly string[], first: string): readonly PoolRef[] {
  const refs = uuids.flatMap((uuid) => host.inventory?.pools.entries.get(uuid)?.ref ?? []);
  return [...refs].sort((a, b) => Number(b.name === first) - Number(a.name === first));
}
