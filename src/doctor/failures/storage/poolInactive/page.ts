import { t } from '../../../../base/l10n.ts';
import type { FailurePage } from '../../../failure.ts';

export function page(): FailurePage {
  return {
    title: t('A storage pool is inactive after a boot or a restart of libvirt'),
    summary: t('A pool that is set to start with the host is inactive, and its volumes cannot be listed.'),
    why: [
      t(
        'libvirt starts pools by itself when its daemon starts for the first time after a boot, one after the other, each once. Where Ceph or a file server answers later than that, the pool stays inactive: for each silent cluster libvirt waits 30 s, then goes on.',
      ),
      t(
        'When the daemon is restarted, as packages do when they are updated, libvirt finds out which pools are active still. It cannot do so for RBD, Gluster and direct iSCSI: these are inactive then. A file in /run/libvirt/storage says that pools were started already, so that none is started again.',
      ),
      t('A refresh that fails stops the pool, too.'),
      t(
        'Domains that name their images themselves, as libvirt wants it for RBD, start and run all the same.',
      ),
    ],
    looks: [
      t('Which pools are to start with the host, and are not active though libvirt has the backend.'),
      t('When the daemon was started, when it started pools by itself, and what its log says of a pool.'),
      t(
        'For RBD: whether Ceph lets the pool in, by a direct login that waits for 5 s at most; and whether an image stops the pool.',
      ),
    ],
    cures: [
      t('A plan starts the pool, or all of them, when Ceph lets them in.'),
      t(
        'A plan installs a unit of systemd with a script, both shown before: after every start of libvirt’s daemon it waits until a monitor of Ceph or a file server answers, then starts the pools that are to start with the host. It can be removed again, and the check-up says that it is there.',
      ),
    ],
    byHand: [
      'virsh pool-list --inactive --autostart',
      'virsh pool-start POOL',
      'ls -l --time-style=full-iso /run/libvirt/storage/autostarted   # when pools were started by themselves',
      "journalctl -b -u libvirtd -u virtstoraged | grep 'Failed to autostart storage pool'",
    ],
    links: [
      { title: 'libvirt: Storage pools', url: 'https://libvirt.org/storage.html' },
      {
        title: 'libvirt: virsh pool-autostart',
        url: 'https://libvirt.org/manpages/virsh.html#pool-autostart',
      },
    ],
    limits: t(
      'The script is run by a test against monitors that are frozen and then answer. The hosts of the tests have no systemd: that the unit is installed, enabled and removed is seen by a program that stands in for systemctl. Pools on NFS, CIFS, Gluster and iSCSI were not started by it.',
    ),
  };
}
