import { t } from '../../../base/l10n.ts';
import { monitorAddress } from '../../../ceph/cephAccess.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../operations/plan/planHost.ts';
import type { ShellCommand } from '../../../operations/plan/shell.ts';
import { probeLogin, type LoginQuestion } from './loginState.ts';
import { problemOf } from './loginWords.ts';

/** Runs rbd with the key that libvirt has: in a file that is gone afterwards, never as an argument. */
const withLibvirtsKey = [
  'umask 077',
  'key=$(mktemp)',
  `trap 'rm -f "$key"' EXIT`,
  'virsh -c "$0" secret-get-value "$1" >"$key"',
  'shift',
  'rbd --keyfile="$key" "$@"',
].join('; ');

/** What a person types to try a login. @param secretUuid of the secret that it names */
export function loginCommand(
  { driverUri }: Pick<PlanHost, 'driverUri'>,
  { hosts, auth, place }: LoginQuestion,
  secretUuid: string | undefined,
): ShellCommand {
  const monitors = hosts.flatMap(({ name, port }) => (name === undefined ? [] : monitorAddress(name, port)));
  const words = [
    ...(monitors.length === 0 ? [] : [`--mon_host=${monitors.join(',')}`]),
    ...(auth === undefined ? ['--auth_client_required=none'] : [`--id=${auth.username}`]),
    '--client_mount_timeout=5',
    'ls',
    `--pool=${place.pool}`,
    ...(place.namespace === undefined ? [] : [`--namespace=${place.namespace}`]),
  ];
  return auth === undefined || secretUuid === undefined
    ? { argv: ['rbd', ...words] }
    : { argv: ['sh', '-ec', withLibvirtsKey, driverUri, secretUuid, ...words] };
}

/** Logs in to Ceph as the pool or disk does, and lists the images: rejects where that fails. */
export function checkLoginStep(
  host: PlanHost,
  login: LoginQuestion & { readonly name: string },
  secretUuid: string | undefined,
): PlanStep {
  return {
    title: t('Check that Ceph lets {0} in', login.name),
    host: host.shell,
    commands: [loginCommand(host, login, secretUuid)],
    run: async (options) => {
      const state = await probeLogin(host, login, options);
      // Where there is no rbd to try it with, libvirt will tell.
      if (state.kind === 'not-tried') {
        options.note(state.reason);
        return;
      }
      const problem = problemOf(state, login.name, host.name);
      if (problem) throw problem;
    },
  };
}
