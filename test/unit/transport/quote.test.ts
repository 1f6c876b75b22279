import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { ArgumentError, quoteArgv } from '../../../src/transport/quote.ts';
import { hostileNames } from './support/hostileNames.ts';

describe('quoteArgv', () => {
  for (const shell of ['sh', 'bash', 'dash']) {
    it(`hands every hostile name through ${shell} unchanged`, () => {
      const line = `printf '%s\\0' ${quoteArgv(hostileNames)}`;
      const { stdout, stderr } = spawnSync(shell, ['-c', line]);
      assert.equal(stderr.toString(), '');
      assert.deepEqual(stdout.toString().split('\0').slice(0, -1), hostileNames);
    });
  }

  it('leaves plain words as they are and gives an empty one quotes', () => {
    assert.equal(quoteArgv(['rbd', '--pool', 'a.b/c-d_e:f@g,h+1', '']), "rbd --pool a.b/c-d_e:f@g,h+1 ''");
  });

  it('leaves options with their values plain, but nothing that could be taken for a variable', () => {
    assert.equal(quoteArgv(['--pool=vms', 'PATH=x']), "--pool=vms 'PATH=x'");
  });

  it('refuses a NUL, which would cut the argument short', () => {
    assert.throws(() => quoteArgv(['rbd', 'a\0b']), ArgumentError);
  });
});
