import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { applyRemedy } from '../../doctor/applyRemedy.ts';
import type { GlobalCommand } from '../command.ts';

/** Looks again for what the report of the active editor is about. */
export const checkAgainCommand: GlobalCommand = {
  id: 'libvirt.doctor.again',
  run: async ({ doctor: { reports } }) => {
    if (reports.active) await reports.renew(reports.active);
  },
};

export const copyDoctorReportCommand: GlobalCommand = {
  id: 'libvirt.doctor.copy',
  run: async ({ doctor: { reports } }) => {
    if (!reports.active) return;
    await vscode.env.clipboard.writeText(reports.active.report.text);
    vscode.window.setStatusBarMessage(t('The report is in the clipboard.'), 3000);
  },
};

/** The same as the lines above the findings, for the keyboard. */
export const cureFindingCommand: GlobalCommand = {
  id: 'libvirt.doctor.cure',
  run: async (services) => {
    const { findings } = services.doctor.reports.active?.report ?? { findings: [] };
    const items = findings.flatMap(({ finding }) =>
      finding.remedies.map((remedy) => ({ label: remedy.title, detail: finding.title, finding, remedy })),
    );
    if (items.length === 0) {
      void vscode.window.showInformationMessage(t('This report has nothing to cure.'));
      return;
    }
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: t('What helps against which finding?'),
      matchOnDetail: true,
    });
    if (picked) await applyRemedy(picked.remedy, picked.finding, services);
  },
};
