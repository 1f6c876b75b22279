import { t } from '../../../base/l10n.ts';
import type { HealthStatus } from '../../../ceph/clusterStatus.ts';

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
