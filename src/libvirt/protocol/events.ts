import { absent, array, i32, i64, optional, quantity, string, struct, u32, u64 } from '../wire/xdrTypes.ts';
import type { Fields, StructOf, XdrType } from '../wire/xdrTypes.ts';
import { typedParams } from '../wire/typedParams.ts';
import { type Procedure, procedure } from './procedure.ts';
import { domainRef, networkRef, nodeDeviceRef, poolRef, secretRef } from './refs.ts';

/**
 * A message the daemon sends by itself. `id` is the number under which it is subscribed to, among the events of the
 * same kind of object; `message` the procedure number it arrives under, with the callback's number before `body`.
 */
export interface EventMessage<O extends string, K extends string, Body> {
  readonly object: O;
  readonly kind: K;
  readonly id: number;
  readonly message: number;
  readonly body: XdrType<Body>;
}

function event<O extends string, K extends string, F extends Fields>(
  object: O,
  kind: K,
  id: number,
  message: number,
  fields: F,
): EventMessage<O, K, StructOf<F>> {
  return { object, kind, id, message, body: struct(fields) };
}

const domain = domainRef;
const graphicsAddress = struct({ family: i32, node: string, service: string });
const graphicsIdentity = struct({ type: string, name: string });

/** virDomainEventID of libvirt-domain.h. */
export const domainEvents = [
  event('domain', 'lifecycle', 0, 318, { domain, event: i32, detail: i32 }),
  event('domain', 'reboot', 1, 319, { domain }),
  event('domain', 'rtcChange', 2, 320, { domain, offset: i64 }),
  event('domain', 'watchdog', 3, 321, { domain, action: i32 }),
  event('domain', 'ioError', 4, 322, { domain, sourcePath: string, device: string, action: i32 }),
  event('domain', 'graphics', 5, 323, {
    domain,
    phase: i32,
    local: graphicsAddress,
    remote: graphicsAddress,
    authScheme: string,
    subject: array(graphicsIdentity, 20),
  }),
  event('domain', 'ioErrorReason', 6, 324, {
    domain,
    sourcePath: string,
    device: string,
    action: i32,
    reason: string,
  }),
  event('domain', 'controlError', 7, 325, { domain }),
  event('domain', 'blockJob', 8, 326, { domain, path: string, type: i32, status: i32 }),
  event('domain', 'diskChange', 9, 327, {
    domain,
    oldSourcePath: optional(string),
    newSourcePath: optional(string),
    device: string,
    reason: i32,
  }),
  event('domain', 'trayChange', 10, 328, { domain, device: string, reason: i32 }),
  event('domain', 'pmWakeup', 11, 329, { reason: i32, domain }),
  event('domain', 'pmSuspend', 12, 330, { reason: i32, domain }),
  event('domain', 'balloonChange', 13, 331, { domain, actual: quantity }),
  event('domain', 'pmSuspendDisk', 14, 332, { reason: i32, domain }),
  event('domain', 'deviceRemoved', 15, 333, { domain, device: string }),
  event('domain', 'blockJob2', 16, 339, { domain, disk: string, type: i32, status: i32 }),
  event('domain', 'tunable', 17, 346, { domain, params: typedParams(2048) }),
  event('domain', 'agentLifecycle', 18, 348, { domain, state: i32, reason: i32 }),
  event('domain', 'deviceAdded', 19, 354, { domain, device: string }),
  event('domain', 'migrationIteration', 20, 359, { domain, iteration: i32 }),
  event('domain', 'jobCompleted', 21, 363, { domain, params: typedParams(64) }),
  event('domain', 'deviceRemovalFailed', 22, 367, { domain, device: string }),
  event('domain', 'metadataChange', 23, 379, { domain, type: i32, namespaceUri: optional(string) }),
  event('domain', 'blockThreshold', 24, 385, {
    domain,
    device: string,
    path: optional(string),
    threshold: u64,
    excess: u64,
  }),
  event('domain', 'memoryFailure', 25, 423, { domain, recipient: i32, action: i32, flags: u32 }),
  event('domain', 'memoryDeviceSizeChange', 26, 438, { domain, device: string, size: quantity }),
  event('domain', 'nicMacChange', 27, 453, { domain, device: string, oldMac: string, newMac: string }),
] as const;

/** virStoragePoolEventID of libvirt-storage.h. */
export const poolEvents = [
  event('pool', 'lifecycle', 0, 370, { pool: poolRef, event: i32, detail: i32 }),
  event('pool', 'refresh', 1, 373, { pool: poolRef }),
] as const;

/** virNetworkEventID of libvirt-network.h. */
export const networkEvents = [
  event('network', 'lifecycle', 0, 315, { network: networkRef, event: i32, detail: i32 }),
  event('network', 'metadataChange', 1, 446, {
    network: networkRef,
    type: i32,
    namespaceUri: optional(string),
  }),
] as const;

/** virNodeDeviceEventID of libvirt-nodedev.h. */
export const nodeDeviceEvents = [
  event('nodeDevice', 'lifecycle', 0, 376, { device: nodeDeviceRef, event: i32, detail: i32 }),
  event('nodeDevice', 'update', 1, 377, { device: nodeDeviceRef }),
] as const;

/** virSecretEventID of libvirt-secret.h. */
export const secretEvents = [
  event('secret', 'lifecycle', 0, 382, { secret: secretRef, event: i32, detail: i32 }),
  event('secret', 'valueChanged', 1, 383, { secret: secretRef }),
] as const;

export const allEvents = [
  ...domainEvents,
  ...poolEvents,
  ...networkEvents,
  ...nodeDeviceEvents,
  ...secretEvents,
] as const;

type EventOf<M> =
  M extends EventMessage<infer O, infer K, infer Body>
    ? { readonly object: O; readonly kind: K } & Body
    : never;

/** What the daemon reports by itself: `{ object: 'domain', kind: 'lifecycle', domain, event, detail }` and so on. */
export type LibvirtEvent = EventOf<(typeof allEvents)[number]>;

/** The number under which the daemon reports that its own connection to the hypervisor has ended. */
export const connectionClosedMessage = 362;

/** The object is left out: the subscription is for all of its kind. */
const register = (
  number: number,
): Procedure<{ eventId: number; object: undefined }, { callbackId: number }> =>
  procedure(number, { eventId: i32, object: absent }, { callbackId: i32 });

export const registerEvent = {
  domain: register(316),
  network: register(313),
  pool: register(368),
  nodeDevice: register(374),
  secret: register(380),
} as const;

export const deregisterEvent = {
  domain: procedure(317, { callbackId: i32 }),
  network: procedure(314, { callbackId: i32 }),
  pool: procedure(369, { callbackId: i32 }),
  nodeDevice: procedure(375, { callbackId: i32 }),
  secret: procedure(381, { callbackId: i32 }),
} as const;
