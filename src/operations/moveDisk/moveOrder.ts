import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { MoveTarget } from './moveTarget.ts';
import type { MovableDisk, MovingDomain } from './readMovableDisk.ts';

export interface DiskMove {
  readonly disk: MovableDisk;
  readonly to: MoveTarget;
}

/** A storage pool of another host that shows the same images. */
export interface OtherPool {
  readonly host: PlanHost;
  readonly name: string;
  readonly refresh: () => Promise<void>;
}

/** Disks of one domain that are moved together. */
export interface MoveOrder {
  readonly host: PlanHost;
  readonly domain: DomainRef;
  /** Whether it runs: then QEMU makes the copies while the guest goes on. */
  readonly active: boolean;
  readonly persistent: boolean;
  readonly moves: readonly DiskMove[];
  /** Reads both again afterwards; only of a domain that is off. */
  readonly compare: boolean;
  readonly renewAddress: boolean;
  /** Bytes a second, of a domain that runs; 0 is no limit. */
  readonly bandwidth: number;
  /** What else is known, a sentence each: who else uses the source. */
  readonly remarks: readonly string[];
  readonly otherPools: readonly OtherPool[];
}

export function movingOf({ host, domain, active, persistent }: MoveOrder): MovingDomain {
  return { machine: host, domain, active, persistent };
}
