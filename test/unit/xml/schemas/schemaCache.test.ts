import assert from 'node:assert/strict';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { SchemaCache } from '../../../../src/xml/schemas/schemaCache.ts';
import type { DocumentKind } from '../../../../src/xml/roots.ts';
import { setOf } from './setOf.ts';
import { smallSchemas } from './smallSchemas.ts';

describe('compiled schemas', () => {
  let cache: SchemaCache;
  const faultsOf = async (kind: DocumentKind, text: string): Promise<readonly string[] | undefined> => {
    const ready = await cache.schemaFor(setOf(), kind);
    return ready?.validator.validate(scan(text)).map((fault) => fault.kind);
  };

  beforeEach(() => {
    cache = new SchemaCache();
  });

  afterEach(() => {
    cache.dispose();
  });

  it('judge the documents of their kind', async () => {
    assert.deepEqual(await faultsOf('domain', '<domain><name>a</name><devices/></domain>'), []);
    assert.deepEqual(await faultsOf('domain', '<domain><name>a</name><devices><hubb/></devices></domain>'), [
      'unknown-element',
    ]);
    assert.deepEqual(await faultsOf('secret', '<secret/>'), []);
  });

  it('judge a device alone as they judge it in a domain', async () => {
    assert.deepEqual(await faultsOf('device', "<disk type='file'/>"), []);
    assert.deepEqual(await faultsOf('device', '<hub/>'), []);
    assert.deepEqual(await faultsOf('device', '<disk/>'), ['missing-attribute']);
    assert.notDeepEqual(await faultsOf('device', '<emulator>/bin/qemu</emulator>'), []);
    assert.notDeepEqual(await faultsOf('device', '<domain/>'), []);
  });

  it('are made once, also when asked for twice at the same time', async () => {
    const set = setOf();
    const [first, second] = await Promise.all([
      cache.schemaFor(set, 'domain'),
      cache.schemaFor(set, 'domain'),
    ]);
    assert.ok(first);
    assert.equal(first, second);
    assert.equal(await cache.schemaFor(setOf(), 'domain'), first);
    assert.notEqual(await cache.schemaFor(setOf(undefined, '9.0.0'), 'domain'), first);
  });

  it('come after what waits in the event loop', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('keystroke'));
    const ready = cache.schemaFor(
      {
        ...setOf(),
        read: (name) => {
          order.push(name);
          return smallSchemas.get(name);
        },
      },
      'secret',
    );
    await ready;
    assert.deepEqual(order, ['keystroke', 'secret.rng']);
  });

  it('are not there for what the libvirt did not know yet', async () => {
    assert.equal(await cache.schemaFor(setOf(), 'domainbackup'), undefined);
  });

  it('are refused when they cannot be read', async () => {
    const texts = new Map([...smallSchemas].filter(([name]) => name !== 'domaincommon.rng'));
    await assert.rejects(cache.schemaFor(setOf(texts), 'domain'), { code: 'schema' });
  });

  it('are forgotten when nobody has asked for them since the last look', async () => {
    const domain = await cache.schemaFor(setOf(), 'domain');
    const secret = await cache.schemaFor(setOf(), 'secret');
    cache.forgetUnused();
    assert.equal(await cache.schemaFor(setOf(), 'domain'), domain);
    cache.forgetUnused();
    assert.equal(await cache.schemaFor(setOf(), 'domain'), domain);
    assert.notEqual(await cache.schemaFor(setOf(), 'secret'), secret);
  });
});
