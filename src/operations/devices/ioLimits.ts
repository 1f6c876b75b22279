import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { setIoLimits } from '../../libvirt/domainDevices.ts';
import { readDisk } from '../../libvirt/model/disk.ts';
import { ioLimitLabel, ioLimitNames, type IoLimits } from '../../libvirt/model/ioLimits.ts';
import { deviceIn, type DomainPlace } from './deviceChange.ts';
import { DeviceProblem, explainDeviceFailure } from './deviceProblem.ts';
import { affectFlags, isLasting, isLive, type Effect } from './effect.ts';

/** Why QEMU would not take these together; undefined when it would. */
export function ioLimitsRefusal(limits: IoLimits): string | undefined {
  for (const what of ['bytes', 'iops'] as const) {
    for (const burst of ['', '_max'] as const) {
      const has = (way: 'total' | 'read' | 'write'): boolean => limits.has(`${way}_${what}_sec${burst}`);
      if (has('total') && (has('read') || has('write')))
        return t('Limit either the total, or reading and writing each.');
    }
    for (const way of ['total', 'read', 'write'] as const) {
      const limit = limits.get(`${way}_${what}_sec`);
      const most = limits.get(`${way}_${what}_sec_max`);
      if (most === undefined) continue;
      if (limit === undefined)
        return t('A burst needs a limit that it goes beyond: {0}', ioLimitLabel(`${way}_${what}_sec`));
      if (most < limit)
        return t('A burst is more than its limit: {0}', ioLimitLabel(`${way}_${what}_sec_max`));
    }
  }
  return undefined;
}

/** Sets the limits of a disk, takes away those that are not given, and looks whether it is so then. */
export async function setLimitsAndVerify(
  place: DomainPlace,
  target: string,
  limits: IoLimits,
  effect: Effect,
  options?: WaitOptions,
): Promise<void> {
  const { connection, domain } = place;
  const all = new Map(ioLimitNames.map((name) => [name, limits.get(name) ?? 0]));
  try {
    await setIoLimits(connection, domain, target, all, affectFlags[effect], options);
  } catch (error) {
    throw explainDeviceFailure(
      error,
      t('The limits of {0} of {1} on {2} were not set', target, domain.name, connection.host),
    );
  }
  const wheres = [
    ...(isLive(effect) ? ['live' as const] : []),
    ...(isLasting(effect) ? ['next' as const] : []),
  ];
  for (const where of wheres) {
    const element = await deviceIn(place, { kind: 'disk', target }, where, options);
    const now = element && readDisk(element).limits;
    if (ioLimitNames.every((name) => (now?.get(name) ?? 0) === all.get(name))) continue;
    throw new DeviceProblem(
      where === 'live' ? 'not-live' : 'not-defined',
      where === 'live'
        ? t(
            'libvirt set the limits of {0} of {1} on {2}, but the running domain has others.',
            target,
            domain.name,
            connection.host,
          )
        : t(
            'libvirt set the limits of {0} of {1} on {2}, but its definition has others.',
            target,
            domain.name,
            connection.host,
          ),
      t('Look into the XML of the domain.'),
    );
  }
}
