import { t } from '../../../base/l10n.ts';
import type { RbdImage, RbdPlace } from '../../../ceph/rbd.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import type { DomainDisk, NetworkDiskSource } from '../../../libvirt/model/disk.ts';
import { parseRbdName, type SourceAuth, type SourceHost } from '../../../libvirt/model/storageSource.ts';
import { rbdPlaceOfPool } from '../../../operations/volumes/cephClientOf.ts';
import type { Complaint } from '../../complaint.ts';
import type { ExaminedDomain, ExaminedPool, Patient } from '../../patient.ts';
import { concerns, subjectKey, type Subject } from '../../subject.ts';

/** What logs in to Ceph. */
export type LoginOwner =
  | { readonly kind: 'pool'; readonly pool: ExaminedPool }
  | {
      readonly kind: 'disk';
      readonly domain: ExaminedDomain;
      readonly disk: DomainDisk;
      readonly source: NetworkDiskSource;
    };

/** A storage pool, or a disk of a domain, as libvirt or QEMU logs in to Ceph for it. */
export interface RbdLogin {
  readonly owner: LoginOwner;
  readonly about: Subject & { readonly kind: 'pool' | 'domain' };
  /** For people: `the storage pool vms`, `vda of web1`. */
  readonly name: string;
  readonly place: RbdPlace;
  /** Of a disk. */
  readonly image: RbdImage | undefined;
  /** None: those of the host's ceph.conf. */
  readonly hosts: readonly SourceHost[];
  readonly auth: SourceAuth | undefined;
  /** Whether it is in use at the moment. */
  readonly isActive: boolean;
}

/**
 * All that logs in to Ceph on a host; with a complaint, only what that is about. While libvirt does not tell of its pools,
 * as one of them hangs, those of the domains are there, and the other way round.
 */
export async function rbdLoginsOf(patient: Patient, complaint?: Complaint): Promise<readonly RbdLogin[]> {
  const all = await patient.once('rbd logins', async () => {
    const [pools, domains] = await Promise.allSettled([patient.pools(), patient.domains()]);
    if (pools.status === 'rejected' && domains.status === 'rejected') throw pools.reason;
    return [
      ...(pools.status === 'fulfilled' ? pools.value.flatMap((pool) => loginOfPool(patient, pool)) : []),
      ...(domains.status === 'fulfilled'
        ? domains.value.flatMap((domain) => loginsOfDomain(patient, domain))
        : []),
    ];
  });
  const about = complaint?.about;
  return about === undefined || !isNarrow(about) ? all : all.filter((login) => isAbout(login, about));
}

function isNarrow({ kind }: Subject): boolean {
  return kind === 'pool' || kind === 'domain' || kind === 'volume' || kind === 'secret';
}

function isAbout(login: RbdLogin, about: Subject): boolean {
  if (about.kind === 'volume') return login.about.kind === 'pool' && login.about.name === about.pool;
  if (about.kind === 'secret') {
    const secret = login.auth?.secret;
    return secret?.uuid === about.uuid || (secret?.usage !== undefined && secret.usage === about.name);
  }
  return concerns(login.about, about);
}

function loginOfPool(patient: Patient, pool: ExaminedPool): readonly RbdLogin[] {
  const { entry, model } = pool;
  if (model.type !== 'rbd') return [];
  const { name, uuid } = entry.ref;
  return [
    {
      owner: { kind: 'pool', pool },
      about: { kind: 'pool', host: patient.name, name, uuid },
      name: t('the storage pool {0}', name),
      place: rbdPlaceOfPool(model),
      image: undefined,
      hosts: model.hosts,
      auth: model.auth,
      isActive: entry.active,
    },
  ];
}

function loginsOfDomain(patient: Patient, domain: ExaminedDomain): readonly RbdLogin[] {
  const { entry, model } = domain;
  const { name, uuid } = entry.ref;
  return model.disks.flatMap((disk) => {
    const { source } = disk;
    if (source?.type !== 'network' || source.protocol !== 'rbd') return [];
    const image = parseRbdName(source.name);
    if (!image) return [];
    return [
      {
        owner: { kind: 'disk', domain, disk, source },
        about: { kind: 'domain', host: patient.name, name, uuid },
        name: t('{0} of {1}', disk.target, name),
        place: { pool: image.pool, namespace: image.namespace },
        image,
        hosts: source.hosts,
        auth: source.auth,
        isActive: isActive(entry),
      },
    ];
  });
}

/** Monitors as people write them, and as a name for the cluster that they are of. */
export function monitorsInWords(hosts: readonly SourceHost[]): string {
  return hosts.map(({ name = '', port }) => (port === undefined ? name : `${name}:${port}`)).join(', ');
}

/** Logins that have something in common, and what a finding about all of them is about. */
export interface LoginGroup {
  readonly first: RbdLogin;
  readonly logins: readonly RbdLogin[];
  readonly about: Subject;
  readonly others: readonly Subject[];
}

/** Puts those together that have the same key; a finding is about a pool of them where there is one. */
export function groupLogins(
  logins: readonly RbdLogin[],
  keyOf: (login: RbdLogin) => string,
): readonly LoginGroup[] {
  const groups = new Map<string, RbdLogin[]>();
  for (const login of logins) groups.set(keyOf(login), [...(groups.get(keyOf(login)) ?? []), login]);
  return [...groups.values()].flatMap((group) => {
    const first = group.find(({ about }) => about.kind === 'pool') ?? group[0];
    if (!first) return [];
    const subjects = new Map(group.map(({ about }) => [subjectKey(about), about]));
    subjects.delete(subjectKey(first.about));
    return [{ first, logins: group, about: first.about, others: [...subjects.values()] }];
  });
}

/** Whom the group consists of, for evidence: not more names than one reads. */
export function groupInWords({ logins }: LoginGroup): string {
  const shown = logins.slice(0, mostNames).map(({ name }) => name);
  const rest = logins.length - shown.length;
  return [...shown, ...(rest > 0 ? [t('{0} more', rest)] : [])].join(', ');
}

const mostNames = 12;
