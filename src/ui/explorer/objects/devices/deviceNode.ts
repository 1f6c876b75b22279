import { t } from '../../../../base/l10n.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import type { DeviceKey } from '../../../../operations/devices/deviceKey.ts';
import { connectedTraits, ObjectNode } from '../../node.ts';
import type { DomainNode } from '../domainNode.ts';

/** Where a device is: in the running domain, in its definition for the next start, or in both. */
export type Presence = 'both' | 'live' | 'next';

/** A device of a domain. */
export abstract class DeviceNode extends ObjectNode {
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly domain: DomainNode;
  readonly presence: Presence;

  constructor(domain: DomainNode, presence: Presence) {
    super(domain);
    this.host = domain.host;
    this.domain = domain;
    this.presence = presence;
  }

  abstract get key(): DeviceKey;

  /**
   * Those of the device; `active` while the domain runs with it, `pending` where it is there from the next start,
   * `inactive` while the domain is off.
   */
  protected deviceTraits(traits: readonly string[]): readonly string[] {
    const { domain, presence, host } = this;
    const active = domain.traits.includes('active');
    const state = active ? (presence === 'next' ? 'pending' : 'active') : 'inactive';
    return connectedTraits(host, [state, ...traits]);
  }

  /** What is to be known beside what it is; nothing where it is now and at the next start. */
  protected get presenceWords(): readonly string[] {
    const { domain, presence } = this;
    if (!domain.traits.includes('active') || !domain.traits.includes('persistent')) return [];
    if (presence === 'next') return [t('from the next start')];
    return presence === 'live' ? [t('until it stops')] : [];
  }
}
