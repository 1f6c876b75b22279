import { t } from '../../../base/l10n.ts';
import type { HealthMute, HealthStatus } from '../../../ceph/clusterStatus.ts';

/** Ceph's word is what people search for; ours says what it means. */
export function healthWord(status: HealthStatus): string {
  switch (status) {
    case 'HEALTH_OK':
      return t('healthy');
    case 'HEALTH_WARN':
      return t('warning');
    case 'HEALTH_ERR':
      return t('error');
  }
}

/** What Ceph's own documentation says of a check. */
export function checkDocumentation(code: string): string {
  const anchor = encodeURIComponent(code.toLowerCase().replaceAll('_', '-'));
  return `https://docs.ceph.com/en/latest/rados/operations/health-checks/#${anchor}`;
}

export function muteWords({ until, isSticky }: HealthMute): string {
  const when = until === undefined ? undefined : new Date(until).toLocaleString();
  if (isSticky) return when === undefined ? t('muted for good') : t('muted until {0}, whatever comes', when);
  return when === undefined ? t('muted until it gets worse') : t('muted until {0}', when);
}
