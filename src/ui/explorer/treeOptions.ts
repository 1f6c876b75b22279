import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../base/events.ts';
import { parseFilter, type Filter } from './filter.ts';
import { isGrouping, type Grouping } from './grouping.ts';

const filterKey = 'tree.filter';
const groupingKey = 'tree.grouping';

/** What a person has chosen to see in the tree. It is kept when the window is loaded again. */
export class TreeOptions {
  readonly #window: vscode.Memento;
  readonly #person: vscode.Memento;
  readonly #changes = new Emitter<undefined>();
  readonly onDidChange: Event<undefined> = this.#changes.event;
  #filter: Filter | undefined;
  #grouping: Grouping;

  /** A filter belongs to a window, where it is seen; how things are grouped is a habit. */
  constructor({
    workspaceState,
    globalState,
  }: Pick<vscode.ExtensionContext, 'workspaceState' | 'globalState'>) {
    this.#window = workspaceState;
    this.#person = globalState;
    const grouping = globalState.get(groupingKey);
    this.#grouping = isGrouping(grouping) ? grouping : 'none';
    const text = workspaceState.get(filterKey);
    this.#filter = typeof text === 'string' ? parseFilter(text) : undefined;
  }

  get filter(): Filter | undefined {
    return this.#filter;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  /** Shows what matches; an empty text shows everything. */
  setFilter(text: string): void {
    if (text.trim() === (this.#filter?.text ?? '')) return;
    this.#filter = parseFilter(text.trim());
    void this.#window.update(filterKey, this.#filter?.text);
    this.#changes.fire(undefined);
  }

  setGrouping(grouping: Grouping): void {
    this.#grouping = grouping;
    void this.#person.update(groupingKey, grouping);
    this.#changes.fire(undefined);
  }
}
