import { Problem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import { getRbdDetails } from '../../../../ceph/rbdDetails.ts';
import { imageOfDisk, type LocatedImage } from '../../../../hosts/clusters/imageOf.ts';
import { isActive, type DomainEntry } from '../../../../hosts/inventory/domains.ts';
import { getDomainXml } from '../../../../libvirt/domains.ts';
import type { DiskSource } from '../../../../libvirt/model/disk.ts';
import { parseDomain, type DomainModel } from '../../../../libvirt/model/domain.ts';
import { attachDefinedDiskPlan } from '../../../../operations/devices/attachDefinedDisk.ts';
import { findDevice } from '../../../../operations/devices/deviceKey.ts';
import { complaintsIn, readDomainLog } from '../../../../operations/domains/domainLog.ts';
import { startAgainPlan } from '../../../../operations/domains/startAgainPlan.ts';
import { needsInWords } from '../../../../operations/images/features/featureChange.ts';
import { virshCommand } from '../../../../operations/plan/planHost.ts';
import { mapInTurns } from '../../../../operations/volumes/mapInTurns.ts';
import type { Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding, Remedy } from '../../../finding.ts';
import type { Patient } from '../../../patient.ts';
import type { Subject } from '../../../subject.ts';
import { imagesNamedIn, unsupportedFeaturesIn } from '../featureMasks.ts';
import { featuresRemedy, removableFeatures } from '../featuresRemedy.ts';
import { loggingRemedy, logRemedy } from '../loggingRemedy.ts';
import { missingDisks, sourceName, type MissingDisk } from './missingDisks.ts';
import { volumeNotAttachedPage } from './volumeNotAttachedPage.ts';

const id = 'volume-not-attached';

/** A disk was asked for, and the running domain does not have it. */
export const volumeNotAttachedFailure: Failure = {
  id,
  page: volumeNotAttachedPage,
  symptoms: [
    {
      example:
        "internal error: unable to execute QEMU command 'blockdev-add': error reading header from nosuch: No such file or directory",
      pattern:
        /unable to execute QEMU command '(?:blockdev-add|device_add|netdev_add|object-add|(?:__com\.redhat_)?drive_add)'/,
    },
    {
      example: "Device 'drive-virtio-disk2' could not be initialized",
      pattern: /Device 'drive-[^'\n]+' could not be initialized/,
    },
    {
      example: 'libvirt attached vdb to web1 on kvm1, but the running domain does not have it.',
      pattern: /but the running domain does not have it\.|但运行中的域没有它/,
    },
  ],
  examineHost: async (patient, complaint) => {
    const { about } = complaint ?? {};
    const running = [...patient.host.inventory.domains.entries.values()].filter(
      (entry) => isActive(entry) && (about?.kind !== 'domain' || entry.ref.uuid === about.uuid),
    );
    const found = await mapInTurns(running, 2, (entry) =>
      examine(patient, entry, about?.kind === 'domain' ? complaint : undefined),
    );
    return found.flat();
  },
};

interface RunningDomain {
  readonly entry: DomainEntry;
  /** What the next start uses. */
  readonly model: DomainModel;
}

interface Case {
  readonly patient: Patient;
  readonly domain: RunningDomain;
  readonly missing: readonly MissingDisk[];
  readonly complaint: Complaint | undefined;
  /** The end of QEMU's log; empty where it cannot be read. */
  readonly log: string;
}

async function examine(
  patient: Patient,
  entry: DomainEntry,
  complaint: Complaint | undefined,
): Promise<readonly Finding[]> {
  const [model, live] = await Promise.all([
    definition(patient, entry),
    liveModel(patient, entry, complaint !== undefined),
  ]);
  const domain = { entry, model };
  const missing = entry.persistent ? missingDisks(model, live) : [];
  if (missing.length === 0 && !complaint) return [];
  const log = await readDomainLog(patient.planHost, entry.ref.name, patient.wait).catch((error: unknown) => {
    if (error instanceof Problem) return '';
    throw error;
  });
  const one = { patient, domain, missing, complaint, log };
  return [complaint ? await refused(one, complaint) : await onlyDefined(one)];
}

/** libvirt has no event for a device that was attached to the definition alone. */
async function definition({ host, wait }: Patient, { ref }: DomainEntry): Promise<DomainModel> {
  return parseDomain(await getDomainXml(host.connection, ref, { ...wait, inactive: true }));
}

/** A complaint may be newer than what is known of the host. */
async function liveModel(
  { host, wait }: Patient,
  { ref }: DomainEntry,
  fresh: boolean,
): Promise<DomainModel> {
  if (!fresh) return host.inventory.domains.details(ref.uuid);
  return parseDomain(await getDomainXml(host.connection, ref, wait));
}

function subjectOf({ patient, domain }: Case): Subject & { readonly kind: 'domain' } {
  const { name, uuid } = domain.entry.ref;
  return { kind: 'domain', host: patient.name, name, uuid };
}

async function refused(one: Case, complaint: Complaint): Promise<Finding> {
  const { patient, domain, missing, log } = one;
  const about = subjectOf(one);
  const features = await unsupported(one, complaint.said);
  const reason = /QEMU command '[^'\n]+': ([^\n]+)/.exec(complaint.said)?.[1];
  return {
    failure: id,
    severity: 'error',
    about,
    title: t('A disk was not attached to {0} on {1}', about.name, about.host),
    explanation: [
      ...(reason === undefined ? [] : [t('libvirt had QEMU open the disk, and QEMU could not: {0}', reason)]),
      ...features.words,
      ...(missing.length > 0 ? [onlyDefinedWords(missing)] : []),
      t(
        'Where the same image can be attached to another running domain, this QEMU itself is the cause: it still runs with the libraries that it was started with. Shut the domain down, attach the disk, and start it.',
      ),
    ],
    evidence: [
      ...complaint.said.split('\n').slice(-2),
      ...missing.map(evidenceOf),
      ...complaintsIn(log).map((line) => t('log: {0}', line)),
    ],
    remedies: [
      ...features.remedies,
      ...remediesForMissing(one),
      ...(missing.length > 0
        ? []
        : [
            {
              kind: 'command' as const,
              title: t('Shut Down First…'),
              command: 'libvirt.domain.shutdown',
              on: about,
            },
            {
              kind: 'command' as const,
              title: t('Attach an RBD Image…'),
              command: 'libvirt.domain.attachImage',
              on: about,
            },
          ]),
      logRemedy(patient, about.name),
      ...loggingRemedy(patient, about.name, domain.model),
    ],
  };
}

async function onlyDefined(one: Case): Promise<Finding> {
  const { patient, domain, missing, log } = one;
  const about = subjectOf(one);
  const names = missing.map(({ defined }) => sourceName(defined.source).split('/').at(-1) ?? '');
  const failed = complaintsIn(log).filter((line) => names.some((name) => name !== '' && line.includes(name)));
  const features = await unsupported(one, failed.join('\n'));
  return {
    failure: id,
    severity: failed.length > 0 ? 'warning' : 'information',
    about,
    title: t(
      '{0} on {1} runs without what its definition has: {2}',
      about.name,
      about.host,
      missing.map(({ defined }) => defined.target).join(', '),
    ),
    explanation: [
      onlyDefinedWords(missing),
      ...(failed.length > 0 ? [t('QEMU has said that it could not open it.')] : []),
      ...features.words,
    ],
    evidence: [...missing.map(evidenceOf), ...failed.map((line) => t('log: {0}', line))],
    remedies: [
      ...features.remedies,
      ...remediesForMissing(one),
      {
        kind: 'command',
        title: t('Compare with Live XML'),
        command: 'libvirt.domain.compareLiveXml',
        on: about,
      },
      logRemedy(patient, about.name),
      ...(failed.length > 0 ? loggingRemedy(patient, about.name, domain.model) : []),
    ],
  };
}

function onlyDefinedWords(missing: readonly MissingDisk[]): string {
  return missing.some(({ live }) => !live)
    ? t(
        'The definition counts from the next start on: a disk that was attached to it alone, or whose attaching to the running domain failed, comes then.',
      )
    : t('The definition was changed while the domain runs: what it says counts from the next start on.');
}

function evidenceOf({ defined, live }: MissingDisk): string {
  return live
    ? t(
        '{0}: {1} in the definition, {2} in the running domain',
        defined.target,
        sourceName(defined.source),
        sourceName(live.source),
      )
    : t(
        '{0}: {1} in the definition, nothing in the running domain',
        defined.target,
        sourceName(defined.source),
      );
}

function remediesForMissing({ patient, domain, missing }: Case): readonly Remedy[] {
  const { planHost } = patient;
  const { ref } = domain.entry;
  const absent = missing.filter(({ live, defined }) => !live && defined.device === 'disk');
  const [first] = absent;
  return [
    ...absent.map(({ defined: { target } }): Remedy => ({
      kind: 'plan',
      title: t('Attach {0} to the Running Domain…', target),
      plan: async (options) => {
        const xml = await getDomainXml(planHost.connection, ref, { ...options, inactive: true });
        const element = await findDevice(xml, { kind: 'disk', target });
        if (!element)
          throw new GoneDiskProblem(t('The definition of {0} has no {1} any more.', ref.name, target));
        return attachDefinedDiskPlan(planHost, ref, target, element);
      },
    })),
    ...(first ? [startAgainRemedy(patient, domain, first.defined.target)] : []),
  ];
}

class GoneDiskProblem extends Problem {
  readonly code = 'gone';
}

function startAgainRemedy({ planHost }: Patient, { entry: { ref } }: RunningDomain, target: string): Remedy {
  return {
    kind: 'plan',
    title: t('Shut {0} Down and Start It with {1}…', ref.name, target),
    plan: () =>
      Promise.resolve(
        startAgainPlan(planHost, [ref], {
          title: t('Check that the running domain has {0}', target),
          commands: [virshCommand(planHost, ['domblklist', '--domain', ref.name])],
          run: async ({ signal }) => {
            const xml = await getDomainXml(planHost.connection, ref, { signal });
            if (await findDevice(xml, { kind: 'disk', target })) return;
            throw new GoneDiskProblem(t('{0} runs without {1}.', ref.name, target));
          },
        }),
      ),
  };
}

interface Unsupported {
  readonly words: readonly string[];
  readonly remedies: readonly Remedy[];
}

/** What the client says it does not know of an image, in what was said or in the log. */
async function unsupported(one: Case, said: string): Promise<Unsupported> {
  const text = `${said}\n${one.complaint ? complaintsIn(one.log).join('\n') : ''}`;
  const unknown = unsupportedFeaturesIn(text);
  if (unknown.length === 0) return { words: [], remedies: [] };
  const words = [
    t(
      'The image has features that this client does not know: {0}. An image with these {1}.',
      unknown.join(', '),
      needsInWords(unknown),
    ),
  ];
  const located = await imageNamed(one, text);
  if (!located) return { words, remedies: [] };
  const details = await getRbdDetails(located.client, located.image, one.patient.wait);
  const removable = removableFeatures(details, unknown);
  return { words, remedies: removable.length > 0 ? [featuresRemedy(located, details, removable)] : [] };
}

/** The image that a text names, or that is missing. */
async function imageNamed(
  { patient, domain, missing }: Case,
  text: string,
): Promise<LocatedImage | undefined> {
  const names = imagesNamedIn(text);
  const isNamed = (source: DiskSource | undefined): boolean =>
    names.includes(sourceName(source).split('/').at(-1) ?? '');
  const sources = domain.model.disks.map(({ source }) => source);
  const source = sources.find(isNamed) ?? missing[0]?.defined.source;
  if (!source) return undefined;
  const clusters = patient.ward.clusters?.of(patient.session) ?? [];
  const located = await imageOfDisk(patient.session, source, clusters, patient.wait);
  const route = located?.cluster?.route;
  return located && route ? { ...located, client: route.client, session: route.session } : located;
}
