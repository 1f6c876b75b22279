import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { attachDevice } from '../../libvirt/domainDevices.ts';
import { getDomainXml } from '../../libvirt/domains.ts';
import { parseDomain } from '../../libvirt/model/domain.ts';
import { attachAndVerify, type DomainPlace } from './deviceChange.ts';
import { deviceXml } from './deviceElement.ts';
import { explainDeviceFailure } from './deviceProblem.ts';
import { diskDriveElement, type DiskDrive } from './diskDrive.ts';
import type { Devices } from './diskPlaces.ts';
import { affectFlags, isLasting, isLive, type DomainSituation, type Effect } from './effect.ts';

/** Attaches a disk, and before it the controller that it needs. The controller stays when the disk is refused. */
export async function attachDisk(
  place: DomainPlace,
  drive: DiskDrive,
  effect: Effect,
  options?: WaitOptions,
): Promise<void> {
  const { connection, domain } = place;
  const { controller, target } = drive.place;
  if (controller) {
    try {
      await attachDevice(connection, domain, deviceXml(controller), affectFlags[effect], options);
    } catch (error) {
      throw explainDeviceFailure(
        error,
        t('The SCSI controller for {0} was not attached to {1} on {2}', target, domain.name, connection.host),
      );
    }
  }
  await attachAndVerify(place, diskDriveElement(drive), { kind: 'disk', target }, effect, options);
}

/** The devices that a change with this effect has to fit in with. */
export async function readDevices(
  { connection, domain }: DomainPlace,
  effect: Effect,
  options: WaitOptions = {},
): Promise<Devices> {
  const read = async (inactive: boolean): Promise<Devices[number]> =>
    parseDomain(await getDomainXml(connection, domain, { ...options, inactive }));
  return Promise.all([...(isLive(effect) ? [read(false)] : []), ...(isLasting(effect) ? [read(true)] : [])]);
}

/** The devices as they run and as the next start has them, whatever is changed. */
export function readAllDevices(
  place: DomainPlace,
  { active, persistent }: DomainSituation,
  options?: WaitOptions,
): Promise<Devices> {
  const effect = active ? (persistent ? 'both' : 'live') : 'next';
  return readDevices(place, effect, options);
}
