import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { domainGetControlInfo } from './protocol/domain.ts';
import { domainAbortJob, domainGetJobStats, JobType } from './protocol/domainJob.ts';
import type { DomainRef } from './protocol/refs.ts';
import { paramMap, type TypedValue } from './wire/typedParams.ts';

/** How far a job on a whole domain is: a save, a dump, a migration. */
export interface DomainJob {
  /** One of `JobOperation`. */
  readonly operation: number;
  readonly elapsedMs: number;
  /** Bytes; undefined where libvirt does not tell yet. A migration may send a byte more than once. */
  readonly total: number | undefined;
  readonly processed: number | undefined;
  readonly remaining: number | undefined;
}

/** @returns undefined when no job is running */
export async function getDomainJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<DomainJob | undefined> {
  const { type, params } = await connection.call(domainGetJobStats, { domain, flags: 0 }, options);
  if (type !== JobType.bounded && type !== JobType.unbounded) return undefined;
  const values = paramMap(params);
  return {
    operation: Number(values.get('operation') ?? 0),
    elapsedMs: Number(values.get('time_elapsed') ?? 0),
    total: amount(values, 'data_total'),
    processed: amount(values, 'data_processed'),
    remaining: amount(values, 'data_remaining'),
  };
}

function amount(values: ReadonlyMap<string, TypedValue>, field: string): number | undefined {
  const value = Number(values.get(field) ?? 0);
  return value > 0 ? value : undefined;
}

/** Asks the job to end; what was waiting for it is refused with `ErrorCode.operationAborted` or `operationFailed`. */
export async function abortDomainJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(domainAbortJob, { domain }, options);
}

/** What libvirt itself is doing with a domain; asking never waits for that. */
export interface DomainControl {
  /** A job of libvirt's holds the domain, or QEMU is waited for. */
  readonly isBusy: boolean;
  /** Since when. */
  readonly busyForMs: number;
}

/** virDomainControlState of libvirt-domain.h. */
const ControlState = { job: 1, occupied: 2 } as const;

export async function getDomainControl(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<DomainControl> {
  const { state, stateTime } = await connection.call(domainGetControlInfo, { domain, flags: 0 }, options);
  const isBusy = state === ControlState.job || state === ControlState.occupied;
  return { isBusy, busyForMs: isBusy ? stateTime : 0 };
}
