import type { Identity } from '../../xml/identity.ts';
import type { KnownDomain } from '../hostKnowledge.ts';

/** Whether a domain of the host is not the one that is defined here; without a UUID the name tells. */
export function isOtherDomain({ name, uuid }: KnownDomain, own: Identity): boolean {
  return own.uuid === undefined ? name !== own.name : uuid !== own.uuid;
}
