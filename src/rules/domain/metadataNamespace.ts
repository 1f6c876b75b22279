import { t } from '../../base/l10n.ts';
import { childElements } from '../../xml/queries.ts';
import { findingOf } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Finding, Rule } from '../rule.ts';
import { elementsNamed, isWhole } from '../wholeElements.ts';

/** Metadata that libvirt does not keep. */
export const metadataNamespace: Rule = {
  id: 'metadata-namespace',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#general-metadata',
  explanation: () =>
    t(
      'Each application has one element in <metadata>, in a namespace of its own. libvirt drops elements without a namespace, and all but the first of one namespace, and says nothing.',
    ),
  check(document) {
    return elementsNamed(document, 'metadata')
      .filter((metadata) => metadata.parent?.parent === undefined && isWhole(metadata))
      .flatMap((metadata): Finding[] => {
        const children = childElements(metadata);
        const bare = children
          .filter(({ namespace, prefix }) => namespace === '' && prefix === '')
          .map(({ name, nameRange }) =>
            findingOf(metadataNamespace, nameRange, t('<{0}> has no namespace: libvirt drops it.', name)),
          );
        const repeated = repetitionsAmong(children, ({ namespace }) => namespace || undefined).map(
          ({ item, first, key }) =>
            findingOf(
              metadataNamespace,
              item.nameRange,
              t('<{0}> is in the namespace {1} too: libvirt keeps that one alone.', first.name, key),
            ),
        );
        return [...bare, ...repeated];
      });
  },
};
