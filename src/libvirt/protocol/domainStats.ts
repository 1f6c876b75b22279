import { array, flags, i32, i64, string, struct, u32, u64 } from '../wire/xdrTypes.ts';
import { typedParams } from '../wire/typedParams.ts';
import { procedure, guestProcedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;

/** No domains given: all of them. Hangs with a hanging guest, unless `DomainStatsFlag.noWait` is given. */
export const connectGetAllDomainStats = procedure(
  344,
  { domains: array(domainRef, 16_384), stats: flags, flags },
  { records: array(struct({ domain, params: typedParams(262_144) }), 16_384) },
);
/** `count` 0 asks only how many there are. */
export const domainBlockStatsFlags = guestProcedure(
  243,
  { domain, path: string, count: i32, flags },
  { params: typedParams(16), count: i32 },
);
export const domainInterfaceStats = procedure(
  65,
  { domain, device: string },
  {
    rxBytes: i64,
    rxPackets: i64,
    rxErrors: i64,
    rxDropped: i64,
    txBytes: i64,
    txPackets: i64,
    txErrors: i64,
    txDropped: i64,
  },
);
/** `tag` is one of {@link MemoryStat}. */
export const domainMemoryStats = guestProcedure(
  159,
  { domain, maxStats: u32, flags },
  { stats: array(struct({ tag: i32, value: u64 }), 1024) },
);
/** `count` 0 asks only how many there are. */
export const domainGetCpuStats = guestProcedure(
  262,
  { domain, count: u32, startCpu: i32, cpus: u32, flags },
  { params: typedParams(2048), count: i32 },
);
/** virDomainStatsTypes of libvirt-domain.h. */
export const DomainStats = {
  state: 1,
  cpuTotal: 2,
  balloon: 4,
  vcpu: 8,
  interface: 16,
  block: 32,
  perf: 64,
  iothread: 128,
  memory: 256,
  dirtyRate: 512,
  vm: 1024,
} as const;

/**
 * virConnectGetAllDomainStatsFlags of libvirt-domain.h, besides the filters of `ListDomains` from active to other.
 * `noWait` reports less of a domain whose monitor is busy, instead of waiting for it; since libvirt 4.5.
 */
export const DomainStatsFlag = { noWait: 1 << 29, backing: 1 << 30, enforceStats: 2 ** 31 } as const;

/** virDomainMemoryStatTags of libvirt-domain.h; KiB, except faults (a count) and lastUpdate (seconds since 1970). */
export const MemoryStat = {
  swapIn: 0,
  swapOut: 1,
  majorFault: 2,
  minorFault: 3,
  unused: 4,
  available: 5,
  actualBalloon: 6,
  rss: 7,
  usable: 8,
  lastUpdate: 9,
  diskCaches: 10,
} as const;
