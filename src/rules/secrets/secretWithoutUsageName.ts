import { t } from '../../base/l10n.ts';
import { insertChildSnippet } from '../../xml/edits.ts';
import { childElements } from '../../xml/queries.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { secretDefinitionOf } from './secretDefinition.ts';

/** What names the use of a secret, and an example. */
const usageNames: ReadonlyMap<string, { readonly element: string; readonly example: string }> = new Map([
  ['ceph', { element: 'name', example: 'client.libvirt secret' }],
  ['iscsi', { element: 'target', example: 'libvirtiscsi' }],
  ['volume', { element: 'volume', example: '/var/lib/libvirt/images/vm.qcow2' }],
  ['tls', { element: 'name', example: 'TLS_example' }],
  ['vtpm', { element: 'name', example: 'VTPM_example' }],
]);

/** A definition of a secret that says what kind of use it is for, but not which. */
export const secretWithoutUsageName: Rule = {
  id: 'secret-without-usage-name',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatsecret.html#usage-type-ceph',
  explanation: () =>
    t(
      'libvirt refuses a secret whose <usage> does not name what it is for. For Ceph the name is free text, by which domains and pools may refer to the secret; the key of the user is no part of the definition, it is set afterwards.',
    ),
  check(document) {
    const { usage, usageType, usageId } = secretDefinitionOf(document) ?? {};
    const expected = usageNames.get(usageType ?? '');
    if (usage === undefined || expected === undefined || usageId !== undefined) return [];
    const { element, example } = expected;
    const name = { name: element, text: { stop: 1, choices: [example] } } as const;
    return [
      {
        ...findingOf(
          secretWithoutUsageName,
          usage.nameRange,
          t('A secret for {0} names its use in <{1}>.', usageType ?? '', element),
          childElements(usage).length > 0
            ? []
            : [
                {
                  title: t('Add a <{0}> element', element),
                  isPreferred: false,
                  snippet: insertChildSnippet(document, usage, name, { before: [] }),
                },
              ],
        ),
        schemaFault: 'missing-element',
      },
    ];
  },
};
