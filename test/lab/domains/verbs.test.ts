import assert from 'node:assert/strict';
import type { ConnectedHost, HostSession } from '../../../src/hosts/hostSession.ts';
import { setDomainText } from '../../../src/libvirt/domainMetadata.ts';
import {
  dumpDomainCore,
  getSavedDomainXml,
  managedSaveDomain,
  removeManagedSave,
  restoreDomain,
  saveDomain,
} from '../../../src/libvirt/domainSaving.ts';
import * as domains from '../../../src/libvirt/domains.ts';
import {
  CoreDump,
  CoreDumpFormat,
  DomainAffect,
  DomainCreate,
  DomainDestroy,
  DomainShutdown,
} from '../../../src/libvirt/protocol/domainFlags.ts';
import { subscribe } from '../../../src/libvirt/events.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { runDomainJob } from '../../../src/operations/domains/domainJob.ts';
import { listenForStop } from '../../../src/operations/domains/domainStop.ts';
import { isOnHost } from '../../../src/operations/domains/hostFile.ts';
import { renameDomainSafely } from '../../../src/operations/domains/renameDomain.ts';
import { setCpus } from '../../../src/operations/domains/setCpus.ts';
import { setDomainMemory } from '../../../src/operations/domains/setDomainMemory.ts';
import { readResources } from '../../../src/operations/domains/resources.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml } from '../../../tools/lab/xml.ts';
import { eventually } from '../support/eventually.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineScratch, forgetDomain } from './scratchDomain.ts';

const name = `scratch 'x" $(id) 域`;

describe('the verbs of a domain', function () {
  this.timeout(60_000);
  let kvm1: LabHost;
  let session: HostSession;
  let host: Pick<ConnectedHost, 'connection' | 'transport' | 'inventory'>;
  let domain: DomainRef;

  const entry = () => host.inventory.domains.entries.get(domain.uuid);
  const isSaved = (saved: boolean): Promise<void> =>
    until(session.onDidChangeInventory, () => entry()?.managedSave === saved, `saved is ${saved}`);
  const resources = async (...flags: readonly string[]) =>
    readResources(await kvm1.virsh('dumpxml', ...flags, '--domain', name));

  before(async () => {
    const lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    await forgetDomain(kvm1, name);
    await defineScratch(kvm1, name, { devices: [xml`<memballoon model='virtio'/>`] });
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    host = { ...(await session.connect()), connection: await connectTo(kvm1) };
    await subscribe(host.connection, [{ object: 'domain', kind: 'lifecycle' }]);
    domain = await domains.lookupDomainByName(host.connection, name);
    await until(session.onDidChangeInventory, () => entry() !== undefined, 'the domain is listed');
  });

  after(async () => {
    host.connection.dispose();
    session.dispose();
    await forgetDomain(kvm1, name);
  });

  it('a guest that is forced off is heard to stop, one that ignores the power button is not', async () => {
    const { connection } = host;
    await domains.startDomain(connection, domain);
    const stop = listenForStop(connection, domain.uuid);
    let isStopped = false;
    void stop.stopped.then(() => (isStopped = true));
    await domains.shutdownDomain(connection, domain);
    assert.match(await kvm1.virsh('domstate', '--domain', name), /running/);
    assert.equal(isStopped, false);
    await domains.destroyDomain(connection, domain, DomainDestroy.graceful);
    await stop.stopped;
    assert.match(await kvm1.virsh('domstate', '--domain', name), /shut off/);
  });

  it('starts paused, goes on, takes an NMI and a reset', async () => {
    const { connection } = host;
    await domains.startDomain(connection, domain, DomainCreate.paused);
    assert.match(await kvm1.virsh('domstate', '--domain', name), /paused/);
    await domains.resumeDomain(connection, domain);
    await domains.injectNmi(connection, domain);
    await domains.resetDomain(connection, domain);
    assert.match(await kvm1.virsh('domstate', '--domain', name), /running/);
    await assert.rejects(domains.wakeUpDomain(connection, domain), /libvirt on kvm1/);
  });

  it('is saved and says so, starts without it, or loses it when told', async () => {
    const { connection } = host;
    assert.equal(await runDomainJob(connection, domain, () => managedSaveDomain(connection, domain)), 'done');
    await isSaved(true);
    assert.match(await kvm1.virsh('list', '--inactive', '--with-managed-save', '--name'), /scratch/);
    await assert.rejects(renameDomainSafely(connection, domain, 'other'), { code: 'saved-state' });
    await domains.startDomain(connection, domain, DomainCreate.forceBoot);
    await isSaved(false);
    assert.match(await kvm1.virsh('domstate', '--reason', '--domain', name), /booted/);
    await managedSaveDomain(connection, domain);
    await isSaved(true);
    host.inventory.domains.noteManagedSave(domain.uuid, false);
    await host.inventory.load();
    assert.equal(entry()?.managedSave, true);
    await removeManagedSave(connection, domain);
    await host.inventory.load();
    assert.equal(entry()?.managedSave, false);
  });

  it('is saved to a file and restored from it, and dumps its memory', async () => {
    const { connection, transport } = host;
    const [file, core] = ["/var/tmp/it's $(id).save", '/var/tmp/a b.core'];
    assert.equal(await isOnHost(transport, file), false);
    await domains.startDomain(connection, domain);
    await saveDomain(connection, domain, file);
    assert.equal(await isOnHost(transport, file), true);
    assert.match(await getSavedDomainXml(connection, file), /<domain/);
    await restoreDomain(connection, file);
    assert.match(await kvm1.virsh('domstate', '--reason', '--domain', name), /restored/);
    await dumpDomainCore(connection, domain, core, CoreDumpFormat.raw, CoreDump.memoryOnly);
    assert.match(await kvm1.run(['sh', '-c', 'head -c 4 "$1" | od -c', 'sh', core]), /E\s+L\s+F/);
    await kvm1.run(['rm', '-f', file, core]);
  });

  it('gets CPUs and memory, now and later', async () => {
    const { connection } = host;
    const both = { live: true, next: true };
    const before = await resources('--inactive');
    assert.deepEqual(before.vcpus, { current: 1, maximum: 2 });
    assert.deepEqual(await setCpus(connection, domain, 2, both, before.vcpus), {
      live: { current: 2, maximum: 2 },
      next: { current: 2, maximum: 2 },
    });
    assert.deepEqual((await resources()).vcpus, { current: 2, maximum: 2 });
    await assert.rejects(setCpus(connection, domain, 1, { live: true, next: false }, undefined), {
      code: 'not-removable',
    });
    const later = { live: false, next: true };
    await setCpus(connection, domain, 4, later, before.vcpus);
    assert.deepEqual((await resources('--inactive')).vcpus, { current: 4, maximum: 4 });
    assert.deepEqual((await resources()).vcpus, { current: 2, maximum: 2 });
    await setDomainMemory(connection, domain, 256 * 1024, later, before.memoryKiB);
    assert.deepEqual((await resources('--inactive')).memoryKiB, { current: 262_144, maximum: 262_144 });
  });

  it('a guest without a driver does not follow the balloon, and that is seen', async () => {
    const { connection } = host;
    const now = await setDomainMemory(connection, domain, 64 * 1024, { live: true, next: false }, undefined);
    assert.deepEqual(now, { live: 131_072, next: undefined });
  });

  describe('with a real guest', () => {
    let web1: DomainRef;
    const isReady = (): Promise<string> =>
      eventually('web1 to be ready', async () => {
        const log = await kvm1.exec(['cat', '/var/log/libvirt/qemu/web1-serial.log']);
        return log.stdout.includes('is ready') && log.stdout;
      });

    before(async () => {
      await isReady();
      web1 = await domains.lookupDomainByName(host.connection, 'web1');
    });

    it('memory is given up and given back', async () => {
      const now = { live: true, next: false };
      const less = await setDomainMemory(host.connection, web1, 128 * 1024, now, undefined);
      assert.equal(less.live, 128 * 1024);
      assert.match(await kvm1.virsh('dommemstat', 'web1'), /actual 131072/);
      const more = await setDomainMemory(host.connection, web1, 160 * 1024, now, undefined);
      assert.equal(more.live, 160 * 1024);
    });

    it('the power button is heard, and the end of the guest', async () => {
      const stop = listenForStop(host.connection, web1.uuid);
      await domains.shutdownDomain(host.connection, web1, DomainShutdown.acpiPowerButton);
      await stop.stopped;
      assert.match(await kvm1.virsh('domstate', '--reason', 'web1'), /shut off \(shutdown\)/);
      await domains.startDomain(host.connection, web1);
      await isReady();
    });

    it('an agent that is not there cannot be asked', async () => {
      await assert.rejects(
        domains.shutdownDomain(host.connection, web1, DomainShutdown.guestAgent),
        /agent/i,
      );
    });
  });

  it('when off, the limits go up and down with the amounts', async () => {
    const { connection } = host;
    await domains.destroyDomain(connection, domain);
    const next = { live: false, next: true };
    await setCpus(connection, domain, 1, next, (await resources()).vcpus);
    assert.deepEqual((await resources()).vcpus, { current: 1, maximum: 1 });
    await setDomainMemory(connection, domain, 131_072, next, (await resources()).memoryKiB);
    assert.deepEqual((await resources()).memoryKiB, { current: 131_072, maximum: 131_072 });
  });

  it('has a title and a description, until they are emptied', async () => {
    const { connection } = host;
    const text = `a "b" <c> & 'd'`;
    await setDomainText(connection, domain, 'title', text, DomainAffect.config);
    await setDomainText(connection, domain, 'description', `${text}\nsecond`, DomainAffect.config);
    assert.equal((await kvm1.virsh('desc', '--domain', name, '--title')).trim(), text);
    assert.match(await kvm1.virsh('desc', '--domain', name), /second/);
    await setDomainText(connection, domain, 'title', '', DomainAffect.config);
    assert.equal((await kvm1.virsh('desc', '--domain', name, '--title')).trim(), '');
  });

  it('is renamed when it is off and has no snapshots', async () => {
    const { connection } = host;
    await domains.startDomain(connection, domain);
    await assert.rejects(renameDomainSafely(connection, domain, 'other'), { code: 'active' });
    await domains.destroyDomain(connection, domain);
    await domains.setDomainAutostart(connection, domain, true);
    host.inventory.domains.noteAutostart(domain.uuid, true);
    await renameDomainSafely(connection, domain, 'other');
    assert.match(await kvm1.virsh('list', '--all', '--autostart', '--name'), /^other$/m);
    const isOther = (): boolean => entry()?.ref.name === 'other' && entry()?.autostart === true;
    await until(
      session.onDidChangeInventory,
      isOther,
      'it is listed under its new name, and still starts with the host',
    );
    await renameDomainSafely(connection, domain, name);
  });
});
