import { t } from '../../../base/l10n.ts';
import { parsePool, type PoolModel } from '../../../libvirt/model/storagePool.ts';
import { PoolBuild } from '../../../libvirt/protocol/storagePool.ts';
import { buildPool, getPoolXml } from '../../../libvirt/storagePools.ts';
import {
  BlockDevicesProblem,
  findBlockDevices,
  type BlockDevice,
} from '../../../operations/pools/blockDevices.ts';
import { poolKind, type PoolGround } from '../../../operations/pools/poolKinds.ts';
import { explained } from '../../../operations/pools/poolFailures.ts';
import { nothingToBuild, PoolProblem } from '../../../operations/pools/poolProblem.ts';
import type { Transport } from '../../../transport/transport.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';
import { confirm, confirmOneOf } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { contentLost, contentOf } from './create/blockDeviceChoices.ts';
import { storagePatience } from './poolCommand.ts';

export const buildPoolCommand = objectCommand({
  id: 'libvirt.pool.build',
  on: { kinds: ['pool'], traits: ['inactive', 'persistent'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const { connection } = host.require();
    const model = await parsePool(await getPoolXml(connection, entry.ref, { inactive: true }));
    const ground = poolKind(model.type).builds;
    if (ground === undefined) throw new PoolProblem(...nothingToBuild(name, host.name));
    const flags = await askHow(node, model, ground);
    if (flags === undefined) return;
    const title = t('Building the pool {0} on {1}', name, host.name);
    await onObject(node, services, { title, patience: storagePatience() }, (on, signal) =>
      explained(name, host.name, () => buildPool(on.connection, entry.ref, flags, { signal })),
    );
  },
});

/** Flags of `PoolBuild`; undefined when the person thinks better of it. */
async function askHow(node: PoolNode, model: PoolModel, ground: PoolGround): Promise<number | undefined> {
  const { name, host } = node;
  const question = t('Build the pool {0} on {1}?', name, host.name);
  const folder = model.targetPath ?? '';
  switch (ground) {
    case 'folder':
      return (await confirm(
        question,
        t(
          'Makes the folder {0} on {1} if it is not there. One that is there stays as it is.',
          folder,
          host.name,
        ),
        t('Make Folder'),
      ))
        ? PoolBuild.new
        : undefined;
    case 'zpool':
      return (await confirm(
        question,
        t(
          'Makes the zpool {0} on {1}. ZFS refuses devices that are in use.',
          model.sourceName ?? '',
          model.devices.join(', '),
        ),
        t('Make Zpool'),
      ))
        ? PoolBuild.new
        : undefined;
    default:
      return askOverwriting(node, model, { question, ground });
  }
}

async function askOverwriting(
  { name, host }: PoolNode,
  model: PoolModel,
  { question, ground }: { readonly question: string; readonly ground: PoolGround },
): Promise<number | undefined> {
  const devices = model.devices.join(', ');
  const known = await devicesOf(host.require().transport, model.devices);
  const inUse = known?.filter(({ mountedAt }) => mountedAt !== undefined) ?? [];
  const [ifEmpty, overwrite, folderOnly] = [t('Only If Empty'), t('Overwrite…'), t('Make Folder Only')];
  const use = inUse.map((device) => `${device.path}: ${contentOf(device)}`);
  const chosen = await confirmOneOf(
    question,
    [whatIsMade(ground, model, host.name), ...(use.length > 0 ? ['', ...use] : [])].join('\n'),
    [ifEmpty, ...(inUse.length > 0 ? [] : [overwrite]), ...(ground === 'filesystem' ? [folderOnly] : [])],
  );
  if (chosen === undefined) return undefined;
  if (chosen === folderOnly) return PoolBuild.new;
  if (chosen === ifEmpty) return PoolBuild.noOverwrite;
  const lost = known ? contentLost(known, host.name) : undefined;
  const agreed = await confirm(
    t('Overwrite {0} on {1} for the pool {2}?', devices, host.name, name),
    t('This is lost for good:\n{0}', lost ?? t('Everything on {0} of {1}.', devices, host.name)),
    t('Overwrite'),
  );
  return agreed ? PoolBuild.overwrite : undefined;
}

/** undefined when the host does not tell. */
async function devicesOf(
  transport: Transport,
  paths: readonly string[],
): Promise<readonly BlockDevice[] | undefined> {
  try {
    return await findBlockDevices(transport, paths);
  } catch (error) {
    if (error instanceof BlockDevicesProblem) return undefined;
    throw error;
  }
}

function whatIsMade(ground: PoolGround, model: PoolModel, host: string): string {
  const devices = model.devices.join(', ');
  switch (ground) {
    case 'filesystem':
      return t(
        'Formats {0} on {1} as {2}, and makes the folder {3}.',
        devices,
        host,
        model.format ?? '',
        model.targetPath ?? '',
      );
    case 'partitions':
      return t('Writes a new {0} partition table to {1} on {2}.', model.format ?? '', devices, host);
    default:
      return t('Makes the volume group {0} of {1} on {2}.', model.sourceName ?? '', devices, host);
  }
}
