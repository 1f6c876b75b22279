import { t } from '../../base/l10n.ts';
import { addAttributes, replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlElement } from '../../xml/document.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { type Auth, authsOf } from './auths.ts';

/** The kind of login or secret of another storage: of iSCSI for Ceph, or the other way round. */
export const secretType: Rule = {
  id: 'secret-type',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatsecret.html#usage-type-ceph',
  explanation: () =>
    t(
      'RBD takes a secret of type ceph, iSCSI one of type iscsi; libvirt refuses a domain with another. In a pool the type is that of <auth>: ceph for RBD, chap for iSCSI; another is taken, and the pool may not start.',
    ),
  check(document) {
    return authsOf(document).flatMap((auth): Finding[] => {
      const expected = expectedType(auth);
      if (expected === undefined) return [];
      const attribute = attributeNamed(expected.element, 'type');
      if (attribute?.value === expected.type) return [];
      const { element, type, storage } = expected;
      const message =
        attribute === undefined
          ? t('This <{0}> has no type: for {1} it is {2}.', element.name, storage, type)
          : t('The type of this <{0}> is for other storage: for {1} it is {2}.', element.name, storage, type);
      const edit =
        attribute === undefined
          ? addAttributes(document, element, { type })
          : replaceValue(document, attribute, type);
      const finding = findingOf(secretType, attribute?.valueRange ?? element.nameRange, message, [
        preferredFix(t('Set the type to {0}', type), [edit]),
      ]);
      return [auth.owner === 'pool' ? { ...finding, severity: 'warning' } : finding];
    });
  },
};

/** Which element must say which type. */
function expectedType({
  element,
  owner,
  protocol,
  secret,
}: Auth): { readonly element: XmlElement; readonly type: string; readonly storage: string } | undefined {
  if (protocol === undefined) return undefined;
  const storage = protocol === 'rbd' ? 'RBD' : 'iSCSI';
  if (owner === 'pool') return { element, type: protocol === 'rbd' ? 'ceph' : 'chap', storage };
  return secret && { element: secret, type: protocol === 'rbd' ? 'ceph' : 'iscsi', storage };
}
