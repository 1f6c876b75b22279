import { t } from '../../../base/l10n.ts';
import { CancelledError } from '../../../base/errors.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import type { ConnectedHost } from '../../../hosts/hostSession.ts';
import type { DomainPlace } from '../../../operations/devices/deviceChange.ts';
import { possibleEffects, type DomainSituation, type Effect } from '../../../operations/devices/effect.ts';
import type { DeviceNode } from '../../explorer/objects/devices/deviceNode.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { showProblem } from '../../problems.ts';
import type { ProgressOptions } from '../../progress.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

/** A domain on its connected host, as procedures on devices take it. */
export type DeviceSite = DomainPlace & Pick<ConnectedHost, 'transport'>;

/** Does something to the devices of a domain, after which they are read again: not all changes have an event. */
export function onDevices<T>(
  domain: DomainNode,
  services: CommandServices,
  progress: ProgressOptions,
  work: (site: DeviceSite, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  return onObject(domain, services, progress, async ({ connection, transport }, signal, report) => {
    const { entry } = domain;
    if (!entry) throw new TypeError(`${domain.name} has gone`);
    try {
      return await work({ connection, transport, domain: entry.ref }, signal, report);
    } catch (error) {
      // The wait has ended with the cancel: what could not be undone is told when it is known.
      if (signal.aborted && !(error instanceof CancelledError)) showProblem(error, services.log);
      throw error;
    } finally {
      domain.host.inventory?.domains.noteDefinition(domain.uuid);
    }
  });
}

export function situationOf({ entry }: DomainNode): DomainSituation {
  return { active: entry !== undefined && isActive(entry), persistent: entry?.persistent ?? true };
}

/** How a change of a device can take effect, the best first. */
export function effectsOf({ domain, presence }: DeviceNode): readonly [Effect, ...Effect[]] {
  const [first = 'next', ...others] = presence === 'both' ? possibleEffects(situationOf(domain)) : [presence];
  return [first, ...others];
}

/** In the middle of a sentence. */
export function effectWords(effect: Effect): string {
  switch (effect) {
    case 'both':
      return t('now and at the next start');
    case 'live':
      return t('now, until it stops');
    case 'next':
      return t('from the next start');
  }
}

export function effectChoices(effects: readonly Effect[]): readonly Choice<Effect>[] {
  return effects.map((value) => ({ label: effectLabel(value), value }));
}

function effectLabel(effect: Effect): string {
  switch (effect) {
    case 'both':
      return t('Now and at every start');
    case 'live':
      return t('Now only');
    case 'next':
      return t('From the next start');
  }
}
