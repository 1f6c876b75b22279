import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { remoteCommand } from '../../../../src/transport/ssh/remoteCommand.ts';
import { hostileNames } from '../support/hostileNames.ts';

/** Prints its locale and its arguments; itself without anything that login shells disagree on. */
const script = 'console.log(JSON.stringify([process.env.LC_ALL, ...process.argv.slice(1)]))';
const show = [process.execPath, '-e', script, '--'] as const;

const posixShells = ['sh', 'bash', 'dash'];
const otherShells = ['zsh', 'ksh', 'busybox', 'tcsh', 'fish'].filter((shell) => exists(shell));

describe('remoteCommand', () => {
  for (const shell of [...posixShells, ...otherShells]) {
    it(`reaches the program unchanged through the login shell ${shell}`, () => {
      const plain = hostileNames.filter((name) => !remoteCommand([...show, name]).includes('printf'));
      assert.ok(plain.length > 10);
      assert.deepEqual(run(shell, plain), ['C', ...plain]);
      assert.deepEqual(run(shell, hostileNames), ['C', ...hostileNames]);
    });
  }

  it('is plain where every shell agrees', () => {
    assert.equal(
      remoteCommand(['rbd', 'ls', 'my pool', '$x']),
      `exec sh -c 'echo process-group=$$ >&2; exec env LC_ALL=C "$@"' sh rbd ls 'my pool' '$x'`,
    );
  });

  it('gives no shell anything to interpret where they do not agree', () => {
    const line = remoteCommand(['rbd', 'ls', 'a!b\n漢']);
    assert.match(
      line,
      /^exec sh -c 'echo process-group=\$\$ >&2; eval "\$\(printf "[A-Za-z0-9_./:,@+= \\-]*"\)"'$/,
    );
  });
});

function run(shell: string, args: readonly string[]): string[] {
  const before = shell === 'busybox' ? ['sh'] : [];
  const { stdout, stderr, pid } = spawnSync(shell, [...before, '-c', remoteCommand([...show, ...args])]);
  assert.equal(stderr.toString(), `process-group=${pid}\n`, 'the login shell has become the program');
  return JSON.parse(stdout.toString()) as string[];
}

function exists(program: string): boolean {
  return spawnSync(program, ['-c', 'true']).error === undefined;
}
