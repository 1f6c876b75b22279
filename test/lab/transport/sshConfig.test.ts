import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolveSshHost } from '../../../src/transport/ssh/config/resolveSshHost.ts';
import type { SshHostConfig } from '../../../src/transport/ssh/config/sshHostConfig.ts';
import { silentLog } from '../../../src/base/log.ts';
import { TemporaryHome } from '../../unit/transport/support/temporaryHome.ts';

const environment = { ...process.env, SITE: 'lab', SSH_AUTH_SOCK: '/run/agent.sock' };

/** Configurations, and hosts to resolve by them. What OpenSSH makes of them is what is right. */
const configurations: readonly (readonly [what: string, text: string, hosts: readonly string[]])[] = [
  [
    'blocks for hosts',
    `Port 2022
Host kvm1 kvm2
  HostName %h.example.com
  User admin # the administrator
  IdentityFile /keys/%n-%r-%p
Host kvm* !kvm3
  User other
  IdentityFile "/keys/with space/id" # comment
  IdentityFile /keys/\${SITE}/%h
Host *
  Port 22
  ConnectTimeout 10
  HashKnownHosts yes
`,
    ['kvm1', 'kvm3', 'kvm9', 'other', 'root@kvm2'],
  ],
  [
    'values in all notations',
    `hostname=10.0.0.1
User = "admin"
 PORT\t2200
IdentitiesOnly=yes
StrictHostKeyChecking accept-new
UserKnownHostsFile /tmp/%n /tmp/%h "/tmp/a b"
GlobalKnownHostsFile /dev/null
HostKeyAlias alias
ServerAliveInterval 1m
ServerAliveCountMax 7
ConnectTimeout 1h2m3
PreferredAuthentications password,publickey
`,
    ['kvm1'],
  ],
  [
    'matches',
    `Match host kvm1.example.com
  User never
Host kvm1
  HostName kvm1.example.com
Match host *.example.com user root
  Port 1001
Match host *.example.com !user root
  Port 1002
Match originalhost kvm2,!kvm3
  Port 1003
Match final host kvm4
  Port 1004
Match !originalhost kvm5 localuser nobody-at-all
  Port 1005
Match all
  Port 1006
`,
    ['kvm1', 'root@kvm1', 'kvm2', 'kvm3', 'kvm4', 'kvm5'],
  ],
  [
    'agents',
    'Host a\n IdentityAgent none\nHost b\n IdentityAgent /run/%r\nHost c\n IdentityAgent $SITE\n',
    ['a', 'b', 'd'],
  ],
];

describe('the SSH configuration', () => {
  let home: TemporaryHome;

  before(async () => {
    home = await TemporaryHome.create();
  });

  after(() => home.remove());

  for (const [what, text, hosts] of configurations) {
    for (const host of hosts) {
      it(`is read as ssh reads it: ${what} for ${host}`, async () => {
        const file = await home.write('config', text);
        const config = await resolveSshHost(host, {
          home: home.path,
          env: environment,
          log: silentLog,
          systemFolder: home.in('etc'),
        });
        const shown = execFileSync('ssh', ['-G', '-F', file, host], {
          encoding: 'utf8',
          env: environment,
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        compare(config, shown.trimEnd().split('\n'));
      });
    }
  }
});

/** Each line of `ssh -G` is a keyword in lower case and its arguments. */
function compare(config: SshHostConfig, lines: readonly string[]): void {
  const all = (keyword: string): string[] =>
    lines.filter((line) => line.startsWith(`${keyword} `)).map((line) => line.slice(keyword.length + 1));
  const one = (keyword: string): string | undefined => all(keyword)[0];
  const seconds = (milliseconds: number | undefined): string =>
    milliseconds === undefined ? 'none' : String(milliseconds / 1000);
  assert.equal(config.hostName, one('hostname'));
  assert.equal(config.user, one('user'));
  assert.equal(String(config.port), one('port'));
  assert.equal(config.identitiesOnly, one('identitiesonly') === 'yes');
  assert.equal(config.hashKnownHosts, one('hashknownhosts') === 'yes');
  assert.equal(config.hostKeyAlias, one('hostkeyalias'));
  assert.equal(seconds(config.connectTimeoutMs), one('connecttimeout'));
  if (one('serveraliveinterval') !== '0') {
    assert.equal(seconds(config.keepaliveIntervalMs), one('serveraliveinterval'));
    assert.equal(String(config.keepaliveCountMax), one('serveralivecountmax'));
  }
  assert.equal(config.strictHostKeyChecking, (one('stricthostkeychecking') ?? '').replace(/^true$/, 'yes'));
  if (config.identityFilesConfigured) {
    // ssh -G does not expand tokens here, so only how many there are and their names without any can be compared.
    assert.equal(config.identityFiles.length, all('identityfile').length);
    for (const [index, shown] of all('identityfile').entries()) {
      if (!/[%$]/.test(shown)) assert.equal(config.identityFiles[index], shown);
    }
  }
  const agent = one('identityagent');
  if (agent === undefined) assert.equal(config.identityAgent, environment.SSH_AUTH_SOCK);
  else if (!/[%$]/.test(agent)) assert.equal(config.identityAgent ?? 'none', agent);
  const knownHosts = one('userknownhostsfile');
  if (knownHosts !== undefined && !/[%~]|\.ssh/.test(knownHosts)) {
    assert.equal(config.userKnownHostsFiles.join(' '), knownHosts);
  }
  if (one('preferredauthentications') !== undefined) {
    assert.equal(config.preferredAuthentications.join(','), one('preferredauthentications'));
  }
}
