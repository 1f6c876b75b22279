import { t } from '../../base/l10n.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { findSecret, secretUsesOf, shownReference } from './secretUses.ts';

/** A secret that is defined, but empty: the key was never set, or was lost. */
export const secretWithoutValue: Rule = {
  id: 'secret-without-value',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatsecret.html#setting-secret-values-in-virsh',
  explanation: () =>
    t(
      'A secret is made in two steps: it is defined, then its value is set. Without a value the domain or pool does not start ("secret ... does not have a value"). The value of an ephemeral secret is gone when libvirt restarts.',
    ),
  check(document, knowledge) {
    if (knowledge === undefined) return [];
    return secretUsesOf(document)
      .filter((use) => findSecret(knowledge.secrets, use)?.hasValue === false)
      .map((use) =>
        findingOf(
          secretWithoutValue,
          use.attribute.valueRange ?? use.attribute.range,
          t(
            'Secret {0} of {1} has no value: set its key.',
            shownReference(use.reference),
            knowledge.hostName,
          ),
        ),
      );
  },
};
