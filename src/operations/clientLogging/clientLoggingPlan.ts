import { setTimeout as sleep } from 'node:timers/promises';
import { CodedProblem, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { isForbidden } from '../../ceph/cephError.ts';
import {
  listClusterSettings,
  removeClusterSetting,
  setClusterSetting,
  type ClusterSetting,
} from '../../ceph/clusterConfig.ts';
import { domainLogPath, readDomainLog } from '../domains/domainLog.ts';
import { monitorsArgv } from '../plan/cephShell.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { ShellCommand, ShellHost } from '../plan/shell.ts';

/** The settings of a Ceph client that logs all it does to its standard error: of QEMU, that is the log of its domain. */
export const loggingSettings: readonly Pick<ClusterSetting, 'name' | 'value'>[] = [
  { name: 'debug_rbd', value: '20/20' },
  { name: 'debug_rados', value: '20/20' },
  { name: 'log_to_stderr', value: 'true' },
];

/** Who is to log, and by whom the monitors are told. */
export interface LoggingPlace {
  /** An administrator of the cluster. */
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** `libvirt` of client.libvirt. */
  readonly clientId: string;
}

export interface LoggedDomain {
  readonly host: PlanHost;
  readonly name: string;
}

class LoggingProblem extends CodedProblem<'not-set' | 'forbidden'> {}

/**
 * Switches on that all QEMUs that log in as the client log what librbd does, now and without a restart. They write to
 * their standard error, which libvirt has opened for them already: no folder, AppArmor or SELinux can forbid it.
 */
export function startLoggingPlan(place: LoggingPlace, domain: LoggedDomain): Plan {
  const { clientId } = place;
  return {
    title: t('Log what client.{0} does in Ceph', clientId),
    remarks: [
      t(
        'All domains that log in to Ceph as client.{0} log, on all hosts, each into its own log, and so do libvirt and programs that are this user: Ceph has no such switch for one domain.',
        clientId,
      ),
      t(
        'That slows down reading and writing. libvirt keeps 2 MiB of a log and three older ones, where virtlogd writes them, as is usual.',
      ),
      t('Ceph 13 and later: older libraries do not ask the monitors for settings.'),
      t('Undo the plan to end it; a check-up reminds of it.'),
    ],
    steps: [setStep(place), loggedStep(place, domain)],
  };
}

function who({ clientId }: LoggingPlace): string {
  return `client.${clientId}`;
}

function isSet(
  settings: readonly ClusterSetting[],
  place: LoggingPlace,
  name: string,
): ClusterSetting | undefined {
  return settings.find((one) => one.who === who(place) && one.mask === '' && one.name === name);
}

function setStep(place: LoggingPlace): PlanStep {
  const { client, shell, clientId } = place;
  let before: readonly ClusterSetting[] = [];
  const ceph = (...words: readonly string[]): ShellCommand => ({ argv: monitorsArgv(client.access, words) });
  return {
    title: t('Set the log level of client.{0}', clientId),
    host: shell,
    commands: loggingSettings.map(({ name, value }) => ceph('config', 'set', who(place), name, value)),
    run: async ({ signal }) => {
      try {
        before = await listClusterSettings(client, { signal });
        for (const { name, value } of loggingSettings)
          await setClusterSetting(client, who(place), name, value, { signal });
      } catch (error) {
        throw isForbidden(error) ? forbidden(place, error) : error;
      }
    },
    undo: {
      title: t('Set the log level of client.{0} back', clientId),
      commands: loggingSettings.map(({ name }) => ceph('config', 'rm', who(place), name)),
      run: async (options) => {
        for (const { name } of loggingSettings) {
          const old = isSet(before, place, name);
          if (old) await setClusterSetting(client, who(place), name, old.value, options);
          else await removeClusterSetting(client, who(place), name, options);
        }
      },
    },
  };
}

function forbidden({ client }: LoggingPlace, cause: unknown): LoggingProblem {
  const admin = `client.${client.access.clientId ?? 'admin'}`;
  return new LoggingProblem('forbidden', t('{0} may not change the configuration of the cluster.', admin), {
    cause,
    raw: cause instanceof Problem ? cause.raw : undefined,
    advice: t('Choose client.admin to see the cluster by, where a host has its keyring.'),
  });
}

/** So long it is waited for a first line: a guest that is idle neither reads nor writes. */
const firstLineMs = 10_000;
const lookEveryMs = 500;

function loggedStep(place: LoggingPlace, { host, name }: LoggedDomain): PlanStep {
  const { client } = place;
  return {
    title: t('Check that {0} logs', name),
    host: host.shell,
    commands: [{ argv: ['sudo', 'tail', '-n', '20', domainLogPath(name)] }],
    run: async ({ signal, note }) => {
      const settings = await listClusterSettings(client, { signal });
      if (loggingSettings.some((one) => isSet(settings, place, one.name)?.value !== one.value))
        throw new LoggingProblem('not-set', t('The monitors have not kept the settings.'));
      const giveUp = performance.now() + firstLineMs;
      while (performance.now() < giveUp) {
        const lines = await debugLines(host, name, { signal });
        if (lines > 0) {
          note(t('{0} lines of librbd are in the log', lines));
          return;
        }
        await waitFor(sleep(lookEveryMs), { signal }, () => '');
      }
      note(t('nothing yet: it logs when the domain reads or writes, or opens an image'));
    },
  };
}

async function debugLines(host: PlanHost, domain: string, options: WaitOptions): Promise<number> {
  const log = await readDomainLog(host, domain, options);
  return log.split('\n').filter((line) => /^\d{4}-\S+ [0-9a-f]+ +(?:[1-9]|1\d|20) librbd/.test(line)).length;
}
