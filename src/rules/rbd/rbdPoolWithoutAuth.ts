import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { insertChildren, insertChildSnippet } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import type { Rule } from '../rule.ts';
import { poolAuthElement } from '../secrets/authElement.ts';
import { cephSecretChoices } from '../secrets/cephSecrets.ts';
import { poolsLike, type RbdPoolSource, rbdPoolSourcesOf } from './rbdSources.ts';

/** An RBD pool without <auth>: libvirt connects without cephx. */
export const rbdPoolWithoutAuth: Rule = {
  id: 'rbd-pool-without-auth',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/storage.html#rbd-pool',
  explanation: () =>
    t(
      'Without <auth>, libvirt connects to Ceph without cephx. A cluster with cephx, which is the default, refuses that: the pool does not start, and what is made from it has no credentials either. It is fine on a cluster without cephx.',
    ),
  check(document, knowledge) {
    return rbdPoolSourcesOf(document)
      .filter((pool) => pool.auth === undefined && !runsWithoutAuth(pool, knowledge))
      .map((pool) =>
        findingOf(
          rbdPoolWithoutAuth,
          pool.source.nameRange,
          t(
            'This RBD pool has no <auth>: a Ceph cluster with cephx refuses it, and the pool will not start.',
          ),
          fixesFor(document, pool, knowledge),
        ),
      );
  },
};

/** The host has the pool like this, and it is active: the cluster asks for no credentials. */
function runsWithoutAuth({ name }: RbdPoolSource, knowledge: HostKnowledge | undefined): boolean {
  const isActive = knowledge?.pools?.some((pool) => pool.name === name && pool.isActive) ?? false;
  const known = knowledge?.rbdPools.find((pool) => pool.name === name);
  return isActive && known !== undefined && known.auth === undefined;
}

function fixesFor(
  document: XmlDocument,
  pool: RbdPoolSource,
  knowledge: HostKnowledge | undefined,
): readonly Fix[] {
  const fixes = poolsLike(pool, knowledge).flatMap(({ name, auth }) => {
    if (auth === undefined) return [];
    const { username, secret } = auth;
    const edit = insertChildren(document, pool.source, [poolAuthElement(username, secret)], { before: [] });
    return [possibleFix(t('Add the credentials of pool {0} (client.{1})', name, username), [edit])];
  });
  return fixes.length > 0 ? choiceOf(fixes) : [snippetFix(document, pool, knowledge)];
}

function snippetFix(document: XmlDocument, pool: RbdPoolSource, knowledge: HostKnowledge | undefined): Fix {
  const auth = poolAuthElement(
    { stop: 1, choices: ['libvirt'] },
    { uuid: { stop: 2, choices: cephSecretChoices(knowledge) } },
  );
  return {
    title: t('Add an <auth> element'),
    isPreferred: false,
    snippet: insertChildSnippet(document, pool.source, auth, { before: [] }),
  };
}
