import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { formatBytes } from '../../base/sizes.ts';
import { abortBlockJob, getBlockJob, type BlockJob } from '../../libvirt/blockJobs.ts';
import { BlockJobType } from '../../libvirt/protocol/domainDevice.ts';
import { BlockJobStatus } from '../../libvirt/protocol/eventDetails.ts';
import type { DomainPlace } from '../devices/deviceChange.ts';
import { BlockJobProblem } from './blockJobProblem.ts';

/** There is no event for how far a job is. */
const pollMs = 500;

export interface FollowOptions {
  /** Aborting it ends the job: the disk stays as it was. */
  readonly signal?: AbortSignal | undefined;
  readonly report?: ReportProgress | undefined;
}

/** `ready`: both images hold the same and the disk can be switched; `completed`: the job is over. */
export type BlockJobEnd = 'ready' | 'completed';

/** Hears how jobs on a disk end, from now on: call it before the job starts. */
export interface BlockJobListener extends Disposable {
  /** One of `BlockJobStatus`, the last that was told; undefined: none yet. */
  readonly status: number | undefined;
}

/** The connection must be subscribed to `blockJob2`. */
export function listenForBlockJob({ connection, domain }: DomainPlace, target: string): BlockJobListener {
  let status: number | undefined;
  const listener = connection.onEvent((event) => {
    if (event.object !== 'domain' || event.kind !== 'blockJob2') return;
    if (event.domain.uuid === domain.uuid && event.disk === target) status = event.status;
  });
  return {
    get status() {
      return status;
    },
    dispose: () => {
      listener.dispose();
    },
  };
}

/**
 * Waits for a job to be done or ready, and tells how far it is. Where the signal aborts, the job is ended and this
 * rejects with a CancelledError; where the job fails, with a BlockJobProblem.
 */
export async function followBlockJob(
  place: DomainPlace,
  target: string,
  heard: BlockJobListener,
  { signal, report }: FollowOptions = {},
): Promise<BlockJobEnd> {
  const { connection, domain } = place;
  for (;;) {
    if (signal?.aborted === true) {
      await endJob(place, target);
      throw new CancelledError();
    }
    const job = await getBlockJob(connection, domain, target);
    const end = endOf(job, heard.status);
    if (end === 'failed') {
      throw new BlockJobProblem(
        'failed',
        t('The job on {0} of {1} on {2} failed.', target, domain.name, connection.host),
        t(
          'The disk is as it was before. QEMU’s reason is in the log of the domain on the host; most often the destination is full or too small.',
        ),
      );
    }
    if (end === 'canceled') throw new CancelledError();
    if (end) return end;
    if (job) report?.({ fraction: job.end > 0 ? job.current / job.end : 0, message: amount(job) });
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

function endOf(
  job: BlockJob | undefined,
  status: number | undefined,
): BlockJobEnd | 'failed' | 'canceled' | undefined {
  switch (status) {
    case BlockJobStatus.failed:
      return 'failed';
    case BlockJobStatus.canceled:
      return 'canceled';
    case BlockJobStatus.completed:
      return 'completed';
    case BlockJobStatus.ready:
      return 'ready';
    default:
      break;
  }
  if (!job) return 'completed';
  return isMirror(job) && job.end > 0 && job.current === job.end ? 'ready' : undefined;
}

/** Its two images are kept the same until somebody ends it. */
export function isMirror({ type }: BlockJob): boolean {
  return type === BlockJobType.copy || type === BlockJobType.activeCommit;
}

/** `120 MiB of 4 GiB`, and where there is a limit, that. */
function amount({ current, end, bandwidth }: BlockJob): string {
  const text = t('{0} of {1}', formatBytes(current), formatBytes(end));
  return bandwidth > 0 ? t('{0}, at most {1} per second', text, formatBytes(bandwidth)) : text;
}

/** Ends the job that runs on the disk, if one does: the disk stays as it was. */
export async function endJob({ connection, domain }: DomainPlace, target: string): Promise<void> {
  try {
    await abortBlockJob(connection, domain, target);
  } catch (error) {
    if (await getBlockJob(connection, domain, target)) throw error;
  }
}
