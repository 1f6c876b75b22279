import assert from 'node:assert/strict';
import { Problem } from '../../../src/base/errors.ts';
import { isKnown, saidBy, suspect } from '../../../src/doctor/complaint.ts';
import type { Failure } from '../../../src/doctor/failure.ts';
import { concerns, subjectKey, type Subject } from '../../../src/doctor/subject.ts';

class Refusal extends Problem {
  readonly code = 'refused';
}

const failure = (id: string, ...patterns: readonly RegExp[]): Failure => ({
  id,
  symptoms: patterns.map((pattern) => ({ example: pattern.source, pattern })),
  page: () => ({ title: id, summary: id, why: [], looks: [], cures: [], links: [] }),
});

describe('an error as a complaint', () => {
  it('is read with what the machine said and with its causes', () => {
    const cause = new Refusal('It failed.', { raw: 'missing backend for pool type 9 (rbd)' });
    const error = new Refusal('The pool does not start.', { cause });
    assert.equal(
      saidBy(error),
      'The pool does not start.\nIt failed.\nmissing backend for pool type 9 (rbd)',
    );
  });

  it('is not read twice where a cause says the same', () => {
    const cause = new Refusal('libvirt on kvm1: no backend', { raw: 'no backend' });
    const error = new Refusal('It does not start.', { cause, raw: 'no backend' });
    assert.equal(saidBy(error), 'It does not start.\nlibvirt on kvm1: no backend');
    assert.equal(saidBy(new Refusal('same', { raw: 'same' })), 'same');
  });

  it('is suspected of each failure that it looks like, once, with what the pattern caught', () => {
    const both = failure('both', /type (\d+)/, /\((\w+)\)/);
    const found = suspect('type 9 (rbd)', undefined, [failure('other', /zfs/), both]);
    assert.deepEqual(
      found.map((one) => [one.failure.id, one.complaint.match[1]]),
      [['both', '9']],
    );
  });

  it('is known when one failure shows so', () => {
    assert.equal(isKnown(new Error('out of range'), [failure('a', /range/)]), true);
    assert.equal(isKnown(new Error('out of range'), [failure('a', /rage/)]), false);
  });
});

describe('what a finding is about', () => {
  const pool: Subject = { kind: 'pool', host: 'kvm1', name: 'vms', uuid: 'u' };
  const volume: Subject = { kind: 'volume', host: 'kvm1', pool: 'vms', name: 'a' };

  it('is the same whatever the order of its parts', () => {
    assert.equal(subjectKey(pool), subjectKey({ uuid: 'u', name: 'vms', host: 'kvm1', kind: 'pool' }));
    assert.notEqual(subjectKey(pool), subjectKey({ ...pool, host: 'kvm2' }));
  });

  it('concerns who asks about it, or about where it is', () => {
    assert.ok(concerns(volume, volume));
    assert.ok(concerns(volume, pool));
    assert.ok(concerns(pool, { kind: 'host', host: 'kvm1' }));
    assert.ok(!concerns(pool, { kind: 'host', host: 'kvm2' }));
    assert.ok(!concerns(volume, { ...pool, name: 'other' }));
    assert.ok(!concerns({ kind: 'cluster', cluster: 'c' }, { kind: 'host', host: 'kvm1' }));
  });
});
