import * as vscode from 'vscode';
import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import type { DefinableFolder } from '../../hosts/definitions.ts';
import type { Identity } from '../../xml/identity.ts';

/** `keep-uuid`: define with the UUID that the object has. */
export type SaveDecision = 'define' | 'rename' | 'keep-uuid';

export interface SaveQuestion {
  readonly folder: DefinableFolder;
  readonly host: string;
  readonly before: Identity;
  readonly after: Identity;
  /** libvirt renames only domains that are off. */
  readonly canRename: boolean;
}

/**
 * Asks what a changed name or UUID means, because libvirt would refuse it or make another object. Rejects with a
 * CancelledError when the person does not want to save.
 */
export async function decideSave(question: SaveQuestion): Promise<SaveDecision> {
  const { before, after, host, folder } = question;
  const renamed = folder !== 'secrets' && after.name !== before.name;
  const otherUuid = after.uuid !== before.uuid;
  if (!renamed && !otherUuid) return 'define';
  if (renamed && otherUuid) {
    await ask(
      t('Define {0} as a new object on {1}?', after.name ?? '?', host),
      t(
        'Name and UUID were changed. {0} stays as it is, and a second object is made from this text.',
        before.name ?? '?',
      ),
      t('Define New'),
    );
    return 'define';
  }
  if (otherUuid) {
    const shown = after.uuid ?? t('none');
    await ask(
      t('Save {0} on {1} with the UUID it has?', before.name ?? before.uuid ?? '?', host),
      t(
        'The UUID was {0} and is now {1}; libvirt refuses a second object of the same name.',
        before.uuid ?? '?',
        shown,
      ),
      t('Save with Its UUID'),
    );
    return 'keep-uuid';
  }
  const rename = t('Rename');
  const consequence = t(
    'The name was {0} and is now {1}; the UUID is the same.',
    before.name ?? '?',
    after.name ?? '?',
  );
  if (!question.canRename) {
    throw new CancelledError(
      sentences(
        consequence,
        folder === 'domains'
          ? t('Only a domain that is shut off can be renamed.')
          : t('libvirt cannot rename it. Remove the <uuid> as well to define a second object.'),
      ),
    );
  }
  await ask(t('Rename {0} on {1}?', before.name ?? '?', host), consequence, rename);
  return 'rename';
}

async function ask(message: string, detail: string, action: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
  if (answer !== action) throw new CancelledError(t('Not saved.'));
}
