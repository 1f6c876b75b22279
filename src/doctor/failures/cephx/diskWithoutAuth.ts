import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { subjectKey } from '../../subject.ts';
import { secretOfLogin, stateOfLogin, type LoginState } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { poolLoginFailed } from '../reach/radosSymptoms.ts';
import {
  groupInWords,
  groupLogins,
  rbdLoginsOf,
  type LoginGroup,
  type RbdLogin,
} from '../reach/rbdLogins.ts';
import { afterwards } from './afterwards.ts';
import { setAuthStep } from './authSteps.ts';
import { knownAuthsFor, type KnownAuth } from './knownAuths.ts';
import { qemuFindsKeyring } from './qemuKeyring.ts';

/** A disk or storage pool that names no user, though Ceph lets nobody in without one. */
export const diskWithoutAuthFailure: Failure = {
  id: 'disk-without-auth',
  page: () => ({
    title: t('A disk or storage pool has no login to Ceph'),
    summary: t(
      'A domain does not start: “error connecting: No such file or directory” or “Operation not supported”. A storage pool: “failed to connect to the RADOS monitor … Success”.',
    ),
    why: [
      t(
        'Without <auth>, QEMU logs in as client.admin with a keyring of the host, which it may not read as a rule; libvirt’s pool does not log in at all. A cluster with cephx, which is the default, refuses both. libvirt accepts such definitions without a word.',
      ),
      t(
        'They come from virt-manager’s and virt-install’s wizards, which take the login of the storage pool, if it has one, and from definitions that were written for a cluster without cephx (auth_supported=none).',
      ),
    ],
    looks: [
      t('Each disk and pool without <auth> asks its monitors for a login without a user.'),
      t('Where they refuse it: whether the user that QEMU runs as may read a keyring of client.admin.'),
      t(
        'Logins that work for the same pool of Ceph on this host: of its storage pools, then of other disks.',
      ),
    ],
    cures: [
      t(
        'The login of the storage pool over the same pool of Ceph, or of another disk, is put into the definition; then it is tried. Undone, the definition is as it was.',
      ),
      t('Where the host knows no login: the XML is opened, which marks the place.'),
    ],
    byHand: [
      'virsh edit DOMAIN',
      "# before <source>: <auth username='libvirt'><secret type='ceph' uuid='UUID'/></auth>",
    ],
    links: [
      {
        title: 'Ceph: Using libvirt with Ceph RBD',
        url: 'https://docs.ceph.com/en/latest/rbd/libvirt/#configuring-the-vm',
      },
      {
        title: 'libvirt: Hard drives, auth',
        url: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
      },
    ],
  }),
  symptoms: [
    {
      example: 'error connecting: No such file or directory',
      pattern: /error connecting: (?:No such file or directory|Operation not supported)/,
    },
    {
      example:
        "rbd: couldn't connect to the cluster! rbd: listing images failed: (95) Operation not supported",
      pattern: /couldn't connect to the cluster![\s\S]*\(95\) Operation not supported/,
    },
    poolLoginFailed,
  ],
  examineHost,
};

interface Loginless {
  readonly login: RbdLogin;
  readonly state: LoginState;
}

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const logins = (await rbdLoginsOf(patient, complaint)).filter(lacksLogin);
  const asked = await Promise.all(
    logins.map(async (login) => {
      const state = await stateOfLogin(patient, login);
      return state.kind === 'no-auth' && !(await findsKey(patient, login)) ? [{ login, state }] : [];
    }),
  );
  const found: readonly Loginless[] = asked.flat();
  const groups = groupLogins(
    found.map(({ login }) => login),
    ({ about }) => subjectKey(about),
  );
  const findings = groups.map(async (group) => {
    const first = found.find(({ login }) => login === group.first);
    return first ? [await findingOf(patient, group, first, complaint)] : [];
  });
  return (await Promise.all(findings)).flat();
}

/** A ceph.conf of its own may name a user and a keyring. */
function lacksLogin({ auth, owner }: RbdLogin): boolean {
  return auth === undefined && (owner.kind === 'pool' || owner.source.configFile === undefined);
}

/** Where it is not known whether QEMU may read a keyring, it is as a rule: it may not. */
async function findsKey(patient: Patient, { owner }: RbdLogin): Promise<boolean> {
  return owner.kind === 'disk' && (await qemuFindsKeyring(patient, owner.domain.model.type)) === true;
}

async function findingOf(
  patient: Patient,
  group: LoginGroup,
  { login, state }: Loginless,
  complaint: Complaint | undefined,
): Promise<Finding> {
  const isDisk = login.owner.kind === 'disk';
  const auths = await knownAuthsFor(patient, login);
  return {
    failure: diskWithoutAuthFailure.id,
    severity: login.isActive ? 'warning' : 'error',
    about: group.about,
    title: t(
      '{0} on {1} has no <auth>, and its Ceph lets nobody in without a user.',
      login.name,
      patient.name,
    ),
    explanation: [
      isDisk
        ? t('QEMU then looks for a keyring of client.admin, and may read none: the domain does not start.')
        : t(
            'libvirt does not log in at all then: the storage pool does not start, and disks that are made from it lack a login as well.',
          ),
      ...(login.isActive ? [t('It is in use at the moment: what it was started with was different.')] : []),
      ...(auths.length > 0
        ? []
        : [
            t(
              'No storage pool and no disk of this host logs in to the Ceph pool {0}: its login is not known here.',
              login.place.pool,
            ),
          ]),
    ],
    evidence: [
      ...stateEvidence(login, state),
      t('Concerned: {0}', groupInWords(group)),
      ...auths.map(({ auth, of }) => t('client.{0} is let in: {1}', auth.username, of)),
    ],
    remedies: [
      ...auths.map((known): Remedy => ({
        kind: 'plan',
        title: t('Log in as client.{0}, like {1}', known.auth.username, known.of),
        plan: (options) => authPlan(patient, group, known, complaint, options),
      })),
      { kind: 'document', title: t('Write the <auth> in the XML'), on: group.about },
    ],
  };
}

async function authPlan(
  patient: Patient,
  group: LoginGroup,
  { auth, of }: KnownAuth,
  complaint: Complaint | undefined,
  options: WaitOptions,
): Promise<Plan> {
  const host = patient.planHost;
  const first = { ...group.first, auth };
  const [steps, secret] = await Promise.all([
    Promise.all(group.logins.map((login) => setAuthStep(host, login, auth, options))),
    secretOfLogin(host, first, options),
  ]);
  return {
    title: t(
      'Let {0} on {1} log in to Ceph as client.{2}',
      group.about.kind === 'domain' || group.about.kind === 'pool' ? group.about.name : '',
      patient.name,
      auth.username,
    ),
    remarks: [t('The login is that of {0}.', of)],
    steps: [...steps, ...afterwards(patient, group, first, secret?.uuid, complaint)],
  };
}
