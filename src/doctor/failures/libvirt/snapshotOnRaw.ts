import { t } from '../../../base/l10n.ts';
import type { DomainDisk } from '../../../libvirt/model/disk.ts';
import { offerSnapshots, writableDisks } from '../../../operations/snapshots/snapshotKinds.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import type { Failure } from '../../failure.ts';
import type { Remedy } from '../../finding.ts';
import type { Subject } from '../../subject.ts';
import { domainOf, lineOf, subjectOf } from './ofComplaint.ts';

/** A snapshot was to be kept inside a disk whose format has no place for it. */
export const snapshotOnRawFailure: Failure = {
  id: 'snapshot-on-raw',
  page: () => ({
    title: t('A disk cannot hold a snapshot'),
    summary: t('“internal snapshot for disk vda unsupported for storage type raw”.'),
    why: [
      t(
        'The plain snapshot of libvirt is an internal one: it is kept within the image of each disk, which only qcow2 can. A raw disk, and every RBD image is one for libvirt, has no place for it. One raw disk is enough for all to be refused.',
      ),
      t('Ceph has snapshots of its own, which cost nothing to take. libvirt does not know of them.'),
    ],
    looks: [
      t('The disks that the guest writes to: which are on Ceph, which are files, and in which format.'),
    ],
    cures: [
      t(
        'All disks on Ceph: an RBD snapshot of all of them at one moment, with the guest’s file systems frozen where its agent answers.',
      ),
      t('Files: an external snapshot; the domain writes to new files from then on.'),
      t('Convert raw files to qcow2 if internal snapshots are wanted.'),
      t('Leave out disks that need no snapshot: make them read-only, or take them out for the time.'),
    ],
    byHand: ['rbd snap create POOL/IMAGE@NAME', 'virsh snapshot-create-as DOMAIN NAME --disk-only --atomic'],
    links: [
      { title: t('libvirt: kinds of snapshots'), url: 'https://libvirt.org/kbase/snapshots.html' },
      { title: t('Ceph: snapshots of RBD images'), url: 'https://docs.ceph.com/en/latest/rbd/rbd-snapshot/' },
    ],
  }),
  symptoms: [
    {
      example: 'unsupported configuration: internal snapshot for disk vda unsupported for storage type raw',
      pattern:
        /internal (?:inactive )?snapshot for disk (?<disk>\S+) unsupported for storage type (?<type>\w+)/,
    },
    {
      example:
        "Operation not supported: internal snapshots not supported for disk 'vda' on storage type 'raw'",
      pattern: /internal snapshots? (?:is |are )?not supported (?:for|on) disk '?(?<disk>[\w-]+)/,
    },
  ],
  async examineHost(patient, complaint) {
    if (!complaint) return [];
    const domain = await domainOf(patient, complaint);
    const about = subjectOf(patient, complaint);
    const disks = domain?.model.disks ?? [];
    const offer = offerSnapshots(disks, domain !== undefined && isActive(domain.entry));
    const { disk = '' } = complaint.match.groups ?? {};
    const name = about.kind === 'domain' ? about.name : t('A domain');
    return [
      {
        failure: 'snapshot-on-raw',
        severity: 'warning',
        about,
        title: t('The disk {0} of {1} on {2} cannot hold a snapshot', disk, name, patient.name),
        explanation: [
          t('Only qcow2 images can. Nothing was changed.'),
          ...(offer.notInternal.length > 0
            ? [
                t(
                  'These disks stand in the way: {0}.',
                  offer.notInternal.map(({ target }) => target).join(', '),
                ),
              ]
            : []),
          ...(isMixed(disks)
            ? [
                t(
                  'Some disks are on Ceph and some are files: no snapshot has all of them at one moment while the domain runs. Shut it down, and take both kinds.',
                ),
              ]
            : []),
        ],
        evidence: [lineOf(complaint), ...writableDisks(disks).map(diskInWords)],
        remedies: domain ? remedies(about, disks, offer.external.length > 0) : [],
      },
    ];
  },
};

function isRbd({ source }: DomainDisk): boolean {
  return source?.type === 'network' && source.protocol === 'rbd';
}

function isMixed(disks: readonly DomainDisk[]): boolean {
  const writable = writableDisks(disks);
  return writable.some(isRbd) && !writable.every(isRbd);
}

function remedies(on: Subject, disks: readonly DomainDisk[], hasFiles: boolean): readonly Remedy[] {
  return [
    ...(writableDisks(disks).some(isRbd)
      ? ([
          {
            kind: 'command',
            title: t('Take an RBD snapshot of all disks on Ceph'),
            command: 'libvirt.snapshot.takeRbd',
            on,
          },
        ] as const)
      : []),
    ...(hasFiles
      ? ([
          {
            kind: 'command',
            title: t('Take an external snapshot of the disks on files'),
            command: 'libvirt.snapshot.take',
            on,
          },
        ] as const)
      : []),
  ];
}

function diskInWords({ target, format, source }: DomainDisk): string {
  const where = source?.type === 'network' ? `${source.protocol} ${source.name}` : (source?.type ?? '');
  return `${target}: ${format ?? 'raw'}, ${where}`;
}
