import { hasCharacter } from './characterClass.ts';
import type { CharacterClass } from './characterClass.ts';
import type { Expression } from './expression.ts';

/** What must still come, as a sum of products: equal states are one object. */
interface State {
  readonly id: number;
  readonly kind: 'none' | 'end' | 'characters' | 'sequence' | 'alternatives' | 'repeat';
  /** Whether the text may end here. */
  readonly accepts: boolean;
  readonly set?: CharacterClass;
  readonly parts?: readonly State[];
  readonly repeated?: State;
  readonly least?: number;
  readonly most?: number;
  readonly next: Map<number, State>;
}

const maxStates = 5_000;

/**
 * Tells whether texts match, in one pass over the text whatever the expression: nothing is tried twice, so that no
 * expression and no text makes it slow. States are made as texts ask for them, and dropped when they are many.
 */
export class Matcher {
  readonly #expression: Expression;
  #states = new Map<string, State>();
  #nextId = 0;
  #start: State | undefined;

  constructor(expression: Expression) {
    this.#expression = expression;
  }

  matches(text: string): boolean {
    if (this.#states.size > maxStates) {
      this.#states.clear();
      this.#start = undefined;
    }
    this.#start ??= this.#build(this.#expression);
    let state = this.#start;
    for (let at = 0; at < text.length && state.kind !== 'none'; at++) {
      const code = text.codePointAt(at) ?? 0;
      if (code > 0xffff) at++;
      let next = state.next.get(code);
      if (next === undefined) state.next.set(code, (next = this.#after(state, code)));
      state = next;
    }
    return state.accepts;
  }

  #build(expression: Expression): State {
    switch (expression.kind) {
      case 'characters':
        return this.#make(`c${this.#nextId}`, { kind: 'characters', accepts: false, set: expression.set });
      case 'sequence':
        return this.#sequence(expression.parts.map((part) => this.#build(part)));
      case 'alternatives':
        return this.#alternatives(expression.parts.map((part) => this.#build(part)));
      case 'repeat':
        return this.#repeat(this.#build(expression.repeated), expression.least, expression.most);
    }
  }

  /** The state after one more character. */
  #after(state: State, code: number): State {
    const { set, parts = [], repeated, least = 0, most = 0 } = state;
    switch (state.kind) {
      case 'characters':
        return set !== undefined && hasCharacter(set, code) ? this.#end() : this.#none();
      case 'alternatives':
        return this.#alternatives(parts.map((part) => this.#after(part, code)));
      case 'sequence': {
        const ways: State[] = [];
        for (const [at, part] of parts.entries()) {
          ways.push(this.#sequence([this.#after(part, code), ...parts.slice(at + 1)]));
          if (!part.accepts) break;
        }
        return this.#alternatives(ways);
      }
      case 'repeat': {
        if (repeated === undefined) return this.#none();
        const rest = this.#repeat(repeated, Math.max(0, least - 1), most - 1);
        return this.#sequence([this.#after(repeated, code), rest]);
      }
      default:
        return this.#none();
    }
  }

  #none(): State {
    return this.#make('none', { kind: 'none', accepts: false });
  }

  #end(): State {
    return this.#make('end', { kind: 'end', accepts: true });
  }

  #sequence(states: readonly State[]): State {
    const parts = states.flatMap((state) => (state.kind === 'sequence' ? (state.parts ?? []) : [state]));
    if (parts.some(({ kind }) => kind === 'none')) return this.#none();
    const kept = parts.filter(({ kind }) => kind !== 'end');
    const [only] = kept;
    if (only === undefined) return this.#end();
    if (kept.length === 1) return only;
    const accepts = kept.every((part) => part.accepts);
    return this.#make(`s${idsOf(kept)}`, { kind: 'sequence', accepts, parts: kept });
  }

  #alternatives(states: readonly State[]): State {
    const parts = states.flatMap((state) => (state.kind === 'alternatives' ? (state.parts ?? []) : [state]));
    const kept = [...new Set(parts)].filter(({ kind }) => kind !== 'none').sort((a, b) => a.id - b.id);
    const [only] = kept;
    if (only === undefined) return this.#none();
    if (kept.length === 1) return only;
    const accepts = kept.some((part) => part.accepts);
    return this.#make(`a${idsOf(kept)}`, { kind: 'alternatives', accepts, parts: kept });
  }

  #repeat(repeated: State, least: number, most: number): State {
    if (most <= 0 || repeated.kind === 'end') return this.#end();
    if (repeated.kind === 'none') return least === 0 ? this.#end() : repeated;
    const accepts = least === 0 || repeated.accepts;
    const key = `r${repeated.id} ${least} ${most}`;
    return this.#make(key, { kind: 'repeat', accepts, repeated, least, most });
  }

  #make(key: string, state: Omit<State, 'id' | 'next'>): State {
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const made: State = { id: this.#nextId++, next: new Map(), ...state };
    this.#states.set(key, made);
    return made;
  }
}

function idsOf(states: readonly State[]): string {
  return states.map(({ id }) => id).join();
}
