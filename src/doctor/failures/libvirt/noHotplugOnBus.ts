import { t } from '../../../base/l10n.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import { domainOf, lineOf, subjectOf } from './ofComplaint.ts';

/** A device was to be plugged into, or out of, a bus that cannot do that while the domain runs. */
export const noHotplugOnBusFailure: Failure = {
  id: 'no-hotplug-on-bus',
  page: () => ({
    title: t('A bus cannot be plugged while the domain runs'),
    summary: t(
      'A disk on SATA or IDE is not attached to a running domain: “Could not find sata controller”, “does not support hotplugging”.',
    ),
    why: [
      t(
        'In QEMU the drives of IDE, SATA and floppy are there from the start or not at all. virtio, SCSI (virtio-scsi) and USB can be plugged while the domain runs.',
      ),
      t(
        'virsh attach-disk takes the bus from the name of the target: sda means SATA or SCSI, hda IDE, vda virtio.',
      ),
      t(
        'On a PCI Express machine (q35) virtio devices need a free pcie-root-port as well: the bus pcie.0 itself takes nothing while the domain runs.',
      ),
    ],
    looks: [t('The bus that libvirt or QEMU names, and the controllers that the domain has.')],
    cures: [
      t('Attach the disk as virtio or SCSI.'),
      t('Or let it take effect at the next start (--config).'),
      t('To change the medium of a CD drive that is there, no plugging is needed: “Change Medium”.'),
    ],
    byHand: [
      'virsh attach-disk DOMAIN /images/data.qcow2 vdb --targetbus virtio --subdriver qcow2 --live --config',
    ],
    links: [
      {
        title: t('libvirt: disks'),
        url: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
      },
      { title: t('libvirt: PCI Express and plugging'), url: 'https://libvirt.org/pci-hotplug.html' },
    ],
  }),
  symptoms: [
    {
      example: 'internal error: Could not find sata controller with index 0 required for device',
      pattern: /Could not find (?<bus>sata|ide|fdc) controller with index/i,
    },
    {
      example: "Operation not supported: disk bus 'ide' cannot be hotplugged.",
      pattern: /disk bus '(?<bus>\w+)' can(?:not|'t) be hot-?(?:un)?plugged/i,
    },
    {
      example:
        "internal error: unable to execute QEMU command 'device_add': Bus 'ide.1' does not support hotplugging",
      pattern: /Bus '(?<bus>[\w.-]+)' does not support hotplugging/,
    },
    {
      example: 'This type of disk cannot be hot unplugged',
      pattern: /type of disk cannot be hot ?-?unplugged/i,
    },
  ],
  async examineHost(patient, complaint) {
    if (!complaint) return [];
    const domain = await domainOf(patient, complaint);
    const about = subjectOf(patient, complaint);
    const bus = complaint.match.groups?.['bus'];
    const controllers = (domain?.model.controllers ?? []).map(({ type, index, model }) =>
      [type, String(index), ...(model === undefined ? [] : [`(${model})`])].join(' '),
    );
    return [
      {
        failure: 'no-hotplug-on-bus',
        severity: 'information',
        about,
        title: t(
          '{0} cannot be plugged while {1} on {2} runs',
          bus?.toUpperCase() ?? t('This bus'),
          domain?.entry.ref.name ?? t('a domain'),
          patient.name,
        ),
        explanation: advice(bus, complaint),
        evidence: [lineOf(complaint), ...controllers.slice(0, 12)],
        remedies: domain
          ? [
              {
                kind: 'command',
                title: t('Attach the disk another way: virtio, SCSI, or at the next start'),
                command: 'libvirt.domain.attachDisk',
                on: about,
              },
              { kind: 'document', title: t('Open the XML of {0}', domain.entry.ref.name), on: about },
            ]
          : [],
      },
    ];
  },
};

function advice(bus: string | undefined, { said }: Complaint): readonly string[] {
  const isOut = /device_del|unplug|detach/i.test(said);
  if (bus?.startsWith('pci') === true)
    return [
      bus.startsWith('pcie')
        ? t(
            'The bus {0} of a PCI Express machine takes nothing while it runs: devices are plugged into a pcie-root-port. Add some <controller type="pci" model="pcie-root-port"/> to the XML for the next start.',
            bus,
          )
        : t(
            'The guest has not started far enough, or was started without ACPI: then its PCI bus cannot be plugged. Try again when it runs.',
          ),
    ];
  return isOut
    ? [t('It can be taken out of the definition alone: it is gone after the next start.')]
    : [t('Choose virtio or SCSI for the disk, or attach it for the next start alone.')];
}
