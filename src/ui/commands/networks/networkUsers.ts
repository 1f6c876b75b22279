import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import { listPluggedIn } from '../../../operations/networks/pluggedIn.ts';
import type { KnownDomain } from '../../../rules/hostKnowledge.ts';
import type { NetworkNode } from '../../explorer/objects/networkNode.ts';

/** A question must not wait long for a host with hanging storage. */
const timeoutMs = 4000;
/** How many names a dialog has room for. */
const listed = 8;

/** The domains whose definition has an interface in the network; undefined when that cannot be found out in time. */
export async function definedUsers(
  { host, name }: NetworkNode,
  options: WaitOptions = {},
): Promise<readonly KnownDomain[] | undefined> {
  const knowledge = host.connected?.knowledge;
  const ask = () => knowledge?.usersOf({ kind: 'network', name });
  return knowledge && untilKnown(knowledge, ask, { timeoutMs, ...options });
}

/** The running domains that are plugged into the network, or may be: by their definition, or by what libvirt has plugged in. */
export async function runningUsers(
  node: NetworkNode,
  options: WaitOptions = {},
): Promise<readonly DomainRef[]> {
  const { host, entry } = node;
  const { connection, inventory } = host.require();
  const [defined, plugged] = await Promise.all([
    definedUsers(node, options),
    entry ? listPluggedIn({ name: host.name, connection }, entry.ref, options) : undefined,
  ]);
  const uuids = new Set([
    ...(defined ?? []).filter(({ isActive }) => isActive).map(({ uuid }) => uuid),
    ...(plugged ?? []).map(({ owner }) => owner.uuid),
  ]);
  return [...uuids].flatMap((uuid) => inventory.domains.entries.get(uuid)?.ref ?? []);
}

/** Names with a comma between them, as many as a dialog has room for. */
export function namesInWords(domains: readonly { readonly name: string }[]): string {
  const names = [...new Set(domains.map(({ name }) => name))];
  const more = names.length - listed;
  return [...names.slice(0, listed), ...(more > 0 ? [t('and {0} more', more)] : [])].join(', ');
}

/** Whether libvirt makes the network's bridge, which goes when it stops. */
export async function ownsBridge({ host, uuid }: NetworkNode): Promise<boolean> {
  const mode = (await host.inventory?.networks.details(uuid))?.forwardMode;
  return mode === undefined || ['nat', 'route', 'open'].includes(mode);
}
