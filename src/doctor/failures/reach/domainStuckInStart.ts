import { t } from '../../../base/l10n.ts';
import type { DomainEntry } from '../../../hosts/inventory/domains.ts';
import { getDomainControl } from '../../../libvirt/domainJobs.ts';
import { DomainState, PausedReason } from '../../../libvirt/protocol/domainStates.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { subjectKey, type Subject } from '../../subject.ts';
import { forceOffPlan } from './forceOffPlan.ts';
import { stateOfLogin, type LoginState } from './loginState.ts';
import { stateEvidence } from './loginWords.ts';
import { rbdLoginsOf, type RbdLogin } from './rbdLogins.ts';

/** Starting takes a second or two; a guest with much memory or many devices some more. */
const usualSeconds = 15;

/** A domain whose start does not end, because QEMU waits for its storage. */
export const domainStuckInStartFailure: Failure = {
  id: 'domain-stuck-in-start',
  page: () => ({
    title: t('The start of a domain does not end'),
    summary: t(
      'A domain stays “paused (starting up)”, and whatever changes it fails with “cannot acquire state change lock”.',
    ),
    why: [
      t(
        'While QEMU opens the disks it answers nobody. When Ceph is silent that lasts for up to five minutes, because QEMU waits longer than libvirt’s pools. Ending the program that asked for the start does not end the start.',
      ),
      t(
        'libvirt keeps the domain locked for so long: other changes of it wait for 30 s and fail. Lists, other domains, and forcing it off work.',
      ),
    ],
    looks: [
      t(
        'The state of the domain is “paused” for the reason “starting up”, and libvirt says for how long it has been at it.',
      ),
      t('Each of its disks on Ceph logs in with rbd, and waits for 5 s at most.'),
    ],
    cures: [
      t('Force the domain off: nothing ran in it yet. Then see to its storage, and start it again.'),
      t('Or wait: when Ceph answers within five minutes, the start goes on by itself.'),
    ],
    byHand: ['virsh domstate --reason DOMAIN', 'virsh domcontrol DOMAIN', 'virsh destroy DOMAIN'],
    links: [
      {
        title: 'Ceph: Troubleshooting Monitors',
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-mon/',
      },
      { title: 'libvirt: virsh destroy', url: 'https://libvirt.org/manpages/virsh.html#destroy' },
    ],
  }),
  symptoms: [
    {
      example:
        'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreate)',
      pattern: /cannot acquire state change lock \(held by (?:monitor|agent)=remoteDispatchDomainCreate/,
    },
  ],
  examineHost,
  glance: {
    domain: (entry) => (isStarting(entry) ? t('It is starting up, and not running yet.') : undefined),
  },
};

function isStarting({ state, reason }: Pick<DomainEntry, 'state' | 'reason'>): boolean {
  return state === DomainState.paused && reason === PausedReason.startingUp;
}

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const { domains } = patient.host.inventory;
  const about = complaint?.about;
  const starting = [...domains.entries.values()].filter(
    (entry) => isStarting(entry) && (about?.kind !== 'domain' || about.uuid === entry.ref.uuid),
  );
  const found = await Promise.all(starting.map((entry) => examine(patient, entry, complaint !== undefined)));
  return found.flat();
}

async function examine(
  patient: Patient,
  { ref }: DomainEntry,
  isComplaint: boolean,
): Promise<readonly Finding[]> {
  const control = await getDomainControl(patient.host.connection, ref, patient.wait);
  const seconds = control.busyForMs / 1000;
  if (!control.isBusy || (!isComplaint && seconds < usualSeconds)) return [];
  const subject: Subject = { kind: 'domain', host: patient.name, name: ref.name, uuid: ref.uuid };
  const logins = (await rbdLoginsOf(patient)).filter(
    ({ about }) => subjectKey(about) === subjectKey(subject),
  );
  const states = await Promise.all(
    logins.map(async (login) => ({ login, state: await stateOfLogin(patient, login) })),
  );
  return [
    {
      failure: domainStuckInStartFailure.id,
      severity: 'error',
      about: subject,
      title: t('{0} on {1} has been starting for {2} s.', ref.name, patient.name, Math.round(seconds)),
      explanation: [
        whyItHangs(states),
        t(
          'Nothing runs in it yet, so forcing it off loses no data. Until then libvirt refuses other changes of it, after 30 s each; lists and other domains work.',
        ),
      ],
      evidence: [
        'paused (starting up)',
        ...states.flatMap(({ login, state }) => stateEvidence(login, state)),
      ],
      remedies: [
        {
          kind: 'plan',
          title: t('Force it off: its start is given up'),
          plan: () => Promise.resolve(forceOffPlan(patient.planHost, ref)),
        },
      ],
    },
  ];
}

function whyItHangs(states: readonly { readonly login: RbdLogin; readonly state: LoginState }[]): string {
  const silent = states.find(({ state }) => state.kind === 'silent' || state.kind === 'stalled');
  if (silent)
    return t(
      'Ceph does not answer: QEMU waits for {0}, for up to five minutes. When Ceph answers by then, the start goes on by itself.',
      silent.login.name,
    );
  if (states.length > 0 && states.every(({ state }) => state.kind === 'fine'))
    return t(
      'Ceph answers now. The start may still go on by itself; if it does not, force the domain off and start it again.',
    );
  return t(
    'QEMU answers nobody while it opens its disks and other devices: one of them does not answer. The log of the domain on the host may tell more.',
  );
}
