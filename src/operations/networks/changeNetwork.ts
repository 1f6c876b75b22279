import { isDeepStrictEqual } from 'node:util';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { parseNetwork, type NetworkModel } from '../../libvirt/model/network.ts';
import { getNetworkXml, updateNetwork, type NetworkChange } from '../../libvirt/networks.ts';
import { NetworkUpdate } from '../../libvirt/protocol/network.ts';
import type { NetworkRef } from '../../libvirt/protocol/refs.ts';
import type { NetworkHost } from './createNetwork.ts';
import { NetworkProblem } from './networkProblem.ts';

/** A network that can be changed in place: as it runs, as it is defined, or both. */
export interface ChangeableNetwork {
  readonly ref: NetworkRef;
  readonly active: boolean;
  readonly persistent: boolean;
}

/** A change of a network, planned by what the network is now. */
export interface PlannedChange {
  /** The steps that lead there; none when it is so already. Throws when it cannot be done. */
  readonly steps: (model: NetworkModel) => readonly NetworkChange[];
  readonly isDone: (model: NetworkModel) => boolean;
}

/**
 * Changes what runs and the definition, without a restart, and looks afterwards whether both are as planned. Where they
 * differed before, each is changed by what it is.
 */
export async function changeNetwork(
  host: NetworkHost,
  network: ChangeableNetwork,
  change: PlannedChange,
  options: WaitOptions = {},
): Promise<void> {
  const scopes = [
    ...(network.active ? [NetworkUpdate.live] : []),
    ...(network.persistent ? [NetworkUpdate.config] : []),
  ];
  const plans = await Promise.all(
    scopes.map(async (scope) => ({ scope, steps: change.steps(await read(host, network, scope, options)) })),
  );
  const [first, second] = plans;
  const merged =
    first && second && isDeepStrictEqual(first.steps, second.steps)
      ? [{ scope: first.scope | second.scope, steps: first.steps }]
      : plans;
  for (const { scope, steps } of merged) {
    for (const step of steps) await updateNetwork(host.connection, network.ref, step, scope, options);
  }
  for (const scope of scopes) {
    if (change.isDone(await read(host, network, scope, options))) continue;
    throw new NetworkProblem(
      'not-changed',
      scope === NetworkUpdate.live
        ? t(
            'libvirt on {0} took the change of {1}, but the running network is as before.',
            host.name,
            network.ref.name,
          )
        : t(
            'libvirt on {0} took the change of {1}, but its definition is as before.',
            host.name,
            network.ref.name,
          ),
      { advice: t('Open its XML and look what is there.') },
    );
  }
}

async function read(
  { connection }: NetworkHost,
  { ref }: ChangeableNetwork,
  scope: number,
  options: WaitOptions,
): Promise<NetworkModel> {
  const inactive = scope === NetworkUpdate.config;
  return parseNetwork(await getNetworkXml(connection, ref, { ...options, inactive }));
}
