import { t } from '../../base/l10n.ts';

/** The limits of a disk that are set here, by libvirt's names: bytes or requests a second, and bursts of them. */
export const ioLimitNames = [
  'total_bytes_sec',
  'read_bytes_sec',
  'write_bytes_sec',
  'total_iops_sec',
  'read_iops_sec',
  'write_iops_sec',
  'total_bytes_sec_max',
  'read_bytes_sec_max',
  'write_bytes_sec_max',
  'total_iops_sec_max',
  'read_iops_sec_max',
  'write_iops_sec_max',
] as const;
export type IoLimitName = (typeof ioLimitNames)[number];

/** What is not in it is not limited. */
export type IoLimits = ReadonlyMap<IoLimitName, number>;

/** What a limit is, for people. */
export function ioLimitLabel(name: IoLimitName): string {
  switch (name) {
    case 'total_bytes_sec':
      return t('Bytes per second, in total');
    case 'read_bytes_sec':
      return t('Bytes per second, read');
    case 'write_bytes_sec':
      return t('Bytes per second, written');
    case 'total_iops_sec':
      return t('Requests per second, in total');
    case 'read_iops_sec':
      return t('Requests per second, read');
    case 'write_iops_sec':
      return t('Requests per second, written');
    case 'total_bytes_sec_max':
      return t('Burst of bytes per second, in total');
    case 'read_bytes_sec_max':
      return t('Burst of bytes per second, read');
    case 'write_bytes_sec_max':
      return t('Burst of bytes per second, written');
    case 'total_iops_sec_max':
      return t('Burst of requests per second, in total');
    case 'read_iops_sec_max':
      return t('Burst of requests per second, read');
    case 'write_iops_sec_max':
      return t('Burst of requests per second, written');
  }
}

export function isBytes(name: IoLimitName): boolean {
  return name.includes('_bytes_');
}
