import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { sendKeys } from '../../../src/libvirt/domainKeys.ts';
import { lookupDomainByName } from '../../../src/libvirt/domains.ts';
import { LibvirtError } from '../../../src/libvirt/errors.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { readKeys } from '../../../src/operations/console/keyNames.ts';
import { screenshot } from '../../../src/operations/console/screenshot.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('the screen and keyboard of a real guest', function () {
  this.timeout(60_000);
  let connection: LibvirtConnection;
  let web1: DomainRef;

  before(async () => {
    connection = await connectTo((await sharedLab()).host('kvm1'));
    web1 = await lookupDomainByName(connection, 'web1');
  });

  after(() => {
    connection.dispose();
  });

  it('show a picture', async () => {
    const png = await screenshot(connection, web1, 0);
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.ok(png.readUInt32BE(16) >= 320 && png.readUInt32BE(20) >= 200);
  });

  it('show what is typed', async () => {
    const press = async (keys: string): Promise<void> => {
      const read = readKeys(keys);
      assert.ok('codes' in read);
      await sendKeys(connection, web1, read.codes, { holdMs: 20 });
    };
    await eventually('the picture changes with the keys', async () => {
      const before = await screenshot(connection, web1, 0);
      await press('Shift+A');
      await sleep(500);
      return !(await screenshot(connection, web1, 0)).equals(before);
    });
  });

  it('refuse what libvirt refuses, in its words', async () => {
    await assert.rejects(screenshot(connection, web1, 7), LibvirtError);
    const cache1 = await lookupDomainByName(connection, 'cache1');
    await assert.rejects(sendKeys(connection, cache1, [30]), LibvirtError);
  });
});
