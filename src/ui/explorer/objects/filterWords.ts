import { t } from '../../../base/l10n.ts';
import { isActive, type DomainEntry } from '../../../hosts/inventory/domains.ts';
import type { NetworkEntry } from '../../../hosts/inventory/networks.ts';
import type { PoolEntry } from '../../../hosts/inventory/pools.ts';
import type { SecretEntry } from '../../../hosts/inventory/secrets.ts';
import { DomainState } from '../../../libvirt/protocol/domainStates.ts';
import { usageTypeName } from '../../../libvirt/secrets.ts';
import { domainStateText } from './domainState.ts';

/** Words that a filter finds are in English, as virsh has them, and as the rows show them. */
const stateNames: Readonly<Record<number, string>> = {
  [DomainState.running]: 'running',
  [DomainState.blocked]: 'running blocked',
  [DomainState.paused]: 'paused suspended',
  [DomainState.shutdown]: 'shutting down',
  [DomainState.shutoff]: 'shut off',
  [DomainState.crashed]: 'crashed',
  [DomainState.pmSuspended]: 'asleep pmsuspended',
};

export function domainWords(entry: DomainEntry): readonly string[] {
  return [
    stateNames[entry.state] ?? '',
    domainStateText(entry.state, entry.reason),
    ...activeWords(isActive(entry)),
    ...autostartWords(entry.autostart),
    ...(entry.persistent ? ['persistent'] : ['transient', t('transient')]),
  ];
}

export function poolWords(entry: PoolEntry): readonly string[] {
  const unknown = entry.condition?.kind === 'unknown' ? ['unknown'] : [];
  return [...activeWords(entry.active), ...autostartWords(entry.autostart), ...unknown];
}

export function networkWords(entry: NetworkEntry): readonly string[] {
  return [...activeWords(entry.active), ...autostartWords(entry.autostart)];
}

export function secretWords(entry: SecretEntry): readonly string[] {
  return [
    usageTypeName(entry.ref.usageType),
    ...(entry.hasValue === false ? ['no value', t('no value')] : []),
    ...(entry.private ? ['private', t('private')] : []),
  ];
}

function activeWords(active: boolean): readonly string[] {
  return active ? ['active', t('active')] : ['inactive', t('inactive')];
}

function autostartWords(autostart: boolean): readonly string[] {
  return autostart ? ['autostart', t('autostart')] : ['manual'];
}
