import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { planHostOf } from '../../../src/hosts/shellHost.ts';
import { lookupDomainByName } from '../../../src/libvirt/domains.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import type { MoveOrder } from '../../../src/operations/moveDisk/moveOrder.ts';
import { movePlan } from '../../../src/operations/moveDisk/movePlan.ts';
import { readTargetPool } from '../../../src/operations/moveDisk/moveTarget.ts';
import { readMovableDisk } from '../../../src/operations/moveDisk/readMovableDisk.ts';
import type { PlanHost } from '../../../src/operations/plan/planHost.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml, type Xml } from '../../../tools/lab/xml.ts';
import { defineScratch } from '../domains/scratchDomain.ts';

/** What is moved where, in a test. */
export interface TestMove {
  readonly targets: readonly string[];
  /** The storage pool, and the names there, one for each target. */
  readonly pool: string;
  readonly names: readonly string[];
  readonly format?: 'raw' | 'qcow2';
  readonly active?: boolean;
}

/** The plan's order, made as the commands make it. */
export async function moveOrder(
  host: PlanHost,
  name: string,
  { targets, pool, names, format = 'raw', active = false }: TestMove,
  more: Partial<MoveOrder> = {},
): Promise<MoveOrder> {
  const domain = await domainOf(host, name);
  const to = await readTargetPool(host, await lookupPoolByName(host.connection, pool));
  const moving = { machine: host, domain, active, persistent: true };
  const moves = await Promise.all(
    targets.map(async (target, index) => ({
      disk: await readMovableDisk(moving, target),
      to: { ...to, name: names[index] ?? target, format },
    })),
  );
  return {
    ...{ host, domain, active, persistent: true, moves, compare: true, renewAddress: false },
    ...{ bandwidth: 0, remarks: [], otherPools: [], ...more },
  };
}

export function planOf(order: MoveOrder): PlanRun {
  return new PlanRun(movePlan(order));
}

export function domainOf({ connection }: PlanHost, name: string): Promise<DomainRef> {
  return lookupDomainByName(connection, name);
}

export function hostOf(session: HostSession): PlanHost {
  return planHostOf(session);
}

/** A domain of 32 MiB whose firmware finds nothing to boot. */
export async function defineMoving(host: LabHost, name: string, disks: readonly Xml[]): Promise<void> {
  await defineScratch(host, name, { devices: disks });
}

export function fileDisk(path: string, format: string, target: string, type: 'file' | 'block' = 'file'): Xml {
  const source = type === 'file' ? xml`<source file='${path}'/>` : xml`<source dev='${path}'/>`;
  return xml`<disk type='${type}' device='disk'>
    <driver name='qemu' type='${format}' cache='none' io='native' detect_zeroes='unmap' discard='unmap'/>
    ${source}
    <target dev='${target}' bus='virtio'/>
    <serial>MOVE-${target}</serial>
    <iotune><total_bytes_sec>104857600</total_bytes_sec></iotune>
  </disk>`;
}
