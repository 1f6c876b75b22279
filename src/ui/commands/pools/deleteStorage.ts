import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { parsePool, type PoolModel } from '../../../libvirt/model/storagePool.ts';
import { PoolDelete } from '../../../libvirt/protocol/storagePool.ts';
import { deletePool, getPoolXml } from '../../../libvirt/storagePools.ts';
import { poolKind } from '../../../operations/pools/poolKinds.ts';
import { explained } from '../../../operations/pools/poolFailures.ts';
import { notDeletable, PoolProblem } from '../../../operations/pools/poolProblem.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { storagePatience } from './poolCommand.ts';
import { usersInWords } from './poolUsers.ts';

export const deletePoolStorageCommand = objectCommand({
  id: 'libvirt.pool.deleteStorage',
  on: { kinds: ['pool'], traits: ['inactive', 'persistent'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const { connection } = host.require();
    const model = await parsePool(await getPoolXml(connection, entry.ref, { inactive: true }));
    const lost = whatIsLost(model, host.name);
    if (lost === undefined) throw new PoolProblem(...notDeletable(name, host.name));
    const users = await usersInWords([node]);
    const agreed = await confirm(
      t('Delete the storage of the pool {0} on {1}?', name, host.name),
      [lost, ...(users === undefined ? [] : ['', users])].join('\n'),
      t('Delete Storage'),
    );
    if (!agreed) return;
    const title = t('Deleting the storage of the pool {0} on {1}', name, host.name);
    await onObject(node, services, { title, patience: storagePatience() }, (on, signal) =>
      explained(name, host.name, () => deletePool(on.connection, entry.ref, PoolDelete.normal, { signal })),
    );
  },
});

/** What libvirt does to the storage of a pool of this type; undefined where it does nothing. */
function whatIsLost(model: PoolModel, host: string): string | undefined {
  const what = whatIsDeleted(model, host);
  return what === undefined ? undefined : sentences(what, t('The pool stays defined.'));
}

function whatIsDeleted(model: PoolModel, host: string): string | undefined {
  const { targetPath = '', sourceName = '' } = model;
  switch (poolKind(model.type).deletes) {
    case 'folder':
      return t('Removes the folder {0} on {1}, which must be empty.', targetPath, host);
    case 'partitions':
      return t(
        'Wipes the partition table of {0} on {1}: every volume of the pool is lost for good.',
        model.devices.join(', '),
        host,
      );
    case 'volumeGroup':
      return t(
        'Removes the volume group {0} on {1} with every logical volume in it: their data is lost for good.',
        sourceName,
        host,
      );
    case 'zpool':
      return t(
        'Destroys the zpool {0} on {1} with everything in it: its data is lost for good.',
        sourceName,
        host,
      );
    default:
      return undefined;
  }
}
