import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { insertChildren } from '../../xml/edits.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { identityIn } from '../../xml/identity.ts';
import { childNamed, textRangeOf } from '../../xml/queries.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { HostKnowledge, KnownDomain } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import type { Finding, Rule } from '../rule.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

/** A name or UUID that another domain of the host has. */
export const domainAlreadyDefined: Rule = {
  id: 'domain-already-defined',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#general-metadata',
  explanation: () =>
    t(
      'A definition replaces the one with the same name and UUID. libvirt refuses one that has the name of a domain and another UUID, or none ("domain already exists with uuid"), and one that has the UUID of a domain and another name. It is fine when the document is meant for another host.',
    ),
  check(document, knowledge) {
    const [domain] = writtenDomainsOf(document);
    if (knowledge?.domains === undefined || domain === undefined || domain.element.parent !== undefined)
      return [];
    const { byName, byUuid } = indexOf(knowledge);
    const { name, uuid } = identityIn(domain.element);
    const sameName = byName.get(name ?? '');
    if (sameName !== undefined && sameName.uuid !== uuid) {
      return nameFinding(document, domain.element, sameName, knowledge);
    }
    const sameUuid = byUuid.get(uuid ?? '');
    return sameUuid === undefined || sameUuid.name === name
      ? []
      : uuidFinding(document, domain.element, sameUuid, knowledge);
  },
};

const indexOf = oncePer(({ domains = [] }: HostKnowledge) => ({
  byName: new Map(domains.map((domain) => [domain.name, domain])),
  byUuid: new Map(domains.map((domain) => [domain.uuid, domain])),
}));

function nameFinding(
  document: XmlDocument,
  element: XmlElement,
  other: KnownDomain,
  { hostName, domains = [] }: HostKnowledge,
): Finding[] {
  const name = childNamed(element, 'name');
  const range = name && textRangeOf(document, name);
  if (range === undefined) return [];
  const uuid = childNamed(element, 'uuid');
  const uuidRange = uuid && textRangeOf(document, uuid);
  const adopt =
    uuidRange === undefined
      ? insertChildren(document, element, [{ name: 'uuid', text: other.uuid }], { after: ['name'] })
      : { range: uuidRange, newText: other.uuid };
  const free = freeName(other.name, new Set(domains.map((domain) => domain.name)));
  const message = t(
    '{0} has a domain {1} with the UUID {2}: libvirt refuses another one of that name.',
    hostName,
    other.name,
    other.uuid,
  );
  return [
    findingOf(domainAlreadyDefined, range, message, [
      ...(uuid !== undefined && uuidRange === undefined
        ? []
        : [possibleFix(t('Replace that domain: use its UUID'), [adopt])]),
      possibleFix(t('Call it {0}', free), [{ range, newText: free }]),
    ]),
  ];
}

function uuidFinding(
  document: XmlDocument,
  element: XmlElement,
  other: KnownDomain,
  { hostName }: HostKnowledge,
): Finding[] {
  const uuid = childNamed(element, 'uuid');
  const range = uuid && textRangeOf(document, uuid);
  if (uuid === undefined || range === undefined) return [];
  return [
    findingOf(
      domainAlreadyDefined,
      range,
      t('This is the UUID of domain {0} on {1}: libvirt refuses it for another name.', other.name, hostName),
      [preferredFix(t('Let libvirt make up a UUID'), [removal(document.text, uuid.range)])],
    ),
  ];
}

/** The name with the first number behind it that makes it free: `web1-2`. */
function freeName(name: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const free = `${name}-${number}`;
    if (!used.has(free)) return free;
  }
}
