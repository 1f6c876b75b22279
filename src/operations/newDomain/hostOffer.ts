import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { parseGuests, type GuestCapabilities } from '../../libvirt/model/capabilities.ts';
import {
  parseDomainCapabilities,
  type DomainCapabilitiesModel,
} from '../../libvirt/model/domainCapabilities.ts';
import { getCapabilities, getDomainCapabilities, getNodeInfo } from '../../libvirt/node.ts';

/** What a host has for new domains. */
export interface HostOffer {
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  readonly architecture: string;
  /** `kvm` first, where the host has it. */
  readonly virtTypes: readonly string[];
  /** `q35`, `virt`; undefined: QEMU's default. */
  readonly machine: string | undefined;
}

/** The machine that new domains of an architecture get, where QEMU has it. */
const machines: Readonly<Record<string, string>> = {
  x86_64: 'q35',
  aarch64: 'virt',
  riscv64: 'virt',
  ppc64: 'pseries',
  ppc64le: 'pseries',
};

const order = ['kvm', 'hvf', 'qemu'];

export async function readHostOffer(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<HostOffer> {
  const [node, xml] = await Promise.all([
    getNodeInfo(connection, options),
    getCapabilities(connection, options),
  ]);
  const guests = (await parseGuests(xml)).filter(({ osType }) => osType === 'hvm');
  const guest = ownGuest(guests, node.model);
  const preferred = machines[guest?.architecture ?? ''];
  return {
    memory: node.memory * 1024,
    cpus: node.cpus,
    architecture: guest?.architecture ?? node.model,
    virtTypes: order.filter((type) => guest?.emulators.has(type) ?? type === 'qemu'),
    machine: preferred !== undefined && guest?.machines.includes(preferred) === true ? preferred : undefined,
  };
}

/** The guests that are as the host itself; else those that it runs in hardware; else the first. */
function ownGuest(guests: readonly GuestCapabilities[], model: string): GuestCapabilities | undefined {
  return (
    guests.find(({ architecture }) => architecture === model) ??
    guests.find(({ emulators }) => emulators.has('kvm')) ??
    guests[0]
  );
}

/** What QEMU can do for a domain that is run this way. */
export async function readMachineOffer(
  connection: LibvirtConnection,
  { architecture: arch, machine }: HostOffer,
  virtType: string,
  options?: WaitOptions,
): Promise<DomainCapabilitiesModel> {
  return parseDomainCapabilities(
    await getDomainCapabilities(connection, { arch, machine, virtType }, options),
  );
}
