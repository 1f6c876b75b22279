import type { Event } from '../../base/events.ts';
import type { Log } from '../../base/log.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import { isActive } from '../../hosts/inventory/domains.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import type { ConsoleDomain } from '../../operations/console/consoleSession.ts';

/** A domain of a host, as its consoles see it. */
export class HostDomain implements ConsoleDomain {
  readonly host: HostSession;
  readonly #uuid: string;
  readonly #log: Log;
  /** What it was called when it was last seen. */
  #name: string;

  constructor(host: HostSession, { uuid, name }: DomainRef, log: Log) {
    this.host = host;
    this.#uuid = uuid;
    this.#name = name;
    this.#log = log;
  }

  get name(): string {
    const known = this.host.inventory?.domains.entries.get(this.#uuid)?.ref.name;
    if (known !== undefined) this.#name = known;
    return this.#name;
  }

  running(): DomainRef | undefined {
    const entry = this.host.connected?.inventory.domains.entries.get(this.#uuid);
    return entry && isActive(entry) ? entry.ref : undefined;
  }

  get absence(): ConsoleDomain['absence'] {
    const domains = this.host.connected?.inventory.domains;
    if (domains?.status.kind !== 'loaded') return 'host';
    return domains.entries.has(this.#uuid) ? 'off' : 'gone';
  }

  readonly onDidChange: Event<unknown> = (listener) => {
    const listeners = [
      this.host.onDidChangeState(listener),
      this.host.onDidChangeInventory(({ group, change }) => {
        if (group === 'domains' && (change.kind === 'list' || change.key === this.#uuid)) listener(change);
      }),
    ];
    return {
      dispose: () => {
        for (const each of listeners) each.dispose();
      },
    };
  };

  async connect({ signal = new AbortController().signal }: WaitOptions): Promise<LibvirtConnection> {
    const { transport } = this.host.require();
    const { openLibvirt } = await import('../../hosts/openLibvirt.ts');
    const { name, address } = this.host;
    return openLibvirt(transport, { name, address, log: this.#log, signal });
  }
}
