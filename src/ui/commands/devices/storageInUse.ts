import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import {
  storageName,
  storageNameOfDisk,
  type AttachableSource,
} from '../../../operations/devices/diskStorage.ts';
import type { Devices } from '../../../operations/devices/diskPlaces.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { CommandServices } from '../command.ts';
import { checkVolume, listOf, openBy } from '../volumes/volumeCheck.ts';
import type { ChosenStorage } from './askStorage.ts';

/**
 * Whether a disk that writes may be attached: asks where the storage is used already, by another domain of this or
 * another connected host, by a client of Ceph, or by this domain itself.
 */
export async function agreeToUse(
  node: DomainNode,
  services: CommandServices,
  storage: ChosenStorage,
  source: AttachableSource,
  devices: Devices,
  signal: AbortSignal,
): Promise<() => Promise<boolean>> {
  const name = storageName(source);
  const own = devices
    .flatMap(({ disks }) => disks)
    .find((disk) => disk.source && storageNameOfDisk(disk.source) === name);
  const what = name.slice(name.indexOf(':') + 1);
  const found = sentences(
    own && t('It is disk {0} of {1} already.', own.target, node.name),
    own ? undefined : await usedElsewhere(node, services, storage, name, signal),
  );
  if (found === '') return () => Promise.resolve(true);
  return () =>
    confirm(
      t('Attach {0} to {1} on {2} all the same?', what, node.name, node.host.name),
      sentences(
        found,
        t('Two that write to one image destroy what is in it, unless they have a file system for clusters.'),
      ),
      t('Attach'),
    );
}

async function usedElsewhere(
  node: DomainNode,
  services: CommandServices,
  storage: ChosenStorage,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const { host } = node;
  if (storage.kind === 'volume') {
    const check = await checkVolume(host, storage.volume, services, signal);
    const by = openBy(check);
    const off = (check.users ?? []).filter(({ domain }) => !domain.isActive && domain.uuid !== node.uuid);
    return sentences(
      by === undefined ? undefined : t('It is in use by {0}.', by),
      off.length === 0
        ? undefined
        : t(
            'It is a disk of {0} too, which is off: only one of them may run at a time.',
            listOf(off.map((user) => t('{0} on {1}', user.domain.name, user.host.name))),
          ),
    );
  }
  const { knowledge } = host.require();
  const domains = await untilKnown(knowledge, () => knowledge.current?.domains, { signal });
  const users = (domains ?? []).filter(({ disks }) => disks.some((disk) => disk.storage === name));
  return users.length === 0
    ? ''
    : t('It is a disk of {0}.', listOf(users.map((user) => t('{0} on {1}', user.name, host.name))));
}
