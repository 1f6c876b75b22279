import { t } from '../../base/l10n.ts';
import { DomainLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import { copyDisk, destinationElement, switchToCopy } from '../blockJobs/copyDisk.ts';
import type { DomainPlace } from '../devices/deviceChange.ts';
import { deviceXml } from '../devices/deviceElement.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand } from '../plan/planHost.ts';
import { standardInput } from '../plan/shell.ts';
import { refuseOtherState } from './checkStep.ts';
import type { DiskMove, MoveOrder } from './moveOrder.ts';
import { MoveProblem } from './moveProblem.ts';
import { imageOfTarget, nameOfTarget, sourceOfTarget } from './moveTarget.ts';
import { compareImages, convertImage } from './qemuImg.ts';
import { isReachedAlike, type ImageSpec } from './imageSpec.ts';
import { nameOfSource } from './moveWords.ts';
import { compareCommand, convertCommand } from './shellCommands.ts';

/** Copies the image of a domain that is off, with qemu-img. */
export function convertStep(order: MoveOrder, { disk, to }: DiskMove): PlanStep {
  const { host, domain } = order;
  const [from, target] = [required(disk.image), imageOfTarget(to)];
  if (!isReachedAlike(from, target))
    throw new MoveProblem(
      'not-movable',
      t(
        '{0} and {1} are reached as different clients of Ceph: qemu-img takes one key only.',
        nameOfSource(disk),
        nameOfTarget(to),
      ),
      { advice: t('Start the domain: then QEMU itself makes the copy.') },
    );
  return {
    title: t('Copy {0} into {1}', nameOfSource(disk), nameOfTarget(to)),
    host: host.shell,
    commands: [convertCommand(host, from, target)],
    run: async ({ signal, report }) => {
      const seen = { start: false };
      const listener = host.connection.onEvent((event) => {
        if (event.object !== 'domain' || event.kind !== 'lifecycle') return;
        if (event.domain.uuid === domain.uuid && event.event === DomainLifecycle.started) seen.start = true;
      });
      try {
        await refuseOtherState(order, { signal });
        await convertImage(host.transport, from, target, { signal, report });
        await refuseOtherState(order, { signal });
      } finally {
        listener.dispose();
      }
      if (!seen.start) return;
      throw new MoveProblem(
        'domain-state',
        t('{0} on {1} was started while its disk was copied: the copy may be torn.', domain.name, host.name),
        { advice: t('Shut it down and run this again.') },
      );
    },
  };
}

function required(image: ImageSpec | undefined): ImageSpec {
  if (image) return image;
  throw new TypeError('a disk that is copied without QEMU has an image');
}

/** Reads original and copy again. */
export function compareStep({ host }: MoveOrder, { disk, to }: DiskMove): PlanStep {
  const [from, target] = [required(disk.image), imageOfTarget(to)];
  return {
    title: t('Compare {0} with its copy', nameOfSource(disk)),
    host: host.shell,
    commands: [compareCommand(host, from, target)],
    run: async ({ signal, report, note }) => {
      await compareImages(host.transport, from, target, { signal, report });
      note(t('they are the same'));
    },
  };
}

/** Has QEMU copy the image of a running domain, and go on with the copy when both hold the same. */
export function blockCopyStep(order: MoveOrder, { disk, to }: DiskMove): PlanStep {
  const { host, domain, bandwidth } = order;
  const destination = sourceOfTarget(to);
  const { target } = disk.disk;
  const place = (): DomainPlace => ({ connection: host.connection, domain });
  const limit = bandwidth === 0 ? [] : ['--bandwidth', String(bandwidth), '--bytes'];
  const blockCopy = (xml: string): PlanStep['commands'] => [
    virshCommand(
      host,
      [
        ...['blockcopy', '--domain', domain.name, '--path', target, '--xml', standardInput],
        ...['--reuse-external', '--transient-job', ...limit, '--wait', '--verbose', '--pivot'],
      ],
      { kind: 'text', text: xml },
    ),
  ];
  const { source } = disk;
  return {
    title: t(
      'Copy {0} into {1} while {2} runs, and go on there',
      nameOfSource(disk),
      nameOfTarget(to),
      domain.name,
    ),
    host: host.shell,
    commands: blockCopy(deviceXml(destinationElement(destination))),
    run: async ({ signal, report }) => {
      await copyDisk(place(), { target, destination, exists: true, bandwidth, signal, report });
      await switchToCopy(place(), target, destination);
    },
    undo: source && {
      title: t('Copy {0} of {1} back into {2}', target, domain.name, nameOfSource(disk)),
      commands: blockCopy(deviceXml(destinationElement(source))),
      run: async () => {
        await refuseOtherState(order);
        await copyDisk(place(), { target, destination: source, exists: true, bandwidth: 0 });
        await switchToCopy(place(), target, source);
      },
    },
  };
}
