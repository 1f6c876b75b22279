import type { WaitOptions } from '../../base/waiting.ts';
import { t } from '../../base/l10n.ts';
import { ImageProblem } from '../../operations/images/imageProblem.ts';
import type { ImageOnHosts } from '../../operations/images/removeImage/imageOnHosts.ts';
import { lookAtImage } from '../../operations/images/removeImage/lookAtImage.ts';
import type { RemovalLook } from '../../operations/images/removeImage/obstacles.ts';
import { planHostOf } from '../shellHost.ts';
import { readImageUses, strangeWatchers, type ImageQuestion, type ImageUses } from './imageUses.ts';
import { fullName } from './imageUser.ts';
import { unseenWords, watcherWords } from './useWords.ts';

/** Looks at everything that an image's removal could harm: Ceph's side, and all connected hosts, what runs there too. */
export async function lookBeforeRemoval(
  question: ImageQuestion,
  options: WaitOptions = {},
): Promise<RemovalLook> {
  const { client, image } = question;
  const [findings, uses] = await Promise.all([
    lookAtImage(client, image, options),
    readImageUses(question, { ...options, live: true }),
  ]);
  return { name: fullName(image), findings, onHosts: onHosts(uses) };
}

function onHosts(uses: ImageUses): ImageOnHosts {
  const { image, users, watchers, unseen } = uses;
  if (watchers.kind === 'unknown') {
    throw new ImageProblem(
      'not-possible',
      t('Whether {0} is open is not known: {1}', fullName(image), watchers.reason),
      {
        advice: t('It is left alone until Ceph tells.'),
      },
    );
  }
  return {
    users: users.map((user) => {
      const { session, domain, target, role, isRunning, isDefined } = user;
      const entry = session.connected?.inventory.domains.entries.get(domain.uuid);
      const isPersistent = entry?.persistent ?? isDefined;
      return { host: planHostOf(session), domain, target, role, isRunning, isDefined, isPersistent };
    }),
    strangers: strangeWatchers(uses).map((one) => ({
      client: one.watcher.address,
      words: watcherWords(one),
    })),
    watchers: watchers.watchers.length,
    unseen: unseen.map(unseenWords),
  };
}
