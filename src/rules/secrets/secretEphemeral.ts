import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { secretDefinitionOf } from './secretDefinition.ts';

/** A secret that libvirt keeps in memory only. */
export const secretEphemeral: Rule = {
  id: 'secret-ephemeral',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatsecret.html#secret-xml',
  explanation: () =>
    t(
      'libvirt keeps an ephemeral secret in memory only: after a restart of libvirt or of the host it is gone, and what uses it does not start. It is fine when something defines it and sets its value each time.',
    ),
  check(document) {
    const definition = secretDefinitionOf(document);
    const ephemeral = definition && attributeNamed(definition.secret, 'ephemeral');
    if (ephemeral?.value !== 'yes') return [];
    return [
      findingOf(secretEphemeral, ephemeral.range, t('An ephemeral secret is gone when libvirt restarts.'), [
        preferredFix(t('Make it permanent'), [replaceValue(document, ephemeral, 'no')]),
      ]),
    ];
  },
};
