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

/** What a person writes for a size, in bytes: `20G`, `1.5 TiB`, `512 MB`; every prefix means 1024. Undefined without a unit. */
export function parseSize(text: string): number | undefined {
  const [, amount, prefix] = /^\s*([0-9]+(?:[.,][0-9]+)?)\s*([kmgtpe]?)(?:i?b|bytes?)?\s*$/i.exec(text) ?? [];
  if (amount === undefined || prefix === undefined || /[0-9]\s*$/.test(text)) return undefined;
  const bytes = Math.round(
    Number(amount.replace(',', '.')) * 1024 ** exponents.indexOf(prefix.toLowerCase()),
  );
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** As {@link parseSize}, and what is to be added: `+5G` of a `current` of 20 GiB is 25 GiB. */
export function parseNewSize(text: string, current: number): number | undefined {
  const [, more] = /^\s*\+(.*)$/s.exec(text) ?? [];
  const size = parseSize(more ?? text);
  return size === undefined || more === undefined ? size : current + size;
}
