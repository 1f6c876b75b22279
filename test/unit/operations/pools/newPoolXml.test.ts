import assert from 'node:assert/strict';
import { poolTypes } from '../../../../src/operations/pools/newPool.ts';
import { newPoolXml, sourceSpecXml } from '../../../../src/operations/pools/newPoolXml.ts';
import { parsePool } from '../../../../src/libvirt/model/storagePool.ts';
import { UnwritableTextError } from '../../../../src/xml/writer.ts';
import { variedPools } from './samples.ts';

describe('the XML of a new pool', () => {
  it('is libvirt’s own for RBD, with every monitor and the secret by its UUID', () => {
    const rbd = variedPools.find(({ type, login }) => type === 'rbd' && login);
    assert.ok(rbd);
    assert.equal(
      newPoolXml(rbd),
      `<pool type='rbd'>
  <name>rbd</name>
  <source>
    <host name='10.0.0.1' port='6789'/>
    <host name='fd00::1' port='6789'/>
    <host name='mon3'/>
    <name>libvirt-pool</name>
    <auth type='ceph' username='libvirt'>
      <secret uuid='11111111-2222-4333-8444-555555555555'/>
    </auth>
  </source>
</pool>`,
    );
  });

  it('has mount options in their own namespace', () => {
    const smb = variedPools.find(({ name }) => name === 'smb');
    assert.ok(smb);
    assert.match(newPoolXml(smb), /xmlns:fs='http:\/\/libvirt\.org\/schemas\/storagepool\/fs\/1\.0'/);
    assert.match(newPoolXml(smb), /<fs:option name='credentials=\/root\/\.smb'\/>/);
  });

  it('says of every type what was meant, hostile names included', async () => {
    assert.deepEqual(new Set(variedPools.map(({ type }) => type)), new Set(poolTypes));
    for (const pool of variedPools) {
      const read = await parsePool(newPoolXml(pool));
      assert.deepEqual(
        [read.type, read.name, read.sourceName, read.directory, read.format, read.targetPath, read.devices],
        [
          ...[pool.type, pool.name, pool.sourceName, pool.directory, pool.format, pool.targetPath],
          pool.devices ?? [],
        ],
      );
      assert.deepEqual(
        read.hosts.map(({ name, port }) => [name, port]),
        (pool.servers ?? []).map(({ name, port }) => [name, port]),
      );
      assert.equal(read.auth?.secret.uuid, pool.login?.secretUuid);
      assert.equal(read.auth?.username, pool.login?.username);
    }
  });

  it('is refused when a name holds what XML cannot say', () => {
    assert.throws(() => newPoolXml({ type: 'dir', name: 'a\u0000b', targetPath: '/a' }), UnwritableTextError);
  });

  it('that asks a server for its sources names it', () => {
    assert.equal(
      sourceSpecXml([{ name: `a'b`, port: 3260 }]).replaceAll(/\s*\n\s*/g, ''),
      `<source><host name='a&apos;b' port='3260'/></source>`,
    );
  });
});
