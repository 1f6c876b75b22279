import { messageOf } from '../../base/errors.ts';

interface Made {
  /** What it is, for the person who finds it left. */
  readonly what: string;
  readonly undo: () => Promise<unknown>;
}

/** What was made so far, to be taken away again when the whole fails. */
export class UndoStack {
  readonly #made: Made[] = [];

  made(what: string, undo: () => Promise<unknown>): void {
    this.#made.push({ what, undo });
  }

  /** To be undone last, when all that was made is gone. */
  madeFirst(what: string, undo: () => Promise<unknown>): void {
    this.#made.unshift({ what, undo });
  }

  /** Takes the newest away first. @returns what could not be taken away, and why */
  async undo(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const { what, undo } of this.#made.splice(0).reverse()) {
      try {
        await undo();
      } catch (error) {
        left.push(`${what}: ${messageOf(error)}`);
      }
    }
    return left;
  }
}
