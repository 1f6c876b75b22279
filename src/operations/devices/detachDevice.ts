import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { TimeoutError } from '../../base/errors.ts';
import { detachDevice } from '../../libvirt/domainDevices.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import { deviceXml, editable } from './deviceElement.ts';
import { deviceIn, halfDone, type DomainPlace } from './deviceChange.ts';
import { deviceName, type DeviceKey } from './deviceKey.ts';
import { DeviceProblem, explainDeviceFailure } from './deviceProblem.ts';
import { affectFlags, isLasting, isLive, type Effect } from './effect.ts';

export interface DetachOptions extends WaitOptions {
  /** How long the guest may take to let go of it after libvirt has stopped waiting. Default 20 s. */
  readonly guestMs?: number | undefined;
  readonly report?: ReportProgress | undefined;
}

const defaultGuestMs = 20_000;

/**
 * Detaches a device: first from the running domain, where the guest must let go of it, and only when it has, from the
 * definition. Where it is only in one of the two, from that one. The connection must be subscribed to `deviceRemoved`
 * and, to hear of a refusal, `deviceRemovalFailed`.
 * @returns from where it was detached
 */
export async function detachAndVerify(
  place: DomainPlace,
  key: DeviceKey,
  effect: Effect,
  options: DetachOptions = {},
): Promise<Effect> {
  const live = isLive(effect) ? await deviceIn(place, key, 'live', options) : undefined;
  const defined = isLasting(effect) ? await deviceIn(place, key, 'next', options) : undefined;
  if (!live && !defined) throw gone(place, key);
  if (live) await detachLive(place, key, live, options);
  if (!defined) return 'live';
  try {
    await detach(place, key, defined, 'next', options);
  } catch (error) {
    throw live ? halfDone(place, key, error) : error;
  }
  if (await deviceIn(place, key, 'next', options)) {
    throw new DeviceProblem(
      'not-defined',
      t(
        'libvirt detached {0}, but the definition of {1} on {2} still has it.',
        deviceName(key),
        place.domain.name,
        place.connection.host,
      ),
      t('Look into the XML of the domain.'),
    );
  }
  return live ? 'both' : 'next';
}

async function detachLive(
  place: DomainPlace,
  key: DeviceKey,
  element: XmlElement,
  options: DetachOptions,
): Promise<void> {
  const answer = listenForAnswer(place, element.child('alias')?.attribute('name') ?? '');
  try {
    await detach(place, key, element, 'live', options);
    if (!(await deviceIn(place, key, 'live', options))) return;
    options.report?.({ message: t('waiting for the guest to let go of {0}', deviceName(key)) });
    const { guestMs: timeoutMs = defaultGuestMs, signal } = options;
    const said = await waitFor(answer.given, { signal, timeoutMs }, () => '');
    if (said === 'refused') throw refused(place, key);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    if (await deviceIn(place, key, 'live', options)) throw keptByGuest(place, key);
  } finally {
    answer.dispose();
  }
}

async function detach(
  { connection, domain }: DomainPlace,
  key: DeviceKey,
  element: XmlElement,
  where: 'live' | 'next',
  options: DetachOptions,
): Promise<void> {
  const { signal, timeoutMs } = options;
  try {
    const xml = deviceXml(editable(element));
    await detachDevice(connection, domain, xml, affectFlags[where], { signal, timeoutMs });
  } catch (error) {
    throw explainDeviceFailure(
      error,
      t('{0} was not detached from {1} on {2}', deviceName(key), domain.name, connection.host),
    );
  }
}

interface GuestAnswer extends Disposable {
  readonly given: Promise<'removed' | 'refused'>;
}

function listenForAnswer({ connection, domain }: DomainPlace, alias: string): GuestAnswer {
  const listeners: Disposable[] = [];
  const given = new Promise<'removed' | 'refused'>((resolve, reject) => {
    listeners.push(
      connection.onEvent((event) => {
        if (event.object !== 'domain') return;
        if (event.kind !== 'deviceRemoved' && event.kind !== 'deviceRemovalFailed') return;
        if (event.domain.uuid !== domain.uuid || event.device !== alias) return;
        resolve(event.kind === 'deviceRemoved' ? 'removed' : 'refused');
      }),
      connection.onClose(reject),
    );
  });
  given.catch(() => undefined);
  return {
    given,
    dispose: () => {
      for (const listener of listeners) listener.dispose();
    },
  };
}

function refused({ connection, domain }: DomainPlace, key: DeviceKey): DeviceProblem {
  return new DeviceProblem(
    'guest-refuses',
    t('The guest of {0} on {1} refuses to give up {2}.', domain.name, connection.host, deviceName(key)),
    t('Unmount it in the guest, then try again.'),
  );
}

function keptByGuest({ connection, domain }: DomainPlace, key: DeviceKey): DeviceProblem {
  return new DeviceProblem(
    'guest-keeps-it',
    t(
      'The guest of {0} on {1} has not let go of {2}. It may still do so later.',
      domain.name,
      connection.host,
      deviceName(key),
    ),
    t(
      'A guest that is paused, or has not finished booting, does not answer. Nothing was changed for the next start.',
    ),
  );
}

function gone({ connection, domain }: DomainPlace, key: DeviceKey): DeviceProblem {
  return new DeviceProblem(
    'no-such-device',
    t('{0} on {1} has no {2} any more.', domain.name, connection.host, deviceName(key)),
    t('Read the host again to see what it has.'),
  );
}
