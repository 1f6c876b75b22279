import { messageOf } from '../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { parseHostAddress } from './hostAddress.ts';
import { HostSession, type HostServices } from './hostSession.ts';

/** A host as the settings keep it. */
export interface HostSetting {
  readonly uri: string;
  readonly name?: string | undefined;
}

/** The sessions of all hosts of the settings, in their order. */
export class HostRegistry implements Disposable {
  readonly #services: HostServices;
  readonly #changes = new Emitter<undefined>();
  /** Hosts were added or removed. */
  readonly onDidChange: Event<undefined> = this.#changes.event;
  #sessions: readonly HostSession[] = [];

  constructor(services: HostServices) {
    this.#services = services;
  }

  get sessions(): readonly HostSession[] {
    return this.#sessions;
  }

  get(name: string): HostSession | undefined {
    return this.#sessions.find((session) => session.name === name);
  }

  /** Takes over what the settings say: hosts that stayed keep their session and their connection. */
  apply(settings: readonly HostSetting[]): void {
    const before = this.#sessions;
    const sessions: HostSession[] = [];
    for (const setting of settings) {
      try {
        const address = parseHostAddress(setting.uri);
        const name = uniqueName(setting.name ?? address.suggestedName, sessions);
        const kept = before.find((session) => session.name === name && session.address.uri === address.uri);
        sessions.push(kept ?? new HostSession(name, address, this.#services));
      } catch (error) {
        this.#services.log.error(
          t('The host “{0}” of the settings is left out: {1}', setting.uri, messageOf(error)),
        );
      }
    }
    this.#sessions = sessions;
    for (const session of before) if (!sessions.includes(session)) session.dispose();
    this.#changes.fire(undefined);
  }

  dispose(): void {
    for (const session of this.#sessions) session.dispose();
    this.#changes.dispose();
  }
}

/** Names are part of document addresses: two hosts never share one. */
export function uniqueName(wanted: string, taken: readonly { readonly name: string }[]): string {
  const isTaken = (name: string): boolean => taken.some((other) => other.name === name);
  let name = wanted;
  for (let count = 2; isTaken(name); count += 1) name = `${wanted} (${count})`;
  return name;
}
