import { ObjectGroup } from './objectGroup.ts';

interface Ref {
  readonly uuid: string;
}

export interface DefinedEntry {
  readonly ref: Ref;
  /** It starts with the host. */
  readonly autostart: boolean;
  /** It has a definition that outlives a stop. */
  readonly persistent: boolean;
}

/** Objects that are defined or exist only while they are active, and may start with the host. */
export abstract class DefinedGroup<Entry extends DefinedEntry, ObjectEvent> extends ObjectGroup<
  Entry,
  ObjectEvent
> {
  #transient: ReadonlySet<string> = new Set();
  #autostarted: ReadonlySet<string> = new Set();

  /** Reads what {@link lifetimeOf} says: the list can be drawn without it, so it is read after it. */
  async readLifetimes(): Promise<void> {
    const [transient, autostarted] = await Promise.all([this.listTransient(), this.listAutostarted()]);
    const [transientBefore, autostartedBefore] = [this.#transient, this.#autostarted];
    this.#transient = uuidsOf(transient);
    this.#autostarted = uuidsOf(autostarted);
    if (isSame(transientBefore, this.#transient) && isSame(autostartedBefore, this.#autostarted)) return;
    this.updateAll((entry) => ({ ...entry, ...this.lifetimeOf(entry.ref) }));
  }

  /** Autostart has no event: whoever changes it says so. */
  noteAutostart(uuid: string, autostart: boolean): void {
    const others = [...this.#autostarted].filter((other) => other !== uuid);
    this.#autostarted = new Set(autostart ? [...others, uuid] : others);
    const entry = this.entries.get(uuid);
    if (entry) this.put(uuid, { ...entry, autostart });
  }

  /** As far as it has been read. */
  protected lifetimeOf({ uuid }: Ref): Pick<DefinedEntry, 'autostart' | 'persistent'> {
    return { autostart: this.#autostarted.has(uuid), persistent: !this.#transient.has(uuid) };
  }

  protected abstract listTransient(): Promise<readonly Ref[]>;
  protected abstract listAutostarted(): Promise<readonly Ref[]>;
}

function uuidsOf(refs: readonly Ref[]): ReadonlySet<string> {
  return new Set(refs.map(({ uuid }) => uuid));
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...b].every((uuid) => a.has(uuid));
}
