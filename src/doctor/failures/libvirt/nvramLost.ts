import { t } from '../../../base/l10n.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { nvramFileOf, type NvramFile } from '../../../rules/domain/nvramFile.ts';
import { scan } from '../../../xml/scanner/scan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { ExaminedDomain, Patient } from '../../patient.ts';
import { readImageFiles } from '../chain/imageFiles.ts';
import { lineOf, subjectOf } from './ofComplaint.ts';

const id = 'nvram-lost';

/** What the guest has stored in its UEFI is gone, or stands in the way of undefining the domain. */
export const nvramLostFailure: Failure = {
  id,
  page: () => ({
    title: t('The UEFI variables of a domain are lost'),
    summary: t(
      'The file of <nvram> is missing: the guest does not boot as it did, or not at all. Or: “cannot undefine domain with nvram”.',
    ),
    why: [
      t(
        'A domain with UEFI has a file of its own, in /var/lib/libvirt/qemu/nvram as a rule, with what the guest has stored in the firmware: boot entries and Secure Boot keys. “virsh undefine --nvram” deletes it, and it is easily forgotten when a domain is moved to another host.',
      ),
      t(
        'When it is not there, libvirt makes it anew at the start, from the template that belongs to the UEFI image. Boot entries are lost then: most guests boot all the same, by \\EFI\\BOOT\\BOOTX64.EFI; others end in the UEFI shell. Without a template the start fails.',
      ),
      t(
        'libvirt does not undefine such a domain before it is said whether the file is to go (--nvram) or to stay (--keep-nvram).',
      ),
    ],
    looks: [
      t('Whether the file of each domain with UEFI is there, and the template that it would be made from.'),
    ],
    cures: [
      t('Copy the file from where the domain was, or from a backup, before the first start.'),
      t(
        'Or start the domain: the file is made from the template. Then write the boot entry anew in the guest (efibootmgr, grub-install, bcdboot).',
      ),
      t('To undefine: “Undefine…” asks what is to become of the file.'),
    ],
    byHand: [
      'virsh dumpxml DOMAIN | grep -A1 nvram',
      'virsh start DOMAIN --reset-nvram',
      'virsh undefine DOMAIN --keep-nvram',
    ],
    links: [
      { title: t('libvirt: firmware'), url: 'https://libvirt.org/formatdomain.html#bios-bootloader' },
      { title: 'libvirt: virsh undefine', url: 'https://libvirt.org/manpages/virsh.html#undefine' },
    ],
  }),
  symptoms: [
    {
      example: 'Requested operation is not valid: cannot undefine domain with nvram',
      pattern: /cannot (?:undefine|delete) (?:inactive )?domain with nvram/,
    },
    {
      example:
        'operation failed: unable to find any master var store for loader: /usr/share/OVMF/OVMF_CODE.fd',
      pattern: /unable to find any master var store for loader: (?<loader>\S+)/,
    },
    {
      example: "Failed to open file '/usr/share/OVMF/OVMF_VARS.fd': No such file or directory",
      pattern: /(?:Failed to open file|Could not open) '(?<file>\S*(?:VARS|vars|nvram)\S*)': No such file/,
    },
  ],
  async examineHost(patient, complaint) {
    if (complaint?.match[0].includes('domain with nvram') === true)
      return [refusedUndefine(patient, complaint)];
    const about = complaint?.about;
    const domains = (await patient.domains()).filter(
      ({ entry }) => !isActive(entry) && (about?.kind !== 'domain' || about.uuid === entry.ref.uuid),
    );
    const named = domains.flatMap((domain) => {
      const file = nvramFileOf(scan(domain.xml));
      return file ? [{ domain, file }] : [];
    });
    const questions = named.flatMap(({ domain, file: { path, template } }) =>
      [path, template, logOf(domain)].flatMap((one) =>
        one === undefined ? [] : [{ path: one, format: 'raw' }],
      ),
    );
    const fileOf = await readImageFiles(patient.host.transport, questions, patient.wait);
    const isMissing = (path: string): boolean => fileOf({ path, format: 'raw' }).kind === 'missing';
    const wasStarted = (domain: ExaminedDomain): boolean =>
      !isMissing(logOf(domain)) || isElsewhere(patient, domain);
    return named
      .filter(({ domain, file }) => isMissing(file.path) && (complaint !== undefined || wasStarted(domain)))
      .map(({ domain, file }) =>
        lost(patient, domain, file, file.template !== undefined && isMissing(file.template), complaint),
      );
  },
};

/** QEMU's first start makes it. */
function logOf({ entry: { ref } }: ExaminedDomain): string {
  return `/var/log/libvirt/qemu/${ref.name}.log`;
}

/** What a domain has on another host, where it may have run, it can lack here. */
function isElsewhere({ session, ward }: Patient, { entry: { ref } }: ExaminedDomain): boolean {
  return ward.sessions.some((other) => other !== session && other.inventory?.domains.entries.has(ref.uuid));
}

function refusedUndefine(patient: Patient, complaint: Complaint): Finding {
  const about = subjectOf(patient, complaint);
  return {
    failure: id,
    severity: 'information',
    about,
    title: t('libvirt on {0} wants to know what is to become of the UEFI variables', patient.name),
    explanation: [
      t(
        'The domain has a file with what its guest stored in the UEFI. Keep it if the domain is to be defined again, on this host or another; delete it if it is gone for good.',
      ),
    ],
    evidence: [lineOf(complaint)],
    remedies:
      about.kind === 'domain'
        ? [
            {
              kind: 'command',
              title: t('Undefine it, and choose what becomes of the file'),
              command: 'libvirt.domain.undefine',
              on: about,
            },
          ]
        : [],
  };
}

/** @param isTemplateMissing the file that it would be made from is named, and is not there */
function lost(
  patient: Patient,
  { entry: { ref } }: ExaminedDomain,
  file: NvramFile,
  isTemplateMissing: boolean,
  complaint: Complaint | undefined,
): Finding {
  const about = { kind: 'domain', host: patient.name, name: ref.name, uuid: ref.uuid } as const;
  const cannotStart = isTemplateMissing || complaint?.match.groups?.['loader'] !== undefined;
  return {
    failure: id,
    severity: cannotStart ? 'error' : 'warning',
    about,
    title: t('{0} on {1} has no file {2} for its UEFI variables', ref.name, patient.name, file.path),
    explanation: [
      cannotStart
        ? t(
            'There is no template to make it from either: the domain does not start. Put the file back, or name a template in the XML: <nvram template="…">.',
          )
        : t(
            'At the next start libvirt makes it from the template, without the boot entries and Secure Boot keys of the guest. If the domain was moved here, copy the file from the host where it was first.',
          ),
    ],
    evidence: [
      ...(complaint ? [lineOf(complaint)] : []),
      `<nvram>${file.path}</nvram>`,
      ...(file.template === undefined ? [] : [`template: ${file.template}`]),
      ...(file.loader === undefined ? [] : [`loader: ${file.loader}`]),
    ],
    remedies: [
      ...(cannotStart
        ? []
        : ([
            {
              kind: 'command',
              title: t('Start it: libvirt makes the file from the template'),
              command: 'libvirt.domain.start',
              on: about,
            },
          ] as const)),
      { kind: 'document', title: t('Open the XML of {0}', ref.name), on: about },
    ],
  };
}
