import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { formatBytes } from '../../base/sizes.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { abortDomainJob, getDomainJob, type DomainJob } from '../../libvirt/domainJobs.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import { JobOperation } from '../../libvirt/protocol/domainJob.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';

/** There is no event for how far a job is. */
const pollMs = 500;

/** What a call says whose job was aborted; the second from libvirt before 1.3. */
const abortedCodes = [ErrorCode.operationAborted, ErrorCode.operationFailed];

export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ReportProgress | undefined;
}

/** `cancelled`: the domain is as it was before. */
export type JobEnd = 'done' | 'cancelled';

/**
 * Does a call that is a job on the whole domain, and tells how far it is. Aborting the signal aborts the job; libvirt
 * may be done before it hears of that.
 */
export async function runDomainJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  call: () => Promise<void>,
  { signal, report }: JobOptions = {},
): Promise<JobEnd> {
  if (signal && isAborted(signal)) return 'cancelled';
  let refusal: unknown;
  const abort = (): void => {
    abortDomainJob(connection, domain).catch((error: unknown) => {
      refusal = error;
    });
  };
  const watching = new AbortController();
  signal?.addEventListener('abort', abort, { once: true });
  if (report) void watch(connection, domain, report, watching.signal);
  try {
    await call();
    return 'done';
  } catch (error) {
    if (signal && isAborted(signal) && isLibvirtError(error, ...abortedCodes)) return 'cancelled';
    throw refusal instanceof Error ? refusal : error;
  } finally {
    signal?.removeEventListener('abort', abort);
    watching.abort();
  }
}

function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}

async function watch(
  connection: LibvirtConnection,
  domain: DomainRef,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await sleep(pollMs, undefined, { signal });
      const job = await getDomainJob(connection, domain, { signal });
      if (job) report({ fraction: fractionOf(job), message: amountText(job) });
    }
  } catch {
    // The job has ended, or how far it is cannot be told: the call itself tells how it ends.
  }
}

/** Waits for the end of a job that somebody else has started. */
export async function followDomainJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  { signal, report }: JobOptions,
): Promise<void> {
  for (;;) {
    const job = await getDomainJob(connection, domain, { signal });
    if (!job) return;
    report?.({ fraction: fractionOf(job), message: amountText(job) });
    await sleep(pollMs, undefined, { signal }).catch(() => {
      throw new CancelledError();
    });
  }
}

function fractionOf({ total, remaining }: DomainJob): number | undefined {
  return total === undefined ? undefined : Math.max(0, 1 - (remaining ?? 0) / total);
}

/** `120 MiB of 4 GiB`; undefined where libvirt does not tell. */
export function amountText({ total, processed = 0 }: DomainJob): string | undefined {
  return total === undefined ? undefined : t('{0} of {1}', formatBytes(processed), formatBytes(total));
}

/** What a job does, as a word. */
export function jobName({ operation }: Pick<DomainJob, 'operation'>): string {
  switch (operation) {
    case JobOperation.start:
      return t('start');
    case JobOperation.save:
      return t('save');
    case JobOperation.restore:
      return t('restore');
    case JobOperation.migrationIn:
      return t('incoming migration');
    case JobOperation.migrationOut:
      return t('migration to another host');
    case JobOperation.snapshot:
      return t('snapshot');
    case JobOperation.snapshotRevert:
      return t('revert to a snapshot');
    case JobOperation.dump:
      return t('core dump');
    case JobOperation.backup:
      return t('backup');
    case JobOperation.snapshotDelete:
      return t('deletion of a snapshot');
    default:
      return t('job');
  }
}
