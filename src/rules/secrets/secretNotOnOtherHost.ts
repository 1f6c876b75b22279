import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { quoteAt } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { identityIn } from '../../xml/identity.ts';
import { escapeXml } from '../../xml/writer.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge, OtherHost } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { findSecret, type SecretUse, secretUsesOf, shownReference } from './secretUses.ts';

/** A domain that another connected host has too, and a secret of it that this host does not have. */
export const secretNotOnOtherHost: Rule = {
  id: 'secret-not-on-other-host',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/migration.html',
  explanation: () =>
    t(
      'A domain that several hosts define, or that moves between them, needs its secrets on each: otherwise it does not start there and cannot be migrated ("Secret not found"). Secrets of one UUID, or a reference by a usage that all hosts have, work everywhere. It is fine when the domain never runs on the other host.',
    ),
  check(document, knowledge) {
    const { root } = document;
    const uuid = root?.localName === 'domain' ? identityIn(root).uuid : undefined;
    if (knowledge?.otherHosts === undefined || uuid === undefined) return [];
    const sharing = knowledge.otherHosts.filter(({ domainUuids }) => domainUuids.has(uuid));
    return secretUsesOf(document).flatMap((use): Finding[] => {
      const lacking = sharing.filter(({ secrets }) => findSecret(secrets, use)?.usageType !== use.usageType);
      const [first] = lacking;
      if (first === undefined || findSecret(knowledge.secrets, use) === undefined) return [];
      return [
        findingOf(
          secretNotOnOtherHost,
          use.attribute.valueRange ?? use.attribute.range,
          t(
            '{0} has this domain too, but no secret {1} for it: the domain will not start there.',
            first.hostName,
            shownReference(use.reference),
          ),
          byUsage(document, use, knowledge, lacking),
        ),
      ];
    });
  },
};

/** The usage of the secret, when all hosts have it under that. */
function byUsage(
  document: XmlDocument,
  use: SecretUse,
  knowledge: HostKnowledge,
  lacking: readonly OtherHost[],
): readonly Fix[] {
  const usage = findSecret(knowledge.secrets, use)?.usageId;
  if (!('uuid' in use.reference) || usage === undefined) return [];
  const reference = { reference: { usage }, usageType: use.usageType };
  if (!lacking.every(({ secrets }) => findSecret(secrets, reference) !== undefined)) return [];
  const quote = quoteAt(document, use.element);
  const newText = `usage=${quote}${escapeXml(usage, quote)}${quote}`;
  return [
    possibleFix(t('Refer to it by its usage, "{0}", which all hosts have', usage), [
      { range: use.attribute.range, newText },
    ]),
  ];
}
