import { t } from '../../../../base/l10n.ts';
import type { FailurePage } from '../../../failure.ts';

export function page(): FailurePage {
  return {
    title: t('libvirt lists other volumes than there are'),
    summary: t('An image that was just made is not found, or one that was removed is listed still.'),
    why: [
      t(
        'libvirt reads what is in a pool when the pool is started or refreshed, and remembers it. What rbd, qemu-img, another host or a person makes or removes it does not notice. Each host has a list of its own.',
      ),
      t(
        'Domains that name an image themselves do without the list. Whatever goes through volumes does not: creating, deleting and attaching them.',
      ),
    ],
    looks: [
      t(
        'The list of libvirt is compared with “rbd ls”, with the user and key of the pool; in pools of files with the files in the folder.',
      ),
      t(
        'Images that cannot be opened are left out: libvirt leaves them out as well, and listing again does not help.',
      ),
    ],
    cures: [
      t(
        'A plan tries whether all images can be opened, as one that cannot would stop the pool, then refreshes the pool and compares again.',
      ),
    ],
    byHand: ['virsh vol-list POOL', 'rbd --id libvirt ls CEPH_POOL', 'virsh pool-refresh POOL'],
    links: [
      { title: 'libvirt: Storage pools', url: 'https://libvirt.org/storage.html' },
      { title: 'libvirt: virsh pool-refresh', url: 'https://libvirt.org/manpages/virsh.html#pool-refresh' },
    ],
  };
}
