import assert from 'node:assert/strict';
import { hostKeyAlgorithms } from '../../../../../src/transport/ssh/knownHosts/hostKeyAlgorithms.ts';

const all = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

describe('hostKeyAlgorithms', () => {
  it('offers all for a host that is not known', () => {
    assert.deepEqual(hostKeyAlgorithms(undefined, []), all);
  });

  it('offers first what a key is known for', () => {
    assert.deepEqual(hostKeyAlgorithms(undefined, ['ssh-rsa']).slice(0, 4), [
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
      'ssh-ed25519',
    ]);
    assert.deepEqual(hostKeyAlgorithms(undefined, ['ecdsa-sha2-nistp384', 'ssh-ed25519']).slice(0, 2), [
      'ssh-ed25519',
      'ecdsa-sha2-nistp384',
    ]);
  });

  it('keeps to HostKeyAlgorithms: a list, or what is added, removed or preferred', () => {
    assert.deepEqual(hostKeyAlgorithms('rsa-sha2-512,ssh-ed25519,ssh-ed25519-cert-v01@openssh.com', []), [
      'rsa-sha2-512',
      'ssh-ed25519',
    ]);
    assert.deepEqual(hostKeyAlgorithms('+ssh-rsa', []), all);
    assert.deepEqual(hostKeyAlgorithms('-ecdsa-*,ssh-rsa', []), [
      'ssh-ed25519',
      'rsa-sha2-512',
      'rsa-sha2-256',
    ]);
    assert.deepEqual(hostKeyAlgorithms('^rsa-*', []).slice(0, 3), [
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
    ]);
    assert.deepEqual(hostKeyAlgorithms('ssh-ed25519,rsa-sha2-256', ['ssh-rsa']), [
      'rsa-sha2-256',
      'ssh-ed25519',
    ]);
  });

  it('says so when none of them is supported', () => {
    assert.throws(() => hostKeyAlgorithms('sk-ssh-ed25519@openssh.com', []), { code: 'bad-config' });
  });
});
