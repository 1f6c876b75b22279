import { t } from '../../base/l10n.ts';
import type { DomainPlan } from '../../operations/newDomain/planDomain.ts';

/** What a person has to know once the domain runs; undefined when there is nothing to know. */
export function whatNext({ domain: { disks, network }, volumes, installer }: DomainPlan): string | undefined {
  if (installer) {
    return t('It is off when the installation is done: start it then, and it boots from its disk.');
  }
  if (volumes.some(({ kind }) => kind === 'written')) {
    return t('cloud-init sets it up now: that takes a minute.');
  }
  const [disk] = disks.filter(({ device }) => device === 'disk');
  const cd = disks.find(({ device, bootOrder }) => device === 'cdrom' && bootOrder !== undefined);
  const isCdFirst = cd?.bootOrder === 1;
  if (cd && isCdFirst) return t('Eject the CD when the installation is done, or it boots from it again.');
  if (cd && disk) return t('It boots from the CD until there is a system on its disk.');
  const isNetworkFirst = network.kind !== 'none' && network.bootOrder === 1;
  return isNetworkFirst && disk
    ? t('It boots from the network each time: change the boot order when the installation is done.')
    : undefined;
}
