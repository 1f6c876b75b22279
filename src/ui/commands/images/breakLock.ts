import * as vscode from 'vscode';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { listRbdWatchers, type RbdWatcher } from '../../../ceph/rbd.ts';
import { breakRbdLock, isAutomaticLock, listRbdLocks, type RbdLock } from '../../../ceph/rbdLocks.ts';
import { lockInWords } from '../../explorer/clusters/imageFacts.ts';
import { rbdName } from '../../explorer/clusters/imageWords.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';

/** Takes an image from a client that will not give it back: one that has crashed, or somebody's forgotten lock. */
export const breakLockCommand = objectCommand({
  id: 'libvirt.image.breakLock',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, cluster } = node;
    const name = rbdName(image);
    const { locks, watchers } = await onCluster(
      node,
      services,
      { title: t('Looking who has locked {0}', name) },
      async (client, signal) => {
        const [held, open] = await Promise.all([
          listRbdLocks(client, image, { signal }),
          listRbdWatchers(client, image, { signal }),
        ]);
        return { locks: held, watchers: open };
      },
    );
    const lock = await choose(name, locks, watchers);
    if (!lock) return;
    const agreed = await confirm(
      t('Break the lock of {0} on {1} of the cluster {2}?', lock.locker, name, cluster.name),
      consequence(lock, watchers),
      t('Break Lock'),
    );
    if (!agreed) return;
    await changeImages(
      node,
      image,
      services,
      { title: t('Breaking the lock on {0}', name) },
      async (client, signal) => {
        try {
          await breakRbdLock(client, image, lock, { signal });
        } catch (error) {
          // It was given back meanwhile.
          if (!isCephError(error, Errno.ENOENT)) throw error;
        }
      },
    );
  },
});

async function choose(
  name: string,
  locks: readonly RbdLock[],
  watchers: readonly RbdWatcher[],
): Promise<RbdLock | undefined> {
  const [only, ...others] = locks;
  if (!only) {
    void vscode.window.showInformationMessage(t('Nobody has locked {0}.', name));
    return undefined;
  }
  if (others.length === 0) return only;
  return wizard(t('Break a Lock on {0}', name), (ask) =>
    ask.pick({
      placeholder: t('Which lock?'),
      choices: locks.map((lock) => ({
        label: lockInWords(lock),
        description: isAlive(lock, watchers)
          ? t('has the image open now')
          : t('does not have the image open'),
        value: lock,
      })),
    }),
  );
}

/** Whether the holder still watches the image, as every living client that has opened it for writing does. */
function isAlive({ address }: RbdLock, watchers: readonly RbdWatcher[]): boolean {
  return watchers.some((watcher) => watcher.address === address);
}

function consequence(lock: RbdLock, watchers: readonly RbdWatcher[]): string {
  return sentences(
    isAlive(lock, watchers)
      ? t(
          'The client at {0} has the image open now: if it is a domain, its disk fails at once and what it has not written yet is lost. Shut it down instead.',
          lock.address,
        )
      : t('The client at {0} does not have the image open any more.', lock.address),
    t(
      'Ceph puts it on the blocklist: for an hour, that client cannot read or write anything in this cluster.',
    ),
    isAutomaticLock(lock)
      ? t(
          'The lock is one that librbd takes by itself; whoever opens the image next breaks it by itself when its holder is gone.',
        )
      : t(
          'The lock was made by hand, as “{0}”: somebody may rely on it. While it is there, no domain can write to the image.',
          lock.id,
        ),
  );
}
