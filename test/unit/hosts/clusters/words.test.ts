import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { silentLog } from '../../../../src/base/log.ts';
import type { UnreadableFile } from '../../../../src/hosts/clusters/cephOnHost.ts';
import { hindranceInWords, remediesFor } from '../../../../src/hosts/clusters/hindranceWords.ts';
import {
  clientSkewInWords,
  versionRange,
  versionsInWords,
} from '../../../../src/hosts/clusters/versionSkew.ts';
import { parseHostAddress } from '../../../../src/hosts/hostAddress.ts';
import { HostSession } from '../../../../src/hosts/hostSession.ts';

const session = new HostSession('kvm1', parseHostAddress('qemu+ssh://kvm1/system'), {
  log: silentLog,
  autoReconnect: () => false,
  openTransport: () => assert.fail('nobody connects'),
});

const remedies = (user: string, file: UnreadableFile): readonly string[] =>
  remediesFor({ kind: 'unreadable', session, user, files: [file] }).map(({ command }) => command);

describe('what keeps a host from Ceph', () => {
  const path = '/etc/ceph/ceph.client.admin.keyring';

  it('names the file, the user and the host', () => {
    const files = [{ path, owner: 'root', group: 'root', mode: '600' }];
    assert.equal(
      hindranceInWords({ kind: 'unreadable', session, user: 'ann', files }),
      `ann may not read ${path} on kvm1.`,
    );
  });

  it('is overcome by the group that may read it, or by one that may then', () => {
    assert.equal(
      remedies('ann', { path, owner: 'ceph', group: 'ceph', mode: '640' })[0],
      'sudo usermod -aG ceph ann',
    );
    assert.equal(
      remedies('ann', { path, owner: 'root', group: 'root', mode: '600' })[0],
      `sudo chgrp ceph ${path} && sudo chmod g+r ${path} && sudo usermod -aG ceph ann`,
    );
    assert.match(
      remedies('ann', { path: '/etc/ceph', owner: 'ceph', group: 'ceph', mode: '740' })[0] ?? '',
      /chmod g\+rx \/etc\/ceph/,
    );
  });

  it('takes names for names: what is copied does nothing else', () => {
    const hostile = "/etc/ceph/a'b $(touch x)\n.keyring";
    const [first = ''] = remedies('an n', { path: hostile, owner: '', group: '', mode: '' });
    const said = execFileSync('sh', ['-c', first.replaceAll('sudo', 'printf "<%s>"')]).toString();
    assert.equal(said, `<chgrp><ceph><${hostile}><chmod><g+r><${hostile}><usermod><-aG><ceph><an n>`);
  });
});

describe('versions of a cluster and its clients', () => {
  it('are one, or who runs which, the older first', () => {
    assert.equal(versionsInWords([{ version: '16.2.15', count: 3 }]), '16.2.15');
    const two = [
      { version: '16.2.15', count: 2 },
      { version: '16.2.9', count: 3 },
    ];
    assert.equal(versionsInWords(two), '3 of 5 run 16.2.9, the others 16.2.15');
    assert.equal(
      versionsInWords([...two, { version: '17.2.0', count: 1 }]),
      '16.2.9 on 3, 16.2.15 on 2, 17.2.0 on 1',
    );
    assert.equal(versionsInWords([]), '');
  });

  it('are named by their release where there is but one', () => {
    assert.equal(versionRange(['16.2.15']), '16.2.15 (pacific)');
    assert.equal(versionRange(['16.2.15', '16.2.9']), 'different versions: 16.2.9 to 16.2.15');
    assert.equal(versionRange(['99.0.0']), '99.0.0');
    assert.equal(versionRange([]), '');
  });

  it('are worth a word when a client is of another release', () => {
    assert.equal(clientSkewInWords('16.2.1', '16.2.15'), undefined);
    assert.match(clientSkewInWords('15.2.1', '16.2.15') ?? '', /^older/);
    assert.match(clientSkewInWords('14.2.22', '18.2.1') ?? '', /^4 releases older/);
    assert.equal(clientSkewInWords('18.2.1', '16.2.15'), 'newer than the cluster');
  });
});
