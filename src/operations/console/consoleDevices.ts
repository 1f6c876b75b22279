import type { DomainConsole, DomainModel } from '../../libvirt/model/domain.ts';

/** A text console or serial port that can be opened. */
export interface ConsoleDevice {
  /** How libvirt calls it while the domain runs: `serial0`, `console1`. */
  readonly alias: string;
  readonly kind: 'serial' | 'console';
  /** From 0, among its kind. */
  readonly number: number;
  /** How a Linux guest calls it: `ttyS0`, `hvc0`. */
  readonly guestName: string;
}

/**
 * What virDomainOpenConsole() takes: devices of the type pty. The first <console> stands for the first serial port on
 * most machines, and is that one then. A definition has no aliases yet: they are numbered as libvirt does it.
 */
export function consoleDevices({
  consoles,
  serials,
}: Pick<DomainModel, 'consoles' | 'serials'>): readonly ConsoleDevice[] {
  const devices = [
    ...serials.map((device, number) => ({ device, found: serialDevice(device, number) })),
    ...consoles
      .filter((device) => device.targetType !== 'serial')
      .map((device) => ({ device, found: virtualDevice(device) })),
  ];
  const known = new Set<string>();
  return devices.flatMap(({ device, found }) => {
    if (device.type !== 'pty' || known.has(found.alias)) return [];
    known.add(found.alias);
    return [found];
  });
}

function serialDevice({ alias, port }: DomainConsole, number: number): ConsoleDevice {
  return { alias: alias ?? `serial${number}`, kind: 'serial', number: port, guestName: `ttyS${port}` };
}

function virtualDevice({ alias, port, targetType }: DomainConsole): ConsoleDevice {
  const guestName = targetType === 'sclp' ? `ttysclp${port}` : `hvc${port}`;
  return { alias: alias ?? `console${port}`, kind: 'console', number: port, guestName };
}
