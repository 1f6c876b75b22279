import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../../../src/operations/newDomain/cloudInit/passwordHash.ts';
import { parsePublicKey, readPublicKeys } from '../../../../src/operations/newDomain/cloudInit/publicKeys.ts';
import {
  isUserName,
  parsePackages,
  seedImage,
  userData,
  type CloudInit,
} from '../../../../src/operations/newDomain/cloudInit/seed.ts';

const given: CloudInit = {
  hostName: 'web9.example.org',
  user: 'admin',
  publicKeys: ['ssh-ed25519 AAAA "me" # $(x)'],
  passwordHash: undefined,
  packages: ['qemu-guest-agent', 'vim'],
};

const read = (text: string): Record<string, unknown> =>
  JSON.parse(text.replace('#cloud-config\n', '')) as Record<string, unknown>;

describe('what cloud-init is told', () => {
  it('begins with the line that it is known by, and has the user with the keys', () => {
    const text = userData(given);
    assert.ok(text.startsWith('#cloud-config\n{'));
    assert.deepEqual(read(text), {
      hostname: 'web9',
      fqdn: 'web9.example.org',
      users: [
        {
          name: 'admin',
          sudo: 'ALL=(ALL) NOPASSWD:ALL',
          shell: '/bin/bash',
          lock_passwd: true,
          ssh_authorized_keys: given.publicKeys,
        },
      ],
      ssh_pwauth: false,
      package_update: true,
      packages: given.packages,
      runcmd: [['systemctl', 'enable', '--now', 'qemu-guest-agent']],
    });
  });

  it('has a password only as its hash, and only then lets one be used', () => {
    const passwordHash = hashPassword('correct horse');
    const text = userData({ ...given, passwordHash, packages: [] });
    const { users, ssh_pwauth } = read(text) as { users: Record<string, unknown>[]; ssh_pwauth: boolean };
    assert.deepEqual(
      [users[0]?.['passwd'], users[0]?.['lock_passwd'], ssh_pwauth],
      [passwordHash, false, true],
    );
    assert.ok(!seedImage({ ...given, passwordHash }, 'id', new Date()).includes('correct horse'));
    assert.ok(!('packages' in read(text)));
  });
});

describe('a password of /etc/shadow', () => {
  // Made with `openssl passwd -6 -salt SALT PASSWORD`.
  for (const [password, salt, hash] of [
    [
      'secret',
      'abcdefgh',
      'ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.',
    ],
    [
      'a'.repeat(100),
      '0123456789abcdef',
      'tGaTckP72q7jpF52bMmzwGpchsg55T/p77YUV80zNoRM/7d5eq5NiZJA1xo.7xLIcQ9oCdiE2XE1z1QfF5CNt1',
    ],
    [
      'пароль!',
      'xx',
      'AP6CRvmR7AnlV4NH.EeB8XHKjqPd/2Dvm/27IWIN.h6bIazBjun5lWCj6Dg9Z4C5eC.4Q.ZoJ9Xc6SRaG1qOh0',
    ],
  ] as const) {
    it(`of ${password.length} characters is what openssl makes of it`, () => {
      assert.equal(hashPassword(password, salt), `$6$${salt}$${hash}`);
    });
  }

  it('has another salt each time', () => {
    assert.match(hashPassword('a'), /^\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}$/);
    assert.notEqual(hashPassword('a'), hashPassword('a'));
  });
});

describe('public keys of this machine', () => {
  let home: string;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'home-'));
    await mkdir(join(home, '.ssh'));
    const file = (name: string, text: string): Promise<void> => writeFile(join(home, '.ssh', name), text);
    await file('id_rsa.pub', 'ssh-rsa AAAAB3Nz== me@desk at home\r\n');
    await file('id_ed25519.pub', 'ssh-ed25519 AAAAC3Nz\n');
    await file('id_ed25519', 'PRIVATE');
    await file('id_ed25519-cert.pub', 'ssh-ed25519-cert-v01@openssh.com AAAA me\n');
    await file('notes.pub', 'not a key');
  });

  after(async () => {
    await rm(home, { recursive: true });
  });

  it('are read from ~/.ssh, and nothing else is', async () => {
    assert.deepEqual(await readPublicKeys(home), [
      { file: 'id_ed25519.pub', type: 'ssh-ed25519', comment: '', line: 'ssh-ed25519 AAAAC3Nz' },
      {
        file: 'id_rsa.pub',
        type: 'ssh-rsa',
        comment: 'me@desk at home',
        line: 'ssh-rsa AAAAB3Nz== me@desk at home',
      },
    ]);
  });

  it('are none where there is no such folder', async () => {
    assert.deepEqual(await readPublicKeys(join(home, 'nobody')), []);
  });

  it('may be of a hardware token', () => {
    assert.equal(
      parsePublicKey('a.pub', 'sk-ssh-ed25519@openssh.com AAAA token')?.type,
      'sk-ssh-ed25519@openssh.com',
    );
  });
});

it('users and packages of cloud-init are names, not commands', () => {
  assert.deepEqual(['admin', '_svc-1'].map(isUserName), [true, true]);
  assert.deepEqual(['Root', '1a', 'a b', '', 'a'.repeat(33), 'a\nb'].map(isUserName), [
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  assert.deepEqual(parsePackages(' vim, g++  libc6:i386 '), ['vim', 'g++', 'libc6:i386']);
  assert.equal(parsePackages('vim; reboot'), undefined);
  assert.equal(parsePackages('-y'), undefined);
  assert.deepEqual(parsePackages(''), []);
});
