import { t } from '../../base/l10n.ts';
import { exportKeyring, keyringMode, lookAtKeyring } from '../cephUsers/exportKeyring.ts';
import { keyArgv, readClientKey } from '../connectPool/clientKey.ts';
import { readHostFile, removeHostFile, writeHostFile } from '../hostFiles/rootFile.ts';
import { typedAsRoot } from '../packages/hostPackages.ts';
import { monitorsArgv } from '../plan/cephShell.ts';
import type { PlanStep, PlanUndo } from '../plan/plan.ts';
import { standardInput, type ShellCommand } from '../plan/shell.ts';
import type { ClusterGift, GiftFile } from './clusterGift.ts';
import { namesCluster } from './namesCluster.ts';

const configurationMode = '644';

/** /etc/ceph/NAME.conf: which cluster, and where its monitors are. One that names the cluster already stays as it is. */
export function configurationStep({ host, configuration, fsid, cluster }: ClusterGift): PlanStep {
  const { file, text, backup } = configuration;
  return {
    title: t('Write {0}', file.path),
    host: host.shell,
    commands: [
      ...keepCommands(configuration),
      {
        argv: installArgv(configuration, configurationMode),
        input: { kind: 'text', text },
      },
    ],
    isDone: async (options) => {
      const found = await readHostFile(file, options);
      return (
        found.kind === 'file' && namesCluster(found.content.toString(), { fsid, monitors: cluster.monitors })
      );
    },
    run: (options) => writeHostFile(file, text, { ...options, mode: configurationMode, backup }),
    undo: undoOf(configuration),
  };
}

/** The keyring of the user, which only root reads. */
export function keyringStep(gift: ClusterGift): PlanStep {
  const { host, keyring, user, cluster, mayAskKeys } = gift;
  const entity = `client.${user}`;
  return {
    title: t('Write the keyring of {0}, which only root can read', entity),
    host: host.shell,
    commands: [
      ...keepCommands(keyring),
      {
        argv: installArgv(keyring, keyringMode),
        input: {
          kind: 'program',
          argv: mayAskKeys
            ? monitorsArgv(cluster.client.access, ['auth', 'get', entity])
            : keyArgv(cluster.client, user, false),
          on: cluster.shell,
        },
      },
    ],
    isDone: async (options) => {
      const key = await readClientKey(cluster.client, user, options);
      try {
        const place = await lookAtKeyring(keyring.file, entity, key, options);
        return place.kind === 'same' && place.isPrivate;
      } finally {
        key.fill(0);
      }
    },
    run: async (options) => {
      const key = await readClientKey(cluster.client, user, options);
      try {
        await exportKeyring(keyring.file, entity, key, { ...options, backup: keyring.backup });
      } finally {
        key.fill(0);
      }
    },
    undo: undoOf(keyring),
  };
}

function installArgv({ file }: GiftFile, mode: string): readonly string[] {
  return typedAsRoot(rightsFor(file), ['install', '-D', '-m', mode, standardInput, file.path]);
}

function keepCommands({ file, backup }: GiftFile): readonly ShellCommand[] {
  return backup === undefined
    ? []
    : [{ argv: typedAsRoot(rightsFor(file), ['cp', '-p', file.path, backup]) }];
}

function undoOf({ file, backup }: GiftFile): PlanUndo {
  return {
    title:
      backup === undefined
        ? t('Remove {0}', file.path)
        : t('Put {0} back in place of {1}', backup, file.path),
    commands: [
      {
        argv: typedAsRoot(
          rightsFor(file),
          backup === undefined ? ['rm', '-f', file.path] : ['mv', '-f', backup, file.path],
        ),
      },
    ],
    run: (options) => removeHostFile(file, { ...options, backup }),
  };
}

function rightsFor({ viaSudo }: GiftFile['file']): 'root' | 'sudo' {
  return viaSudo ? 'sudo' : 'root';
}
