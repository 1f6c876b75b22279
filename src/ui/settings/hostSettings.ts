import * as vscode from 'vscode';
import type { HostSetting } from '../../hosts/hostRegistry.ts';

const section = 'libvirt';

/** The hosts of the settings; entries that are not as package.json describes them are left out. */
export function readHosts(): readonly HostSetting[] {
  const value: unknown = vscode.workspace.getConfiguration(section).get('hosts');
  return Array.isArray(value) ? value.filter(isHostSetting) : [];
}

function isHostSetting(value: unknown): value is HostSetting {
  if (typeof value !== 'object' || value === null || !('uri' in value)) return false;
  const named = !('name' in value) || value.name === undefined || typeof value.name === 'string';
  return typeof value.uri === 'string' && named;
}

export async function writeHosts(hosts: readonly HostSetting[]): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('hosts', hosts, vscode.ConfigurationTarget.Global);
}

export function readAutoReconnect(): boolean {
  return vscode.workspace.getConfiguration(section).get<boolean>('autoReconnect', true);
}

/** The ssh configuration file to read; undefined: the default. */
export function readSshConfigFile(): string | undefined {
  const path = vscode.workspace.getConfiguration(section).get<string>('sshConfigFile', '').trim();
  return path === '' ? undefined : path;
}

/** Whether a change of settings touches the list of hosts. */
export function affectsHosts(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${section}.hosts`);
}
