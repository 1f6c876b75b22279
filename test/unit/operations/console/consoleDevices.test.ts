import assert from 'node:assert/strict';
import { parseDomain } from '../../../../src/libvirt/model/domain.ts';
import { consoleDevices } from '../../../../src/operations/console/consoleDevices.ts';

async function aliases(devices: string): Promise<readonly string[]> {
  const domain = await parseDomain(`<domain><devices>${devices}</devices></domain>`);
  return consoleDevices(domain).map(({ alias, guestName }) => `${alias} ${guestName}`);
}

describe('the consoles of a domain', () => {
  it('have the first console once, which is the first serial port', async () => {
    const found = await aliases(`
      <serial type='pty'><target port='0'/><alias name='serial0'/></serial>
      <console type='pty'><target type='serial' port='0'/><alias name='serial0'/></console>`);
    assert.deepEqual(found, ['serial0 ttyS0']);
  });

  it('are named before the first start as libvirt will name them', async () => {
    const found = await aliases(`
      <serial type='pty'><target port='0'/></serial>
      <serial type='pty'><target port='1'/></serial>
      <console type='pty'><target type='serial' port='0'/></console>
      <console type='pty'><target type='virtio' port='1'/></console>`);
    assert.deepEqual(found, ['serial0 ttyS0', 'serial1 ttyS1', 'console1 hvc1']);
  });

  it('are those that libvirt can open: not one that is written to a file', async () => {
    const found = await aliases(`
      <serial type='file'><source path='/var/log/web1.log'/><target port='0'/></serial>
      <console type='file'><target type='serial' port='0'/></console>
      <serial type='pty'><target port='1'/></serial>`);
    assert.deepEqual(found, ['serial1 ttyS1']);
  });

  it('are none where the domain has none', async () => {
    assert.deepEqual(await aliases(''), []);
  });
});
