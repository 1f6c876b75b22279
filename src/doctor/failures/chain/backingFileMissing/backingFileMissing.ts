import { t } from '../../../../base/l10n.ts';
import { isActive } from '../../../../hosts/inventory/domains.ts';
import type { Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding, Remedy } from '../../../finding.ts';
import type { Patient } from '../../../patient.ts';
import { diskChains, isForbidden, type ChainLink, type DiskChain } from '../diskChains.ts';
import { definedDisk } from '../editDiskStep.ts';
import { ImagesForbidden } from '../imageFiles.ts';
import { otherFilePlan } from './otherFilePlan.ts';
import { pullPlan } from './pullPlan.ts';
import { rescuePlan } from './rescuePlan.ts';
import { renamedFilePlan } from './renamedFilePlan.ts';
import { renamedFiles } from './renamedFiles.ts';

const id = 'backing-file-missing';

/** A file of a disk, or one that this stands on, is not there. */
export const backingFileMissingFailure: Failure = {
  id,
  page: () => ({
    title: t('A file of a disk is missing'),
    summary: t(
      'A domain does not start because the image of a disk, or a base image below it, is not there.',
    ),
    why: [
      t(
        'An image in the format qcow2 can stand on another one: what it does not hold itself is read from the file below, its backing file. Snapshots and linked clones are made so. The image knows the file below by its name.',
      ),
      t(
        'When that file is renamed, moved or deleted, nothing notices until the next start. A domain that runs goes on: QEMU has the file open, even when it was deleted. It is gone for good when the domain stops.',
      ),
    ],
    looks: [
      t(
        'Each image is asked with qemu-img info what is below it, in the format that it is used in; nothing is written and a domain that runs is not disturbed (-U).',
      ),
      t(
        'Files of the right format and size in the same folder, or of the same name where other images are, may be the one that was renamed. Those that a domain writes to are left out.',
      ),
    ],
    cures: [
      t(
        'Let the image stand on the file that was renamed: only the name in its head is written, and that is undone where it was the wrong one.',
      ),
      t(
        'While the domain runs: copy what it still has open into its own image, or into a new file where that itself was deleted, without stopping it.',
      ),
      t(
        'Start the pool in whose folder it is, where that is not active: its storage may only not be mounted.',
      ),
      t('Put the file back under its old name, from a backup or another host.'),
      t('Give the disk another image, or eject the medium, in the XML of the domain.'),
    ],
    byHand: [
      'qemu-img info -U --backing-chain DISK.qcow2',
      'qemu-img rebase -u -f qcow2 -b NEW-BASE.qcow2 -F qcow2 DISK.qcow2',
      'virsh blockpull --domain DOMAIN --path vda --wait --verbose',
      'virsh blockcopy --domain DOMAIN --path vda --dest NEW.qcow2 --format qcow2 --transient-job --wait --verbose --pivot',
    ],
    links: [
      { title: t('libvirt: backing chains'), url: 'https://libvirt.org/kbase/backing_chains.html' },
      { title: t('QEMU: qemu-img rebase'), url: 'https://www.qemu.org/docs/master/tools/qemu-img.html' },
    ],
  }),
  symptoms: [
    {
      example:
        "Cannot access backing file '/images/base.qcow2' of storage file '/images/web1.qcow2' (as uid:64055, gid:108): No such file or directory",
      pattern:
        /Cannot access (?:storage|backing) file '(.+?)' (?:of storage file|\(as uid).*: No such file or directory/,
    },
    {
      example:
        "Could not open '/images/base.qcow2': Could not open '/images/base.qcow2': No such file or directory",
      pattern: /Could not open '((?!\/dev\/)\/.+?)': (?:Could not open '.*?': )?No such file or directory/,
    },
    {
      example: "Failed to open file '/images/web1.qcow2': No such file or directory",
      pattern: /Failed to open file '((?!\/dev\/)\/.+?)': No such file or directory/,
    },
  ],
  async examineHost(patient, complaint) {
    const chains = await diskChains(patient, complaint);
    const broken = await mandatory(chains.filter((chain) => isMeant(missingIn(chain)?.path, complaint)));
    if (broken.length === 0 && chains.some(isForbidden)) throw new ImagesForbidden(patient.name);
    const domains = new Set(broken.map(({ domain }) => domain));
    return Promise.all(
      [...domains].map((domain) =>
        finding(
          patient,
          broken.filter((chain) => chain.domain === domain),
          complaint,
        ),
      ),
    );
  },
};

/** A complaint that does not say which domain it is about names the file. */
function isMeant(missing: string | undefined, complaint: Complaint | undefined): boolean {
  if (missing === undefined) return false;
  return !complaint || complaint.about?.kind === 'domain' || complaint.match[1] === missing;
}

function missingIn({ links }: DiskChain): ChainLink | undefined {
  return links.find(({ file }) => file.kind === 'missing');
}

/** Without the media that libvirt itself leaves out when they are missing. */
async function mandatory(chains: readonly DiskChain[]): Promise<readonly DiskChain[]> {
  const kept = await Promise.all(
    chains.map(async (chain) => {
      const element = await definedDisk(chain);
      return [undefined, 'mandatory'].includes(element?.child('source')?.attribute('startupPolicy'));
    }),
  );
  return chains.filter((_, index) => kept[index]);
}

/** @param broken the chains of one domain, each with a file that is missing */
async function finding(
  patient: Patient,
  broken: readonly DiskChain[],
  complaint: Complaint | undefined,
): Promise<Finding> {
  const [first] = broken as readonly [DiskChain, ...DiskChain[]];
  const { ref } = first.domain.entry;
  const isRunning = isActive(first.domain.entry);
  const path = missingIn(first)?.path ?? '';
  const about = { kind: 'domain', host: patient.name, name: ref.name, uuid: ref.uuid } as const;
  const isOwn = first.links[0].path === path;
  return {
    failure: id,
    severity: 'error',
    about,
    title: isOwn
      ? t('The disk {0} of {1} on {2} has no file {3}', first.disk.target, ref.name, patient.name, path)
      : t(
          'A file below the disk {0} of {1} on {2} is missing: {3}',
          first.disk.target,
          ref.name,
          patient.name,
          path,
        ),
    explanation: [
      isOwn
        ? t(
            'The XML of the domain names the file, but the host does not have it: it was renamed, moved or deleted, or its storage is not mounted.',
          )
        : t(
            'The image of the disk stands on this file, and names it. It was renamed, moved or deleted, or its storage is not mounted.',
          ),
      isRunning
        ? t(
            'The domain still runs, because QEMU has the file open, even if it was deleted. Do not stop it before its data is safe: what was deleted is gone then.',
          )
        : t('The domain does not start before the file is there again, or the image stands on another one.'),
    ],
    evidence: [
      ...(complaint ? [complaint.said.split('\n').at(-1) ?? ''] : []),
      ...broken.flatMap(chainInWords),
    ],
    remedies: [
      ...(isRunning ? rescueRemedies(patient, broken) : await renamedRemedies(patient, broken)),
      { kind: 'document', title: t('Open the XML of {0}', ref.name), on: about },
    ],
  };
}

/** While the domain runs, QEMU still has what was deleted. */
function rescueRemedies(patient: Patient, broken: readonly DiskChain[]): readonly Remedy[] {
  const deleted = broken.filter(({ links: [own] }) => own.file.kind === 'missing');
  const below = broken.filter(({ links: [own] }) => own.file.kind === 'image');
  return [
    ...deleted.map((chain): Remedy => ({
      kind: 'plan',
      title: t('Rescue {0} into a new file, which QEMU still can', chain.disk.target),
      plan: (options) => rescuePlan(patient, chain, options),
    })),
    ...(below.length === 0
      ? []
      : [
          {
            kind: 'plan',
            title: t('Copy what it still has open into its own image'),
            plan: () => Promise.resolve(pullPlan(patient, below)),
          } as const,
        ]),
  ];
}

/** A plan for each file that may be the one that is missing. */
async function renamedRemedies(patient: Patient, broken: readonly DiskChain[]): Promise<readonly Remedy[]> {
  const all = await diskChains(patient);
  const remedies: Remedy[] = [];
  for (const path of new Set(broken.map((chain) => missingIn(chain)?.path ?? ''))) {
    const chains = broken.filter((chain) => missingIn(chain)?.path === path && !chain.isWritten);
    const [chain] = chains;
    const missing = chain && missingIn(chain);
    if (!chain || !missing) continue;
    const found = await renamedFiles(patient.host.transport, chain, missing, all, patient.wait);
    const element = missing === chain.links[0] ? await definedDisk(chain) : undefined;
    remedies.push(
      ...(await inactivePool(patient, path)),
      ...found.map((file): Remedy => ({
        kind: 'plan',
        title: element ? t('Let the disk use {0}', file) : t('Let it stand on {0}', file),
        plan: async (options) =>
          element
            ? otherFilePlan(patient, chain, element, file)
            : renamedFilePlan(patient, chains, path, file, options),
      })),
    );
  }
  return remedies;
}

/** The pool whose folder the file is in, where that is not active: its storage may only not be mounted. */
async function inactivePool(patient: Patient, path: string): Promise<readonly Remedy[]> {
  const pools = await patient.pools();
  return pools
    .filter(({ entry, model }) => !entry.active && isBelow(path, model.targetPath))
    .map(({ entry: { ref } }) => ({
      kind: 'command',
      title: t('Start the pool {0}, in whose folder it is', ref.name),
      command: 'libvirt.pool.start',
      on: { kind: 'pool', host: patient.name, name: ref.name, uuid: ref.uuid },
    }));
}

function isBelow(path: string, folder: string | undefined): boolean {
  return folder !== undefined && path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function chainInWords({ disk, links }: DiskChain): readonly string[] {
  return [
    `${disk.target}:`,
    ...links.map(({ path, format, file }, index) =>
      [
        `${'  '.repeat(index + 1)}${path}`,
        format === undefined ? '' : ` (${format})`,
        file.kind === 'missing' ? ': No such file or directory' : '',
      ].join(''),
    ),
  ];
}
