import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { KnownSecret } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { findSecret, type SecretUse, secretUsesOf, shownReference } from './secretUses.ts';

/** A reference to a secret that the host does not have. */
export const secretNotOnHost: Rule = {
  id: 'secret-not-on-host',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatsecret.html',
  explanation: () =>
    t(
      'The domain or pool does not start while the host has no such secret ("Secret not found"). Each host has secrets of its own: a definition that comes from another host names UUIDs of that one. It is fine when the secret is defined before the start.',
    ),
  check(document, knowledge) {
    if (knowledge === undefined) return [];
    return secretUsesOf(document).flatMap((use): Finding[] => {
      if (findSecret(knowledge.secrets, use) !== undefined) return [];
      return [
        findingOf(
          secretNotOnHost,
          use.attribute.valueRange ?? use.attribute.range,
          t('{0} has no secret {1}.', knowledge.hostName, shownReference(use.reference)),
          choiceOf(
            knowledge.secrets
              .filter(({ usageType }) => usageType === use.usageType)
              .flatMap((secret) => fixTo(document, use, secret)),
          ),
        ),
      ];
    });
  },
};

function fixTo(document: XmlDocument, { reference, attribute }: SecretUse, secret: KnownSecret): Fix[] {
  const value = 'uuid' in reference ? secret.uuid : secret.usageId;
  if (value === undefined) return [];
  const other = 'uuid' in reference ? secret.usageId : secret.uuid;
  const title = other === undefined ? t('Use secret {0}', value) : t('Use secret {0} ({1})', value, other);
  return [possibleFix(title, [replaceValue(document, attribute, value)])];
}
