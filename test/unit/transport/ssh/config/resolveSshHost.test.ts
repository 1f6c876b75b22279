import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { resolveSshHost } from '../../../../../src/transport/ssh/config/resolveSshHost.ts';
import type { SshHostConfig } from '../../../../../src/transport/ssh/config/sshHostConfig.ts';
import { SshError, type SshErrorCode } from '../../../../../src/transport/ssh/sshError.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { TemporaryHome } from '../../support/temporaryHome.ts';

const me = userInfo().username;

describe('resolveSshHost', () => {
  let home: TemporaryHome;
  let log: RecordingLog;

  beforeEach(async () => {
    home = await TemporaryHome.create();
    log = new RecordingLog();
  });

  afterEach(() => home.remove());

  async function resolve(
    destination: string,
    config = '',
    env: Record<string, string> = {},
    keyFiles?: string[],
  ): Promise<SshHostConfig> {
    await home.write('config', config);
    return resolveSshHost(destination, { home: home.path, env, log, keyFiles, systemFolder: home.in('etc') });
  }

  async function refused(code: SshErrorCode, destination: string, config: string): Promise<SshError> {
    const error = await resolve(destination, config).then(
      () => assert.fail('resolved'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof SshError, String(error));
    assert.equal(error.code, code);
    return error;
  }

  it('knows what OpenSSH does without any configuration', async () => {
    const config = await resolveSshHost('KVM1', {
      home: home.path,
      env: {},
      log,
      systemFolder: home.in('etc'),
    });
    assert.deepEqual(config, {
      label: `${me}@KVM1`,
      alias: 'KVM1',
      hostName: 'kvm1',
      port: 22,
      user: me,
      identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => home.in('.ssh', name)),
      identityFilesConfigured: false,
      identityAgent: undefined,
      identitiesOnly: false,
      userKnownHostsFiles: [home.in('.ssh', 'known_hosts'), home.in('.ssh', 'known_hosts2')],
      globalKnownHostsFiles: [home.in('etc', 'ssh_known_hosts'), home.in('etc', 'ssh_known_hosts2')],
      hostKeyAlias: undefined,
      strictHostKeyChecking: 'ask',
      hashKnownHosts: false,
      hostKeyAlgorithms: undefined,
      connectTimeoutMs: undefined,
      keepaliveIntervalMs: 15_000,
      keepaliveCountMax: 4,
      preferredAuthentications: ['publickey', 'keyboard-interactive', 'password'],
    });
  });

  it('takes the first value of each keyword, and the destination’s before all', async () => {
    const text = `
      Host kvm1
        HostName 10.0.0.1
        User admin
        Port 2200
      Host *
        HostName wrong
        User nobody
        Port 1
        ConnectTimeout 7
    `;
    const config = await resolve('kvm1', text);
    assert.equal(config.hostName, '10.0.0.1');
    assert.equal(config.user, 'admin');
    assert.equal(config.port, 2200);
    assert.equal(config.connectTimeoutMs, 7000);
    assert.equal(config.label, 'admin@kvm1');
    const given = await resolve('root@kvm1:2222', text);
    assert.equal(given.user, 'root');
    assert.equal(given.port, 2222);
    assert.equal(given.label, 'root@kvm1:2222');
  });

  it('reads keywords in any case, with =, quotes and comments', async () => {
    const config = await resolve(
      'kvm1',
      'hOsT kvm1 # the first\n  HOSTNAME=10.0.0.1\n\tuser = "admin" \r\n  IdentityFile "~/my keys/id"\n',
    );
    assert.equal(config.hostName, '10.0.0.1');
    assert.equal(config.user, 'admin');
    assert.deepEqual(config.identityFiles, [home.in('my keys', 'id')]);
  });

  it('follows patterns and negation of Host', async () => {
    const text = 'Host *.lab !db.lab\n  User lab\nHost db.lab k?m\n  User db\n';
    assert.equal((await resolve('kvm.lab', text)).user, 'lab');
    assert.equal((await resolve('db.lab', text)).user, 'db');
    assert.equal((await resolve('kvm', text)).user, 'db');
    assert.equal((await resolve('km', text)).user, me);
  });

  it('follows Match host, originalhost, user, localuser, all and final', async () => {
    const text = `
      Host kvm1
        HostName kvm1.example.com
      Match host *.example.com user root
        Port 1001
      Match host *.example.com !user root
        Port 1002
      Match originalhost kvm2,kvm3 localuser ${me}
        Port 1003
      Match final host *.late
        ServerAliveInterval 5
      Host kvm4
        HostName kvm4.late
      Match all
        ServerAliveCountMax 9
    `;
    assert.equal((await resolve('root@kvm1', text)).port, 1001);
    assert.equal((await resolve('admin@kvm1', text)).port, 1002);
    assert.equal((await resolve('kvm3', text)).port, 1003);
    const late = await resolve('kvm4', text);
    assert.equal(late.port, 22);
    assert.equal(late.keepaliveIntervalMs, 5000);
    assert.equal(late.keepaliveCountMax, 9);
  });

  it('never runs Match exec, and says so', async () => {
    const witness = home.in('witness');
    const text = `
      Match exec "touch ${witness}"
        User exec
      Match host kvm1 exec "touch ${witness}"
        User exec
      Match !exec "touch ${witness}"
        User exec
      Host *
        CanonicalizeHostname yes
        CanonicalDomains example.com
    `;
    assert.equal((await resolve('kvm1', text)).user, me);
    assert.equal(existsSync(witness), false);
    assert.match(log.text, /“Match exec” .* is not evaluated/);
  });

  it('reads included files where they are included, with patterns, and those of other folders', async () => {
    await home.write('config.d/10-first', 'Host kvm1\n  User first\n');
    await home.write('config.d/20-second', 'Host kvm1\n  User second\n  Port 2200\n');
    await home.write('config.d/.hidden', 'Port 1\n');
    await home.write('config.d/folder/file', 'Port 1\n');
    await writeFile(home.in('elsewhere'), 'ConnectTimeout 1m30s\n');
    const text = `Include config.d/[0-9]*-* missing "${home.in('elsewhere')}"\nInclude ~/nothing/*\nInclude config.d/*\nHost *\n User last\n`;
    const config = await resolve('kvm1', text);
    assert.equal(config.user, 'first');
    assert.equal(config.port, 2200);
    assert.equal(config.connectTimeoutMs, 90_000);
  });

  it('reads a file included within Host only for that host, and keeps its blocks to itself', async () => {
    await home.write('inner', 'Port 2200\nHost nobody\n  User nobody\n');
    const text = 'Host kvm1\n  Include inner\n  User admin\n';
    const kvm1 = await resolve('kvm1', text);
    assert.equal(kvm1.port, 2200);
    assert.equal(kvm1.user, 'admin');
    assert.equal((await resolve('kvm2', text)).port, 22);
  });

  it('gives up on files that include themselves', async () => {
    await home.write('a', 'Include b\n');
    await home.write('b', 'Include a\n');
    const error = await refused('bad-config', 'kvm1', 'Include a\n');
    assert.match(error.message, /too deep/);
  });

  it('reads the system’s configuration after the person’s', async () => {
    await mkdir(home.in('etc', 'ssh_config.d'), { recursive: true });
    await writeFile(
      home.in('etc', 'ssh_config'),
      'Include ssh_config.d/*.conf\nHost *\n  HashKnownHosts yes\n  Port 2200\n',
    );
    await writeFile(home.in('etc', 'ssh_config.d', 'site.conf'), 'IdentitiesOnly yes\n');
    const config = await resolve('kvm1', 'Port 22\n');
    assert.equal(config.hashKnownHosts, true);
    assert.equal(config.identitiesOnly, true);
    assert.equal(config.port, 22);
  });

  it('expands tokens, ~ and variables', async () => {
    const text = `
      Host kvm1
        HostName %h.example.com
        Port 2200
        User admin
        IdentityFile ~/.ssh/%n-%h-%p-%r-%u-100%%
        IdentityFile %d/keys/\${SITE}/id
        UserKnownHostsFile ~/.ssh/known_%k /dev/null
        IdentityAgent ~/agents/%r.sock
        HostKeyAlias alias
    `;
    const config = await resolve('kvm1', text, { SITE: '50%h' });
    assert.equal(config.hostName, 'kvm1.example.com');
    assert.deepEqual(config.identityFiles, [
      home.in('.ssh', `kvm1-kvm1.example.com-2200-admin-${me}-100%`),
      home.in('keys', '50%h', 'id'),
    ]);
    assert.deepEqual(config.userKnownHostsFiles, [home.in('.ssh', 'known_alias'), '/dev/null']);
    assert.equal(config.identityAgent, home.in('agents', 'admin.sock'));
    assert.equal(config.hostKeyAlias, 'alias');
  });

  it('collects IdentityFile of all matching blocks once, after the key files that were given', async () => {
    const text = `
      IdentityFile ~/.ssh/a
      Host kvm*
        IdentityFile ~/.ssh/b
        IdentityFile ~/.ssh/a
    `;
    const config = await resolve('kvm1', text, {}, ['/keys/mine']);
    assert.deepEqual(config.identityFiles, ['/keys/mine', home.in('.ssh', 'a'), home.in('.ssh', 'b')]);
    assert.equal(config.identityFilesConfigured, true);
    const none = await resolve('kvm1', 'IdentityFile none\n');
    assert.deepEqual(none.identityFiles, []);
  });

  it('finds the agent: SSH_AUTH_SOCK, none, a variable or a path', async () => {
    const env = { SSH_AUTH_SOCK: '/run/agent', OTHER: '/run/other' };
    assert.equal((await resolve('kvm1', '', env)).identityAgent, '/run/agent');
    assert.equal((await resolve('kvm1', 'IdentityAgent SSH_AUTH_SOCK', env)).identityAgent, '/run/agent');
    assert.equal((await resolve('kvm1', 'IdentityAgent none', env)).identityAgent, undefined);
    assert.equal((await resolve('kvm1', 'IdentityAgent $OTHER', env)).identityAgent, '/run/other');
    assert.equal(
      (await resolve('kvm1', 'IdentityAgent "${OTHER}.sock"', env)).identityAgent,
      '/run/other.sock',
    );
    assert.equal((await resolve('kvm1', 'IdentityAgent /run/my agent', env)).identityAgent, '/run/my agent');
  });

  it('understands StrictHostKeyChecking, and never switches checking off', async () => {
    const policy = async (value: string): Promise<string> =>
      (await resolve('kvm1', `StrictHostKeyChecking ${value}`)).strictHostKeyChecking;
    assert.equal(await policy('yes'), 'yes');
    assert.equal(await policy('ask'), 'ask');
    assert.equal(await policy('accept-new'), 'accept-new');
    assert.equal(log.text, '');
    assert.equal(await policy('no'), 'ask');
    assert.match(log.text, /warn StrictHostKeyChecking is off for kvm1/);
    assert.equal(await policy('off'), 'ask');
  });

  it('understands which methods are wanted', async () => {
    const methods = async (text: string): Promise<readonly string[]> =>
      (await resolve('kvm1', text)).preferredAuthentications;
    assert.deepEqual(await methods('PreferredAuthentications gssapi-with-mic,password,publickey'), [
      'password',
      'publickey',
    ]);
    assert.deepEqual(await methods('PasswordAuthentication no\nKbdInteractiveAuthentication no'), [
      'publickey',
    ]);
    await refused('bad-config', 'kvm1', 'PreferredAuthentications gssapi-with-mic');
  });

  for (const line of ['ProxyJump bastion', 'ProxyCommand nc %h %p', 'proxyjump=root@bastion:2222']) {
    it(`refuses to connect around “${line}”`, async () => {
      const error = await refused('proxy-unsupported', 'kvm1', `Host kvm1\n  ${line}\n`);
      assert.match(error.message, /reaches kvm1 by proxy\w+, which is not supported yet/i);
      assert.equal((await resolve('kvm2', `Host kvm1\n  ${line}\n`)).hostName, 'kvm2');
    });
  }

  it('lets “none” win over a proxy that comes later', async () => {
    assert.equal((await resolve('kvm1', 'ProxyJump none\nProxyCommand nc %h %p\n')).hostName, 'kvm1');
    await refused('proxy-unsupported', 'kvm1', 'ProxyCommand nc %h %p\nProxyJump none\n');
  });

  const wrong: readonly (readonly [line: string, message: RegExp])[] = [
    ['Port ssh', /“ssh” is not a value of Port/],
    ['Port 70000', /“70000” is not a value of Port/],
    ['IdentitiesOnly maybe', /“maybe” is not a value of IdentitiesOnly/],
    ['ConnectTimeout soon', /“soon” is not a value of ConnectTimeout/],
    ['StrictHostKeyChecking perhaps', /“perhaps” is not a value/],
    ['IdentityFile ~/%C', /“%C” in IdentityFile/],
    ['IdentityFile ~/100%', /“%” in IdentityFile/],
    ['IdentityFile ~other/key', /home folder of another user/],
    ['IdentityFile ${NOT_SET}/key', /variable NOT_SET, which is not set/],
    ['IdentityFile "~/key', /config cannot be read/],
    ['User\nPort 2200', /config cannot be read/],
    ['Host', /config cannot be read/],
  ];
  for (const [line, message] of wrong) {
    it(`says what is wrong with ${JSON.stringify(line)}`, async () => {
      assert.match((await refused('bad-config', 'kvm1', `${line}\n`)).message, message);
    });
  }

  it('takes another file for the person’s own, whose includes are still those of ~/.ssh', async () => {
    const userConfigFile = home.in('my config');
    const options = { home: home.path, env: {}, log, systemFolder: home.in('etc'), userConfigFile };
    await assert.rejects(resolveSshHost('kvm1', options), {
      code: 'bad-config',
      message: /my config cannot be read/,
    });
    await home.write('config', 'User wrong\n');
    await home.write('more', 'Port 2200\n');
    await writeFile(userConfigFile, 'Include more\nUser admin\n');
    const config = await resolveSshHost('kvm1', options);
    assert.deepEqual([config.user, config.port], ['admin', 2200]);
  });

  it('does not go on without a configuration that cannot be read', async () => {
    await mkdir(join(home.path, '.ssh', 'config'));
    await assert.rejects(
      resolveSshHost('kvm1', { home: home.path, env: {}, log, systemFolder: home.in('etc') }),
      {
        code: 'bad-config',
      },
    );
  });
});
