import * as vscode from 'vscode';
import { liveScheme } from './documentUri.ts';

/** Which snapshot a read-only document shows. */
export interface SnapshotAddress {
  readonly host: string;
  readonly domain: string;
  readonly name: string;
}

const folder = 'snapshots';
const extension = '.xml';

/** `libvirt-live:/kvm1/snapshots/web1/before-upgrade.xml` */
export function snapshotUri({ host, domain, name }: SnapshotAddress): vscode.Uri {
  const path = [host, folder, domain, name].map(encodeURIComponent).join('/');
  return vscode.Uri.from({ scheme: liveScheme, path: `/${path}${extension}` });
}

/** undefined for a URI that is no snapshot's. */
export function snapshotAddress({ path }: vscode.Uri): SnapshotAddress | undefined {
  if (!path.endsWith(extension)) return undefined;
  const [host, place, domain, name, ...rest] = path
    .slice(1, -extension.length)
    .split('/')
    .map(decodeURIComponent);
  if (host === undefined || domain === undefined || name === undefined) return undefined;
  return place === folder && rest.length === 0 ? { host, domain, name } : undefined;
}
