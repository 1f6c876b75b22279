import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { secretOfLogin } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { diskLoginRefused, poolLoginFailed } from '../reach/radosSymptoms.ts';
import { groupInWords, groupLogins, type RbdLogin } from '../reach/rbdLogins.ts';
import { subjectKey } from '../../subject.ts';
import { afterwards } from './afterwards.ts';
import { setAuthStep } from './authSteps.ts';
import { refusedLogins, type RefusedLogin } from './refusal.ts';

/** A user that is named with `client.` before it, which librados puts there itself. */
export const clientPrefixInUsernameFailure: Failure = {
  id: 'client-prefix-in-username',
  page: () => ({
    title: t('A user of Ceph is named with “client.” before it'),
    summary: t(
      'Ceph refuses the login of a pool or disk whose <auth> names “client.libvirt” instead of “libvirt”.',
    ),
    why: [
      t(
        'Ceph’s own commands call a user client.libvirt; libvirt and QEMU take the name without its type. With it, Ceph looks for a user client.client.libvirt, and refuses the login.',
      ),
    ],
    looks: [t('Logins that Ceph refuses, and whose user begins with “client.”.')],
    cures: [
      t('The name is mended in the definition, and the login is tried. Undone, the definition is as it was.'),
    ],
    byHand: ["virsh edit DOMAIN        # <auth username='libvirt'>", 'virsh pool-edit POOL'],
    links: [
      { title: 'Ceph: Using libvirt with Ceph RBD', url: 'https://docs.ceph.com/en/latest/rbd/libvirt/' },
    ],
  }),
  symptoms: [poolLoginFailed, diskLoginRefused],
  examineHost,
};

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const refused = (await refusedLogins(patient, complaint)).filter(
    ({ refusal }) => refusal.kind === 'prefix',
  );
  const groups = groupLogins(
    refused.map(({ login }) => login),
    ({ about }) => subjectKey(about),
  );
  return groups.flatMap((group) => {
    const first = refused.find(({ login }) => login === group.first);
    return first ? [findingOf(patient, first, group.logins, groupInWords(group), complaint)] : [];
  });
}

function findingOf(
  patient: Patient,
  { login, state }: RefusedLogin,
  logins: readonly RbdLogin[],
  words: string,
  complaint: Complaint | undefined,
): Finding {
  const written = login.auth?.username ?? '';
  return {
    failure: clientPrefixInUsernameFailure.id,
    severity: 'error',
    about: login.about,
    title: t(
      '{0} on {1} logs in as “{2}”: the name is to be without “client.”.',
      login.name,
      patient.name,
      written,
    ),
    explanation: [
      t('Ceph puts “client.” before the name itself: it looks for client.{0}, which there is not.', written),
    ],
    evidence: [...stateEvidence(login, state), t('Concerned: {0}', words)],
    remedies: [
      {
        kind: 'plan',
        title: t('Log in as {0}', withoutPrefix(login).auth?.username ?? ''),
        plan: (options) => mendPlan(patient, logins, complaint, options),
      },
      { kind: 'document', title: t('Look at the user in the XML'), on: login.about },
    ],
  };
}

function withoutPrefix(login: RbdLogin): RbdLogin {
  const { auth } = login;
  return auth ? { ...login, auth: { ...auth, username: auth.username.replace(/^client\./, '') } } : login;
}

async function mendPlan(
  patient: Patient,
  logins: readonly RbdLogin[],
  complaint: Complaint | undefined,
  options: WaitOptions,
): Promise<Plan> {
  const host = patient.planHost;
  const steps = await Promise.all(
    logins.flatMap((login) => {
      const { auth } = withoutPrefix(login);
      return auth ? [setAuthStep(host, login, auth, options)] : [];
    }),
  );
  const [first] = logins.map(withoutPrefix);
  const secret = first && (await secretOfLogin(host, first, options));
  return {
    title: t('Log in to Ceph as {0} on {1}', first?.auth?.username ?? '', patient.name),
    remarks: [t('What runs keeps its login until it stops.')],
    steps: [...steps, ...(first ? afterwards(patient, { logins }, first, secret?.uuid, complaint) : [])],
  };
}
