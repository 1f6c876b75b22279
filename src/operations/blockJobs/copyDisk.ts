import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { pivotBlockJob, startBlockCopy } from '../../libvirt/blockJobs.ts';
import { readDisk } from '../../libvirt/model/disk.ts';
import { BlockCopy } from '../../libvirt/protocol/domainDevice.ts';
import type { DomainPlace } from '../devices/deviceChange.ts';
import { deviceIn } from '../devices/deviceChange.ts';
import type { NewElement } from '../../xml/writer.ts';
import { deviceXml } from '../devices/deviceElement.ts';
import { diskType, formatOf, sourceElements } from '../devices/diskDrive.ts';
import { storageName, storageNameOfDisk, type AttachableSource } from '../devices/diskStorage.ts';
import { BlockJobProblem, explainBlockJobFailure } from './blockJobProblem.ts';
import { endJob, followBlockJob, listenForBlockJob, type FollowOptions } from './followBlockJob.ts';

export interface DiskCopy extends FollowOptions {
  readonly target: string;
  readonly destination: AttachableSource;
  /** Whether it is there already, at least as large as the disk: else QEMU makes it. */
  readonly exists: boolean;
  /** Bytes a second; 0 is no limit. */
  readonly bandwidth: number;
  /** Whether the copy ends when the domain does: older libvirt copies disks of persistent domains no other way. */
  readonly transient?: boolean | undefined;
}

/**
 * Copies a disk of a running domain until both hold the same. Then it is to be ended, by {@link switchToCopy} or
 * {@link abortBlockJob}; until then the guest writes to both.
 */
export async function copyDisk(place: DomainPlace, copy: DiskCopy): Promise<void> {
  const { connection, domain } = place;
  const { target, destination, exists, bandwidth, signal } = copy;
  const heard = listenForBlockJob(place, target);
  try {
    const flags = BlockCopy.transientJob | (exists ? BlockCopy.reuseExternal : 0);
    const xml = deviceXml(destinationElement(destination));
    await startBlockCopy(connection, domain, target, xml, flags, { bandwidth, signal });
    await followBlockJob(place, target, heard, copy);
  } catch (error) {
    if (error instanceof CancelledError) await endJob(place, target);
    throw explainBlockJobFailure(
      error,
      t('{0} of {1} on {2} was not copied', target, domain.name, connection.host),
    );
  } finally {
    heard.dispose();
  }
}

/** The `<disk>` that a copy is made to. */
export function destinationElement(destination: AttachableSource): NewElement {
  return {
    name: 'disk',
    attributes: { type: diskType(destination) },
    children: [
      ...sourceElements(destination),
      { name: 'driver', attributes: { name: 'qemu', type: formatOf(destination) } },
    ],
  };
}

/** Lets the domain go on with the copy, and looks whether it does, now and at its next start. */
export async function switchToCopy(
  place: DomainPlace,
  target: string,
  destination: AttachableSource,
): Promise<void> {
  const { connection, domain } = place;
  try {
    await pivotBlockJob(connection, domain, target);
  } catch (error) {
    throw explainBlockJobFailure(
      error,
      t('{0} of {1} on {2} was not switched to its copy', target, domain.name, connection.host),
    );
  }
  if (!(await isOn(place, target, destination, 'live'))) {
    throw new BlockJobProblem(
      'not-switched',
      t(
        'libvirt switched {0} of {1} on {2}, but the running domain is not on the copy.',
        target,
        domain.name,
        connection.host,
      ),
      t('Look into the XML of the domain before you delete anything.'),
    );
  }
  if (!(await isOn(place, target, destination, 'next'))) {
    throw new BlockJobProblem(
      'not-defined',
      t(
        '{0} of {1} on {2} runs on the copy, but the next start would take the old image again.',
        target,
        domain.name,
        connection.host,
      ),
      t(
        'Change the <source> of the disk in the XML of the domain before it stops, and delete neither image until then.',
      ),
    );
  }
}

async function isOn(
  place: DomainPlace,
  target: string,
  destination: AttachableSource,
  where: 'live' | 'next',
): Promise<boolean> {
  const element = await deviceIn(place, { kind: 'disk', target }, where);
  const source = element && readDisk(element).source;
  // A transient domain has no definition: libvirt gives what runs.
  return source !== undefined && storageNameOfDisk(source) === storageName(destination);
}
