import { parseXml, type XmlElement } from './element.ts';

/** What guests of one architecture and OS type can be. */
export interface GuestCapabilities {
  /** `hvm` */
  readonly osType: string;
  /** `x86_64` */
  readonly architecture: string;
  /** Of each way to run it (`kvm`, `qemu`) the emulator; undefined where there is none. */
  readonly emulators: ReadonlyMap<string, string | undefined>;
  /** Canonical names and aliases. */
  readonly machines: readonly string[];
  /** The canonical name of each alias. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Reads the guests of what `getCapabilities()` gives. */
export async function parseGuests(xml: string): Promise<readonly GuestCapabilities[]> {
  return (await parseXml(xml)).children('guest').flatMap(readGuest);
}

function readGuest(guest: XmlElement): readonly GuestCapabilities[] {
  return guest.children('arch').map((arch) => {
    const domains = arch.children('domain');
    // A <domain> may have an emulator and machines of its own, besides those of all.
    const machines = [arch, ...domains].flatMap((parent) => parent.children('machine'));
    const aliases = machines.flatMap((machine): [string, string][] => {
      const canonical = machine.attribute('canonical');
      return canonical === undefined ? [] : [[machine.text, canonical]];
    });
    return {
      osType: guest.textOf('os_type') ?? '',
      architecture: arch.attribute('name') ?? '',
      emulators: new Map(
        domains.map((domain) => [
          domain.attribute('type') ?? '',
          domain.textOf('emulator') ?? arch.textOf('emulator'),
        ]),
      ),
      machines: [...new Set(machines.map(({ text }) => text))],
      aliases: new Map(aliases),
    };
  });
}
