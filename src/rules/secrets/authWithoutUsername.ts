import { t } from '../../base/l10n.ts';
import { addAttributes, replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { type Auth, authsOf, poolsBeside } from './auths.ts';
import { findSecret, secretUsesOf } from './secretUses.ts';

/** An <auth> without a user. */
export const authWithoutUsername: Rule = {
  id: 'auth-without-username',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'libvirt refuses an <auth> without a username. For Ceph it is the name of the user without "client." before it: for client.libvirt it is libvirt.',
    ),
  check(document, knowledge) {
    return authsOf(document).flatMap((auth): Finding[] => {
      const attribute = attributeNamed(auth.element, 'username');
      if (attribute !== undefined && attribute.value !== '') return [];
      const fixes = usernamesFor(document, auth, knowledge).map((username) =>
        possibleFix(t('Log in as {0}', username), [
          attribute === undefined
            ? addAttributes(document, auth.element, { username })
            : replaceValue(document, attribute, username),
        ]),
      );
      const message = t('<auth> has no username: libvirt does not know who logs in.');
      const finding = findingOf(authWithoutUsername, auth.element.nameRange, message, choiceOf(fixes));
      return [attribute === undefined ? { ...finding, schemaFault: 'missing-attribute' } : finding];
    });
  },
};

/** The users of the pools beside it, and the one that the usage of its secret speaks of: "client.libvirt secret". */
function usernamesFor(
  document: XmlDocument,
  auth: Auth,
  knowledge: HostKnowledge | undefined,
): readonly string[] {
  const ofPools = poolsBeside(document, auth, knowledge).map((pool) => pool.auth.username);
  const use = secretUsesOf(document).find(({ element }) => element === auth.secret);
  const secret = use && findSecret(knowledge?.secrets ?? [], use);
  const user = /(?:^|\s)client\.([\w.-]+)/.exec(secret?.usageId ?? '')?.[1];
  return [...ofPools, ...(user === undefined ? [] : [user])];
}
