import { capabilityPlaces, cpuModePlace } from './capabilityPlaces.ts';
import { parseXml, type XmlElement } from './element.ts';
import { readInteger } from './storageSource.ts';

export interface CpuModel {
  readonly name: string;
  /** `yes`: the host's CPU has all of its features; `no`; `unknown`. */
  readonly usable: string | undefined;
}

/** What the hypervisor can do for one kind of machine. */
export interface DomainCapabilitiesModel {
  readonly emulator: string;
  /** `kvm`, `qemu` */
  readonly virtType: string;
  /** In its full name; undefined where the hypervisor has no machines. */
  readonly machine: string | undefined;
  readonly architecture: string;
  readonly maxVcpus: number | undefined;
  /** Of `<cpu mode='custom'>`. */
  readonly cpuModels: readonly CpuModel[];
  /** Paths on the host. */
  readonly firmwareLoaders: readonly string[];
  /**
   * The values of each place of `capabilityPlaces` that the document speaks of; none where it says `supported='no'`.
   */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Reads what `getDomainCapabilities()` gives. */
export async function parseDomainCapabilities(xml: string): Promise<DomainCapabilitiesModel> {
  const root = await parseXml(xml);
  const cpuModes = root.child('cpu')?.children('mode').filter(isSupported);
  const custom = cpuModes?.find((mode) => mode.attribute('name') === 'custom');
  const values = new Map(
    capabilityPlaces.flatMap(({ place, element, enumeration }): [string, readonly string[]][] => {
      const list = readList(root, element, enumeration);
      return list ? [[place, list]] : [];
    }),
  );
  if (cpuModes)
    values.set(
      cpuModePlace,
      cpuModes.flatMap((mode) => mode.attribute('name') ?? []),
    );
  return {
    emulator: root.textOf('path') ?? '',
    virtType: root.textOf('domain') ?? '',
    machine: root.textOf('machine'),
    architecture: root.textOf('arch') ?? '',
    maxVcpus: readInteger(root.child('vcpu')?.attribute('max')),
    cpuModels: (custom?.children('model') ?? []).map((model) => ({
      name: model.text,
      usable: model.attribute('usable'),
    })),
    firmwareLoaders: (root.child('os')?.child('loader')?.children('value') ?? []).map(({ text }) => text),
    values,
  };
}

function readList(root: XmlElement, path: string, enumeration: string): readonly string[] | undefined {
  let element: XmlElement | undefined = root;
  for (const name of path.split('/')) {
    element = element?.child(name);
    if (element && !isSupported(element)) return [];
  }
  const list = element?.children('enum').find((one) => one.attribute('name') === enumeration);
  return list?.children('value').map(({ text }) => text);
}

/** An element that does not say is. */
function isSupported(element: XmlElement): boolean {
  return element.attribute('supported') !== 'no';
}
