import { t } from '../../base/l10n.ts';
import type { FindValues, ValueTable } from './place.ts';

const pools: FindValues = (_place, { pools: known }) =>
  known?.map(({ name, type, isActive }) => {
    const what = type === undefined ? t('storage pool') : t('storage pool, {0}', type);
    return { value: name, detail: isActive ? what : t('{0}, not active', what) };
  });

const volumes: FindValues = ({ element }, { volumes: known }) => {
  const pool = element.attribute('pool');
  return known
    ?.filter((volume) => pool === undefined || volume.pool === pool)
    .map(({ name, pool: owner }) => ({ value: name, detail: t('volume of pool {0}', owner) }));
};

export const storageValues: ValueTable = new Map([
  ['source@pool', pools],
  ['source@volume', volumes],
]);
