import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import type { Installer } from '../../operations/newDomain/installTree.ts';
import type { VolumePlan } from '../../operations/newDomain/storage/volumePlan.ts';

export interface CreationQuestion {
  readonly name: string;
  readonly host: string;
  readonly document: vscode.Uri;
  readonly volumes: readonly VolumePlan[];
  readonly installer: Installer | undefined;
}

/** Says what is going to be made, and asks whether the domain is started as well. Undefined: nothing is made. */
export async function askCreation(question: CreationQuestion): Promise<'start' | 'define' | undefined> {
  const { name, host, document, volumes, installer } = question;
  const errors = vscode.languages
    .getDiagnostics(document)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  const lines = [
    ...volumes.map(lineOf),
    ...(installer ? [t('{0} fetches {1}.', host, installer.kernelUrl)] : []),
    ...(errors[0] ? [t('The document has errors ({0}): {1}', errors.length, errors[0].message)] : []),
  ];
  const start = t('Create and Start');
  const define = t('Create Only');
  const detail = lines.length > 0 ? lines.join('\n') : t('It is defined as the document says.');
  const answer = await vscode.window.showInformationMessage(
    t('Create {0} on {1}?', name, host),
    { modal: true, detail },
    start,
    define,
  );
  return answer === start ? 'start' : answer === define ? 'define' : undefined;
}

/** Those that the document still names: what was taken out of it is not made. */
export function mentioned(volumes: readonly VolumePlan[], text: string): readonly VolumePlan[] {
  return volumes.filter(({ name }) => text.includes(name));
}

function lineOf(plan: VolumePlan): string {
  const pool = plan.pool.ref.name;
  switch (plan.kind) {
    case 'empty':
      return t('A new volume {0} of {1} in {2}.', plan.name, formatBytes(plan.capacity), pool);
    case 'copy': {
      const values = [plan.name, formatBytes(plan.capacity), pool, plan.from.name] as const;
      return plan.from.pool.kind === 'rbd'
        ? t('A new volume {0} of {1} in {2}, a clone of {3}, which must stay.', ...values)
        : t('A new volume {0} of {1} in {2}, a copy of {3}.', ...values);
    }
    case 'written':
      return t('A new volume {0} in {1}, with what cloud-init is told.', plan.name, pool);
  }
}
