import assert from 'node:assert/strict';
import { decodeEvent } from '../../../../src/libvirt/eventDecoding.ts';
import * as connect from '../../../../src/libvirt/protocol/connect.ts';
import * as domain from '../../../../src/libvirt/protocol/domain.ts';
import * as domainDevice from '../../../../src/libvirt/protocol/domainDevice.ts';
import * as domainGuest from '../../../../src/libvirt/protocol/domainGuest.ts';
import * as domainMigration from '../../../../src/libvirt/protocol/domainMigration.ts';
import * as domainStats from '../../../../src/libvirt/protocol/domainStats.ts';
import * as domainStream from '../../../../src/libvirt/protocol/domainStream.ts';
import {
  allEvents,
  connectionClosedMessage,
  deregisterEvent,
  registerEvent,
} from '../../../../src/libvirt/protocol/events.ts';
import * as network from '../../../../src/libvirt/protocol/network.ts';
import * as node from '../../../../src/libvirt/protocol/node.ts';
import * as nodeDevice from '../../../../src/libvirt/protocol/nodeDevice.ts';
import * as secret from '../../../../src/libvirt/protocol/secret.ts';
import * as snapshot from '../../../../src/libvirt/protocol/snapshot.ts';
import * as storagePool from '../../../../src/libvirt/protocol/storagePool.ts';
import * as storageVolume from '../../../../src/libvirt/protocol/storageVolume.ts';
import { typedParams } from '../../../../src/libvirt/wire/typedParams.ts';
import * as xdr from '../../../../src/libvirt/wire/xdrTypes.ts';
import { encode } from '../fakePeer.ts';

interface Row {
  readonly name: string;
  readonly number: number;
  readonly waitsFor: string | undefined;
}

const tables = [
  connect,
  domain,
  domainDevice,
  domainGuest,
  domainMigration,
  domainStats,
  domainStream,
  network,
  node,
  nodeDevice,
  secret,
  snapshot,
  storagePool,
  storageVolume,
  { ...registerEvent },
  { ...deregisterEvent },
];

const rows: readonly Row[] = tables.flatMap((table) =>
  Object.entries(table).flatMap(([name, value]: [string, object]) =>
    'number' in value && 'waitsFor' in value
      ? [{ name, number: value.number as number, waitsFor: value.waitsFor as string | undefined }]
      : [],
  ),
);

describe('the procedures', () => {
  it('are all there, each number once', () => {
    const numbers = [...rows.map(({ number }) => number), ...allEvents.map(({ message }) => message)];
    numbers.push(connectionClosedMessage);
    const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
    assert.deepEqual(twice, []);
    assert.ok(rows.length > 170, `${rows.length}`);
  });

  /** What has to work while guests or storage hang. */
  const quick = [
    'domainDestroyFlags',
    'connectListAllDomains',
    'connectGetAllDomainStats',
    'domainGetState',
    'domainGetXmlDesc',
    'connectListAllSecrets',
    'connectListAllNetworks',
  ];
  /** What may hang with a guest's monitor. */
  const guest = [
    'domainCreateWithFlags',
    'domainShutdownFlags',
    'domainAttachDeviceFlags',
    'domainBlockCopy',
    'domainGetGuestInfo',
    'domainOpenConsole',
  ];
  /** What may hang with storage: also all that takes the lock of a pool that starts. */
  const storage = [
    'connectListAllStoragePools',
    'storagePoolGetInfo',
    'storagePoolListAllVolumes',
    'storageVolLookupByName',
    'storagePoolCreate',
    'storagePoolRefresh',
    'storagePoolBuild',
    'storageVolCreateXml',
    'storageVolDelete',
    'storageVolGetInfo',
    'storageVolDownload',
    'storageVolUpload',
  ];
  for (const [names, expected] of [
    [quick, undefined],
    [guest, 'guest'],
    [storage, 'storage'],
  ] as const)
    for (const name of names)
      it(`${name} waits for ${expected ?? 'nothing'}`, () => {
        assert.equal(rows.find((row) => row.name === name)?.waitsFor, expected);
      });
});

const domainRef = { name: 'vm1', uuid: '6695eb01-f6a4-8304-79aa-97f2502e193f', id: 3 };
const poolRef = { name: 'p', uuid: domainRef.uuid };

describe('the events', () => {
  it('have each number once among those of the same kind of object', () => {
    const keys = allEvents.map(({ object, id }) => `${object} ${id}`);
    assert.equal(new Set(keys).size, keys.length);
    const names = allEvents.map(({ object, kind }) => `${object} ${kind}`);
    assert.equal(new Set(names).size, names.length);
  });

  /** Layouts as in remote_protocol.x, written out here a second time. */
  const bodies: readonly (readonly [procedure: number, layout: xdr.Fields, body: Record<string, unknown>])[] =
    [
      [
        318,
        { domain: refLayout(), event: xdr.i32, detail: xdr.i32 },
        { domain: domainRef, event: 5, detail: 1 },
      ],
      [
        324,
        {
          domain: refLayout(),
          sourcePath: xdr.string,
          device: xdr.string,
          action: xdr.i32,
          reason: xdr.string,
        },
        { domain: domainRef, sourcePath: 'pool/img', device: 'virtio-disk0', action: 1, reason: 'enospc' },
      ],
      [
        327,
        {
          domain: refLayout(),
          oldSourcePath: xdr.optional(xdr.string),
          newSourcePath: xdr.optional(xdr.string),
          device: xdr.string,
          reason: xdr.i32,
        },
        { domain: domainRef, oldSourcePath: undefined, newSourcePath: '/b', device: 'ide0', reason: 0 },
      ],
      [330, { reason: xdr.i32, domain: refLayout() }, { reason: 0, domain: domainRef }],
      [331, { domain: refLayout(), actual: xdr.u64 }, { domain: domainRef, actual: 163_840n }],
      [
        339,
        { domain: refLayout(), disk: xdr.string, type: xdr.i32, status: xdr.i32 },
        {
          ...{ domain: domainRef, disk: 'vda', type: 2, status: 3 },
        },
      ],
      [
        363,
        { domain: refLayout(), params: typedParams(4) },
        { domain: domainRef, params: [{ field: 'type', type: 'int', value: 3 }] },
      ],
      [
        385,
        {
          domain: refLayout(),
          device: xdr.string,
          path: xdr.optional(xdr.string),
          threshold: xdr.u64,
          excess: xdr.u64,
        },
        { domain: domainRef, device: 'vda', path: undefined, threshold: 1n, excess: 2n },
      ],
      [373, { pool: xdr.struct({ name: xdr.string, uuid: xdr.uuid }) }, { pool: poolRef }],
      [
        382,
        {
          secret: xdr.struct({ uuid: xdr.uuid, usageType: xdr.i32, usageId: xdr.string }),
          event: xdr.i32,
          detail: xdr.i32,
        },
        { secret: { uuid: domainRef.uuid, usageType: 2, usageId: 'client.libvirt' }, event: 0, detail: 0 },
      ],
    ];

  function refLayout(): xdr.XdrType<unknown> {
    return xdr.struct({ name: xdr.string, uuid: xdr.uuid, id: xdr.i32 });
  }

  for (const [procedure, layout, body] of bodies) {
    const event = allEvents.find(({ message }) => message === procedure);
    it(`${event?.object} ${event?.kind} is read from message ${procedure}`, () => {
      const bytes = encode(xdr.struct({ callbackId: xdr.i32, body: xdr.struct(layout) }), {
        callbackId: 7,
        body,
      });
      const expected = { object: event?.object, kind: event?.kind, ...body };
      if (typeof body['actual'] === 'bigint') Object.assign(expected, { actual: Number(body['actual']) });
      assert.deepEqual(decodeEvent(procedure, bytes), expected);
    });
  }

  it('of unknown numbers are nothing', () => {
    assert.equal(decodeEvent(9999, Buffer.alloc(0)), undefined);
  });
});
