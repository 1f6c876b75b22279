import { TimeoutError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { shutdownDomain, startDomain } from '../../libvirt/domains.ts';
import { listenForStop } from '../domains/domainStop.ts';
import { explainStartFailure } from '../domainStartProblem.ts';
import type { DomainPlace } from './deviceChange.ts';
import { DeviceProblem } from './deviceProblem.ts';

/** How long a guest may take to shut down. */
const shutdownMs = 120_000;

/**
 * Shuts a domain down and starts it again, so that what was changed for the next start takes effect: a reboot does not
 * do that. The connection must be subscribed to the lifecycle of domains.
 */
export async function restartDomain(
  { connection, domain }: DomainPlace,
  { signal, timeoutMs = shutdownMs, report }: WaitOptions & { readonly report?: ReportProgress } = {},
): Promise<void> {
  const stop = listenForStop(connection, domain.uuid);
  try {
    await shutdownDomain(connection, domain, 0, { signal });
    report?.({ message: t('waiting for the guest to shut down') });
    await waitFor(stop.stopped, { signal, timeoutMs }, () => '');
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    throw new DeviceProblem(
      'guest-refuses',
      t('{0} on {1} has not shut down, and was not restarted.', domain.name, connection.host),
      t('What was changed takes effect when it stops and is started again. Force it off if it hangs.'),
    );
  } finally {
    stop.dispose();
  }
  try {
    await startDomain(connection, domain, 0, { signal });
  } catch (error) {
    throw explainStartFailure(error, domain.name, connection.host);
  }
}
