import { t } from '../../../../base/l10n.ts';
import type { FailurePage } from '../../../failure.ts';

export function page(): FailurePage {
  return {
    title: t('A storage pool has no backend'),
    summary: t(
      'The state of a pool is unknown, and whatever one does with it fails with “missing backend for pool type”.',
    ),
    why: [
      t(
        'libvirt has a backend for each type of storage pools, a file that its daemon loads as it starts. Distributions put some of them into packages of their own: RBD, Gluster, ZFS, iSCSI without a login of the host. An upgrade of the distribution can split off one that was there before: the pool is defined still, but nothing can be done with it.',
      ),
      t(
        'A pool that was active when the backend went away is stuck: libvirt takes it for active, as a file in /run/libvirt/storage says so, but cannot stop it without the backend, and does not undefine what is active. After a reboot of the host it is inactive.',
      ),
      t(
        'Domains are not concerned: QEMU has drivers of its own. But no volumes can be listed, made or removed.',
      ),
    ],
    looks: [
      t('libvirt is asked which types of pools it has backends for, and which types its pools have.'),
      t('Whether the host is a client of a Ceph cluster: then it will want RBD pools.'),
      t('The distribution and the version of libvirt, which tell the name of the package.'),
    ],
    cures: [
      t(
        'A plan installs the package, restarts the daemon that has the storage (libvirtd or virtstoraged), starts the pools again that a restart leaves inactive, starts the pool and has it start with the host. Before anything is done it is tried whether Ceph lets the pool in.',
      ),
      t(
        'For a pool that is stuck, and no longer wanted: a plan sets aside what libvirt has noted of it and restarts the daemon. Then it can be undefined.',
      ),
    ],
    byHand: [
      'virsh pool-capabilities | grep "<pool type="',
      'apt-get install libvirt-daemon-driver-storage-rbd   # Debian, Ubuntu',
      'dnf install libvirt-daemon-driver-storage-rbd   # Fedora, RHEL, CentOS Stream, Rocky, Alma',
      'zypper install libvirt-daemon-driver-storage-rbd   # openSUSE, SLES',
      'systemctl restart libvirtd   # with modular daemons: virtstoraged',
      'virsh pool-start POOL && virsh pool-autostart POOL',
      '# the stuck pool, without the backend:',
      'mv /run/libvirt/storage/POOL.xml /root/ && systemctl restart libvirtd && virsh pool-undefine POOL',
    ],
    links: [
      { title: 'libvirt: Storage pools', url: 'https://libvirt.org/storage.html' },
      { title: 'libvirt: Daemons', url: 'https://libvirt.org/daemons.html' },
      {
        title: 'Ceph: Using libvirt with Ceph RBD',
        url: 'https://docs.ceph.com/en/latest/rbd/libvirt/',
      },
    ],
    limits: t(
      'Packages are installed and removed by a test on Debian, with the backend for RBD and libvirtd. The names of the packages of other distributions, and virtstoraged, are from their packaging and were not run.',
    ),
  };
}
