import { randomBytes, randomUUID } from 'node:crypto';
import { t } from '../../base/l10n.ts';
import { elementsOf, attributeValue } from '../../xml/queries.ts';
import { freeTarget, prefixForBus } from '../devices/diskNames.ts';
import { disksOf } from '../disks.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import type { FindValues, ValueTable } from './place.ts';

/** What all hosts of QEMU give their guests' network cards. */
const macPrefix = '52:54:00';

const mac: FindValues<HostKnowledge | undefined> = ({ document }, knowledge) => {
  const taken = new Set(knowledge?.domains?.flatMap(({ macs }) => macs));
  for (const element of elementsOf(document)) {
    if (element.localName === 'mac') taken.add(attributeValue(element, 'address')?.toLowerCase() ?? '');
  }
  let value: string;
  do value = [macPrefix, ...(randomBytes(3).toString('hex').match(/../g) ?? [])].join(':');
  while (taken.has(value));
  const detail = knowledge?.domains
    ? t('a MAC address that no domain of {0} has', knowledge.hostName)
    : t('a random MAC address');
  return [{ value, detail }];
};

const uuid: FindValues<HostKnowledge | undefined> = () => [{ value: randomUUID(), detail: t('a new UUID') }];

const target: FindValues<HostKnowledge | undefined> = ({ document, element }) => {
  if (element.parent?.parent?.name !== 'devices') return undefined;
  const prefix = prefixForBus(element.attribute('bus') ?? 'virtio') ?? 'vd';
  return [{ value: freeTarget(prefix, disksOf(document)), detail: t('the next that is free') }];
};

/** What need not come from a host. */
export const freshValues: ValueTable<HostKnowledge | undefined> = new Map([
  ['interface/mac@address', mac],
  ['network/mac@address', mac],
  ['domain/uuid', uuid],
  ['pool/uuid', uuid],
  ['network/uuid', uuid],
  ['secret/uuid', uuid],
  ['filter/uuid', uuid],
  ['disk/target@dev', target],
]);
