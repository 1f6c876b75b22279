import assert from 'node:assert/strict';
import { ClusterPart } from '../../../../src/hosts/clusters/clusterPart.ts';

/** Answers that are given one by one. */
class Questions {
  readonly asked: { readonly answer: (value: string[]) => void; readonly fail: (error: Error) => void }[] =
    [];
  changes = 0;

  readonly part = new ClusterPart<string[]>(
    () =>
      new Promise((answer, fail) => {
        this.asked.push({ answer, fail });
      }),
    () => {
      this.changes += 1;
    },
  );

  get last(): Questions['asked'][number] {
    const last = this.asked.at(-1);
    assert.ok(last);
    return last;
  }
}

describe('a part of what is known of a cluster', () => {
  it('is read once for all who want it, and kept', async () => {
    const questions = new Questions();
    const { part } = questions;
    const both = Promise.all([part.get(), part.latest()]);
    questions.last.answer(['a']);
    assert.deepEqual(await both, [['a'], ['a']]);
    assert.deepEqual([await part.get(), questions.asked.length, questions.changes], [['a'], 1, 1]);
  });

  it('tells no change when it is read again and is the same', async () => {
    const questions = new Questions();
    const { part } = questions;
    part.want();
    questions.last.answer(['a']);
    const before = await part.get();
    part.refresh();
    assert.equal(questions.asked.length, 2);
    questions.last.answer(['a']);
    assert.equal(await part.get(), before);
    assert.equal(questions.changes, 1);
  });

  it('gives what was last known at once, and waits for the new only where that is asked for', async () => {
    const questions = new Questions();
    const { part } = questions;
    part.want();
    questions.last.answer(['a']);
    await part.get();
    part.refresh();
    assert.deepEqual(await part.latest(), ['a']);
    const next = part.get();
    questions.last.answer(['b']);
    assert.deepEqual(await next, ['b']);
  });

  it('does not ask again because its failure is drawn, and is not told as changed by the same failure', async () => {
    const questions = new Questions();
    const { part } = questions;
    const first = part.get();
    questions.last.fail(new Error('no answer'));
    await assert.rejects(first, /no answer/);
    await assert.rejects(part.get(), /no answer/);
    await assert.rejects(part.latest(), /no answer/);
    part.want();
    assert.deepEqual([questions.asked.length, questions.changes], [1, 1]);
    part.refresh();
    assert.equal(questions.asked.length, 2, 'somebody wants to know');
    questions.last.fail(new Error('no answer'));
    await assert.rejects(part.get(), /no answer/);
    assert.equal(questions.changes, 1);
  });

  it('keeps its value while it cannot be read', async () => {
    const questions = new Questions();
    const { part } = questions;
    part.want();
    questions.last.answer(['a']);
    await part.get();
    part.refresh();
    questions.last.fail(new Error('no answer'));
    await assert.rejects(part.get(), /no answer/);
    assert.deepEqual([part.value, await part.latest()], [['a'], ['a']]);
    part.refresh();
    questions.last.answer(['a']);
    await part.get();
    assert.equal(part.error, undefined);
  });

  it('is read once more, however often it changes while it is being read', async () => {
    const questions = new Questions();
    const { part } = questions;
    const first = part.get();
    for (let i = 0; i < 5; i += 1) part.refresh();
    questions.last.answer(['before']);
    await first;
    assert.equal(questions.asked.length, 2);
    questions.last.answer(['after']);
    assert.deepEqual(await part.get(), ['after']);
    assert.equal(questions.asked.length, 2);
  });

  it('that nobody ever wanted is not read because something changed', () => {
    const questions = new Questions();
    questions.part.refresh();
    assert.equal(questions.asked.length, 0);
  });
});
