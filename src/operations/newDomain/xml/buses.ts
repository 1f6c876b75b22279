import type { NewDomain, NewMachine } from '../newDomain.ts';

export type Bus = 'virtio' | 'sata' | 'ide' | 'scsi';

/** Whether it is a PC, which has what PCs have: an APIC, timers, a PS/2 keyboard. */
export function isPcMachine({ architecture }: NewMachine): boolean {
  return architecture === 'x86_64' || architecture === 'i686';
}

/** Whether its devices sit in PCI Express slots. */
export function isPcieMachine({ type }: NewMachine): boolean {
  return type === 'q35' || type === 'virt';
}

export function usesVirtio({ system, hasVirtio }: NewDomain): boolean {
  return system.hasVirtio || hasVirtio;
}

export function diskBus(domain: NewDomain): Bus {
  return usesVirtio(domain) ? 'virtio' : cdromBus(domain.machine);
}

export function cdromBus(machine: NewMachine): Bus {
  if (!isPcMachine(machine)) return 'scsi';
  return machine.type === 'q35' ? 'sata' : 'ide';
}

const prefixes: Readonly<Record<Bus, string>> = { virtio: 'vd', sata: 'sd', ide: 'hd', scsi: 'sd' };

/** `vda`, `sdb`: the next name on each bus. */
export function targetNames(buses: readonly Bus[]): readonly string[] {
  const counts = new Map<string, number>();
  return buses.map((bus) => {
    const prefix = prefixes[bus];
    const count = counts.get(prefix) ?? 0;
    counts.set(prefix, count + 1);
    return `${prefix}${String.fromCharCode('a'.charCodeAt(0) + count)}`;
  });
}
