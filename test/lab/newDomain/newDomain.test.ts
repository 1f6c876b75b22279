import assert from 'node:assert/strict';
import type { ConnectedHost, HostSession } from '../../../src/hosts/hostSession.ts';
import { DomainCreation } from '../../../src/operations/newDomain/createDomain.ts';
import {
  copiedDisk,
  emptyDisk,
  planDomain,
  type DomainPlan,
} from '../../../src/operations/newDomain/planDomain.ts';
import type { PoolOffer } from '../../../src/operations/storage/poolOffer.ts';
import { newDomainXml } from '../../../src/operations/newDomain/xml/domainElement.ts';
import { parseDomain } from '../../../src/libvirt/model/domain.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import { checkDocument } from '../../../src/rules/checkDocument.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml } from '../../../tools/lab/xml.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { systemNamed, variedDomains } from '../../unit/operations/newDomain/samples.ts';
import { labSession } from '../support/labSession.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { answersFor, consoleUntil, existing, mib, offerOf } from './support.ts';

const never = new AbortController().signal;
const images = '/var/lib/libvirt/images';

describe('new domains on a real host', function () {
  this.timeout(90_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: ConnectedHost;
  let rbd: PoolOffer;
  let files: PoolOffer;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    host = await session.connect();
    rbd = await offerOf(host, 'rbd-pool');
    files = await offerOf(host, 'images');
  });

  after(() => {
    session.dispose();
  });

  const creation = (): DomainCreation => new DomainCreation(() => session.require());

  async function define(plan: DomainPlan): Promise<{ making: DomainCreation; domain: DomainRef }> {
    const making = creation();
    await making.makeVolumes(plan.volumes, { signal: never });
    const domain = await making.define(newDomainXml(plan.domain));
    return { making, domain };
  }

  it('boots from a clone of an RBD image, grown, with every monitor and the secret by its UUID', async () => {
    const from = await existing(host, rbd, 'template-linux');
    const volume = copiedDisk('made1', { pool: rbd, from, capacity: 64 * mib }, new Set());
    const answers = await answersFor(host, systemNamed('Debian 12'), {
      name: 'made1',
      disk: { kind: 'new', volume },
      installation: { kind: 'image', cloudInit: undefined },
    });
    const { making, domain } = await define(planDomain(answers, new Set()));
    try {
      const { disks } = await parseDomain(await kvm1.virsh('dumpxml', '--inactive', 'made1'));
      const source = disks[0]?.source;
      assert.ok(source?.type === 'network');
      assert.deepEqual(
        [source.name, source.hosts, source.auth?.username, source.auth?.secret.uuid],
        [`${lab.ceph.pool}/made1`, rbd.rbd?.monitors, 'libvirt', secretUuid],
      );
      assert.match(await kvm1.virsh('vol-info', 'made1', 'rbd-pool', '--bytes'), /Capacity: +67108864/);
      await making.start(domain, { signal: never });
      assert.match(await consoleUntil(host, domain, /is ready[^\n]*\n/), /disks \/dev\/vda/);
    } finally {
      await making.undefine(domain);
      await making.removeVolumes();
    }
    assert.doesNotMatch(await kvm1.virsh('list', '--all', '--name'), /made1/);
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /made1/);
  });

  it('boots from a copy of a qcow2 file that is written into RBD, with cloud-init’s CD beside it', async () => {
    const cloud = `${images}/cloud-base.qcow2`;
    const image = `rbd:${lab.ceph.pool}/template-linux`;
    await kvm1.run(['qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', image, cloud]);
    await kvm1.virsh('pool-refresh', 'images');
    const from = await existing(host, files, 'cloud-base.qcow2');
    assert.equal(from.format, 'qcow2');
    const volume = copiedDisk('made2', { pool: rbd, from, capacity: 32 * mib }, new Set());
    const plan = planDomain(
      await answersFor(host, systemNamed('Debian 12'), {
        name: 'made2',
        disk: { kind: 'new', volume },
        installation: {
          kind: 'image',
          cloudInit: {
            hostName: 'made2',
            user: 'admin',
            publicKeys: ['ssh-ed25519 AAAA me'],
            passwordHash: undefined,
            packages: [],
          },
        },
      }),
      new Set(),
    );
    const fractions: number[] = [];
    const making = creation();
    await making.makeVolumes(plan.volumes, {
      signal: never,
      report: ({ fraction = 0 }) => fractions.push(fraction),
    });
    const domain = await making.define(newDomainXml(plan.domain));
    try {
      assert.deepEqual(fractions, fractions.toSorted());
      await making.start(domain, { signal: never });
      assert.match(await consoleUntil(host, domain, /is ready[^\n]*\n/), /disks \/dev\/vda/);
      const seed = '/tmp/made2-seed.iso';
      await kvm1.run(['rbd', 'export', '--no-progress', `${lab.ceph.pool}/made2-seed`, seed]);
      assert.deepEqual(await filesOnCd(kvm1, seed), ['meta-data', 'user-data']);
      await kvm1.run(['rm', seed]);
      assert.match(await kvm1.virsh('domblklist', 'made2', '--details'), /cdrom +sda +\S+\/made2-seed/);
    } finally {
      await making.undefine(domain);
      await making.removeVolumes();
      await kvm1.virsh('vol-delete', 'cloud-base.qcow2', 'images');
    }
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /made2/);
  });

  it('has files of its own in a pool of files: a qcow2 disk that is grown, and a CD that libvirt takes up', async () => {
    const from = await existing(host, files, 'cache1.qcow2');
    const capacity = from.capacity + 1024 * mib;
    const volume = copiedDisk('made3', { pool: files, from, capacity }, new Set());
    const cloudInit = {
      hostName: 'made3',
      user: 'admin',
      publicKeys: [],
      passwordHash: '$6$a$b',
      packages: ['qemu-guest-agent'],
    };
    const plan = planDomain(
      await answersFor(host, systemNamed('Debian 12'), {
        name: 'made3',
        disk: { kind: 'new', volume },
        installation: { kind: 'image', cloudInit },
      }),
      new Set(),
    );
    const { making, domain } = await define(plan);
    try {
      await making.start(domain, { signal: never });
      const disks = await kvm1.virsh('domblklist', 'made3', '--details');
      assert.match(disks, new RegExp(`disk +vda +${images}/made3.qcow2`));
      assert.match(disks, new RegExp(`cdrom +sda +${images}/made3-seed.iso`));
      const info = JSON.parse(
        await kvm1.run(['qemu-img', 'info', '-U', '--output=json', `${images}/made3.qcow2`]),
      ) as {
        readonly format: string;
        readonly 'virtual-size': number;
      };
      assert.deepEqual([info.format, info['virtual-size']], ['qcow2', capacity]);
      assert.deepEqual(await filesOnCd(kvm1, `${images}/made3-seed.iso`), ['meta-data', 'user-data']);
    } finally {
      await making.undefine(domain);
      await making.removeVolumes();
    }
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'images'), /made3/);
  });

  it('boots an empty disk first and the CD behind it, or the network', async () => {
    const volume = emptyDisk('made4', rbd, 64 * mib, new Set());
    const disk = { kind: 'new', volume } as const;
    const iso = { kind: 'file', path: `${images}/installer.iso`, format: 'raw' } as const;
    const system = systemNamed('Windows Server 2022');
    const installed = await answersFor(host, system, {
      name: 'made4',
      disk,
      installation: { kind: 'iso', source: iso },
    });
    const { making, domain } = await define(planDomain(installed, new Set()));
    try {
      const made = await kvm1.virsh('dumpxml', '--inactive', 'made4');
      assert.match(made, /<target dev='sda' bus='sata'\/>\s*<boot order='1'\/>/);
      assert.match(made, /<target dev='sdb' bus='sata'\/>\s*<readonly\/>\s*<boot order='2'\/>/);
      assert.match(made, /id="http:\/\/microsoft.com\/win\/2k22"/);
      await making.start(domain, { signal: never });
      assert.equal((await kvm1.virsh('domstate', 'made4')).trim(), 'running');
    } finally {
      await making.undefine(domain);
      await making.removeVolumes();
    }
    const byNetwork = await answersFor(host, system, {
      name: 'made4',
      disk: { kind: 'none' },
      installation: { kind: 'network' },
    });
    const second = await define(planDomain(byNetwork, new Set()));
    assert.match(await kvm1.virsh('dumpxml', 'made4'), /<model type='e1000e'\/>\s*<boot order='1'\/>/);
    await second.making.undefine(second.domain);
  });

  it('are all valid to libvirt that need nothing this host does not have', async () => {
    const offered = await answersFor(host, systemNamed('Debian 12'), {
      name: 'any',
      disk: { kind: 'none' },
      installation: { kind: 'none' },
    });
    const domains = (await variedDomains()).filter(
      ([, { machine }]) => machine.architecture === 'x86_64' && machine.type === 'q35',
    );
    assert.ok(domains.length > 20);
    for (const [what, given] of domains) {
      const { virtType, cpuMode, firmware, hasTpm, hyperv } = offered.machine;
      const machine = { ...given.machine, virtType, cpuMode, firmware, hasTpm, hyperv };
      const making = creation();
      const name = given.name.replace('web1', 'made7');
      const domain = await making
        .define(newDomainXml({ ...given, name, machine }))
        .catch((error: unknown) => assert.fail(`${what}: ${String(error)}`));
      assert.equal(domain.name, name);
      await making.undefine(domain);
    }
  });

  it('have no fault while their volumes are only planned, and have one when nobody plans them any more', async () => {
    const answers = await answersFor(host, systemNamed('Debian 12'), {
      name: 'made9',
      disk: { kind: 'new', volume: emptyDisk('made9', rbd, 64 * mib, new Set()) },
      installation: { kind: 'none' },
    });
    const document = scan(newDomainXml(planDomain(answers, new Set()).domain));
    const codes = (): Promise<string> => {
      const { current: knowledge } = host.knowledge;
      return Promise.resolve(
        checkDocument(document, { knowledge })
          .map(({ code }) => code)
          .join(),
      );
    };
    host.knowledge.want();
    await eventually('the missing image is told of', async () => (await codes()) === 'rbd-image-missing');
    const path = `${lab.ceph.pool}/made9`;
    const expected = host.knowledge.expectVolumes([{ pool: 'rbd-pool', name: 'made9', path }]);
    await eventually('nothing is told', async () => (await codes()) === '');
    expected.dispose();
    await eventually('it is told of again', async () => (await codes()) === 'rbd-image-missing');
  });

  it('whose second volume cannot be made keep what is there until it is removed, and go on from there', async () => {
    await kvm1.virsh('vol-create-as', 'rbd-pool', 'made5-data', '16M');
    const plans = [
      emptyDisk('made5', rbd, 16 * mib, new Set()),
      emptyDisk('made5-data', rbd, 16 * mib, new Set()),
    ];
    const making = creation();
    await assert.rejects(making.makeVolumes(plans, { signal: never }), {
      code: ErrorCode.storageVolumeExists,
    });
    assert.deepEqual(
      making.volumes.map(({ name }) => name),
      ['made5'],
    );
    await kvm1.virsh('vol-delete', 'made5-data', 'rbd-pool');
    await making.makeVolumes(plans, { signal: never });
    assert.match(await kvm1.virsh('vol-list', 'rbd-pool'), /made5 [^]*made5-data/);
    await making.removeVolumes();
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /made5/);
  });

  it('that are given up in the middle tell what is there, and leave nothing when it is removed', async () => {
    const giveUp = new AbortController();
    const plans = ['made6', 'made6-data'].map((name) => emptyDisk(name, rbd, 16 * mib, new Set()));
    const making = creation();
    const given = making.makeVolumes(plans, {
      signal: giveUp.signal,
      report: () => {
        giveUp.abort();
      },
    });
    await assert.rejects(given, { code: 'cancelled' });
    assert.deepEqual(
      making.volumes.map(({ name }) => name),
      ['made6'],
    );
    await making.removeVolumes();
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /made6/);
  });

  it('on a pool that names its secret by usage have the secret by its UUID', async () => {
    const pool = xml`<pool type='rbd'><name>by-usage</name><source>
      <host name='mon1'/><host name='mon2' port='3300'/><name>other/tenant</name>
      <auth type='ceph' username='libvirt'><secret usage='client.libvirt secret'/></auth></source></pool>`;
    await kvm1.virsh('pool-define', await kvm1.writeXml('by-usage', pool));
    try {
      const { rbd: access } = await offerOf(host, 'by-usage');
      assert.deepEqual(access, {
        kind: 'rbd',
        monitors: [
          { name: 'mon1', port: undefined },
          { name: 'mon2', port: 3300 },
        ],
        auth: { username: 'libvirt', secretUuid },
      });
    } finally {
      await kvm1.virsh('pool-undefine', 'by-usage');
    }
  });
});

async function filesOnCd(host: LabHost, path: string): Promise<string[]> {
  const list = await host.run(['xorriso', '-indev', path, '-ls', '/', '--']);
  return [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name).sort();
}
