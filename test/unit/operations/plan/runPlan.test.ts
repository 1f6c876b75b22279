import assert from 'node:assert/strict';
import { CancelledError } from '../../../../src/base/errors.ts';
import type { PlanStep } from '../../../../src/operations/plan/plan.ts';
import { PlanRun } from '../../../../src/operations/plan/runPlan.ts';

const host = { name: 'kvm1', ssh: 'kvm1' };
const never = new AbortController().signal;

describe('a plan that runs', () => {
  let log: string[];

  beforeEach(() => {
    log = [];
  });

  function step(name: string, change: Partial<PlanStep> = {}): PlanStep {
    return {
      title: name,
      host,
      commands: [],
      run: () => {
        log.push(`do ${name}`);
        return Promise.resolve();
      },
      undo: {
        title: `Undo ${name}`,
        commands: [],
        run: () => {
          log.push(`undo ${name}`);
          return Promise.resolve();
        },
      },
      ...change,
    };
  }

  const failing: Partial<PlanStep> = { run: () => Promise.reject(new Error('no')) };
  const planned = (...steps: readonly PlanStep[]): PlanRun =>
    new PlanRun({ title: 'All', remarks: [], steps });
  const kinds = (run: PlanRun): readonly string[] => run.steps.map(({ kind }) => kind);

  it('does its steps in order, leaves what is so already, and is undone backwards', async () => {
    const already = step('b', { isDone: () => Promise.resolve(true) });
    const run = planned(step('a'), already, step('c', { isDone: () => Promise.resolve(false) }));
    assert.equal(run.canUndo, false);
    await run.run(never);
    assert.deepEqual(log, ['do a', 'do c']);
    assert.deepEqual([run.state, ...kinds(run)], ['done', 'done', 'already', 'done']);
    assert.equal(run.canUndo, true);
    await run.undo();
    assert.deepEqual(log, ['do a', 'do c', 'undo c', 'undo a']);
    assert.deepEqual([run.state, ...kinds(run)], ['undone', 'undone', 'already', 'undone']);
    assert.equal(run.canUndo, false);
  });

  it('keeps what a step has noted', async () => {
    const noting = step('a', {
      run: ({ note }) => {
        note('it had another key');
        return Promise.resolve();
      },
    });
    const run = planned(noting);
    await run.run(never);
    assert.deepEqual(run.steps[0], { kind: 'done', note: 'it had another key' });
  });

  it('takes back what it did when a step fails, says so, and can be run again', async () => {
    let isBroken = true;
    const third = step('c', {
      run: () => (isBroken ? Promise.reject(new Error('the disk is full')) : Promise.resolve()),
    });
    const run = planned(step('a'), step('b'), third);
    await assert.rejects(run.run(never), {
      message: 'All: the step “c” on kvm1 failed: the disk is full',
      advice: 'What was done before was undone.',
    });
    assert.deepEqual(log, ['do a', 'do b', 'undo b', 'undo a']);
    assert.deepEqual([run.state, ...kinds(run)], ['undone', 'undone', 'undone', 'failed']);
    isBroken = false;
    await run.run(never);
    assert.equal(run.state, 'done');
  });

  it('says what it could not take back, goes on with the rest, and tries again when asked', async () => {
    let isStuck = true;
    const stuck = step('b');
    const undo = {
      title: 'Undo b',
      commands: [],
      run: () => (isStuck ? Promise.reject(new Error('it is in use')) : Promise.resolve()),
    };
    const run = planned(step('a'), { ...stuck, undo }, step('c', failing));
    await assert.rejects(run.run(never), { advice: 'Do this yourself: Undo b: it is in use' });
    assert.deepEqual([run.state, ...kinds(run)], ['incomplete', 'undone', 'left', 'failed']);
    assert.equal(run.canUndo, true);
    isStuck = false;
    await run.undo();
    assert.deepEqual([run.state, ...kinds(run)], ['undone', 'undone', 'undone', 'failed']);
  });

  it('is cancelled within a step, and what was done before is undone', async () => {
    const abort = new AbortController();
    const slow = step('b', {
      run: () => {
        abort.abort();
        return Promise.reject(new CancelledError());
      },
    });
    const run = planned(step('a'), slow, step('c'));
    await assert.rejects(run.run(abort.signal), CancelledError);
    assert.deepEqual(log, ['do a', 'undo a']);
    assert.deepEqual(kinds(run), ['undone', 'failed', 'waiting']);
  });
});
