import { DomainAffect } from '../../libvirt/protocol/domainFlags.ts';

/** When a change of a device holds: `live` until the domain stops, `next` from its next start on. */
export type Effect = 'live' | 'next' | 'both';

/** As libvirt's flags, `DomainAffect`. */
export const affectFlags: Readonly<Record<Effect, number>> = {
  live: DomainAffect.live,
  next: DomainAffect.config,
  both: DomainAffect.live | DomainAffect.config,
};

/** What a domain is at the moment. */
export interface DomainSituation {
  readonly active: boolean;
  readonly persistent: boolean;
}

/** What makes sense for a domain, the best first. */
export function possibleEffects({ active, persistent }: DomainSituation): readonly Effect[] {
  if (!active) return ['next'];
  return persistent ? ['both', 'next', 'live'] : ['live'];
}

export function isLive(effect: Effect): boolean {
  return effect !== 'next';
}

export function isLasting(effect: Effect): boolean {
  return effect !== 'live';
}
