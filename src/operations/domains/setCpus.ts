import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { setVcpus } from '../../libvirt/domainResources.ts';
import { getDomainXml } from '../../libvirt/domains.ts';
import { LibvirtError } from '../../libvirt/errors.ts';
import { DomainAffect, resourceMaximum } from '../../libvirt/protocol/domainFlags.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { moveLimit, readResources, type Amount, type Effect } from './resources.ts';

/** Why a domain does not get another number of CPUs, where libvirt's own text does not say it. */
export class CpuProblem extends Problem {
  readonly code: 'guest-keeps' | 'not-removable' | 'topology';

  constructor(code: CpuProblem['code'], message: string, advice: string, cause: LibvirtError) {
    super(message, { advice, cause, raw: cause.raw });
    this.code = code;
  }
}

/** What a domain has after a change: undefined where it is not on, or has no definition. */
export interface CpusNow {
  readonly live: Amount | undefined;
  readonly next: Amount | undefined;
}

/**
 * Gives a domain another number of CPUs, and looks at what it has then.
 * @param before of its definition
 */
export async function setCpus(
  connection: LibvirtConnection,
  domain: DomainRef,
  count: number,
  effect: Effect,
  before: Amount | undefined,
  options?: WaitOptions,
): Promise<CpusNow> {
  const config = DomainAffect.config;
  try {
    if (before && effect.next && moveLimit(count, before, effect)) {
      const limit = (): Promise<void> =>
        setVcpus(connection, domain, count, config | resourceMaximum, options);
      const current = (): Promise<void> => setVcpus(connection, domain, count, config, options);
      const steps = count > before.maximum ? [limit, current] : [current, limit];
      for (const step of steps) await step();
      if (effect.live) await setVcpus(connection, domain, count, DomainAffect.live, options);
    } else {
      const flags = (effect.live ? DomainAffect.live : 0) | (effect.next ? config : 0);
      await setVcpus(connection, domain, count, flags, options);
    }
  } catch (error) {
    throw explainCpus(error, domain.name, connection.host);
  }
  const cpusIn = async (inactive: boolean): Promise<Amount> =>
    (await readResources(await getDomainXml(connection, domain, { ...options, inactive }))).vcpus;
  return {
    live: effect.live ? await cpusIn(false) : undefined,
    next: effect.next ? await cpusIn(true) : undefined,
  };
}

function explainCpus(error: unknown, domain: string, host: string): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? '';
  if (/unplug.*(timed out|timeout)/i.test(said)) {
    return new CpuProblem(
      'guest-keeps',
      t('The guest of {0} on {1} has not given up its CPUs.', domain, host),
      t(
        'It may do so later. Set the number for the next start only, or take CPUs offline in the guest first.',
      ),
      error,
    );
  }
  if (/hotpluggable vcpus|device unplug request for not supported/.test(said)) {
    return new CpuProblem(
      'not-removable',
      t('{0} on {1} cannot give up these CPUs while it runs.', domain, host),
      t('Set the number for the next start only.'),
      error,
    );
  }
  if (/topology/i.test(said)) {
    return new CpuProblem(
      'topology',
      t('The definition of {0} on {1} has a CPU topology that does not go with this number.', domain, host),
      t('Open the XML: sockets × dies × cores × threads of <topology> must be the number in <vcpu>.'),
      error,
    );
  }
  return error;
}
