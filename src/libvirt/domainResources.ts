import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { domainSetMemoryFlags, domainSetVcpusFlags } from './protocol/domain.ts';
import { domainMemoryStats, MemoryStat } from './protocol/domainStats.ts';
import type { DomainRef } from './protocol/refs.ts';

/** @param flags of `DomainAffect`, and `resourceMaximum` to set the limit */
export async function setVcpus(
  connection: LibvirtConnection,
  domain: DomainRef,
  vcpus: number,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(domainSetVcpusFlags, { domain, vcpus, flags }, options);
}

/**
 * Of a running domain it asks the guest's balloon driver, which may take its time or ignore it.
 * @param memoryKiB in KiB @param flags of `DomainAffect`, and `resourceMaximum` to set the limit
 */
export async function setMemory(
  connection: LibvirtConnection,
  domain: DomainRef,
  memoryKiB: number,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(domainSetMemoryFlags, { domain, memory: memoryKiB, flags }, options);
}

/** The memory in KiB that a running guest has after what its balloon took; undefined where QEMU does not tell. */
export async function getBalloon(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<number | undefined> {
  const { stats } = await connection.call(domainMemoryStats, { domain, maxStats: 32, flags: 0 }, options);
  const actual = stats.find(({ tag }) => tag === MemoryStat.actualBalloon)?.value;
  return actual === undefined ? undefined : Number(actual);
}
