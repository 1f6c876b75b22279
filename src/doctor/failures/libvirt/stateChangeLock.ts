import { t } from '../../../base/l10n.ts';
import { getDomainControl, getDomainJob } from '../../../libvirt/domainJobs.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { Failure } from '../../failure.ts';
import type { Remedy } from '../../finding.ts';
import { heldBy, type Holder } from './lockHolder.ts';
import { domainOf, lineOf, subjectOf } from './ofComplaint.ts';

const id = 'state-change-lock';

/** A domain is locked by an operation that does not end. One that is starting has a page of its own. */
export const stateChangeLockFailure: Failure = {
  id,
  page: () => ({
    title: t('A domain is locked by another operation'),
    summary: t(
      '“cannot acquire state change lock (held by …)”: libvirt waited for 30 s for another operation on the domain.',
    ),
    why: [
      t(
        'libvirt does one operation on a domain at a time. The next one waits for 30 s, then it fails with this text; in brackets is the name of the operation that has the lock: remoteDispatchDomainBlockCommit is virsh blockcommit.',
      ),
      t(
        'Long operations are a save, a dump, a migration, a snapshot with memory. A short one that holds the lock waits for QEMU or for the guest agent: QEMU is busy or stopped, its storage hangs, or the agent does not answer.',
      ),
    ],
    looks: [
      t('The name of the operation that holds the lock.'),
      t(
        'Whether a job runs on the domain and for how long; whether libvirt waits for QEMU. Both are asked without taking the lock.',
      ),
    ],
    cures: [
      t('Wait for the job, or cancel it.'),
      t(
        'Where the guest agent holds it: the operation ends by itself; look after qemu-guest-agent in the guest.',
      ),
      t(
        'Where QEMU hangs: find out what its storage does first. Forcing the domain off works all the same, and loses what the guest has not written.',
      ),
      t('If no operation is there and the lock stays: restart libvirtd or virtqemud. Domains go on running.'),
    ],
    byHand: [
      'virsh domcontrol DOMAIN',
      'virsh domjobinfo DOMAIN',
      'virsh domjobabort DOMAIN',
      'virsh destroy DOMAIN',
    ],
    links: [
      { title: 'libvirt: virsh domjobinfo', url: 'https://libvirt.org/manpages/virsh.html#domjobinfo' },
      { title: 'libvirt: virsh domcontrol', url: 'https://libvirt.org/manpages/virsh.html#domcontrol' },
    ],
  }),
  symptoms: [
    {
      example:
        'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainBlockCommit)',
      pattern: /cannot acquire state change lock(?! \(held by (?:monitor|agent)=remoteDispatchDomainCreate)/,
    },
  ],
  async examineHost(patient, complaint) {
    if (!complaint) return [];
    const domain = await domainOf(patient, complaint);
    const { ref } = domain?.entry ?? {};
    const line = lineOf(complaint);
    const holder = heldBy(line);
    const now = ref && (await jobNow(patient.host.connection, ref, patient.wait));
    const about = subjectOf(patient, complaint);
    return [
      {
        failure: id,
        severity: now?.isFree === true ? 'information' : 'error',
        about,
        title:
          now?.isFree === true
            ? t('{0} on {1} is not locked any more', ref?.name ?? '', patient.name)
            : t('{0} on {1} is locked by another operation', ref?.name ?? t('A domain'), patient.name),
        explanation: [
          ...holder.map(holderInWords),
          now?.isFree === true
            ? t('libvirt is done with it: try again.')
            : t(
                'Until it ends, other changes of the domain fail after 30 s. Lists, the XML and forcing it off work.',
              ),
        ],
        evidence: [line, ...(now?.evidence ?? [])],
        remedies: now?.isFree === true || !ref ? [] : remedies(about, now?.hasJob === true),
      },
    ];
  },
};

function holderInWords(holder: Holder): string {
  const { name, words, kind } = holder;
  if (kind === 'agent')
    return t(
      '{0} holds it: {1}. It waits for the guest agent: qemu-guest-agent in the guest does not answer.',
      name,
      words,
    );
  return t('{0} holds it: {1}.', name, words);
}

interface JobNow {
  readonly isFree: boolean;
  readonly hasJob: boolean;
  readonly evidence: readonly string[];
}

async function jobNow(connection: LibvirtConnection, ref: DomainRef, wait: WaitOptions): Promise<JobNow> {
  const [control, job] = await Promise.all([
    getDomainControl(connection, ref, wait).catch(() => undefined),
    getDomainJob(connection, ref, { ...wait, timeoutMs: 3000 }).catch(() => undefined),
  ]);
  const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000);
  return {
    isFree: control?.isBusy === false && job === undefined,
    hasJob: job !== undefined,
    evidence: [
      ...(control?.isBusy === true
        ? [t('libvirt has been busy with it for {0} s.', seconds(control.busyForMs))]
        : []),
      ...(job ? [t('A job has been running for {0} s.', seconds(job.elapsedMs))] : []),
    ],
  };
}

function remedies(about: ReturnType<typeof subjectOf>, hasJob: boolean): readonly Remedy[] {
  return [
    ...(hasJob
      ? ([
          {
            kind: 'command',
            title: t('Show the job, to wait for it or cancel it'),
            command: 'libvirt.domain.showJob',
            on: about,
          },
        ] as const)
      : []),
    {
      kind: 'command',
      title: t('Force it off; what the guest has not written is lost'),
      command: 'libvirt.domain.forceOff',
      on: about,
    },
  ];
}
