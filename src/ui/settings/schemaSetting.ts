import * as vscode from 'vscode';

const section = 'libvirt';
const name = 'schemaVersion';

/** Each document is judged by the schemas of its own host, or the closest. */
export const automatic = 'automatic';

/** The version of libvirt whose schemas judge all documents, or {@link automatic}. */
export function readSchemaVersion(): string {
  const version = vscode.workspace.getConfiguration(section).get<string>(name, automatic).trim();
  return version === '' ? automatic : version;
}

export async function writeSchemaVersion(version: string): Promise<void> {
  const kept = version === automatic ? undefined : version;
  await vscode.workspace.getConfiguration(section).update(name, kept, vscode.ConfigurationTarget.Global);
}

export function affectsSchema(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${section}.${name}`);
}
