import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { addCephUser, getCephUser, removeCephUser, type CephUser } from '../../ceph/cephUsers.ts';
import { capsInWords } from './capsInWords.ts';

/** `exists`: there is such a user, with the same capabilities or with others. */
export class CephUserProblem extends CodedProblem<'exists'> {
  readonly user: CephUser;

  constructor(user: CephUser, message: string, advice: string) {
    super('exists', message, { advice });
    this.user = user;
  }
}

/** How long taking a user away again may last. */
const undoMs = 30_000;

/**
 * Makes a user with a new key, which nobody sees. One that exists is left as it is: rejects with a {@link CephUserProblem}
 * that says what it may do. When it is cancelled, no user is left.
 */
export async function createCephUser(
  client: CephClient,
  entity: string,
  caps: ReadonlyMap<string, string>,
  options?: WaitOptions,
): Promise<void> {
  const existing = await getCephUser(client, entity, options);
  if (existing) throw existsAlready(existing, caps);
  try {
    await addCephUser(client, entity, caps, options);
  } catch (error) {
    if (options?.signal?.aborted === true)
      await removeCephUser(client, entity, { timeoutMs: undoMs }).catch(() => undefined);
    throw error;
  }
}

function existsAlready(user: CephUser, wanted: ReadonlyMap<string, string>): CephUserProblem {
  const { entity, caps } = user;
  const isSame = caps.size === wanted.size && [...caps].every(([daemon, cap]) => wanted.get(daemon) === cap);
  return isSame
    ? new CephUserProblem(
        user,
        t('There is a Ceph user {0} already, and it has these capabilities.', entity),
        t('Use it as it is, or choose another name.'),
      )
    : new CephUserProblem(
        user,
        t('There is a Ceph user {0} already: {1}.', entity, capsInWords(caps)),
        t('Change its capabilities, or choose another name.'),
      );
}
