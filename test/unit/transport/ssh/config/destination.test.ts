import assert from 'node:assert/strict';
import { parseDestination } from '../../../../../src/transport/ssh/config/destination.ts';
import { SshError } from '../../../../../src/transport/ssh/sshError.ts';

describe('parseDestination', () => {
  const good: readonly (readonly [
    text: string,
    user: string | undefined,
    host: string,
    port: number | undefined,
  ])[] = [
    ['kvm1', undefined, 'kvm1', undefined],
    ['root@kvm1', 'root', 'kvm1', undefined],
    ['root@kvm1:2222', 'root', 'kvm1', 2222],
    ['kvm1:2222', undefined, 'kvm1', 2222],
    ['me@example.com@kvm1', 'me@example.com', 'kvm1', undefined],
    ['[fe80::1]:22', undefined, 'fe80::1', 22],
    ['root@[fe80::1%eth0]', 'root', 'fe80::1%eth0', undefined],
    ['fe80::1', undefined, 'fe80::1', undefined],
    ['ssh://root@kvm1:2222', 'root', 'kvm1', 2222],
    ['ssh://root@kvm1/', 'root', 'kvm1', undefined],
    ['ssh://[::1]:2222', undefined, '::1', 2222],
    ['ssh://me%40example.com@kvm1', 'me@example.com', 'kvm1', undefined],
    ['node_1.lab', undefined, 'node_1.lab', undefined],
  ];
  for (const [text, user, host, port] of good) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseDestination(text), { user, host, port });
    });
  }

  const bad = [
    '',
    '@kvm1',
    'root@',
    'kvm1:',
    'kvm1:0',
    'kvm1:65536',
    'kvm1:ssh',
    '-oProxyCommand=sh',
    'root@-oProxyCommand=sh',
    '-l@kvm1',
    'kvm 1',
    'kvm1\n',
    'kvm1/path',
    'kvm1;id',
    '$(id)',
    '[fe80::1',
    'ssh://',
    'ssh://kvm1/path',
    'ssh://%zz@kvm1',
    'ssh://%2DoProxyCommand=sh',
    'ssh://root@kvm%0a1',
    'https://kvm1',
  ];
  for (const text of bad) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseDestination(text),
        (error) => error instanceof SshError && error.code === 'bad-destination',
      );
    });
  }
});
