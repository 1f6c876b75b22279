import { messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import {
  defineNetwork,
  lookupNetworkByName,
  setNetworkAutostart,
  startNetwork,
} from '../../libvirt/networks.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { NetworkRef } from '../../libvirt/protocol/refs.ts';
import { explainNetworkFailure, NetworkProblem } from './networkProblem.ts';

/** Where networks are; `name` for people. */
export interface NetworkHost {
  readonly name: string;
  readonly connection: LibvirtConnection;
}

export interface NetworkCreation extends WaitOptions {
  readonly start: boolean;
  /** With the host. */
  readonly autostart: boolean;
}

/**
 * Defines a new network, checked by the schema, and starts it. Rejects with a {@link NetworkProblem}: `name-taken` when
 * there is one of that name, which stays as it is; `not-started` when the definition is there and what comes after it failed.
 */
export async function createNetwork(
  host: NetworkHost,
  { name, xml }: { readonly name: string; readonly xml: string },
  { start, autostart, ...options }: NetworkCreation,
): Promise<NetworkRef> {
  const { connection } = host;
  if (await exists(host, name, options)) {
    throw new NetworkProblem('name-taken', t('{0} has a network {1} already.', host.name, name), {
      advice: t('Choose another name.'),
    });
  }
  const { ref } = await defineNetwork(connection, xml, options);
  try {
    if (autostart) await setNetworkAutostart(connection, ref, true, options);
    if (start) await startNetwork(connection, ref, options);
  } catch (error) {
    const cause = explainNetworkFailure(error, name, host.name);
    throw new NetworkProblem('not-started', t('The network {0} is defined. {1}', name, messageOf(cause)), {
      advice: cause instanceof Problem ? cause.advice : undefined,
      raw: cause instanceof Problem ? cause.raw : undefined,
      cause,
    });
  }
  return ref;
}

async function exists({ connection }: NetworkHost, name: string, options: WaitOptions): Promise<boolean> {
  try {
    await lookupNetworkByName(connection, name, options);
    return true;
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.noNetwork)) return false;
    throw error;
  }
}
