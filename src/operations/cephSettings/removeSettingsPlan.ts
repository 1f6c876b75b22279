import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import {
  listClusterSettings,
  removeClusterSetting,
  setClusterSetting,
  type ClusterSetting,
} from '../../ceph/clusterConfig.ts';
import { monitorsArgv } from '../plan/cephShell.ts';
import type { Plan } from '../plan/plan.ts';
import type { ShellCommand, ShellHost } from '../plan/shell.ts';

/** Where an administrator of the cluster runs `ceph`. */
export interface MonitorsPlace {
  readonly client: CephClient;
  readonly shell: ShellHost;
}

class SettingsProblem extends CodedProblem<'not-removed'> {}

/** Takes settings back that the monitors hand out, and looks whether they are gone. */
export function removeSettingsPlan(
  title: string,
  { client, shell }: MonitorsPlace,
  settings: readonly ClusterSetting[],
): Plan {
  const ceph = (...words: readonly string[]): ShellCommand => ({ argv: monitorsArgv(client.access, words) });
  const names = settings.map((one) => `${whoOf(one)} ${one.name}`).join(', ');
  return {
    title,
    remarks: [],
    steps: [
      {
        title: t('Remove {0} from the configuration of the monitors', names),
        host: shell,
        commands: settings.map((one) => ceph('config', 'rm', whoOf(one), one.name)),
        run: async ({ signal }) => {
          for (const one of settings) await removeClusterSetting(client, whoOf(one), one.name, { signal });
        },
        undo: {
          title: t('Set {0} again', names),
          commands: settings.map((one) => ceph('config', 'set', whoOf(one), one.name, one.value)),
          run: async (options) => {
            for (const one of settings)
              await setClusterSetting(client, whoOf(one), one.name, one.value, options);
          },
        },
      },
      {
        title: t('Check that it is gone'),
        host: shell,
        commands: [ceph('config', 'dump')],
        run: async ({ signal }) => {
          const now = await listClusterSettings(client, { signal });
          const left = now.filter((one) => settings.some((old) => isSame(one, old)));
          if (left.length > 0)
            throw new SettingsProblem(
              'not-removed',
              t('{0} is still set.', left.map(({ name }) => name).join(', ')),
            );
        },
      },
    ],
  };
}

function whoOf({ who, mask }: ClusterSetting): string {
  return mask === '' ? who : `${who}/${mask}`;
}

function isSame(one: ClusterSetting, other: ClusterSetting): boolean {
  return whoOf(one) === whoOf(other) && one.name === other.name;
}
