import * as vscode from 'vscode';

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('libvirt-ceph.libvirt-ceph');
  if (!found) throw new Error('The extension is not installed in this VS Code.');
  return found;
}
