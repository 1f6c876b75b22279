import assert from 'node:assert/strict';
import { newPoolXml } from '../../src/operations/pools/newPoolXml.ts';
import { variedPools } from '../unit/operations/pools/samples.ts';
import { prepared } from './support/prepared.ts';

describe('what the wizard for new pools writes is valid, of every type', () => {
  before(prepared);

  for (const [index, version] of ['libvirt 9.0.0', 'the newest libvirt'].entries()) {
    it(`for ${version}`, async () => {
      const judge = (await prepared())[index]?.judge;
      assert.ok(judge);
      const faults = variedPools.flatMap((pool) =>
        judge('storagepool.rng', newPoolXml(pool)).map(
          ({ message }) => `${pool.type} ${pool.name}: ${message}`,
        ),
      );
      assert.deepEqual(faults, []);
    });
  }
});
