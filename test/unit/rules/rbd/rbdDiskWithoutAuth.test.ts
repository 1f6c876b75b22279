import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkRules } from '../../../../src/rules/check.ts';
import type { HostKnowledge, KnownRbdPool } from '../../../../src/rules/hostKnowledge.ts';
import type { Finding } from '../../../../src/rules/rule.ts';
import type { Fix } from '../../../../src/xml/fix.ts';
import { applyEdits } from '../../../../src/xml/edits.ts';
import { attributeValue, childNamed, elementsOf } from '../../../../src/xml/queries.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { define, hasVirsh } from '../../xml/virsh.ts';

const uuid = '11111111-2222-4333-8444-555555555555';
const rbdPool: KnownRbdPool = {
  name: 'rbd-pool',
  cephPool: 'vms',
  hosts: [{ name: 'mon1', port: 6789 }, { name: 'mon2', port: 6789 }, { name: 'mon3' }],
  auth: { username: 'libvirt', secret: { uuid } },
};

const knowing = (...pools: readonly KnownRbdPool[]): HostKnowledge => ({
  hostName: 'kvm1',
  rbdPools: pools,
  secrets: [],
});

/** A domain with these disks. */
function domain(...disks: readonly string[]): string {
  const indented = disks.map((disk) => disk.replace(/^/gm, '    ')).join('\n');
  return `<domain type='test'>
  <name>vm</name>
  <memory unit='MiB'>64</memory>
  <os>
    <type>hvm</type>
  </os>
  <devices>
${indented}
  </devices>
</domain>
`;
}

const disk = (
  target: string,
  inSource = '',
  { image = `vms/${target}`, beforeSource = '' }: { image?: string; beforeSource?: string } = {},
): string =>
  `<disk type='network' device='disk'>
  <driver name='qemu' type='raw'/>${beforeSource}
  <source protocol='rbd' name='${image}'${inSource === '' ? '/>' : `>\n    ${inSource}\n  </source>`}
  <target dev='${target}' bus='virtio'/>
</disk>`;

const check = (text: string, knowledge?: HostKnowledge): readonly Finding[] =>
  checkRules(scan(text), knowledge).filter(({ ruleId }) => ruleId === 'rbd-disk-without-auth');

function only(findings: readonly Finding[]): Finding {
  assert.equal(findings.length, 1);
  return findings[0]!;
}

function applied(text: string, fix: Fix | undefined): string {
  assert.ok(fix !== undefined && 'edits' in fix);
  return applyEdits(text, fix.edits);
}

const authOf = (type: string): string =>
  `\n  <auth username='a'>\n    <secret type='ceph' ${type}/>\n  </auth>`;

describe('rbd-disk-without-auth: what it finds', () => {
  it('names the disk and its image, and says what happens', () => {
    const text = domain(disk('vda'));
    const finding = only(check(text));
    assert.equal(finding.ruleId, 'rbd-disk-without-auth');
    assert.equal(finding.severity, 'warning');
    assert.equal(text.slice(finding.range.start, finding.range.end), 'disk');
    assert.equal(text.slice(0, finding.range.start).split('\n').length, 8);
    assert.match(finding.message, /^Disk vda on vms\/vda has no <auth>: .*will not start.*error connecting/);
  });

  it('finds a disk without a target', () => {
    const text = domain(`<disk type='network'><source protocol='rbd' name='vms/a'/></disk>`);
    assert.match(only(check(text)).message, /^The disk on vms\/a has no <auth>/);
  });

  for (const [what, text] of [
    ['in the domain of a snapshot', `<domainsnapshot><name>s</name>${domain(disk('vda'))}</domainsnapshot>`],
    [
      'in the inactive domain of a snapshot',
      `<domainsnapshot>${domain(disk('vda')).replaceAll(/(<\/?)domain/g, '$1inactiveDomain')}</domainsnapshot>`,
    ],
    ['that is to be attached', disk('vdb')],
    ['whose name holds a snapshot and a namespace', domain(disk('vda', '', { image: 'vms/ns/a@s' }))],
    ['whose name has no pool', domain(disk('vda', '', { image: 'a' }))],
  ] as const) {
    it(`finds a disk ${what}`, () => {
      only(check(text));
    });
  }

  for (const [what, text] of [
    ['credentials under <disk>', domain(disk('vda', '', { beforeSource: authOf(`uuid='${uuid}'`) }))],
    ['credentials under <source>', domain(disk('vda', authOf(`usage='x'`).trim()))],
    ['credentials that are being typed', domain(disk('vda', '', { beforeSource: `\n  <auth user` }))],
    ['a Ceph configuration file', domain(disk('vda', `<config file='/etc/ceph/lab.conf'/>`))],
    ['another protocol', domain(disk('vda').replace("'rbd'", "'nbd'"))],
    ['a file', domain(`<disk type='file'><source file='/a'/><target dev='vda'/></disk>`)],
    ['no medium', domain(`<disk type='network' device='cdrom'><target dev='sda'/></disk>`)],
    ['no image yet', domain(`<disk type='network'><source protocol='rbd'/><target dev='vda'/></disk>`)],
    ['an unfinished tag', domain(disk('vda')).replace('</disk>', '')],
  ] as const) {
    it(`leaves a disk with ${what} alone`, () => {
      assert.deepEqual(check(text, knowing(rbdPool)), []);
    });
  }

  it('leaves other documents alone', () => {
    assert.deepEqual(check(`<domainsnapshot><disks>${disk('vda')}</disks></domainsnapshot>`), []);
    assert.deepEqual(check(`<x><devices>${disk('vda')}</devices></x>`), []);
    for (const file of ['domain-rbd', 'pool-rbd', 'network-nat']) {
      assert.deepEqual(check(readFileSync(`test/corpus/xml/${file}.xml`, 'utf8'), knowing(rbdPool)), []);
    }
  });

  it('believes a pool of the host that needs no credentials', () => {
    const open = { ...rbdPool, auth: undefined };
    assert.deepEqual(check(domain(disk('vda')), knowing(open)), []);
    only(check(domain(disk('vda')), knowing({ ...open, cephPool: 'other' })));
    only(check(domain(disk('vda')), knowing(open, rbdPool)));
  });

  it('tells two clusters with pools of one name apart by their monitors', () => {
    const open: KnownRbdPool = { ...rbdPool, name: 'open', hosts: [{ name: 'elsewhere' }], auth: undefined };
    assert.deepEqual(check(domain(disk('vda', `<host name='elsewhere'/>`)), knowing(open, rbdPool)), []);
    only(check(domain(disk('vda', `<host name='mon1'/>`)), knowing(open, rbdPool)));
  });
});

describe('rbd-disk-without-auth: credentials the host knows', () => {
  it('inserts them before <source>, with the monitors', () => {
    const text = domain(disk('vda'));
    const { fixes } = only(check(text, knowing(rbdPool)));
    assert.deepEqual(
      fixes.map(({ title, isPreferred }) => [title, isPreferred]),
      [['Add the credentials and monitors of pool rbd-pool (client.libvirt)', true]],
    );
    assert.equal(
      applied(text, fixes[0]),
      domain(`<disk type='network' device='disk'>
  <driver name='qemu' type='raw'/>
  <auth username='libvirt'>
    <secret type='ceph' uuid='${uuid}'/>
  </auth>
  <source protocol='rbd' name='vms/vda'>
    <host name='mon1' port='6789'/>
    <host name='mon2' port='6789'/>
    <host name='mon3'/>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>`),
    );
  });

  it('keeps the monitors that are there and adds the others behind them', () => {
    const text = domain(
      disk('vda', `<host name='mon2'/>\n    <host name='mon1' port='3300'/>\n    <snapshot name='s'/>`),
    );
    const fixed = scan(applied(text, only(check(text, knowing(rbdPool))).fixes[0]));
    const source = [...elementsOf(fixed)].find(({ name }) => name === 'source')!;
    assert.deepEqual(
      source.children.flatMap((child) =>
        child.kind === 'element'
          ? [[child.name, attributeValue(child, 'name'), attributeValue(child, 'port')]]
          : [],
      ),
      [
        ['host', 'mon2', undefined],
        ['host', 'mon1', '3300'],
        ['host', 'mon1', '6789'],
        ['host', 'mon3', undefined],
        ['snapshot', 's', undefined],
      ],
    );
  });

  it('adds no monitors to a disk that has none in common with the pool', () => {
    const text = domain(disk('vda', `<host name='10.0.0.1'/>`));
    const { fixes } = only(check(text, knowing(rbdPool)));
    assert.equal(fixes[0]?.title, 'Add the credentials of pool rbd-pool (client.libvirt)');
    const fixed = applied(text, fixes[0]);
    assert.doesNotMatch(fixed, /mon\d/);
    assert.match(fixed, /<auth username='libvirt'>/);
  });

  it('offers one fix for each way that differs and prefers one', () => {
    const twin = { ...rbdPool, name: 'twin' };
    const other = {
      ...rbdPool,
      name: 'other',
      auth: { username: 'admin', secret: { usage: 'client.admin' } },
    };
    const foreign = { ...rbdPool, name: 'foreign', cephPool: 'images' };
    const { fixes } = only(check(domain(disk('vda')), knowing(rbdPool, twin, other, foreign)));
    assert.deepEqual(
      fixes.map(({ title, isPreferred }) => [title, isPreferred]),
      [
        ['Add the credentials and monitors of pool rbd-pool (client.libvirt)', true],
        ['Add the credentials and monitors of pool other (client.admin)', false],
      ],
    );
    assert.match(applied(domain(disk('vda')), fixes[1]), /<secret type='ceph' usage='client.admin'\/>/);
  });

  it('cures all disks at once', () => {
    const text = domain(disk('vda'), disk('vdb'), disk('vdc', '', { image: 'images/c' }));
    const findings = check(text, knowing(rbdPool));
    assert.equal(findings.length, 3);
    const all = findings[0]!.fixes.find(({ isPreferred }) => !isPreferred);
    assert.equal(all?.title, 'Add the credentials to all 2 RBD disks that lack them');
    const left = check(applied(text, all), knowing(rbdPool));
    assert.match(only(left).message, /vdc/);
    const both = knowing(rbdPool, { ...rbdPool, name: 'images', cephPool: 'images' });
    assert.deepEqual(check(applied(text, check(text, both)[1]!.fixes[1]), both), []);
  });

  it('leaves out of the cure for all a disk that could get different credentials', () => {
    const other = {
      ...rbdPool,
      name: 'other',
      cephPool: 'images',
      auth: { username: 'admin', secret: { uuid } },
    };
    const text = domain(disk('vda'), disk('vdb', '', { image: 'images/b' }), disk('vdc'));
    const knowledge = knowing(rbdPool, other, {
      ...other,
      name: 'third',
      auth: { username: 'b', secret: { uuid } },
    });
    const all = check(text, knowledge)[0]!.fixes.at(-1)!;
    assert.equal(all.title, 'Add the credentials to all 2 RBD disks that lack them');
    assert.match(only(check(applied(text, all), knowledge)).message, /vdb/);
  });

  it('writes hostile names as data', () => {
    const hostile = `'/><x a="&`;
    const pool: KnownRbdPool = {
      ...rbdPool,
      cephPool: hostile.replace('/', ''),
      hosts: [{ name: hostile }],
      auth: { username: hostile, secret: { usage: hostile } },
    };
    const image = `&apos;>&lt;x a=&quot;&amp;/img`;
    const text = domain(disk('vda', '', { image }));
    const fixed = scan(applied(text, only(check(text, knowing(pool))).fixes[0]));
    assert.deepEqual(fixed.faults, []);
    const disks = [...elementsOf(fixed)].find(({ name }) => name === 'disk')!;
    const auth = childNamed(disks, 'auth')!;
    assert.equal(attributeValue(auth, 'username'), hostile);
    assert.equal(attributeValue(childNamed(auth, 'secret')!, 'usage'), hostile);
    assert.equal(
      [...elementsOf(fixed)].find(({ name }) => name === 'x'),
      undefined,
    );
  });

  it('gives what libvirt accepts', function () {
    if (!hasVirsh) this.skip();
    const text = domain(disk('vda'), disk('vdb', `<host name='mon1'/>`));
    const all = check(text, knowing(rbdPool))[0]!.fixes.at(-1);
    assert.equal(define('domain', applied(text, all), { validate: true }), '');
  });
});

describe('rbd-disk-without-auth: credentials the host does not know', () => {
  const snippetOf = (knowledge?: HostKnowledge): string => {
    const { fixes } = only(check(domain(disk('vda')), knowledge));
    assert.deepEqual(
      fixes.map(({ title, isPreferred }) => [title, isPreferred]),
      [['Add an <auth> element', false]],
    );
    const [fix] = fixes;
    assert.ok(fix !== undefined && 'snippet' in fix);
    return fix.snippet.snippet;
  };
  const expected = (choice: string): string =>
    `<auth username='\${1:libvirt}'>\n        <secret type='ceph' uuid='${choice}'/>\n      </auth>\n      `;

  it('offers an element to be filled in', () => {
    assert.equal(snippetOf(), expected('${2:00000000-0000-0000-0000-000000000000}'));
    assert.equal(snippetOf(knowing()), expected('${2:00000000-0000-0000-0000-000000000000}'));
  });

  it('offers the ceph secrets of the host', () => {
    const secrets = [
      { uuid, usageType: 'ceph', usageId: 'x' },
      { uuid: '22222222-2222-4333-8444-555555555555', usageType: 'iscsi' },
      { uuid: '33333333-2222-4333-8444-555555555555', usageType: 'ceph' },
    ];
    assert.equal(
      snippetOf({ hostName: 'kvm1', rbdPools: [], secrets }),
      expected(`\${2|${uuid},33333333-2222-4333-8444-555555555555|}`),
    );
    assert.equal(
      snippetOf({ hostName: 'kvm1', rbdPools: [], secrets: secrets.slice(0, 1) }),
      expected(`\${2:${uuid}}`),
    );
  });
});
