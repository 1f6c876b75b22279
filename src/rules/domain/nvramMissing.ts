import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { identityIn, type Identity } from '../../xml/identity.ts';
import { domainCapabilitiesFor, domainKindOf } from '../domainKind.ts';
import { findingOf } from '../finding.ts';
import type { HostKnowledge, KnownDomainCapabilities } from '../hostKnowledge.ts';
import type { Rule } from '../rule.ts';
import { nvramFileOf, type NvramFile } from './nvramFile.ts';
import { isOtherDomain } from './otherDomains.ts';

/** The file with the variables of a domain's UEFI is not on the host. */
export const nvramMissing: Rule = {
  id: 'nvram-missing',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#bios-bootloader',
  explanation: () =>
    t(
      'The file of <nvram> keeps what the guest has stored in its UEFI: boot entries and Secure Boot keys. When it is not there, libvirt makes it anew at the start, from template="..." or the template that belongs to the UEFI image: then both are as in the template. Without one the start fails ("unable to find any master var store for loader"). It is fine for a domain that has never been started; of a domain that was moved here, copy the file from the host where it was.',
    ),
  check(document, knowledge) {
    const file = nvramFileOf(document);
    if (knowledge?.domains === undefined || file === undefined) return [];
    const { hostName, missingFiles } = knowledge;
    const identity = identityIn(file.domain.element);
    const defined = knowledge.domains.find((domain) => !isOtherDomain(domain, identity));
    if (missingFiles?.has(file.path) !== true || defined?.isActive === true) return [];
    const fails = reasonToFail(document, file, knowledge);
    if (fails !== undefined) return [{ ...findingOf(nvramMissing, file.range, fails), severity: 'error' }];
    if (defined === undefined && !isOnAnotherHost(identity, knowledge)) return [];
    if (file.isChosen && hasNoUefi(document, knowledge)) return [];
    const message = isTemplateKnown(document, file, knowledge)
      ? t(
          '{0} has no file {1}: libvirt makes it anew from the template at the next start, without the boot entries and Secure Boot keys that the guest has stored.',
          hostName,
          file.path,
        )
      : t(
          '{0} has no file {1}: libvirt makes it anew at the next start, without the boot entries and Secure Boot keys that the guest has stored, or does not start the domain if it knows no template for {2}.',
          hostName,
          file.path,
          file.loader ?? '<loader>',
        );
    return [findingOf(nvramMissing, file.range, message)];
  },
};

/** Undefined unless it is certain that libvirt has nothing to make the file from. */
function reasonToFail(document: XmlDocument, file: NvramFile, knowledge: HostKnowledge): string | undefined {
  const { hostName, missingFiles } = knowledge;
  if (file.isChosen) return undefined;
  if (file.template !== undefined) {
    if (missingFiles?.has(file.template) !== true) return undefined;
    return t(
      '{0} has neither the file {1} nor its template {2}: the domain does not start.',
      hostName,
      file.path,
      file.template,
    );
  }
  const loaders = knownLoaders(document, knowledge);
  if (file.loader === undefined || loaders === undefined) return undefined;
  if (loaders.includes(file.loader) || builtInLoaders.has(file.loader)) return undefined;
  return t(
    '{0} has no file {1}, and libvirt knows no template for {2} to make it from: the domain does not start.',
    hostName,
    file.path,
    file.loader,
  );
}

/** What libvirt knows a template for even when it does not tell of them (DEFAULT_LOADER_NVRAM of qemu_conf.c). */
const builtInLoaders: ReadonlySet<string> = new Set([
  '/usr/share/OVMF/OVMF_CODE.fd',
  '/usr/share/OVMF/OVMF_CODE.secboot.fd',
  '/usr/share/AAVMF/AAVMF_CODE.fd',
  '/usr/share/AAVMF/AAVMF32_CODE.fd',
]);

function isTemplateKnown(document: XmlDocument, file: NvramFile, knowledge: HostKnowledge): boolean {
  if (file.isChosen || file.template !== undefined) return true;
  const loaders = knownLoaders(document, knowledge);
  return file.loader !== undefined && loaders?.includes(file.loader) === true;
}

/** Then the domain does not start at all, as `unavailable-device` says. */
function hasNoUefi(document: XmlDocument, knowledge: HostKnowledge): boolean {
  return capabilitiesFor(document, knowledge)?.values.get('os@firmware')?.includes('efi') === false;
}

function knownLoaders(document: XmlDocument, knowledge: HostKnowledge): readonly string[] | undefined {
  return capabilitiesFor(document, knowledge)?.firmwareLoaders;
}

function capabilitiesFor(
  document: XmlDocument,
  knowledge: HostKnowledge,
): KnownDomainCapabilities | undefined {
  const kind = domainKindOf(document);
  return kind && domainCapabilitiesFor(knowledge, kind);
}

/** What a domain has on another host, where it may have run, it can lose here. */
function isOnAnotherHost({ uuid }: Identity, { otherHosts = [] }: HostKnowledge): boolean {
  return uuid !== undefined && otherHosts.some(({ domainUuids }) => domainUuids.has(uuid));
}
