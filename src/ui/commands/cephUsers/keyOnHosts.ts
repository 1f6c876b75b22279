import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { readCephLogins } from '../../../hosts/clusters/cephLogins.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { findKeySecrets, type KeySecret, type KeyState } from '../../../operations/cephUsers/keySecrets.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { withProgress } from '../../progress.ts';
import type { CommandServices } from '../command.ts';
import { secretHost } from '../secrets/copyToHost.ts';

/** The secrets for a Ceph user on one connected host. */
export interface KeyOnHost {
  readonly session: HostSession;
  readonly secrets: readonly KeySecret[];
  /** Why they are not known. */
  readonly failure: string | undefined;
}

/** Compares the secrets that are for a user, on all connected hosts, with its key. */
export async function readKeyOnHosts(
  { cluster }: ClusterRow,
  entity: string,
  key: Buffer,
  { registry }: CommandServices,
): Promise<readonly KeyOnHost[]> {
  const connected = registry.sessions.filter((session) => session.connected);
  return withProgress({ title: t('Comparing secrets with the key of {0}', entity) }, async (signal) => {
    const logins = await readCephLogins(cluster, entity.replace(/^client\./, ''), connected, { signal });
    return Promise.all(
      connected.map(async (session): Promise<KeyOnHost> => {
        const used = logins.find((one) => one.session === session)?.secrets ?? [];
        try {
          const secrets = await findKeySecrets(secretHost(session), entity, key, used, { signal });
          return { session, secrets, failure: undefined };
        } catch (error) {
          if (signal.aborted) throw error;
          return { session, secrets: [], failure: messageOf(error) };
        }
      }),
    );
  });
}

/** Whether a host lacks the key somewhere. */
export function lacksKey({ secrets, failure }: KeyOnHost): boolean {
  return failure === undefined && (secrets.length === 0 || secrets.some(({ state }) => state !== 'same'));
}

/** What a host has, in words: "“client.x secret” has another key". */
export function keyOnHostInWords({ secrets, failure }: KeyOnHost): string {
  if (failure !== undefined) return failure;
  if (secrets.length === 0) return t('has no secret for it');
  return secrets
    .map(({ ref, state }) => stateInWords(state, ref.usageId === '' ? ref.uuid : ref.usageId))
    .join(' · ');
}

function stateInWords(state: KeyState, name: string): string {
  switch (state) {
    case 'same':
      return t('“{0}” has the same key', name);
    case 'different':
      return t('“{0}” has another key', name);
    case 'missing':
      return t('“{0}” has no value', name);
    case 'private':
      return t('“{0}” is private: its value is not told', name);
  }
}
