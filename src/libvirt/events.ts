import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { LibvirtError } from './errors.ts';
import { allEvents, type LibvirtEvent, registerEvent } from './protocol/events.ts';

/** An event to hear of, for all objects: `{ object: 'domain', kind: 'lifecycle' }`. */
export type Subscription = LibvirtEvent extends infer E
  ? E extends LibvirtEvent
    ? Pick<E, 'object' | 'kind'>
    : never
  : never;

export interface RefusedSubscription {
  readonly subscription: Subscription;
  readonly error: LibvirtError;
}

/**
 * Subscribes to all of them at once; they arrive at `connection.onEvent` until the connection ends. Subscribed twice,
 * an event arrives twice.
 * @returns those that the daemon or its driver refused, because it is too old or does not have them
 */
export async function subscribe(
  connection: LibvirtConnection,
  subscriptions: readonly Subscription[],
  options?: WaitOptions,
): Promise<readonly RefusedSubscription[]> {
  const refused = await Promise.all(
    subscriptions.map(async (subscription): Promise<readonly RefusedSubscription[]> => {
      try {
        const args = { eventId: idOf(subscription), object: undefined };
        await connection.call(registerEvent[subscription.object], args, options);
        return [];
      } catch (error) {
        if (!(error instanceof LibvirtError)) throw error;
        return [{ subscription, error }];
      }
    }),
  );
  return refused.flat();
}

function idOf({ object, kind }: Subscription): number {
  const event = allEvents.find((candidate) => candidate.object === object && candidate.kind === kind);
  if (event === undefined) throw new TypeError(`no event ${object} ${kind}`);
  return event.id;
}
