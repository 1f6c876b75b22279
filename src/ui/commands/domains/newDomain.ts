import { askNewDomain } from '../../newDomain/newDomainWizard.ts';
import { HostReader } from '../../newDomain/hostReader.ts';
import { openDraft } from '../../newDomain/openDraft.ts';
import { whatNext } from '../../newDomain/whatNext.ts';
import { newDomainXml } from '../../../operations/newDomain/xml/domainElement.ts';
import { objectCommand } from '../command.ts';

export const newDomainCommand = objectCommand({
  id: 'libvirt.domain.new',
  on: { kinds: ['host'], traits: ['connected'], groups: ['domains'] },
  run: async ({ host }, services) => {
    const plan = await askNewDomain(new HostReader(host, services));
    if (!plan) return;
    const { domain, volumes, installer } = plan;
    await openDraft(newDomainXml(domain), host, { volumes, installer, whatNext: whatNext(plan) }, services);
  },
});
