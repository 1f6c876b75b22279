import type { NewElement, NewValue } from '../../xml/writer.ts';
import type { SecretReference } from '../hostKnowledge.ts';

type NewReference = SecretReference | { readonly uuid: NewValue };

/** The <auth> of an RBD disk. */
export function diskAuthElement(username: NewValue, secret: NewReference): NewElement {
  return {
    name: 'auth',
    attributes: { username },
    children: [{ name: 'secret', attributes: { type: 'ceph', ...secret } }],
  };
}

/** The <auth> of an RBD pool. */
export function poolAuthElement(username: NewValue, secret: NewReference): NewElement {
  return {
    name: 'auth',
    attributes: { type: 'ceph', username },
    children: [{ name: 'secret', attributes: { ...secret } }],
  };
}
