import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ObjectGroup } from '../../../../src/hosts/inventory/objectGroup.ts';
import { BackgroundReads } from '../../../../src/hosts/knowledge/backgroundReads.ts';
import { ObjectFacts } from '../../../../src/hosts/knowledge/objectFacts.ts';

type Change = { readonly put: string } | { readonly remove: string };

/** Objects whose entry is their name. */
class Names extends ObjectGroup<string, Change> {
  #names: readonly string[];

  constructor(names: readonly string[]) {
    super();
    this.#names = names;
  }

  protected read(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(this.#names.map((name) => [name, name])));
  }

  protected apply(change: Change): void {
    if ('put' in change) this.put(change.put, change.put);
    else this.remove(change.remove);
  }
}

interface Question {
  readonly name: string;
  readonly answer: (facts: string) => Promise<void>;
  readonly fail: () => Promise<void>;
}

describe('the facts of a group', () => {
  let group: Names;
  let reads: BackgroundReads;
  let facts: ObjectFacts<string, string>;
  let questions: Question[];

  const asked = (): readonly string[] => questions.map(({ name }) => name);
  const settled = async (): Promise<void> => {
    await new Promise(setImmediate);
  };
  const answer = async (at: number, text: string): Promise<void> => questions[at]?.answer(text);

  const begin = async (names: readonly string[], lateMs?: number): Promise<void> => {
    questions = [];
    group = new Names(names);
    reads = new BackgroundReads(lateMs);
    facts = new ObjectFacts({
      group,
      source: { reads, changed: () => undefined },
      lane: 'memory',
      read: (name) =>
        new Promise((resolve, reject) => {
          questions.push({
            name,
            answer: async (text) => {
              resolve(text);
              await settled();
            },
            fail: async () => {
              reject(new Error('refused'));
              await settled();
            },
          });
        }),
    });
    facts.start();
    await group.load();
  };

  afterEach(() => {
    facts.dispose();
    reads.dispose();
  });

  it('are read once for each object, and settled when all have answered', async () => {
    await begin(['a', 'b']);
    await answer(0, 'A');
    assert.deepEqual([facts.get('a'), facts.isSettled], ['A', false]);
    await answer(1, 'B');
    assert.deepEqual([facts.get('b'), facts.isSettled], ['B', true]);
    facts.start();
    assert.deepEqual(asked(), ['a', 'b']);
  });

  it('are read again when an object has changed, whatever an older answer says', async () => {
    await begin(['a']);
    facts.again('a');
    assert.deepEqual(asked(), ['a', 'a']);
    await answer(1, 'new');
    await answer(0, 'old');
    assert.equal(facts.get('a'), 'new');
  });

  it('are asked for once by changes that come while the question waits for its turn', async () => {
    await begin(['a', 'b', 'c']);
    facts.again('c');
    facts.again('c');
    await answer(0, 'A');
    await answer(1, 'B');
    assert.deepEqual(asked(), ['a', 'b', 'c']);
    await answer(2, 'C');
    assert.ok(facts.isSettled);
  });

  it('follow objects that come and go', async () => {
    await begin(['a']);
    await answer(0, 'A');
    group.handle({ put: 'b' });
    await answer(1, 'B');
    assert.equal(facts.get('b'), 'B');
    group.handle({ remove: 'a' });
    assert.equal(facts.get('a'), undefined);
    group.handle({ put: 'a' });
    assert.deepEqual(asked(), ['a', 'b', 'a']);
  });

  it('are missing where the host refuses, and asked for again only when the object has changed', async () => {
    await begin(['a']);
    await questions[0]?.fail();
    assert.deepEqual([facts.get('a'), facts.isSettled], [undefined, true]);
    facts.start();
    assert.deepEqual(asked(), ['a']);
    facts.again('a');
    await answer(1, 'A');
    assert.equal(facts.get('a'), 'A');
  });

  it('are those of before while an object hangs, and the others are settled without it', async () => {
    await begin(['a'], 5);
    await answer(0, 'before');
    facts.again('a');
    const isSettled = (): boolean => facts.isSettled;
    assert.equal(isSettled(), false);
    while (!isSettled()) await delay(5);
    assert.equal(facts.get('a'), 'before');
    await answer(1, 'after');
    assert.equal(facts.get('a'), 'after');
  });

  it('have another revision whenever there is something else to see, and only then', async () => {
    await begin(['a']);
    const first = facts.revision;
    await answer(0, 'A');
    const second = facts.revision;
    assert.notEqual(second, first);
    facts.start();
    assert.equal(facts.revision, second);
  });

  it('are not asked for after the end', async () => {
    await begin([]);
    facts.dispose();
    group.handle({ put: 'a' });
    facts.start();
    assert.deepEqual(asked(), []);
  });
});
