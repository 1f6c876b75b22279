import { t } from '../../../../base/l10n.ts';
import type { FailurePage } from '../../../failure.ts';

export function volumeNotAttachedPage(): FailurePage {
  return {
    title: t('A disk was attached and is not there'),
    summary: t(
      'A disk or volume was asked for, perhaps without any error, and the running domain does not have it.',
    ),
    why: [
      t(
        'A domain has a definition for its next start and, while it runs, a state of its own. Something can be attached to only one of them. Tools such as Nova ask for both; when QEMU refuses, some of them tell nobody.',
      ),
      t(
        'QEMU opens an RBD image with the librbd that it was started with. One that has run for years may not know features of images that are made today, while other domains on the host attach them without trouble: “Image uses unsupported features: 60”.',
      ),
      t('What the guest makes of a disk that QEMU has cannot be seen from here.'),
    ],
    looks: [
      t('The disks of the definition and of the running domain, compared with each other.'),
      t(
        'The end of the log of the domain (/var/log/libvirt/qemu/NAME.log), and the mask of features in it, decoded.',
      ),
    ],
    cures: [
      t('Attach the disk of the definition to the running domain.'),
      t('Switch off the features that the client does not know.'),
      t(
        'Shut the domain down and start it again: it then has the disk, and the librbd that is installed now.',
      ),
      t('Have the Ceph client log what it does, read the log, and end it again.'),
    ],
    byHand: [
      'virsh domblklist DOMAIN',
      'virsh domblklist --inactive DOMAIN',
      'tail -n 50 /var/log/libvirt/qemu/DOMAIN.log',
      'rbd feature disable POOL/IMAGE deep-flatten fast-diff object-map exclusive-lock',
      'ceph config set client.ID debug_rbd 20/20',
      'ceph config set client.ID log_to_stderr true',
      'ceph config rm client.ID log_to_stderr',
      'ceph config rm client.ID debug_rbd',
    ],
    links: [
      {
        title: 'Domain XML: disks',
        url: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
      },
      { title: 'RBD image features', url: 'https://docs.ceph.com/en/latest/rbd/rbd-config-ref/' },
      {
        title: 'Logging and debugging',
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/log-and-debug/',
      },
    ],
    limits: t(
      'A librbd that refuses an image for its features was tested with a recorded log (from 2018): newer libraries know all features that the cluster of the tests can have.',
    ),
  };
}
