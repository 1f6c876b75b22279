import { allEvents, type LibvirtEvent } from './protocol/events.ts';
import { decode, i32, struct } from './wire/xdrTypes.ts';

const eventsByMessage = new Map(allEvents.map((event) => [event.message, event]));

/** @param procedure the number the event came under @returns undefined for an event this client does not know */
export function decodeEvent(procedure: number, payload: Buffer): LibvirtEvent | undefined {
  const event = eventsByMessage.get(procedure);
  if (event === undefined) return undefined;
  const { body } = decode(struct({ callbackId: i32, body: event.body }), payload);
  // The table's type is the event's: EventOf is derived from it.
  return { object: event.object, kind: event.kind, ...body } as LibvirtEvent;
}
