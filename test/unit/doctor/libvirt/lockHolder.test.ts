import assert from 'node:assert/strict';
import { heldBy } from '../../../../src/doctor/failures/libvirt/lockHolder.ts';
import { texts } from './texts.ts';

describe('who holds the lock of a domain', () => {
  it('is read from the complaint, with what it does', () => {
    assert.deepEqual(heldBy(texts.lock), [
      {
        kind: 'monitor',
        name: 'remoteDispatchDomainBlockCommit',
        words: 'images are merged (virsh blockcommit)',
      },
    ]);
    assert.deepEqual(
      heldBy(texts.agentLock).map(({ kind, words }) => [kind, words]),
      [['agent', 'its file systems are frozen, for a snapshot or backup']],
    );
  });

  it('may be two at a time, or named without its kind by older versions', () => {
    const two =
      'lock (held by monitor=remoteDispatchDomainMigratePerform3Params agent=remoteDispatchDomainGetTime)';
    assert.deepEqual(
      heldBy(two).map(({ words }) => words),
      ['the domain migrates', 'its clock is asked for'],
    );
    assert.deepEqual(
      heldBy('lock (held by remoteDispatchDomainSuspend)').map(({ words }) => words),
      ['it is suspended'],
    );
    assert.deepEqual(heldBy('cannot acquire state change lock'), []);
  });

  it('is another client where the name says nothing', () => {
    assert.deepEqual(
      ['remoteDispatchDomainNewThing', 'remoteDispatchConnectGetAllDomainStats'].map(
        (name) => heldBy(`(held by monitor=${name})`)[0]?.words,
      ),
      ['an operation of another client', 'a program reads the numbers of all domains'],
    );
  });
});
