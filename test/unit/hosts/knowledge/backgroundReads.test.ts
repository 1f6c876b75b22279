import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../../../../src/base/errors.ts';
import { BackgroundReads, type Lane } from '../../../../src/hosts/knowledge/backgroundReads.ts';

const soonMs = 5;

/** Calls that are answered when the test says so; `begun` are their names in the order they went out. */
class Daemon {
  readonly reads: BackgroundReads;
  readonly begun: string[] = [];
  readonly late: string[] = [];
  readonly #answers = new Map<string, (text: string) => void>();

  constructor(lateMs?: number) {
    this.reads = new BackgroundReads(lateMs);
  }

  call(name: string, lane: Lane, urgent = false): Promise<string> {
    return this.reads.read({
      lane,
      urgent,
      late: () => this.late.push(name),
      work: () => {
        this.begun.push(name);
        return new Promise((resolve) => this.#answers.set(name, resolve));
      },
    });
  }

  async answer(name: string): Promise<void> {
    this.#answers.get(name)?.(name);
    await Promise.resolve();
    await new Promise(setImmediate);
  }

  async untilLate(...names: readonly string[]): Promise<void> {
    while (!names.every((name) => this.late.includes(name))) await delay(soonMs);
  }
}

describe('reads in the background', () => {
  let daemon: Daemon;

  beforeEach(() => {
    daemon = new Daemon();
  });

  afterEach(() => {
    daemon.reads.dispose();
  });

  const make = (lane: Lane, ...names: readonly string[]): void => {
    for (const name of names) daemon.call(name, lane).catch(() => undefined);
  };

  it('are two at a time, in their order', async () => {
    make('memory', 'a', 'b', 'c', 'd');
    assert.deepEqual(daemon.begun, ['a', 'b']);
    await daemon.answer('b');
    assert.deepEqual(daemon.begun, ['a', 'b', 'c']);
  });

  it('are one at a time of storage', async () => {
    make('storage', 'pool1', 'pool2');
    make('memory', 'a', 'b');
    assert.deepEqual(daemon.begun, ['pool1', 'a']);
    await daemon.answer('pool1');
    assert.deepEqual(daemon.begun, ['pool1', 'a', 'pool2']);
  });

  it('give what the call gives', async () => {
    const given = daemon.call('a', 'memory');
    await daemon.answer('a');
    assert.equal(await given, 'a');
  });

  it('let others go ahead of one that hangs, and take its answer when it comes', async () => {
    daemon = new Daemon(soonMs);
    const hanging = daemon.call('pool1', 'storage');
    make('storage', 'pool2', 'pool3');
    await daemon.untilLate('pool1');
    assert.deepEqual(daemon.begun, ['pool1', 'pool2']);
    await daemon.answer('pool2');
    assert.deepEqual(daemon.begun, ['pool1', 'pool2', 'pool3']);
    await daemon.answer('pool1');
    assert.equal(await hanging, 'pool1');
  });

  it('try no more storage while two hang, but go on with the rest', async () => {
    daemon = new Daemon(soonMs);
    make('storage', 'pool1', 'pool2', 'pool3');
    await daemon.untilLate('pool1', 'pool2');
    make('memory', 'a', 'b');
    assert.deepEqual(daemon.begun, ['pool1', 'pool2', 'a']);
    await daemon.answer('a');
    assert.deepEqual(daemon.begun, ['pool1', 'pool2', 'a', 'b']);
    await daemon.answer('b');
    await daemon.answer('pool2');
    assert.deepEqual(daemon.begun, ['pool1', 'pool2', 'a', 'b', 'pool3']);
  });

  it('put what is urgent first', async () => {
    make('memory', 'a', 'b', 'c');
    daemon.call('urgent', 'memory', true).catch(() => undefined);
    await daemon.answer('a');
    assert.deepEqual(daemon.begun, ['a', 'b', 'urgent']);
  });

  it('end with their owner', async () => {
    make('memory', 'a', 'b');
    const waiting = daemon.call('c', 'memory');
    daemon.reads.dispose();
    await assert.rejects(waiting, CancelledError);
    await assert.rejects(daemon.call('d', 'memory'), CancelledError);
    assert.deepEqual(daemon.begun, ['a', 'b']);
  });
});
