import { t } from '../../../../base/l10n.ts';
import { sentences } from '../../../../base/sentences.ts';
import type { RbdImage } from '../../../../ceph/rbd.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import { openUsers, readImageUses, strangeWatchers } from '../../../../hosts/clusters/imageUses.ts';
import { fullName } from '../../../../hosts/clusters/imageUser.ts';
import { userName, watcherWords } from '../../../../hosts/clusters/useWords.ts';
import type { DomainNode } from '../../../explorer/objects/domainNode.ts';
import { withProgress } from '../../../progress.ts';
import { confirmOneOf } from '../../../prompts/confirm.ts';
import type { CommandServices } from '../../command.ts';
import { listOf } from '../../volumes/volumeCheck.ts';
import type { DriveSettings } from '../askDrive.ts';

/**
 * Asks where another domain has the image, or somebody unknown: two that write destroy what is in it.
 * @returns the settings as the person wants them then; undefined when they think better of it
 */
export async function agreeToUseImage(
  cluster: CephCluster,
  image: RbdImage,
  domain: DomainNode,
  settings: DriveSettings,
  services: CommandServices,
): Promise<DriveSettings | undefined> {
  if (settings.readOnly || settings.shareable) return settings;
  const { client } = cluster.require();
  const { sessions } = services.registry;
  const title = t('Looking at what uses {0}', image.image);
  const uses = await withProgress({ title }, (signal) =>
    readImageUses({ image, client, cluster, sessions }, { signal }),
  );
  const open = openUsers(uses);
  const strangers = strangeWatchers(uses).map(watcherWords);
  const by = [...new Set([...open.map(userName), ...strangers])];
  const off = [...new Set(uses.users.filter((user) => !open.includes(user)).map(userName))];
  if (by.length + off.length === 0) return settings;
  const [readOnly, shared, plain] = [t('Attach Read-Only'), t('Attach as Shareable'), t('Attach')];
  const choice = await confirmOneOf(
    t(
      '{0} has a user already. Attach it to {1} on {2} all the same?',
      fullName(image),
      domain.name,
      domain.host.name,
    ),
    sentences(
      by.length === 0 ? undefined : t('It is open: {0}.', listOf(by)),
      off.length === 0
        ? undefined
        : t('It is a disk of {0} too, which is off: only one of them may run at a time.', listOf(off)),
      t('Two that write to one image destroy what is in it, unless they have a file system for clusters.'),
    ),
    by.length === 0 ? [readOnly, plain] : [readOnly, shared],
  );
  switch (choice) {
    case readOnly:
      return { ...settings, readOnly: true };
    case shared:
      return { ...settings, shareable: true };
    case plain:
      return settings;
    default:
      return undefined;
  }
}
