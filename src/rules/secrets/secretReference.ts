import { t } from '../../base/l10n.ts';
import { addAttributes } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { removalInTag } from '../../xml/fixes/removal.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { type Auth, authsOf } from './auths.ts';
import { referencesFor } from './newSecret.ts';
import { shownReference } from './secretUses.ts';

/** A <secret> that refers to no secret, or by UUID and usage at once. */
export const secretReference: Rule = {
  id: 'secret-reference',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'A <secret> refers to a secret of the host either by uuid or by usage; with both or neither libvirt refuses the definition. Hosts that share domains often have the same usage and different UUIDs: there usage works on all of them.',
    ),
  check(document, knowledge) {
    return authsOf(document).flatMap((auth): Finding[] => {
      const { secret } = auth;
      if (secret === undefined) return [];
      const [uuid, usage] = [attributeNamed(secret, 'uuid'), attributeNamed(secret, 'usage')];
      if (uuid !== undefined && usage !== undefined) {
        const message = t('A <secret> refers by uuid or by usage, not by both.');
        return [findingOf(secretReference, usage.nameRange, message, keepOne(document, uuid, usage))];
      }
      if ((uuid?.value ?? usage?.value ?? '') !== '') return [];
      const message = t('This <secret> refers to no secret of the host: it needs a uuid or a usage.');
      const fixes = fixesFor(document, auth, secret, knowledge);
      const finding = findingOf(secretReference, secret.nameRange, message, fixes);
      return [
        uuid === undefined && usage === undefined
          ? { ...finding, schemaFault: 'missing-attribute' }
          : finding,
      ];
    });
  },
};

function keepOne({ text }: XmlDocument, uuid: XmlAttribute, usage: XmlAttribute): readonly Fix[] {
  return [
    possibleFix(t('Keep the UUID'), [removalInTag(text, usage.range)]),
    possibleFix(t('Keep the usage'), [removalInTag(text, uuid.range)]),
  ];
}

function fixesFor(
  document: XmlDocument,
  auth: Auth,
  secret: XmlElement,
  knowledge: HostKnowledge | undefined,
): readonly Fix[] {
  const empty = secret.attributes.filter(({ name }) => name === 'uuid' || name === 'usage');
  return choiceOf(
    referencesFor(document, auth, knowledge).map((reference) =>
      possibleFix(t('Refer to secret {0}', shownReference(reference)), [
        ...empty.map(({ range }) => removalInTag(document.text, range)),
        addAttributes(document, secret, { ...reference }),
      ]),
    ),
  );
}
