import assert from 'node:assert/strict';
import { parsePool } from '../../../../src/libvirt/model/storagePool.ts';
import { reachesPool, withRbdCaps } from '../../../../src/operations/connectPool/clientCaps.ts';
import { isOfCluster, namesAllMonitors } from '../../../../src/operations/connectPool/monitorsOfPool.ts';
import { proposePoolName, refuseLibvirtPoolName } from '../../../../src/operations/connectPool/names.ts';
import { mendedPoolXml, wantedPoolXml, whatDiffers } from '../../../../src/operations/connectPool/poolXml.ts';
import { userChoices } from '../../../../src/operations/connectPool/userChoices.ts';

const monitors = [
  { name: '10.0.0.1', port: 6789 },
  { name: 'fd00::2', port: 6789 },
];
const wanted = {
  name: 'ceph <vms>',
  cephPool: 'vms & more',
  monitors,
  user: 'libvirt',
  secretUuid: '11111111-2222-4333-8444-555555555555',
};

describe('connecting a Ceph pool to libvirt', () => {
  it('adds to the capabilities of a user what is missing, and keeps the rest', () => {
    const caps = (...pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
      new Map(pairs);
    assert.deepEqual(
      [...withRbdCaps(caps(), 'vms')],
      [
        ['mon', 'profile rbd'],
        ['osd', 'profile rbd pool=vms'],
        ['mgr', 'profile rbd pool=vms'],
      ],
    );
    const lesser = caps(['mon', 'allow r'], ['osd', 'profile rbd pool=iso'], ['mds', 'allow r']);
    assert.deepEqual(
      [...withRbdCaps(lesser, 'vms')],
      [
        ['mon', 'allow r, profile rbd'],
        ['osd', 'profile rbd pool=iso, profile rbd pool=vms'],
        ['mds', 'allow r'],
        ['mgr', 'profile rbd pool=vms'],
      ],
    );
    const admin = caps(['mon', 'allow *'], ['osd', 'allow *'], ['mgr', 'allow *']);
    assert.deepEqual(withRbdCaps(admin, 'vms'), admin);
    const old = caps(
      ['mon', 'allow r, allow command "osd blacklist"'],
      ['osd', 'allow class-read object_prefix rbd_children, allow rwx pool=vms'],
    );
    assert.deepEqual(withRbdCaps(old, 'vms'), new Map([...old, ['mgr', 'profile rbd pool=vms']]));
  });

  it('tells who reaches a pool', () => {
    const reaches = (osd: string): boolean => reachesPool(new Map([['osd', osd]]), 'vms');
    for (const osd of [
      'allow *',
      'allow rwx',
      'profile rbd',
      'profile rbd pool=vms',
      'profile rbd pool="vms"',
    ])
      assert.ok(reaches(osd), osd);
    for (const osd of [
      '',
      'profile rbd pool=vms2',
      'profile rbd-read-only pool=vms',
      'profile rbd pool=vms namespace=a',
    ])
      assert.ok(!reaches(osd), osd);
  });

  it('offers users that libvirt has already first, and administrators last', () => {
    const user = (entity: string, osd: string): { entity: string; caps: ReadonlyMap<string, string> } => ({
      entity,
      caps: new Map([['osd', osd]]),
    });
    const users = [
      user('client.admin', 'allow *'),
      user('client.bootstrap-osd', ''),
      user('osd.0', 'allow *'),
      user('client.other', 'profile rbd pool=other'),
      user('client.a', 'profile rbd pool=vms'),
      user('client.libvirt', 'profile rbd pool=vms'),
    ];
    const choices = userChoices(users, 'vms', new Map([['libvirt', ['rbd-pool on kvm1']]]));
    assert.deepEqual(
      choices.map((choice) => choice.user),
      ['libvirt', 'a', 'other', 'admin'],
    );
  });

  it('tells a pool that names all monitors from one that does not, and one of another cluster', () => {
    const port = undefined;
    assert.ok(
      namesAllMonitors(
        [
          { name: '10.0.0.1', port },
          { name: '[fd00::2]', port },
        ],
        monitors,
      ),
    );
    assert.ok(!namesAllMonitors([{ name: '10.0.0.1', port }], monitors));
    assert.ok(!namesAllMonitors([], monitors));
    assert.ok(!namesAllMonitors([...monitors, { name: '10.0.0.9', port }], monitors));
    assert.ok(
      namesAllMonitors(
        [
          { name: 'mon1', port },
          { name: 'mon2', port },
        ],
        monitors,
      ),
    );
    assert.ok(!namesAllMonitors([{ name: 'mon1', port }], monitors));
    assert.equal(isOfCluster([{ name: '10.0.0.1', port }], monitors), true);
    assert.equal(isOfCluster([{ name: '10.9.9.9', port }], monitors), false);
    assert.equal(isOfCluster([{ name: 'mon1', port }], monitors), 'unknown');
  });

  it('defines a pool with every monitor and the secret by its UUID', async () => {
    const model = await parsePool(wantedPoolXml(wanted));
    assert.deepEqual(whatDiffers(model, wanted), []);
    assert.equal(model.name, wanted.name);
    assert.equal(model.sourceName, wanted.cephPool);
  });

  it('mends a definition, and leaves all else of it as it is', async () => {
    const xml = `<pool type='rbd' xmlns:rbd='http://libvirt.org/schemas/storagepool/rbd/1.0'>
  <name>ceph &lt;vms&gt;</name>
  <uuid>99999999-2222-4333-8444-555555555555</uuid>
  <source>
    <host name='10.0.0.9'/>
    <name>vms &amp; more</name>
    <auth type='ceph' username='admin'><secret usage='old'/></auth>
  </source>
  <refresh><volume allocation='capacity'/></refresh>
  <rbd:config_opts><rbd:option name='client_mount_timeout' value='5'/></rbd:config_opts>
</pool>`;
    const before = await parsePool(xml);
    assert.deepEqual(whatDiffers(before, wanted), [
      'it named 1 monitors, the cluster has 2',
      'it logged in as client.admin',
      'it named another secret',
    ]);
    const mended = await mendedPoolXml(xml, before, wanted);
    const model = await parsePool(mended);
    assert.deepEqual(whatDiffers(model, wanted), []);
    assert.equal(model.uuid, before.uuid);
    assert.deepEqual(model.configOptions, before.configOptions);
    assert.match(mended, /<volume allocation='capacity'\/>/);
  });

  it('names the pool of libvirt after that of Ceph', () => {
    assert.equal(proposePoolName('vms', new Set()), 'vms');
    assert.equal(proposePoolName('a/b c', new Set(['a-b-c'])), 'a-b-c-2');
    assert.equal(proposePoolName('..', new Set()), 'ceph');
    assert.match(
      refuseLibvirtPoolName('vms', new Map([['vms', 'kvm1']])) ?? '',
      /kvm1 has a storage pool vms/,
    );
    assert.equal(refuseLibvirtPoolName('vms', new Map()), undefined);
  });
});
