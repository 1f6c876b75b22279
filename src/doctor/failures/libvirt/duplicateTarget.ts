import { t } from '../../../base/l10n.ts';
import { freeTarget, type Devices, type DiskBus } from '../../../operations/devices/diskPlaces.ts';
import type { Failure } from '../../failure.ts';
import { domainOf, lineOf, subjectOf } from './ofComplaint.ts';

/** Two disks of a domain were to have the same name. */
export const duplicateTargetFailure: Failure = {
  id: 'duplicate-target',
  page: () => ({
    title: t('A disk of that name is there already'),
    summary: t('“target vdb duplicated for disk sources …”, or “target vda already exists”.'),
    why: [
      t(
        'The target of a disk, vdb for instance, names it within the domain and says on which place of the bus it sits. Each can be there once.',
      ),
      t(
        'A running domain and its definition can have different disks: what was attached without --config is only in the running one, and a change for the next start only in the definition. A name that is free in one may be taken in the other.',
      ),
      t('Names of SATA, SCSI and USB are all of the form sda: they share one row.'),
    ],
    looks: [t('The targets in the running domain and in its definition.')],
    cures: [t('Attach the disk under the next free name.'), t('Or detach the disk that has the name.')],
    byHand: ['virsh domblklist DOMAIN', 'virsh domblklist --inactive DOMAIN'],
    links: [
      {
        title: t('libvirt: disks'),
        url: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
      },
    ],
  }),
  symptoms: [
    {
      example: "XML error: target 'vdb' duplicated for disk sources '/images/a.img' and '/images/b.img'",
      pattern: /target '(?<target>[\w-]+)' duplicated for disk sources '(?<first>.*?)' and '(?<second>.*?)'/,
    },
    {
      example: 'Requested operation is not valid: target vda already exists',
      pattern: /target (?<target>[vshxf]d[a-z]+) already exists/,
    },
  ],
  async examineHost(patient, complaint) {
    if (!complaint) return [];
    const domain = await domainOf(patient, complaint);
    const about = subjectOf(patient, complaint);
    const { target = '', first, second } = complaint.match.groups ?? {};
    const defined = targets(domain?.model.disks);
    const live = domain && (await patient.host.inventory.domains.details(domain.entry.ref.uuid));
    const running = targets(live?.disks);
    const name = domain?.entry.ref.name ?? t('A domain');
    return [
      {
        failure: 'duplicate-target',
        severity: 'information',
        about,
        title: t('{0} on {1} has a disk {2} already', name, patient.name, target),
        explanation: [
          ...(first === undefined || second === undefined
            ? []
            : [
                first === second
                  ? t('Both are {0}: it is attached already.', first)
                  : t('One is {0}, the other {1}.', first, second),
              ]),
          ...(domain
            ? [
                t(
                  'Free in both, the running domain and its definition: {0}.',
                  freeName(target, [domain.model, live ?? domain.model]),
                ),
              ]
            : []),
        ],
        evidence: [
          lineOf(complaint),
          ...(domain
            ? [t('defined: {0}', defined.join(' ') || '-'), t('running: {0}', running.join(' ') || '-')]
            : []),
        ],
        remedies: domain
          ? [
              {
                kind: 'command',
                title: t('Attach the disk under a free name'),
                command: 'libvirt.domain.attachDisk',
                on: about,
              },
              { kind: 'document', title: t('Open the XML of {0}', name), on: about },
            ]
          : [],
      },
    ];
  },
};

function targets(disks: readonly { readonly target: string }[] = []): readonly string[] {
  return disks.map(({ target }) => target);
}

const busOfPrefix: Readonly<Record<string, DiskBus>> = { vd: 'virtio', sd: 'scsi', hd: 'ide', fd: 'fdc' };

/** The first name of the same row that neither has. */
function freeName(target: string, devices: Devices): string {
  return freeTarget(busOfPrefix[target.slice(0, 2)] ?? 'virtio', devices);
}
