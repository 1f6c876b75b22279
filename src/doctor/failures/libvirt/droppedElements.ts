import { t } from '../../../base/l10n.ts';
import type { Failure } from '../../failure.ts';
import { domainOf, lineOf, subjectOf } from './ofComplaint.ts';

/** libvirt does not know an element, and leaves it out without a word unless it is asked to check. */
export const droppedElementsFailure: Failure = {
  id: 'dropped-elements',
  page: () => ({
    title: t('libvirt leaves out elements that it does not know'),
    summary: t(
      'What was written into a definition is gone after it was saved; or a checked save refuses it.',
    ),
    why: [
      t(
        'libvirt reads what it knows of a document and drops the rest without a word: a misspelt element, one at the wrong place, or one that only a newer version knows. “virsh define” and “virsh edit” say that all is well.',
      ),
      t(
        'This extension has every definition checked by the schema of the host (virsh define --validate), so such a save is refused instead, and the place is marked in the editor.',
      ),
    ],
    looks: [t('The element that the schema complains about, and the document that it stands in.')],
    cures: [
      t('Open the XML: the element is marked, and where it is misspelt a quick fix offers the right word.'),
      t('Where the host’s libvirt is too old for it: do without it, or update libvirt on the host.'),
      t(
        'What is meant for programs other than libvirt belongs into <metadata>, with a namespace of its own: libvirt keeps that.',
      ),
    ],
    byHand: [
      'virt-xml-validate DOMAIN.xml domain',
      'virsh define --validate DOMAIN.xml',
      'virsh dumpxml --inactive DOMAIN | diff DOMAIN.xml -',
    ],
    links: [
      { title: t('libvirt: the XML of domains'), url: 'https://libvirt.org/formatdomain.html' },
      { title: 'libvirt: virsh define', url: 'https://libvirt.org/manpages/virsh.html#define' },
    ],
  }),
  symptoms: [
    {
      example:
        'XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domain.rng\nElement domain has extra content: bogus',
      pattern: /Element (?<parent>[\w:-]+) has extra content: (?<element>[\w:-]+)/,
    },
    {
      example: 'Did not expect element bogus there',
      pattern: /Did not expect element (?<element>[\w:-]+) there/,
    },
  ],
  async examineHost(patient, complaint) {
    if (!complaint) return [];
    const { element = '', parent } = complaint.match.groups ?? {};
    const domain = await domainOf(patient, complaint);
    const isKept = domain?.xml.includes(`<${element}`) === true;
    const about = subjectOf(patient, complaint);
    return [
      {
        failure: 'dropped-elements',
        severity: 'warning',
        about,
        title:
          parent === undefined
            ? t('libvirt on {0} does not expect <{1}> where it stands', patient.name, element)
            : t(
                'libvirt on {0} does not expect <{1}> in <{2}> where it stands',
                patient.name,
                element,
                parent,
              ),
        explanation: [
          t(
            'It was refused because the save was checked. Without the check libvirt would have left the element out without a word.',
          ),
          t(
            'The schema often names only the element around the fault: <devices> stands for anything in it. The editor marks the place itself.',
          ),
          ...(isKept
            ? [
                t(
                  'The definition that the host has contains a <{0}> already: it is what is in it, or its place, that does not fit.',
                  element,
                ),
              ]
            : []),
        ],
        evidence: [lineOf(complaint)],
        remedies:
          about.kind === 'host'
            ? []
            : [{ kind: 'document', title: t('Open the XML: the place is marked'), on: about }],
      },
    ];
  },
};
