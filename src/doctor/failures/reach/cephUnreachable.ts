import { t } from '../../../base/l10n.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { clusterSilence } from './clusterSilence.ts';
import { reasonOf, secretOfLogin, stateOfLogin, type LoginState } from './loginState.ts';
import { stateInWords } from './loginWords.ts';
import { lookAtMonitors, monitorInWords, type MonitorState } from './monitorStates.ts';
import { diskLoginInvalid, poolLoginFailed } from './radosSymptoms.ts';
import { groupInWords, groupLogins, monitorsInWords, rbdLoginsOf, type LoginGroup } from './rbdLogins.ts';
import { waitAndStartPlan } from './waitAndStartPlan.ts';
import { adviceNow, titleOfSilence, whyItIsSilent } from './silenceInWords.ts';

/** Monitors of Ceph, or the OSDs behind them, do not answer a host. */
export const cephUnreachableFailure: Failure = {
  id: 'ceph-unreachable',
  page: () => ({
    title: t('Ceph does not answer a host'),
    summary: t(
      'Storage pools and domains wait for half a minute or for minutes, then fail with meaningless errors.',
    ),
    why: [
      t(
        'libvirt and QEMU reach an image through the monitors. When these are stopped, hang, have lost their majority, or cannot be reached over the network, libvirt gives up after 30 s and says “failed to connect to the RADOS monitor”, with an error number that means nothing. It says the very same when Ceph refuses the login. QEMU waits for five minutes.',
      ),
      t(
        'Running domains go on until they read or write a disk on Ceph, wait then, and go on by themselves when Ceph answers. What libvirt lists, and definitions, are not concerned.',
      ),
    ],
    looks: [
      t(
        'Each storage pool and disk of the host logs in to Ceph with rbd, with its own user, key and monitors, and waits for 5 s at most. libvirt itself is not asked to try.',
      ),
      t(
        'Where no monitor answers, the host connects to each monitor on the ports 3300 and 6789 and listens for the words with which a monitor begins.',
      ),
    ],
    cures: [
      t('What helps is on the machines of Ceph or on the network; what was seen says where to look.'),
      t('A plan waits until Ceph answers, then starts the storage pools that are not active.'),
    ],
    byHand: [
      'rbd --id libvirt --mon_host MONITORS --client_mount_timeout 5 ls POOL; echo $?   # 110: no answer; 13: refused',
      'nc -v -w 3 MONITOR 3300   # a monitor says "ceph v2"; on 6789 "ceph v027"',
      'ceph --connect-timeout 5 status',
      "systemctl status 'ceph-mon@*'   # on the machine of the monitor; with cephadm: systemctl list-units 'ceph-*@mon.*'",
    ],
    links: [
      {
        title: 'Ceph: Troubleshooting Monitors',
        url: 'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-mon/',
      },
      {
        title: 'Ceph: Network Configuration Reference',
        url: 'https://docs.ceph.com/en/latest/rados/configuration/network-config-ref/',
      },
    ],
  }),
  symptoms: [
    poolLoginFailed,
    diskLoginInvalid,
    {
      example: 'error connecting: Connection timed out',
      pattern: /error connecting: Connection timed out/,
    },
    {
      example: 'rbd: listing images failed: (110) Connection timed out',
      pattern: /\(110\) Connection timed out|RADOS timed out|monclient\(hunting\): authenticate timed out/,
    },
    {
      example: 'server name not found: mon1 (Name or service not known)',
      pattern: /server name not found: |unable to parse addrs in '/,
    },
  ],
  examineHost,
  examineCluster: async (cluster, { wait }) => {
    const found = await clusterSilence(cluster, wait);
    return found ? [{ failure: cephUnreachableFailure.id, ...found }] : [];
  },
};

type Silence = Extract<LoginState['kind'], 'silent' | 'stalled' | 'name-unknown' | 'not-tried'>;

const silences: readonly LoginState['kind'][] = ['silent', 'stalled', 'name-unknown', 'not-tried'];

function isSilence(kind: LoginState['kind']): kind is Silence {
  return silences.includes(kind);
}

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const logins = await rbdLoginsOf(patient, complaint);
  const groups = groupLogins(logins, ({ hosts }) => monitorsInWords(hosts));
  return (await Promise.all(groups.map((group) => examineGroup(patient, group)))).flat();
}

/** All logins with the same monitors: they are looked at once. */
async function examineGroup(patient: Patient, group: LoginGroup): Promise<readonly Finding[]> {
  const asked = await Promise.all(
    group.logins.map(async (login) => ({ login, state: await stateOfLogin(patient, login) })),
  );
  const silent = asked.filter(({ state }) => isSilence(state.kind));
  const byKind = groupLogins(
    silent.map(({ login }) => login),
    (login) => silent.find((one) => one.login === login)?.state.kind ?? '',
  );
  return (
    await Promise.all(
      byKind.map(async (one) => {
        const state = silent.find(({ login }) => login === one.first)?.state;
        return state && isSilence(state.kind) ? findingOf(patient, one, state, state.kind) : [];
      }),
    )
  ).flat();
}

async function findingOf(
  patient: Patient,
  group: LoginGroup,
  state: LoginState,
  kind: Silence,
): Promise<readonly Finding[]> {
  const { first } = group;
  const monitors = await lookAtMonitors(patient.host.transport, first.hosts, patient.wait);
  // What could not log in for another reason is silent only where no monitor says a word.
  if (kind === 'not-tried' && !areAllSilent(monitors)) return [];
  return [
    {
      failure: cephUnreachableFailure.id,
      severity: 'error',
      about: group.about,
      others: group.others,
      title: titleOfSilence(kind, patient.name, first),
      explanation: [whyItIsSilent(kind, monitors), ...adviceNow(kind)],
      evidence: [
        stateInWords(state),
        ...('said' in state ? [state.said] : []),
        ...monitors.map(monitorInWords),
        t('Concerned: {0}', groupInWords(group)),
        ...inactivePools(group).map(({ name }) => t('not active: the storage pool {0}', name)),
      ],
      remedies: await remediesOf(patient, group),
    },
  ];
}

function areAllSilent(monitors: readonly MonitorState[]): boolean {
  return (
    monitors.length > 0 &&
    monitors.every(({ kind }) => kind === 'mute' || kind === 'refused' || kind === 'unreachable')
  );
}

function inactivePools({ logins }: LoginGroup): readonly { readonly name: string; readonly uuid: string }[] {
  return logins.flatMap(({ owner, isActive }) =>
    owner.kind === 'pool' && !isActive ? owner.pool.entry.ref : [],
  );
}

async function remediesOf(patient: Patient, group: LoginGroup): Promise<readonly Remedy[]> {
  const { first } = group;
  const pools = inactivePools(group);
  const secret = await secretOfLogin({ ...patient.host, name: patient.name }, first, patient.wait);
  return [
    ...(pools.length === 0
      ? []
      : [
          {
            kind: 'plan' as const,
            title: t('Start the storage pools when Ceph answers'),
            plan: () => Promise.resolve(waitAndStartPlan(patient.planHost, first, secret?.uuid, pools)),
          },
        ]),
    {
      kind: 'text',
      title: t('Look at the monitors again'),
      read: async (options) => {
        try {
          const monitors = await lookAtMonitors(patient.host.transport, first.hosts, options);
          return monitors.map(monitorInWords).join('\n');
        } catch (error) {
          return reasonOf(error);
        }
      },
    },
  ];
}
