import { messageOf } from '../../../../base/errors.ts';
import type { Patient } from '../../../patient.ts';
import type { PartDaemon } from './daemons.ts';

/** A part that the daemon was installed without. */
export interface MissingDriver {
  /** As packages call it: `storage`. */
  readonly driver: string;
  /** Whose part it is where libvirt is split. */
  readonly daemon: PartDaemon;
  readonly said: string;
}

const noDriver = /this function is not supported by the connection driver: virConnect\w+/;

/** The lists that libvirt cannot make at all, as the tree has read them. */
export function missingDrivers({ host: { inventory } }: Patient): readonly MissingDriver[] {
  const groups = [
    { driver: 'storage', daemon: 'virtstoraged', group: inventory.pools },
    { driver: 'network', daemon: 'virtnetworkd', group: inventory.networks },
    { driver: 'secret', daemon: 'virtsecretd', group: inventory.secrets },
  ] as const;
  return groups.flatMap(({ driver, daemon, group: { status } }) => {
    const said = status.kind === 'failed' ? noDriver.exec(messageOf(status.error))?.[0] : undefined;
    return said === undefined ? [] : [{ driver, daemon, said }];
  });
}
