import { t } from './l10n.ts';

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Bytes as a person reads them: `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  const unit = units[power] ?? 'bytes';
  return `${value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })} ${power === 0 ? t('bytes') : unit}`;
}

const exponents = ['', 'k', 'm', 'g', 't', 'p', 'e'];

/**
 * A size as libvirt's XML writes it, in bytes: `1024` with the unit `KiB`, see virScaleInteger. Of the units, `KB` is
 * 1000 and `K` and `KiB` are 1024 bytes.
 * @returns undefined when it is not a size
 */
export function sizeInBytes(text: string | undefined, unit: string): number | undefined {
  if (text === undefined || !/^[0-9]+$/.test(text)) return undefined;
  const [, prefix, binary] = /^([kmgtpe]?)(?:(i?)b|)$/i.exec(unit.replace(/^bytes?$/i, '')) ?? [];
  if (prefix === undefined) return undefined;
  const base = binary === '' && unit.length === 2 ? 1000 : 1024;
  return Number(text) * base ** exponents.indexOf(prefix.toLowerCase());
}
