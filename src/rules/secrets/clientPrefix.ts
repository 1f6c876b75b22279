import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { authsOf } from './auths.ts';

/** The user of Ceph with "client." before the name, which librados puts there itself. */
export const clientPrefix: Rule = {
  id: 'client-prefix',
  severity: 'warning',
  documentationUrl: 'https://docs.ceph.com/en/latest/rbd/libvirt/#configuring-the-vm',
  explanation: () =>
    t(
      'libvirt takes the name of the user without its type: for client.libvirt it is libvirt. With "client." Ceph looks for a user client.client.libvirt, and the login fails. It is fine only when there is such a user.',
    ),
  check(document) {
    return authsOf(document).flatMap(({ element, protocol }): Finding[] => {
      const attribute = attributeNamed(element, 'username');
      const [, user] = /^client\.(.+)$/s.exec(attribute?.value ?? '') ?? [];
      if (protocol !== 'rbd' || attribute?.valueRange === undefined || user === undefined) return [];
      return [
        findingOf(
          clientPrefix,
          attribute.valueRange,
          t('The name of the user is {0}, without "client.": the login would fail.', user),
          [preferredFix(t('Log in as {0}', user), [replaceValue(document, attribute, user)])],
        ),
      ];
    });
  },
};
