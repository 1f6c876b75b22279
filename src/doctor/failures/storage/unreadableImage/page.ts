import { t } from '../../../../base/l10n.ts';
import type { FailurePage } from '../../../failure.ts';

export function page(): FailurePage {
  return {
    title: t('One image stops a whole storage pool'),
    summary: t(
      'An RBD pool cannot be started or refreshed, and libvirt names an image that it failed to open.',
    ),
    why: [
      t(
        'When a pool is started or refreshed, libvirt opens every image in it. At the first that fails it gives up and stops the pool, with all the others that are well. It says “No such file or directory” whatever the reason is.',
      ),
      t(
        'Only an image that is gone, or has no header, is left out without harm: the list of Ceph then has more than that of libvirt.',
      ),
      t(
        'Reasons are: the user of the pool may not read the parent of a clone, in another pool; the header of the image is damaged; or the image was made by a newer Ceph than the library of the host knows.',
      ),
    ],
    looks: [
      t(
        '“rbd ls -l”, with the user and key of the pool, opens every image as libvirt does, and names those that fail.',
      ),
      t('“rbd info” tells why, for each of up to 20 of them.'),
      t('For clones: which parent they have, as a client of the cluster with more rights sees it.'),
    ],
    cures: [
      t(
        'Where the parent may not be read: a plan lets the user read the pool of the parent, and starts the storage pool.',
      ),
      t(
        'Where the header is damaged: a plan takes the image out of the list of images, which rbd itself cannot do, and starts the pool. No data is touched, and undoing enters it again.',
      ),
      t(
        'Where the header is gone: a plan moves what is left to the trash, another removes it with its data for good.',
      ),
    ],
    byHand: [
      'rbd --id libvirt ls -l POOL   # names the images that cannot be opened',
      'rbd --id libvirt info POOL/IMAGE; echo $?   # 1: forbidden; 2: no header; 5: damaged; 38: too new',
      "ceph auth caps client.libvirt mon 'profile rbd' osd 'profile rbd pool=POOL, profile rbd-read-only pool=PARENTS' mgr 'profile rbd pool=POOL'",
      'rados -p POOL get rbd_id.IMAGE - | tail -c +5   # the id of the image',
      'rados -p POOL rmomapkey rbd_directory name_IMAGE && rados -p POOL rmomapkey rbd_directory id_ID',
      'virsh pool-start POOL',
    ],
    links: [
      {
        title: 'Ceph: Capabilities of users',
        url: 'https://docs.ceph.com/en/latest/rados/operations/user-management/',
      },
      { title: 'Ceph: rbd', url: 'https://docs.ceph.com/en/latest/man/8/rbd/' },
      { title: 'Ceph: rados', url: 'https://docs.ceph.com/en/latest/man/8/rados/' },
      { title: 'libvirt: Storage pools', url: 'https://libvirt.org/storage.html' },
    ],
    limits: t(
      'Reproduced with libvirt 9.0 and Ceph 16: a header that is gone, one that is damaged, and a parent that may not be read. An image of a newer Ceph was not to be had.',
    ),
  };
}
