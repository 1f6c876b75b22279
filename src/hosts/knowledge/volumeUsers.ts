import type { WaitOptions } from '../../base/waiting.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { isRbdVolume } from '../../libvirt/volumes.ts';
import type { KnownDomain } from '../../rules/hostKnowledge.ts';
import type { HostSession } from '../hostSession.ts';
import { untilKnown } from './untilKnown.ts';
import type { UsedObject } from './usersOf.ts';

/** A domain whose definition names a volume, by whichever name. */
export interface VolumeUser {
  readonly host: HostSession;
  readonly domain: KnownDomain;
}

/**
 * The domains that name a volume: those of its own host; of an RBD image also those of the other connected hosts, which
 * may be clients of the same cluster. undefined when the own host does not tell in time.
 */
export async function readVolumeUsers(
  host: HostSession,
  volume: VolumeRef,
  sessions: readonly HostSession[],
  options?: WaitOptions,
): Promise<readonly VolumeUser[] | undefined> {
  const own = await usersOn(host, { kind: 'volume', pool: volume.pool, name: volume.name }, options);
  if (own === undefined || !isRbdVolume(volume)) return own;
  const others = sessions.filter((session) => session !== host && session.connected);
  const elsewhere = await Promise.all(
    others.map((session) => usersOn(session, { kind: 'rbdImage', name: volume.key }, options)),
  );
  return [...own, ...elsewhere.flatMap((users) => users ?? [])];
}

async function usersOn(
  host: HostSession,
  object: UsedObject,
  options?: WaitOptions,
): Promise<readonly VolumeUser[] | undefined> {
  const { knowledge } = host.require();
  const domains = await untilKnown(knowledge, () => knowledge.usersOf(object), options);
  return domains?.map((domain) => ({ host, domain }));
}
