import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import { deleteVolume, lookupVolume } from '../../libvirt/volumes.ts';
import { deviceIn } from '../devices/deviceChange.ts';
import { readDisk } from '../../libvirt/model/disk.ts';
import { storageName, storageNameOfDisk } from '../devices/diskStorage.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand } from '../plan/planHost.ts';
import { createNewVolume } from '../volumes/newVolume.ts';
import type { DiskMove, MoveOrder } from './moveOrder.ts';
import { MoveProblem } from './moveProblem.ts';
import { nameOfTarget, sourceOfTarget } from './moveTarget.ts';

/** Makes the empty volume that the disk is copied into. libvirt makes it, so that it is in its list. */
export function createStep(order: MoveOrder, move: DiskMove): PlanStep {
  const { host } = order;
  const { disk, to } = move;
  const { ref } = to.offer;
  const name = nameOfTarget(to);
  const isRbd = to.offer.kind === 'rbd';
  return {
    title: isRbd
      ? t('Create the RBD image {0} of {1}', name, formatBytes(disk.size))
      : t('Create {0} of {1}', name, formatBytes(disk.size)),
    host: host.shell,
    commands: [
      virshCommand(host, [
        ...['vol-create-as', '--pool', ref.name, '--name', to.name, '--capacity', String(disk.size)],
        ...(isRbd ? [] : ['--allocation', '0', '--format', to.format]),
      ]),
    ],
    run: async ({ signal }) => {
      const format = isRbd ? undefined : to.format;
      const preallocation = isRbd ? 'full' : 'none';
      await createNewVolume(
        host,
        ref,
        { name: to.name, capacity: disk.size, format, preallocation },
        { signal },
      );
    },
    undo: {
      title: t('Delete {0}', name),
      commands: [virshCommand(host, ['vol-delete', '--pool', ref.name, '--vol', to.name])],
      run: (options) => deleteCopy(order, move, options),
    },
  };
}

/** Of a client that was killed, Ceph thinks for 30 s that it has the image open. */
const forgetsMs = 45_000;

/** Deletes what was made, but never what the domain uses. */
async function deleteCopy(order: MoveOrder, move: DiskMove, options: WaitOptions): Promise<void> {
  const { host } = order;
  const { ref } = move.to.offer;
  await refuseUsed(order, move, options);
  const giveUp = performance.now() + forgetsMs;
  for (;;) {
    try {
      await deleteVolume(host.connection, await lookupVolume(host.connection, ref, move.to.name), 0, options);
      return;
    } catch (error) {
      if (isLibvirtError(error, ErrorCode.noStorageVolume)) return;
      const mayEnd = isLibvirtError(error, ErrorCode.systemError, ErrorCode.operationInvalid);
      if (!mayEnd || performance.now() > giveUp)
        throw new MoveProblem(
          'left-over',
          t('{0} on {1} could not be deleted: {2}', nameOfTarget(move.to), host.name, messageOf(error)),
          { cause: error },
        );
      await sleep(2000);
    }
  }
}

async function refuseUsed(
  { host, domain }: MoveOrder,
  { disk, to }: DiskMove,
  options: WaitOptions,
): Promise<void> {
  const { connection } = host;
  const key = { kind: 'disk', target: disk.disk.target } as const;
  for (const where of ['live', 'next'] as const) {
    const element = await deviceIn({ connection, domain }, key, where, options);
    const source = element && readDisk(element).source;
    if (!source || storageNameOfDisk(source) !== storageName(sourceOfTarget(to))) continue;
    throw new MoveProblem(
      'still-used',
      t('{0} is the disk {1} of {2} on {3}.', nameOfTarget(to), key.target, domain.name, host.name),
    );
  }
}
