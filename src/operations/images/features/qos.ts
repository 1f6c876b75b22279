import { t } from '../../../base/l10n.ts';
import { formatBytes, parseSize } from '../../../base/sizes.ts';
import type { RbdSetting } from '../../../ceph/rbdConfig.ts';

/** A limit that librbd keeps to. https://docs.ceph.com/en/latest/rbd/rbd-config-ref/#qos-settings */
export interface QosSetting extends RbdSetting {
  readonly unit: 'operations' | 'bytes' | 'seconds' | 'milliseconds';
}

/** Limits first, then what may be exceeded and for how long; each for all, for reading, for writing. */
const order = [
  'iops_limit',
  'bps_limit',
  'iops_burst',
  'bps_burst',
  'iops_burst_seconds',
  'bps_burst_seconds',
];
const direction = ['', 'read_', 'write_'];
const names = [
  ...order.flatMap((what) => direction.map((prefix) => `rbd_qos_${prefix}${what}`)),
  'rbd_qos_schedule_tick_min',
];

/** Those of the settings of an image or a pool that limit I/O, in a useful order. */
export function qosSettings(settings: readonly RbdSetting[]): readonly QosSetting[] {
  return names.flatMap((name) => {
    const setting = settings.find((one) => one.name === name);
    return setting ? [{ ...setting, unit: unitOf(name) }] : [];
  });
}

function unitOf(name: string): QosSetting['unit'] {
  if (name.endsWith('_seconds')) return 'seconds';
  if (name.endsWith('_tick_min')) return 'milliseconds';
  return name.includes('bps') ? 'bytes' : 'operations';
}

/** `read, operations a second`. */
export function qosLabel(name: string): string {
  const of = name.includes('_read_') ? t('Reading') : name.includes('_write_') ? t('Writing') : t('All');
  if (name.endsWith('_tick_min')) return t('How often limits are looked at');
  const what = name.includes('bps') ? t('bytes per second') : t('operations per second');
  if (name.endsWith('_burst_seconds')) return t('{0}: how long a burst of {1} may last', of, what);
  return name.endsWith('_burst') ? t('{0}: {1} in a burst', of, what) : t('{0}: {1}', of, what);
}

/** `100`, `10 MiB`, or that there is no limit. */
export function qosValue({ value, unit }: QosSetting): string {
  const amount = amountOf(value);
  if (unit === 'seconds') return t('{0} s', value);
  if (unit === 'milliseconds') return t('{0} ms', value);
  if (amount === 0) return t('no limit');
  return unit === 'bytes' && amount !== undefined ? formatBytes(amount) : value;
}

/** Ceph takes `10M` for a number, and `10Mi` too. */
function amountOf(value: string): number | undefined {
  return /^\d+$/.test(value) ? Number(value) : parseSize(value);
}

/** What a person has written, as Ceph takes it; undefined when it is no value for this setting. */
export function parseQosValue(text: string, unit: QosSetting['unit']): string | undefined {
  const amount =
    unit === 'bytes' ? amountOf(text.trim()) : /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
  if (amount === undefined || !Number.isSafeInteger(amount)) return undefined;
  return (unit === 'seconds' || unit === 'milliseconds') && amount < 1 ? undefined : String(amount);
}

/** A burst below its limit does nothing; undefined when all is well. */
export function qosWarning(
  settings: readonly QosSetting[],
  { name }: QosSetting,
  value: string,
): string | undefined {
  const other = (from: string, to: string): number | undefined => {
    if (!name.endsWith(from)) return undefined;
    const found = settings.find((one) => one.name === `${name.slice(0, -from.length)}${to}`);
    return found && amountOf(found.value);
  };
  const amount = Number(value);
  const limit = other('_burst', '_limit');
  if (limit !== undefined && amount > 0 && limit === 0) return t('A burst does nothing without a limit.');
  if (limit !== undefined && amount > 0 && amount < limit) return t('A burst must be more than the limit.');
  return undefined;
}
