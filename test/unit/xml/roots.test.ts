import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { documentKind, looksLikeLibvirtXml } from '../../../src/xml/roots.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

const ours: readonly (readonly [string, string])[] = [
  ['domain', `<domain type='kvm'/>`],
  ['domain', `<!-- generated -->\n<domain type='qemu' id='3'><name>a</name></domain>`],
  ['domain', `<domain><name>a</name><memory>1</memory><devices><dis`],
  ['domain', `<domain type='kwm'><name>a</name><vcpu>1</vcpu><os/></domain>`],
  ['pool', `<pool type='rbd'><name>a</name></pool>`],
  ['pool', `<pool><name>a</name><target><path>/x</path></target></pool>`],
  ['volume', `<volume><name>a</name><capacity unit='G'>1</capacity></volume>`],
  ['volume', `<volume type='network'><name>a</name><key>p/a</key><capacity>1</capacity></volume>`],
  ['network', `<network><name>a</name><forward/></network>`],
  ['network', `<network><name>a</name><bridge name='br0'/></network>`],
  ['networkport', '<networkport/>'],
  ['secret', `<secret><usage type='ceph'><name>a</name></usage></secret>`],
  ['secret', `<secret ephemeral='no'/>`],
  ['domainsnapshot', '<domainsnapshot/>'],
  ['domaincheckpoint', '<domaincheckpoint/>'],
  ['domainbackup', '<domainbackup/>'],
  ['nwfilter', `<filter name='a'><filterref filter='b'/></filter>`],
  ['nwfilter', `<filter name='a'><rule action='drop' direction='in'/></filter>`],
  ['nwfilterbinding', '<filterbinding/>'],
  ['nodedev', `<device><name>a</name><capability type='pci'/></device>`],
  ['interface', `<interface type='bridge' name='br0'><start mode='onboot'/></interface>`],
  ['device', `<interface type='bridge'><source bridge='br0'/><model type='virtio'/></interface>`],
  ['device', `<disk type='network'><source protocol='rbd' name='a/b'/></disk>`],
  ['device', `<hostdev mode='subsystem' type='pci'/>`],
  ['capabilities', '<capabilities><host><uuid>x</uuid></host></capabilities>'],
  ['domainCapabilities', '<domainCapabilities/>'],
  ['storagepoolCapabilities', '<storagepoolCapabilities/>'],
];

const others: readonly string[] = [
  '',
  'domain: kvm',
  '<html><domain type="kvm"/></html>',
  `<domain xmlns='urn:app:domain:4.0'><name>a</name><devices/><memory/></domain>`,
  `<domain application-root='x'><configs/></domain>`,
  `<domain type='internet'><name>example.org</name></domain>`,
  `<domain type='test'><records><record/></records></domain>`,
  `<network><name>office</name><ip>10.0.0.1</ip></network>`,
  `<network><node id='1'/><edge from='1' to='2'/></network>`,
  `<pool><min>1</min><max>9</max></pool>`,
  `<pool type='fixed'><size>10</size></pool>`,
  `<pool><name>connections</name><source>jdbc</source></pool>`,
  `<pool type='disk'><threads>4</threads></pool>`,
  `<volume><issue>3</issue><name>Annals</name></volume>`,
  `<volume><name>a</name><capacity>3 l</capacity></volume>`,
  `<secret>hunter2</secret>`,
  `<secret private='yes'><value>x</value></secret>`,
  `<filter name='blur'><rule/></filter>`,
  `<device><name>phone</name><capability>wifi</capability></device>`,
  `<interface name='Foo' type='bridge'><method/></interface>`,
  `<disk type='file'><name>a</name></disk>`,
  `<disk><target dev='a'/></disk>`,
  `<hostdev mode='fast'/>`,
  `<capabilities><request/></capabilities>`,
  `<v:domain xmlns:v='urn:v' type='kvm'/>`,
];

describe('documentKind', () => {
  for (const [kind, text] of ours) {
    it(`takes ${text} for a ${kind}`, () => {
      assert.equal(documentKind(scan(text)), kind);
      assert.equal(looksLikeLibvirtXml(text), true);
    });
  }

  for (const text of others) {
    it(`does not claim ${JSON.stringify(text)}`, () => {
      assert.equal(documentKind(scan(text)), undefined);
      assert.equal(looksLikeLibvirtXml(text), false);
    });
  }

  for (const [file, kind] of [
    ['domain-rbd', 'domain'],
    ['pool-rbd', 'pool'],
    ['network-nat', 'network'],
    ['volume', 'volume'],
    ['secret-ceph', 'secret'],
    ['domainsnapshot', 'domainsnapshot'],
  ] as const) {
    it(`knows ${file}.xml`, () => {
      assert.equal(documentKind(scan(readFileSync(`test/corpus/xml/${file}.xml`, 'utf8'))), kind);
    });
  }
});
