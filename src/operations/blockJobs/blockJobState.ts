import type { WaitOptions } from '../../base/waiting.ts';
import { getBlockJob } from '../../libvirt/blockJobs.ts';
import { readDisk, type DomainDisk } from '../../libvirt/model/disk.ts';
import { t } from '../../base/l10n.ts';
import { deviceIn, type DomainPlace } from '../devices/deviceChange.ts';
import { BlockJobType } from '../../libvirt/protocol/domainDevice.ts';
import { BlockJobProblem } from './blockJobProblem.ts';

/** The disk as it is in the running domain: with its chain, and what a job on it is about. */
export async function readRunningDisk(
  place: DomainPlace,
  target: string,
  options?: WaitOptions,
): Promise<DomainDisk> {
  const element = await deviceIn(place, { kind: 'disk', target }, 'live', options);
  if (element) return readDisk(element);
  const { connection, domain } = place;
  throw new BlockJobProblem(
    'guest-stopped',
    t('{0} on {1} has no disk {2} that runs.', domain.name, connection.host, target),
    t('Start the domain: QEMU does the jobs on its disks.'),
  );
}

/** What the job on a disk does, as a word; undefined when none runs. */
export async function blockJobName(
  { connection, domain }: DomainPlace,
  target: string,
  options?: WaitOptions,
): Promise<string | undefined> {
  switch ((await getBlockJob(connection, domain, target, options))?.type) {
    case undefined:
      return undefined;
    case BlockJobType.pull:
      return t('Pulling');
    case BlockJobType.copy:
      return t('Copying');
    case BlockJobType.commit:
    case BlockJobType.activeCommit:
      return t('Merging');
    case BlockJobType.backup:
      return t('Backing up');
    default:
      return t('Working on');
  }
}
