import assert from 'node:assert/strict';
import { daemonNotRunningFailure as failure } from '../../../src/doctor/failures/libvirt/daemonNotRunning/daemonNotRunning.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { complaintOf } from './labPatient.ts';
import { patientOf } from './support/patientOf.ts';

const name = 'parts-kvm';

/** What is mounted in a host of the lab is seen there alone. */
const takeAway = `drivers=$(dirname "$(find /usr/lib /usr/lib64 -name libvirt_driver_qemu.so | head -n 1)")
mkdir /root/drivers && cp -r "$drivers/." /root/drivers && rm /root/drivers/libvirt_driver_storage.so
mount --bind /root/drivers "$drivers"`;

describe('a libvirt that was installed without a part', function () {
  this.timeout(60_000);
  let host: LabHost;

  const look = async (said?: string): Promise<readonly Finding[]> => {
    const session = await labSession(await sharedLab(), `qemu+ssh://${name}/system`);
    try {
      const { inventory } = await session.connect();
      await Promise.all([inventory.pools.load(), inventory.networks.load(), inventory.secrets.load()]);
      const complaint = said === undefined ? undefined : complaintOf(failure, said);
      return (await failure.examineHost?.(patientOf(session), complaint)) ?? [];
    } finally {
      session.dispose();
    }
  };

  before(async () => {
    host = await (await sharedLab()).addHost({ name, pool: 'absent', secret: 'absent' });
  });

  after(async () => (await sharedLab()).removeHost(name));

  it('is not found while all are there', async () => {
    assert.deepEqual(await look(), []);
  });

  it('is found by what it cannot list, and told from a daemon that does not run', async () => {
    await host.run(['sh', '-ec', takeAway]);
    await host.restartLibvirtd();
    const said = 'no connection driver available for storage:///system';
    for (const [finding, ...others] of [await look(), await look(said)]) {
      assert.deepEqual(others, []);
      assert.equal(finding?.title, `libvirt on ${name} lacks drivers: storage`);
      assert.match(finding.explanation.join('\n'), /No pools and volumes.*libvirt-daemon-driver-storage/s);
      assert.match(
        finding.evidence[0] ?? '',
        /not supported by the connection driver: virConnectListAllStoragePools/,
      );
    }
  });
});
