import { t } from '../../../base/l10n.ts';
import { parseOsdCap } from '../../../ceph/cephCaps.ts';
import type { CephUser } from '../../../ceph/cephUsers.ts';
import { capsInWords } from '../../../operations/cephUsers/capsInWords.ts';
import { reachesPool } from '../../../operations/connectPool/clientCaps.ts';
import type { PlanCluster } from '../../../operations/connectPool/poolConnection.ts';
import { userStep } from '../../../operations/connectPool/userStep.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { secretOfLogin, stateOfLogin, type LoginState } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { poolLoginFailed, diskLoginRefused } from '../reach/radosSymptoms.ts';
import {
  groupInWords,
  groupLogins,
  rbdLoginsOf,
  type LoginGroup,
  type RbdLogin,
} from '../reach/rbdLogins.ts';
import { afterwards } from './afterwards.ts';
import { checkCapsStep } from './checkCapsStep.ts';
import { userInCeph } from './cephSide.ts';
import { refusedLogins } from './refusal.ts';

/** A user that may log in, but whose capabilities do not reach what a pool or disk needs. */
export const capsTooNarrowFailure: Failure = {
  id: 'caps-too-narrow',
  page: () => ({
    title: t('A Ceph user may not do what its pool or disk needs'),
    summary: t(
      'A login succeeds, and then “Operation not permitted”; or a storage pool does not start: “Unable to list RBD images: No such file or directory”.',
    ),
    why: [
      t(
        'A user of Ceph has capabilities for the monitors and for the OSDs. Those for the OSDs usually name pools: images of any other pool cannot be opened. With “profile rbd-read-only” no domain starts, as it wants to write. Without one for the monitors, Ceph refuses even the login.',
      ),
      t('libvirt’s pool then says “No such file or directory”, though all files are there.'),
    ],
    looks: [
      t(
        'Each storage pool and disk logs in with rbd on the host and lists the images of its pool; of a disk, its image is opened where that is refused.',
      ),
      t('A host that may asks Ceph for the capabilities of the user.'),
    ],
    cures: [
      t(
        'The user gets “profile rbd” for the pool beside what it has; undone, it has what it had. Then the login is tried.',
      ),
    ],
    byHand: [
      'ceph auth get client.USER   # shows the key as well',
      "ceph auth caps client.USER mon 'profile rbd' osd 'profile rbd pool=OLD, profile rbd pool=NEW' mgr 'profile rbd pool=OLD, profile rbd pool=NEW'",
    ],
    links: [
      {
        title: 'Ceph: User Management, Authorization (Capabilities)',
        url: 'https://docs.ceph.com/en/latest/rados/operations/user-management/#authorization-capabilities',
      },
    ],
  }),
  symptoms: [
    {
      example: 'Unable to list RBD images: No such file or directory',
      pattern: /Unable to list RBD images/,
    },
    {
      example: 'error reading header from web1: Operation not permitted',
      pattern: /error (?:reading header from|opening (?:pool|image)) .*: Operation not permitted/,
    },
    {
      example: 'rbd: listing images failed: (1) Operation not permitted',
      pattern: /rbd: .*\(1\) Operation not permitted/,
    },
    poolLoginFailed,
    diskLoginRefused,
  ],
  examineHost,
};

/** A login that needs more than its user may do. */
interface Narrow {
  readonly login: RbdLogin;
  readonly state: LoginState;
  /** undefined: nobody here may ask Ceph. */
  readonly seen: { readonly user: CephUser; readonly cluster: PlanCluster } | undefined;
}

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const [logins, refused] = await Promise.all([
    rbdLoginsOf(patient, complaint),
    refusedLogins(patient, complaint),
  ]);
  const narrow = [
    ...(await Promise.all(logins.map((login) => lookAt(patient, login)))).flat(),
    ...refused.flatMap(({ login, state, refusal }) =>
      refusal.kind === 'no-mon-caps'
        ? [{ login, state, seen: { user: refusal.user, cluster: refusal.cluster } }]
        : [],
    ),
  ];
  const groups = groupLogins(
    narrow.map(({ login }) => login),
    ({ hosts, auth, place }) => JSON.stringify([hosts, auth?.username, place]),
  );
  return groups.flatMap((group) => {
    const first = narrow.find(({ login }) => login === group.first);
    return first ? [findingOf(patient, group, first, complaint)] : [];
  });
}

async function lookAt(patient: Patient, login: RbdLogin): Promise<readonly Narrow[]> {
  const state = await stateOfLogin(patient, login);
  if (state.kind !== 'forbidden' && !(state.kind === 'fine' && mustWrite(login))) return [];
  const seen = await userInCeph(patient, login);
  const known = seen.kind === 'known' ? seen : undefined;
  if (state.kind === 'fine' && !(known && mayOnlyRead(known.user, login))) return [];
  return [{ login, state, seen: known }];
}

/** Of a pool libvirt only lists the images. */
function mustWrite({ owner, auth }: RbdLogin): boolean {
  return owner.kind === 'disk' && auth !== undefined && !owner.disk.readOnly && owner.disk.device === 'disk';
}

/** Capabilities that are written in a way that is not understood count as enough. */
function mayOnlyRead({ caps }: CephUser, { place: { pool, namespace } }: RbdLogin): boolean {
  const grants = parseOsdCap(caps.get('osd') ?? '');
  return (
    !reachesPool(caps, pool, namespace) &&
    grants.some((grant) => grant.kind === 'rbd' && grant.readOnly) &&
    grants.every(({ kind }) => kind === 'rbd')
  );
}

function findingOf(
  patient: Patient,
  group: LoginGroup,
  { login, state, seen }: Narrow,
  complaint: Complaint | undefined,
): Finding {
  const user = login.auth?.username ?? '';
  const { pool, namespace } = login.place;
  const place = namespace === undefined ? pool : `${pool}/${namespace}`;
  return {
    failure: capsTooNarrowFailure.id,
    severity: 'error',
    about: group.about,
    others: group.others,
    title:
      state.kind === 'fine'
        ? t(
            'client.{0} may only read the images of {1}, and {2} on {3} has to write.',
            user,
            place,
            login.name,
            patient.name,
          )
        : t(
            'client.{0} may not use the images of {1}, as {2} on {3} needs.',
            user,
            place,
            login.name,
            patient.name,
          ),
    explanation: [
      state.kind === 'refused'
        ? t(
            'User and key are right, but the user has no capability for the monitors: Ceph refuses it at the door.',
          )
        : t(
            'The login succeeds: user and key are right. The capabilities of the user do not reach that far.',
          ),
      ...(seen
        ? []
        : [
            t(
              'No connected host may change users of this cluster. An administrator of Ceph gives it “profile rbd pool={0}” for mon, osd and mgr.',
              pool,
            ),
          ]),
    ],
    evidence: [
      ...stateEvidence(login, state),
      ...(seen ? [t('client.{0}: {1}', user, capsInWords(seen.user.caps))] : []),
      t('Concerned: {0}', groupInWords(group)),
    ],
    remedies: seen
      ? [
          {
            kind: 'plan',
            title: t('Let client.{0} use the images of {1}', user, place),
            plan: () => widenPlan(patient, group, seen, complaint),
          },
        ]
      : [],
  };
}

async function widenPlan(
  patient: Patient,
  group: LoginGroup,
  { user: known, cluster }: NonNullable<Narrow['seen']>,
  complaint: Complaint | undefined,
): Promise<Plan> {
  const { first } = group;
  const user = first.auth?.username ?? '';
  const { pool, namespace } = first.place;
  const secret = await secretOfLogin(patient.planHost, first, patient.wait);
  return {
    title: t('Let client.{0} use the images of {1}', user, pool),
    remarks: [t('What the user may do already stays.')],
    steps: [
      userStep({ cluster, cephPool: pool, namespace, user }, known, []),
      checkCapsStep(cluster, user, first),
      ...afterwards(patient, group, first, secret?.uuid, complaint),
    ],
  };
}
