import { t } from '../../../../base/l10n.ts';
import { formatBytes } from '../../../../base/sizes.ts';
import { isActive } from '../../../../hosts/inventory/domains.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding, Remedy } from '../../../finding.ts';
import type { Patient } from '../../../patient.ts';
import type { Subject } from '../../../subject.ts';
import { checkChainStep } from '../checkChainStep.ts';
import { diskChains, isForbidden, type ChainLink, type DiskChain } from '../diskChains.ts';
import { definedDisk } from '../editDiskStep.ts';
import { ImagesForbidden } from '../imageFiles.ts';
import { rebaseStep } from '../rebaseStep.ts';
import { convertPlan } from './convertPlan.ts';
import { driverTypePlan } from './driverTypePlan.ts';

const id = 'qcow2-as-raw';

/** A qcow2 image is given to the guest as it is, or its image above does not say that it is one. */
export const qcow2AsRawFailure: Failure = {
  id,
  page: () => ({
    title: t('A disk is used in the wrong format'),
    summary: t(
      'The guest finds no bootable disk, “Image is not in qcow2 format”, or libvirt complains that the format of a backing image was not specified.',
    ),
    why: [
      t(
        'A qcow2 file has a head and tables before the data. Where the definition says raw, or nothing, the guest is given all of it as its disk: it finds no partitions and “No bootable device”. libvirt does not guess the format, because a guest could write the head of another format onto its raw disk and be shown any file of the host.',
      ),
      t(
        'For the same reason an image must say in which format the file below it is. Since libvirt 6.0 a chain that does not say so is refused, or its lower part is not read.',
      ),
    ],
    looks: [
      t(
        'The first bytes of every file that is used as raw: those of a qcow2 image are unmistakable. Whether qemu-img can read the others in the format that is said.',
      ),
      t('What each qcow2 image says of the file below it.'),
    ],
    cures: [
      t(
        'Let the definition say qcow2, after a look whether the image is still whole; or raw, where it is that.',
      ),
      t('Or convert the image to a raw file beside it, and use that; the image stays.'),
      t('Write the format of the file below into the image above.'),
    ],
    byHand: [
      'qemu-img check -f qcow2 DISK',
      'virsh edit DOMAIN',
      'qemu-img rebase -u -f qcow2 -b BASE.qcow2 -F qcow2 DISK.qcow2',
    ],
    links: [
      { title: t('libvirt: backing chains'), url: 'https://libvirt.org/kbase/backing_chains.html' },
      {
        title: t('libvirt: the driver of a disk'),
        url: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
      },
    ],
  }),
  symptoms: [
    {
      example:
        "format of backing image 'base.qcow2' of image '/images/web1.qcow2' was not specified in the image metadata (See https://libvirt.org/kbase/backing_chains.html for troubleshooting)",
      pattern: /format of backing image '(.+?)' of image '(.+?)' was not specified/,
    },
    {
      example:
        'qemu-system-x86_64: -blockdev {"node-name":"libvirt-1-format","driver":"qcow2"}: Image is not in qcow2 format',
      pattern: /Image is not in (\w+) format/,
    },
  ],
  async examineHost(patient, complaint) {
    const chains = await diskChains(patient, complaint);
    const findings = (await Promise.all(chains.map((chain) => examine(patient, chain)))).flat();
    if (findings.length === 0 && chains.some(isForbidden)) throw new ImagesForbidden(patient.name);
    return findings;
  },
};

async function examine(patient: Patient, chain: DiskChain): Promise<readonly Finding[]> {
  const [own, ...below] = chain.links;
  if (own.file.kind === 'raw' && own.file.header && chain.disk.device === 'disk')
    return [await rawFinding(patient, chain)];
  if (own.file.kind === 'unreadable' && own.file.said.includes('Image is not in '))
    return [await otherFormatFinding(patient, chain, own.file.said)];
  const unsaid = below.find(({ format, file }) => format === undefined && headerOf(file) !== undefined);
  return unsaid ? [unsaidFinding(patient, chain, unsaid)] : [];
}

function headerOf(
  file: ChainLink['file'],
): { readonly hasBacking: boolean; readonly size: number } | undefined {
  return file.kind === 'raw' ? file.header : undefined;
}

function aboutDisk(patient: Patient, { domain }: DiskChain): Subject {
  const { name, uuid } = domain.entry.ref;
  return { kind: 'domain', host: patient.name, name, uuid };
}

async function rawFinding(patient: Patient, chain: DiskChain): Promise<Finding> {
  const { domain, disk, links } = chain;
  const { name } = domain.entry.ref;
  const [{ path, file }] = links;
  const header = headerOf(file);
  const element = await definedDisk(chain);
  const about = aboutDisk(patient, chain);
  const remedies: readonly Remedy[] = element
    ? [
        {
          kind: 'plan',
          title: t('Let the definition say qcow2'),
          plan: () => Promise.resolve(driverTypePlan(patient, chain, element, 'qcow2')),
        },
        {
          kind: 'plan',
          title: t('Convert the image to raw, and keep it'),
          plan: (options) => convertPlan(patient, chain, element, options),
        },
      ]
    : [];
  return {
    failure: id,
    severity: 'error',
    about,
    title: t(
      '{0} of {1} on {2} is used as raw, but {3} is a qcow2 image',
      disk.target,
      name,
      patient.name,
      path,
    ),
    explanation: [
      t('The guest sees the head and tables of the image instead of its content, and cannot boot from it.'),
      ...(isActive(domain.entry)
        ? [
            t(
              'The domain runs: what the guest writes to the disk now damages the image. Shut it down before you cure this.',
            ),
          ]
        : []),
      t('If the guest itself wrote this head onto its raw disk, nothing is wrong: then leave it as it is.'),
    ],
    evidence: [
      `<driver type='${disk.format ?? ''}'/>`,
      t('{0} begins as a qcow2 image of {1}.', path, formatBytes(header?.size ?? 0)),
      ...(header?.hasBacking === true ? [t('It names an image below it.')] : []),
    ],
    remedies: [...remedies, { kind: 'document', title: t('Open the XML of {0}', name), on: about }],
  };
}

/** The definition says qcow2, or another format, and the file is none of it: most often it is raw. */
async function otherFormatFinding(patient: Patient, chain: DiskChain, said: string): Promise<Finding> {
  const { domain, disk, links } = chain;
  const { name } = domain.entry.ref;
  const [{ path }] = links;
  const element = await definedDisk(chain);
  const about = aboutDisk(patient, chain);
  return {
    failure: id,
    severity: 'error',
    about,
    title: t(
      '{0} of {1} on {2} is used as {3}, but {4} is no such image',
      disk.target,
      name,
      patient.name,
      disk.format ?? 'raw',
      path,
    ),
    explanation: [
      t(
        'The domain does not start. If the file was made as a raw image, the definition says the wrong type; else its head is damaged, and it has to be restored.',
      ),
    ],
    evidence: [`<driver type='${disk.format ?? ''}'/>`, said],
    remedies: [
      ...(element
        ? ([
            {
              kind: 'plan',
              title: t('Let the definition say raw'),
              plan: () => Promise.resolve(driverTypePlan(patient, chain, element, 'raw')),
            },
          ] as const)
        : []),
      { kind: 'document', title: t('Open the XML of {0}', name), on: about },
    ],
  };
}

function unsaidFinding(patient: Patient, chain: DiskChain, unsaid: ChainLink): Finding {
  const { domain, disk, links } = chain;
  const { ref } = domain.entry;
  const above = links[links.indexOf(unsaid) - 1];
  const isRefused = headerOf(unsaid.file)?.hasBacking === true;
  const about = aboutDisk(patient, chain);
  return {
    failure: id,
    severity: isRefused ? 'error' : 'warning',
    about,
    title: t(
      'The image of {0} of {1} on {2} does not say that {3} is qcow2',
      disk.target,
      ref.name,
      patient.name,
      unsaid.path,
    ),
    explanation: [
      isRefused
        ? t(
            'The file below stands on another one itself. libvirt does not follow a format that nobody has said, and refuses the domain.',
          )
        : t(
            'The domain starts only because this version of libvirt guesses the format of a file that stands on no other. Others use it as raw, and the guest finds no data.',
          ),
    ],
    evidence: links.map(({ path, format }, index) => `${'  '.repeat(index)}${path} (${format ?? '?'})`),
    remedies: above ? [sayFormat(patient, chain, above, unsaid)] : [],
  };
}

function sayFormat(patient: Patient, chain: DiskChain, above: ChainLink, unsaid: ChainLink): Remedy {
  const { planHost: host } = patient;
  const { ref } = chain.domain.entry;
  const [own] = chain.links;
  return {
    kind: 'plan',
    title: t('Write the format into {0}', above.path),
    plan: async (options) => {
      const { file, format = 'raw' } = above;
      const from = file.kind === 'image' ? file.backing : undefined;
      const named = from ?? { name: unsaid.path, path: unsaid.path, format: undefined };
      const overlay = { path: above.path, format };
      const rebase = { overlay, from: named, to: { ...named, format: 'qcow2' } };
      return {
        title: t('Let {0} on {1} say what it stands on', above.path, host.name),
        remarks: [t('Do this only if you know that {0} was made as a qcow2 image.', unsaid.path)],
        steps: [
          await rebaseStep(host, ref, rebase, options),
          checkChainStep(host, chain.domain, [{ path: own.path, format: own.format ?? 'raw' }]),
        ],
      };
    },
  };
}
