import assert from 'node:assert/strict';
import { presetIdentity } from '../../../../src/hosts/clusters/cephArguments.ts';
import { parseFacts } from '../../../../src/hosts/clusters/cephOnHost.ts';
import { isPathLike, parseConfiguration } from '../../../../src/hosts/clusters/configuration.ts';
import { parseLibraries } from '../../../../src/hosts/clusters/clientHosts.ts';

const b = (text: string): string => Buffer.from(text).toString('base64');

describe('what a look at a host tells of Ceph', () => {
  it('are programs, who looks, configurations, and of keyrings the names alone', () => {
    const facts = parseFacts(
      [
        ...['program ceph', 'program sudo', 'user vmadmin', `args ${b('--id libvirt')}`],
        `conf ${b('/etc/ceph/back up.conf')} ${b('[global]\nfsid = F51B\n')}`,
        `keyring ${b('/etc/ceph/a\nb.keyring')} ${b('client.admin\nmon.\n')}`,
        `locked ${b('/etc/ceph/ceph.client.x.keyring')} root ceph 640`,
        `locked ${b('/etc/ceph/gone')} `,
      ].join('\n'),
    );
    assert.deepEqual([...facts.programs], ['ceph', 'sudo']);
    assert.deepEqual([facts.user, facts.args, facts.isRoot], ['vmadmin', '--id libvirt', false]);
    assert.deepEqual(
      facts.configurations.map(({ clusterName, fsid }) => [clusterName, fsid]),
      [['back up', 'f51b']],
    );
    assert.deepEqual(facts.keyrings, [
      { path: '/etc/ceph/a\nb.keyring', entities: ['client.admin', 'mon.'], viaSudo: false },
    ]);
    assert.deepEqual(facts.locked, [
      { path: '/etc/ceph/ceph.client.x.keyring', owner: 'root', group: 'ceph', mode: '640' },
      { path: '/etc/ceph/gone', owner: '', group: '', mode: '' },
    ]);
  });

  it('are nothing where nothing is printed', () => {
    const { programs, configurations, keyrings, locked } = parseFacts('');
    assert.deepEqual([programs.size, configurations, keyrings, locked], [0, [], [], []]);
  });

  it('is the librbd of the package, or of rbd where there is no package', () => {
    const said = 'ceph version 17.2.6 (d7ff) quincy (stable)';
    assert.deepEqual(parseLibraries(`package 16.2.15+ds-0+deb12u2\n${said}\nreplaced 2\n`), {
      librbd: '16.2.15',
      withReplacedLibrary: 2,
    });
    assert.equal(parseLibraries('package 2:18.2.1-194.el9cp\n').librbd, '18.2.1');
    assert.equal(parseLibraries(`package \n${said}\n`).librbd, '17.2.6');
    assert.deepEqual(parseLibraries(''), { librbd: undefined, withReplacedLibrary: 0 });
  });
});

describe('a ceph.conf', () => {
  const parse = (content: string): ReturnType<typeof parseConfiguration> =>
    parseConfiguration('/etc/ceph/ceph.conf', content, false);

  it('tells fsid and monitors however they are written', () => {
    const { fsid, monitors } = parse(
      'fsid=ABC # mine\n[global]\n  mon host = [v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0], \\\n  [v2:[fd00::2]:3300/0,v1:[fd00::2]:6789/0] MON3\n[mon.a]\nmon addr = 10.9.9.9\n',
    );
    assert.equal(fsid, 'abc');
    assert.deepEqual(monitors, ['10.0.0.1', 'fd00::2', 'mon3']);
    assert.deepEqual(parse('[mon.a]\n mon-addr = 10.9.9.9:6789\n').monitors, ['10.9.9.9']);
  });

  it('names keyrings with variables, for clients alone', () => {
    const { keyrings } = parse(
      [
        '[client]\nkeyring = /etc/pve/priv/$cluster.$name.keyring',
        '[client.libvirt]\nkeyring="/srv/${id}.key, /srv/$type"',
        '[mon]\nkeyring = /var/lib/ceph/mon/$cluster-$id/keyring',
        '[global]\nkeyring = relative/$name',
      ].join('\n'),
    );
    assert.deepEqual(keyrings, ['/etc/pve/priv/ceph.client.*.keyring', '/srv/libvirt.key', '/srv/client']);
    assert.ok(isPathLike(keyrings[0] ?? '', '/etc/pve/priv/ceph.client.admin.keyring'));
    assert.ok(!isPathLike(keyrings[0] ?? '', '/etc/pve/priv/ceph.client.a/b.keyring'));
    assert.ok(!isPathLike('/a.key', '/axkey'), 'a dot is a dot');
  });

  it('with nothing in it tells nothing', () => {
    const { fsid, monitors, keyrings } = parse('');
    assert.deepEqual([fsid, monitors, keyrings], [undefined, [], []]);
  });
});

describe('$CEPH_ARGS', () => {
  it('names a user in any way of writing', () => {
    const clients = [
      '--id libvirt',
      '--id=libvirt',
      '--user libvirt',
      '-n client.libvirt',
      '--name=client.libvirt',
    ];
    for (const args of clients) assert.equal(presetIdentity(args)?.clientId, 'libvirt', args);
    assert.deepEqual(presetIdentity('-m mon1 --cluster backup --id a --keyring=/k -c /etc/ceph/b.conf'), {
      clientId: 'a',
      keyring: '/k',
      configuration: '/etc/ceph/b.conf',
      clusterName: 'backup',
    });
  });

  it('names nobody where it is about something else', () => {
    for (const args of ['', '-m mon1', '--name mon.', '--id'])
      assert.equal(presetIdentity(args), undefined, args);
  });
});
