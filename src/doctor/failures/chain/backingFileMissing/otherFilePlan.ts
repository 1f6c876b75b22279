import { t } from '../../../../base/l10n.ts';
import type { XmlElement } from '../../../../libvirt/model/element.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import type { Patient } from '../../../patient.ts';
import { checkChainStep } from '../checkChainStep.ts';
import type { DiskChain } from '../diskChains.ts';
import { editDiskStep, isOnFile, withFile } from '../editDiskStep.ts';

/** Lets a disk whose own file is gone use another. @param element the disk as it is defined */
export function otherFilePlan(patient: Patient, chain: DiskChain, element: XmlElement, found: string): Plan {
  const { planHost: host } = patient;
  const { domain, disk, links } = chain;
  const { ref } = domain.entry;
  const [{ path, format }] = links;
  return {
    title: t('Let {0} of {1} on {2} use {3}', disk.target, ref.name, host.name, found),
    remarks: [t('Do this only if {0} is the file that was called {1}.', found, path)],
    steps: [
      editDiskStep(patient, chain, element, {
        title: t('Let {0} of {1} use {2}', disk.target, ref.name, found),
        undoTitle: t('Let {0} of {1} use {2}', disk.target, ref.name, path),
        change: (one) => withFile(one, found),
        isDone: (one) => isOnFile(one, found),
      }),
      checkChainStep(host, domain, [{ path: found, format: format ?? 'raw' }]),
    ],
  };
}
