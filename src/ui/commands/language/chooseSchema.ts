import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { schemaName } from '../../language/schemaStatusText.ts';
import { automatic, readSchemaVersion, writeSchemaVersion } from '../../settings/schemaSetting.ts';
import type { SchemaService } from '../../language/schemaService.ts';
import type { GlobalCommand } from '../command.ts';

interface SchemaItem extends vscode.QuickPickItem {
  readonly version: string;
}

/** Lets the person choose by which libvirt's schemas documents are judged; kept in the settings. */
export const chooseSchemaCommand: GlobalCommand = {
  id: 'libvirt.chooseSchema',
  run: async ({ language }) => {
    const { schemas } = await language.features();
    const picked = await vscode.window.showQuickPick(itemsFor(schemas), {
      title: t('Schema of libvirt documents'),
      placeHolder: t('By which libvirt are documents to be judged?'),
    });
    if (picked) await writeSchemaVersion(picked.version);
  },
};

async function itemsFor(schemas: SchemaService): Promise<readonly SchemaItem[]> {
  const chosen = readSchemaVersion();
  const inUse = (version: string): Pick<SchemaItem, 'iconPath'> => ({
    iconPath: new vscode.ThemeIcon(version === chosen ? 'check' : 'blank'),
  });
  const byVersion = new Map<string, SchemaItem>();
  for (const set of await schemas.known()) {
    const { version } = set;
    if (version === undefined || byVersion.has(version)) continue;
    byVersion.set(version, { label: schemaName(set), version, ...inUse(version) });
  }
  const detail = t('Each document by the schema of its host, else by the closest that is known.');
  return [{ label: t('Automatic'), detail, version: automatic, ...inUse(automatic) }, ...byVersion.values()];
}
