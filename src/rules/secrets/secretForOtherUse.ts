import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { findSecret, secretUsesOf } from './secretUses.ts';

/** A reference by UUID to a secret that the host has for something else. */
export const secretForOtherUse: Rule = {
  id: 'secret-for-other-use',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatsecret.html',
  explanation: () =>
    t(
      'A secret is for one use: keys of Ceph are in secrets with the usage ceph, passwords of iSCSI in those with iscsi, passphrases of encrypted disks in those with volume. libvirt takes no secret of another usage, and the domain or pool does not start.',
    ),
  check(document, knowledge) {
    if (knowledge === undefined) return [];
    return secretUsesOf(document).flatMap((use): Finding[] => {
      const secret = findSecret(knowledge.secrets, use);
      const isFit = secret?.usageType === use.usageType || secret?.usageType === 'none';
      if (secret === undefined || isFit) return [];
      const fitting = knowledge.secrets.filter(({ usageType }) => usageType === use.usageType);
      return [
        findingOf(
          secretForOtherUse,
          use.attribute.valueRange ?? use.attribute.range,
          t(
            'This secret of {0} is for {1}, here one for {2} is needed.',
            knowledge.hostName,
            secret.usageType,
            use.usageType,
          ),
          choiceOf(
            fitting.map(({ uuid, usageId }) =>
              possibleFix(
                usageId === undefined ? t('Use secret {0}', uuid) : t('Use secret {0} ({1})', uuid, usageId),
                [replaceValue(document, use.attribute, uuid)],
              ),
            ),
          ),
        ),
      ];
    });
  },
};
