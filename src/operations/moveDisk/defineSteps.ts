import { t } from '../../base/l10n.ts';
import { readDisk } from '../../libvirt/model/disk.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import { isCephError } from '../../ceph/cephError.ts';
import { listRbdWatchers } from '../../ceph/rbd.ts';
import { updateAndVerify, type DomainPlace } from '../devices/deviceChange.ts';
import { editable, withChild } from '../devices/deviceElement.ts';
import { storageName, storageNameOfDisk, type AttachableSource } from '../devices/diskStorage.ts';
import type { NewElement } from '../../xml/writer.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand } from '../plan/planHost.ts';
import { cephArgv } from '../plan/cephShell.ts';
import { imageArguments } from '../../ceph/rbd.ts';
import { refuseOtherState } from './checkStep.ts';
import { movedDisk } from './movedDisk.ts';
import type { DiskMove, MoveOrder } from './moveOrder.ts';
import { MoveProblem } from './moveProblem.ts';
import { imageOfTarget, nameOfTarget, sourceOfTarget } from './moveTarget.ts';
import { nameOfSource } from './moveWords.ts';
import { readChain } from './qemuImg.ts';
import { updateCommand } from './shellCommands.ts';

/** Gives the disk of a domain that is off its new source. */
export function defineStep(order: MoveOrder, { disk, to }: DiskMove): PlanStep {
  const { host, domain } = order;
  const { target } = disk.disk;
  const place = (): DomainPlace => ({ connection: host.connection, domain });
  const destination = sourceOfTarget(to);
  const key = { kind: 'disk', target } as const;
  const original = editable(disk.element);
  return {
    title: t('Let {0} of {1} use {2}', target, domain.name, nameOfTarget(to)),
    host: host.shell,
    commands: [updateCommand(host, domain.name, movedDisk(disk.element, destination, order))],
    run: async ({ signal }) => {
      await refuseOtherState(order, { signal });
      await updateAndVerify(
        place(),
        key,
        {
          change: (element) => movedDisk(element, destination, order),
          isDone: (element) => isAt(element, destination),
        },
        'next',
        { signal },
      );
    },
    undo: {
      title: t(
        'Let {0} of {1} use {2} again; what was written since is lost',
        target,
        domain.name,
        nameOfSource(disk),
      ),
      commands: [updateCommand(host, domain.name, original)],
      run: async (options) => {
        await refuseOtherState(order, options);
        // It may have been deleted since.
        if (disk.image) await readChain(host.transport, disk.image, options);
        const change = {
          change: () => original,
          isDone: (element: XmlElement) => !isAt(element, destination),
        };
        await updateAndVerify(place(), key, change, 'next', options);
      },
    },
  };
}

function isAt(element: XmlElement, destination: AttachableSource): boolean {
  const { source } = readDisk(element);
  return source !== undefined && storageNameOfDisk(source) === storageName(destination);
}

/** What QEMU does not change when it goes on with a copy: the settings of the disk for the next start. */
export function settingsStep(order: MoveOrder, { disk, to }: DiskMove): PlanStep {
  const { host, domain } = order;
  const { target } = disk.disk;
  const destination = sourceOfTarget(to);
  const settled = movedDisk(disk.element, destination, order);
  const { discard } = readWritten(settled);
  return {
    title: t('Settle {0} of {1} for its next start', target, domain.name),
    host: host.shell,
    commands: [updateCommand(host, domain.name, settled)],
    run: ({ signal }) =>
      updateAndVerify(
        { connection: host.connection, domain },
        { kind: 'disk', target },
        {
          change: (element) => movedDisk(element, destination, order),
          isDone: (element) => isAt(element, destination) && readDisk(element).discard === discard,
        },
        'next',
        { signal },
      ),
    undo: {
      title: t('Give {0} of {1} its old settings for the next start', target, domain.name),
      commands: [updateCommand(host, domain.name, withSettingsOf(settled, disk.element))],
      run: (options) =>
        updateAndVerify(
          { connection: host.connection, domain },
          { kind: 'disk', target },
          {
            change: (element) => withSettingsOf(editable(element), disk.element),
            isDone: (element) => readDisk(element).discard === disk.disk.discard,
          },
          'next',
          options,
        ),
    },
  };
}

/** The disk where it is, with the driver's settings and the address of the original. */
function withSettingsOf(moved: NewElement, original: XmlElement): NewElement {
  const { children = [] } = editable(original);
  const one = (name: string): NewElement | undefined => children.find((child) => child.name === name);
  const type = moved.children?.find(({ name }) => name === 'driver')?.attributes?.['type'];
  const driver = one('driver') ?? { name: 'driver' };
  const settled = { ...driver, attributes: { ...driver.attributes, type } };
  return withChild(withChild(moved, 'driver', settled), 'address', one('address'));
}

function readWritten(disk: ReturnType<typeof movedDisk>): { readonly discard: string | undefined } {
  const discard = disk.children?.find(({ name }) => name === 'driver')?.attributes?.['discard'];
  return { discard: typeof discard === 'string' ? discard : undefined };
}

/** Whether a settings step has anything to settle. */
export function needsSettling({ disk, to }: DiskMove, order: MoveOrder): boolean {
  if (!order.persistent) return false;
  const before = disk.element.child('driver');
  const { discard } = readWritten(movedDisk(disk.element, sourceOfTarget(to), order));
  const loses = (name: string): boolean => before?.attribute(name) !== undefined;
  return (
    order.renewAddress ||
    discard !== before?.attribute('discard') ||
    (to.offer.kind === 'rbd' && loses('io')) ||
    loses('copy_on_read')
  );
}

/** Looks whether QEMU has the image open, as Ceph sees it. */
export function watcherStep({ host, domain }: MoveOrder, { disk, to }: DiskMove): PlanStep | undefined {
  const image = imageOfTarget(to);
  const { client } = to;
  if (image.kind !== 'rbd' || !client) return undefined;
  const { target } = disk.disk;
  return {
    title: t('Check that {0} has {1} open', domain.name, nameOfTarget(to)),
    host: host.shell,
    commands: [
      virshCommand(host, ['domblklist', '--domain', domain.name]),
      { argv: cephArgv(client.access, 'rbd', ['status', ...imageArguments(image.image)]) },
    ],
    run: async ({ signal, note }) => {
      try {
        const watchers = await listRbdWatchers(client, image.image, { signal });
        const addresses = watchers.map(({ address }) => address.replace(/:\d+\/\d+$/, ''));
        if (addresses.length > 0) note(t('it is open at {0}', addresses.join(', ')));
        else
          throw new MoveProblem(
            'not-open',
            t(
              'libvirt says that {0} of {1} is on {2}, but nobody has that image open.',
              target,
              domain.name,
              nameOfTarget(to),
            ),
            { advice: t('Look into the XML of the domain before you delete anything.') },
          );
      } catch (error) {
        if (!isCephError(error, 'no-program')) throw error;
        note(t('rbd is not installed there: not asked'));
      }
    },
  };
}
