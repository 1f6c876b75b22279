import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { insertChildren, insertChildSnippet } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import type { Rule } from '../rule.ts';
import { type Auth, authsOf } from './auths.ts';
import { newSecret, referencesFor } from './newSecret.ts';
import { shownReference } from './secretUses.ts';

/** An <auth> without a <secret>: a user without a key. */
export const authWithoutSecret: Rule = {
  id: 'auth-without-secret',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatsecret.html#usage-type-ceph',
  explanation: () =>
    t(
      'The key of the user is in a secret of the host, to which <secret> refers by UUID or usage; without it libvirt refuses the definition. A storage without a login has no <auth> at all.',
    ),
  check(document, knowledge) {
    return authsOf(document)
      .filter(({ secret }) => secret === undefined)
      .map((auth) => ({
        ...findingOf(
          authWithoutSecret,
          auth.element.nameRange,
          t('<auth> has no <secret>: libvirt does not know where the key of the user is.'),
          fixesFor(document, auth, knowledge),
        ),
        schemaFault: 'missing-element',
      }));
  },
};

function fixesFor(document: XmlDocument, auth: Auth, knowledge: HostKnowledge | undefined): readonly Fix[] {
  const references = referencesFor(document, auth, knowledge);
  if (references.length > 0) {
    return choiceOf(
      references.map((reference) =>
        possibleFix(t('Refer to secret {0}', shownReference(reference)), [
          insertChildren(document, auth.element, [newSecret(auth, reference)], { before: [] }),
        ]),
      ),
    );
  }
  const secret = newSecret(auth, { uuid: { stop: 1, choices: ['00000000-0000-0000-0000-000000000000'] } });
  return [
    {
      title: t('Add a <{0}> element', 'secret'),
      isPreferred: false,
      snippet: insertChildSnippet(document, auth.element, secret, { before: [] }),
    },
  ];
}
