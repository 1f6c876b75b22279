import { t } from '../../base/l10n.ts';
import type { ImageUser } from './imageUser.ts';
import type { NamedWatcher } from './nameWatchers.ts';
import type { Unseen } from './usesIndex.ts';

/** `web1 on kvm1` */
export function userName({ domain, session }: Pick<ImageUser, 'domain' | 'session'>): string {
  return t('{0} on {1}', domain.name, session.name);
}

/** Who a watcher is, for people. */
export function watcherWords({ address, holder }: NamedWatcher): string {
  switch (holder.kind) {
    case 'domain':
      return userName(holder.user);
    case 'one-of':
      return t('one of: {0}', holder.users.map(userName).join(', '));
    case 'host':
      return t(
        'a program on {0} that is no domain, or one that has crashed',
        holder.sessions.map(({ name }) => name).join(', '),
      );
    case 'stranger':
      return holder.perhaps.length === 0
        ? t('a client at {0}, which is no connected host', address)
        : t('a client at {0}, perhaps {1}', address, holder.perhaps.map(userName).join(', '));
  }
}

/** How a domain uses an image, in a few words: `vda, running, read-only`. */
export function useWords(user: ImageUser): readonly string[] {
  const { target, role, snapshot, viaPool, isReadOnly, isShareable, isRunning, isDefined } = user;
  return [
    role === 'disk' ? target : role === 'backing' ? t('below {0}', target) : t('copy of {0}', target),
    isRunning ? t('running') : t('off'),
    ...(isDefined ? [] : [t('not in its definition')]),
    ...(snapshot === undefined ? [] : [t('snapshot {0}', snapshot)]),
    ...(isReadOnly ? [t('read-only')] : []),
    ...(isShareable ? [t('shareable')] : []),
    ...(viaPool === undefined ? [] : [t('as a volume of {0}', viaPool)]),
  ];
}

/** What could not be looked at: `kvm2 (not connected)`. */
export function unseenWords({ session, domain, why }: Unseen): string {
  const name = domain === undefined ? session.name : t('{0} on {1}', domain, session.name);
  return why === 'not-connected' ? t('{0} (not connected)', name) : t('{0} (did not answer)', name);
}
