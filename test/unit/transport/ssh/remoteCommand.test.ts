import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { remoteCommand } from '../../../../src/transport/ssh/remoteCommand.ts';
import { hostileNames } from '../support/hostileNames.ts';

/** Prints its locale and its arguments, each ended by a NUL. */
const show = ['sh', '-c', `printf '%s\\0' "$LC_ALL" "$@"`, 'sh'] as const;

const posixShells = ['sh', 'bash', 'dash'];
const otherShells = ['zsh', 'ksh', 'busybox', 'tcsh', 'fish'].filter((shell) => exists(shell));

describe('remoteCommand', () => {
  for (const shell of [...posixShells, ...otherShells]) {
    it(`reaches the program unchanged through the login shell ${shell}`, () => {
      for (const name of hostileNames) assert.deepEqual(run(shell, [name]), ['C', name]);
      assert.deepEqual(run(shell, hostileNames), ['C', ...hostileNames]);
    });
  }

  it('is plain where every shell agrees', () => {
    assert.equal(remoteCommand(['rbd', 'ls', 'my pool', '$x']), "exec env LC_ALL=C rbd ls 'my pool' '$x'");
  });

  it('gives no shell anything to interpret where they do not agree', () => {
    const line = remoteCommand(['rbd', 'ls', 'a!b\n漢']);
    assert.match(line, /^exec sh -c 'eval "\$\(printf "[A-Za-z0-9_./:,@+= \\-]*"\)"'$/);
  });
});

function run(shell: string, args: readonly string[]): string[] {
  const before = shell === 'busybox' ? ['sh'] : [];
  const { stdout, stderr } = spawnSync(shell, [...before, '-c', remoteCommand([...show, ...args])]);
  assert.equal(stderr.toString(), '');
  return stdout.toString().split('\0').slice(0, -1);
}

function exists(program: string): boolean {
  return spawnSync(program, ['-c', 'true']).error === undefined;
}
