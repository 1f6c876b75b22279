import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { attachDevice, updateDevice } from '../../libvirt/domainDevices.ts';
import { getDomainXml } from '../../libvirt/domains.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import { DomainAffect } from '../../libvirt/protocol/domainFlags.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import type { NewElement } from '../../xml/writer.ts';
import { deviceXml } from './deviceElement.ts';
import { deviceName, findDevice, type DeviceKey } from './deviceKey.ts';
import { DeviceProblem, explainDeviceFailure } from './deviceProblem.ts';
import { affectFlags, isLasting, isLive, type Effect } from './effect.ts';

/** A domain on a connection. */
export interface DomainPlace {
  readonly connection: LibvirtConnection;
  readonly domain: DomainRef;
}

/**
 * Attaches a device, in one call that changes nothing where it fails, and looks whether it is there then. Rejects with
 * a DeviceProblem or a LibvirtError.
 */
export async function attachAndVerify(
  place: DomainPlace,
  device: NewElement,
  key: DeviceKey,
  effect: Effect,
  options?: WaitOptions,
): Promise<void> {
  const { connection, domain } = place;
  const name = deviceName(key);
  try {
    await attachDevice(connection, domain, deviceXml(device), affectFlags[effect], options);
  } catch (error) {
    throw explainDeviceFailure(
      error,
      t('{0} was not attached to {1} on {2}', name, domain.name, connection.host),
    );
  }
  if (isLive(effect) && !(await deviceIn(place, key, 'live', options))) {
    throw new DeviceProblem(
      'not-live',
      t(
        'libvirt attached {0} to {1} on {2}, but the running domain does not have it.',
        name,
        domain.name,
        connection.host,
      ),
      t('Look into the log of the domain on the host. What is attached for the next start stays.'),
    );
  }
  if (isLasting(effect) && !(await deviceIn(place, key, 'next', options))) {
    throw new DeviceProblem(
      'not-defined',
      t(
        'libvirt attached {0} to {1} on {2}, but its definition does not have it.',
        name,
        domain.name,
        connection.host,
      ),
      t('It is gone when the domain stops. Attach it again for the next start.'),
    );
  }
}

/** How a device is changed, and how it is seen that it was. */
export interface DeviceChange {
  readonly change: (element: XmlElement) => NewElement;
  readonly isDone: (element: XmlElement) => boolean;
  /** Even where the guest objects. Default false. */
  readonly force?: boolean | undefined;
}

/** Changes a device where it is: first in the running domain, then in the definition, each from what it is there. */
export async function updateAndVerify(
  place: DomainPlace,
  key: DeviceKey,
  change: DeviceChange,
  effect: Effect,
  options?: WaitOptions,
): Promise<void> {
  if (isLive(effect)) await updateIn(place, key, change, 'live', options);
  if (!isLasting(effect)) return;
  try {
    await updateIn(place, key, change, 'next', options);
  } catch (error) {
    if (!isLive(effect)) throw error;
    throw halfDone(place, key, error);
  }
}

/** The running domain has the change, and the definition does not. */
export function halfDone({ connection, domain }: DomainPlace, key: DeviceKey, cause: unknown): DeviceProblem {
  return new DeviceProblem(
    'half-done',
    t(
      '{0} of {1} on {2} was changed in the running domain, but not for its next start.',
      deviceName(key),
      domain.name,
      connection.host,
    ),
    t('Do it again for the next start alone.'),
    cause,
  );
}

async function updateIn(
  place: DomainPlace,
  key: DeviceKey,
  { change, isDone, force }: DeviceChange,
  where: 'live' | 'next',
  options?: WaitOptions,
): Promise<void> {
  const { connection, domain } = place;
  const element = await requireDevice(place, key, where, options);
  const flags = affectFlags[where] | (force === true ? DomainAffect.force : 0);
  try {
    await updateDevice(connection, domain, deviceXml(change(element)), flags, options);
  } catch (error) {
    throw explainDeviceFailure(
      error,
      t('{0} of {1} on {2} was not changed', deviceName(key), domain.name, connection.host),
    );
  }
  const now = await deviceIn(place, key, where, options);
  if (now && isDone(now)) return;
  throw new DeviceProblem(
    where === 'live' ? 'not-live' : 'not-defined',
    where === 'live'
      ? t(
          'libvirt changed {0} of {1} on {2}, but in the running domain it is as before.',
          deviceName(key),
          domain.name,
          connection.host,
        )
      : t(
          'libvirt changed {0} of {1} on {2}, but in its definition it is as before.',
          deviceName(key),
          domain.name,
          connection.host,
        ),
    t('Look into the XML of the domain.'),
  );
}

/** The device as the running domain has it, or as the next start will; undefined where it is not there. */
export async function deviceIn(
  { connection, domain }: DomainPlace,
  key: DeviceKey,
  where: 'live' | 'next',
  options: WaitOptions = {},
): Promise<XmlElement | undefined> {
  const xml = await getDomainXml(connection, domain, { ...options, inactive: where === 'next' });
  return findDevice(xml, key);
}

async function requireDevice(
  place: DomainPlace,
  key: DeviceKey,
  where: 'live' | 'next',
  options?: WaitOptions,
): Promise<XmlElement> {
  const element = await deviceIn(place, key, where, options);
  if (element) return element;
  const { connection, domain } = place;
  throw new DeviceProblem(
    'no-such-device',
    where === 'live'
      ? t('The running domain {0} on {1} has no {2}.', domain.name, connection.host, deviceName(key))
      : t('The definition of {0} on {1} has no {2}.', domain.name, connection.host, deviceName(key)),
    t('Read the host again to see what it has.'),
  );
}
