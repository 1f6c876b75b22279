import assert from 'node:assert/strict';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { getDomainJob } from '../../../src/libvirt/domainJobs.ts';
import { managedSaveDomain } from '../../../src/libvirt/domainSaving.ts';
import { lookupDomainByName } from '../../../src/libvirt/domains.ts';
import { JobOperation } from '../../../src/libvirt/protocol/domainJob.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { followDomainJob, runDomainJob } from '../../../src/operations/domains/domainJob.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineScratch } from './scratchDomain.ts';

/** Saved states go through this program, which takes its time. */
const slowCompression = `#!/bin/sh
while [ "$(dd bs=16384 count=1 2>/dev/null | wc -c)" -gt 0 ]; do sleep 0.1; done
`;

describe('a job that takes long', function () {
  this.timeout(30_000);
  let host: LabHost;
  let connection: LibvirtConnection;
  let domain: DomainRef;

  before(async () => {
    const lab = await sharedLab();
    host = await lab.addHost({ name: 'slow', pool: 'absent' });
    await host.machine.writeFile('/usr/bin/xz', slowCompression, 0o755);
    const conf = await host.machine.readFile('/etc/libvirt/qemu.conf');
    await host.machine.writeFile('/etc/libvirt/qemu.conf', `${conf}save_image_format = "xz"\n`);
    await host.restartLibvirtd();
    await defineScratch(host, 'vm1');
    await host.virsh('start', 'vm1');
    connection = await connectTo(host);
    domain = await lookupDomainByName(connection, 'vm1');
  });

  after(async () => {
    connection.dispose();
    await (await sharedLab()).removeHost('slow');
  });

  it('is told of, seen by others, and ends when it is cancelled: the guest runs on', async () => {
    const abort = new AbortController();
    const seen: (number | undefined)[] = [];
    const saving = runDomainJob(connection, domain, () => managedSaveDomain(connection, domain), {
      signal: abort.signal,
      report: ({ fraction }) => seen.push(fraction),
    });
    const job = await eventually('the job', () => getDomainJob(connection, domain), 10_000);
    assert.equal(job.operation, JobOperation.save);
    const following = followDomainJob(connection, domain, {});
    await eventually('the progress', () => Promise.resolve(seen.length > 0), 10_000);
    assert.match(await host.virsh('domjobinfo', 'vm1'), /Operation:\s+Save/);
    abort.abort();
    assert.equal(await saving, 'cancelled');
    await following;
    assert.match(await host.virsh('domstate', 'vm1'), /running/);
    assert.equal(await getDomainJob(connection, domain), undefined);
  });
});
