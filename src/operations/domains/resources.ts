import { sizeInBytes } from '../../base/sizes.ts';
import { parseXml, type XmlElement } from '../../libvirt/model/element.ts';

/** What a domain has, and what it may have without being defined anew. */
export interface Amount {
  readonly current: number;
  readonly maximum: number;
}

export interface DomainResources {
  readonly vcpus: Amount;
  readonly memoryKiB: Amount;
}

/** When a change takes effect; at least one of the two. */
export interface Effect {
  readonly live: boolean;
  /** At this and every later start. */
  readonly next: boolean;
}

/** Reads what `getDomainXml()` gives. */
export async function readResources(xml: string): Promise<DomainResources> {
  const domain = await parseXml(xml);
  const vcpu = domain.child('vcpu');
  const maximum = Number(vcpu?.text ?? '1');
  const memory = kibOf(domain.child('memory')) ?? 0;
  return {
    vcpus: { current: Number(vcpu?.attribute('current') ?? maximum), maximum },
    memoryKiB: { current: kibOf(domain.child('currentMemory')) ?? memory, maximum: memory },
  };
}

function kibOf(size: XmlElement | undefined): number | undefined {
  const bytes = sizeInBytes(size?.text, size?.attribute('unit') ?? 'KiB');
  return bytes === undefined ? undefined : Math.floor(bytes / 1024);
}

/**
 * Whether the limit follows an amount for the next start: where it is too low, and where the domain is off and had no
 * room to grow anyway.
 */
export function moveLimit(amount: number, { current, maximum }: Amount, { live }: Effect): boolean {
  return amount > maximum || (!live && current === maximum && amount !== maximum);
}
