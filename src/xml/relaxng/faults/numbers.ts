import { t } from '../../../base/l10n.ts';
import type { Facet } from '../datatypes/datatype.ts';
import { baseTypes, isNumeric } from '../datatypes/types.ts';

/** Limits of types that are worth naming; a 32-bit limit tells a person nothing. */
const maxNamedLimit = 10n ** 6n;

/** "a number from 1 to 65535"; undefined when the type is none of numbers. */
export function numberInWords(type: string, facets: readonly Facet[]): string | undefined {
  const base = baseTypes.get(type);
  if (base === undefined || !isNumeric(base)) return undefined;
  const [typeLeast, typeGreatest] = base.range ?? [];
  const least =
    facet(facets, 'minInclusive') ?? (hasOnlyDigits(facets) ? (named(typeLeast) ?? '0') : named(typeLeast));
  const greatest = facet(facets, 'maxInclusive') ?? named(typeGreatest);
  if (least !== undefined && greatest !== undefined) return t('a number from {0} to {1}', least, greatest);
  if (greatest !== undefined) return t('a number up to {0}', greatest);
  if (least === undefined) return t('a number, also a negative one');
  return least === '0' ? t('a whole number') : t('a number from {0} upwards', least);
}

function facet(facets: readonly Facet[], name: string): string | undefined {
  return facets.find((found) => found.name === name)?.value.trim();
}

function named(limit: bigint | undefined): string | undefined {
  return limit !== undefined && limit >= -maxNamedLimit && limit <= maxNamedLimit ? String(limit) : undefined;
}

function hasOnlyDigits(facets: readonly Facet[]): boolean {
  return facets.some(({ name, value }) => name === 'pattern' && value === '[0-9]+');
}
