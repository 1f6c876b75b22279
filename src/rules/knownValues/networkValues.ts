import { t } from '../../base/l10n.ts';
import type { KnownValue } from '../../xml/completion/knownValues.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { distinct, type FindValues, type ValueTable } from './place.ts';

const networks: FindValues = (_place, { networks: known }) =>
  known?.map(({ name, isActive, bridge }) => ({ value: name, detail: networkDetail(isActive, bridge) }));

function networkDetail(isActive: boolean, bridge: string | undefined): string {
  const what = bridge === undefined ? t('network') : t('network, on bridge {0}', bridge);
  return isActive ? what : t('{0}, not active', what);
}

const portgroups: FindValues = ({ element }, { networks: known }) =>
  known
    ?.filter(({ name }) => name === element.attribute('network'))
    .flatMap(({ name, portgroups: groups }) =>
      groups.map((group) => ({ value: group, detail: t('port group of network {0}', name) })),
    );

const bridges: FindValues = (_place, { bridges: own, networks: known }) => {
  if (own === undefined && known === undefined) return undefined;
  return distinct([
    ...bridgesOfNetworks(known ?? []),
    ...(own ?? []).map((value) => ({ value, detail: t('bridge of the host') })),
  ]);
};

function bridgesOfNetworks(known: NonNullable<HostKnowledge['networks']>): readonly KnownValue[] {
  return known.flatMap(({ name, bridge }) =>
    bridge === undefined ? [] : [{ value: bridge, detail: t('bridge of network {0}', name) }],
  );
}

const filters: FindValues = (_place, { nwfilters }) =>
  nwfilters?.map((value) => ({ value, detail: t('network filter') }));

export const networkValues: ValueTable = new Map([
  ['interface/source@network', networks],
  ['interface/source@portgroup', portgroups],
  ['interface/source@bridge', bridges],
  ['filterref@filter', filters],
]);
