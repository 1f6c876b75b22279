import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { VolumeProblem } from '../../../operations/volumes/volumeProblem.ts';
import { readHead } from '../../../operations/volumes/transfer/localFile.ts';
import {
  detectFormat,
  headLength,
  type ImageFormat,
} from '../../../operations/volumes/transfer/imageFormat.ts';

/** A file of this machine that is to be sent. */
export interface LocalImage {
  readonly path: string;
  /** Without its folders. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly format: ImageFormat;
}

/** @returns undefined when the person gives up */
export async function askLocalImage(title: string): Promise<LocalImage | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: t('Upload'),
      filters: {
        [t('Disk images')]: ['iso', 'img', 'qcow2', 'raw', 'vmdk', 'vdi', 'vhd', 'vhdx'],
        [t('All files')]: ['*'],
      },
    })) ?? [];
  if (!uri) return undefined;
  const path = localPath(uri);
  if (!(await stat(path)).isFile()) throw new VolumeProblem('not-possible', t('{0} is not a file.', path));
  const { head, size } = await readHead(path, headLength);
  return { path, name: path.replace(/^.*[/\\]/, ''), size, format: detectFormat(head) };
}

/** @returns undefined when the person gives up; the dialog has asked whether a file may be replaced */
export async function askTarget(title: string, name: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    title,
    saveLabel: t('Download'),
    // A name from a host is no path of this machine.
    defaultUri: vscode.Uri.joinPath(folder, name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_')),
  });
  return uri && localPath(uri);
}

function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new VolumeProblem('not-possible', t('{0} is not on this machine.', uri.toString()));
}
