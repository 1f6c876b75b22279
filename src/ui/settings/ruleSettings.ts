import * as vscode from 'vscode';
import type { RuleSettings } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';

const section = 'libvirt';
const key = 'rules';

type Setting = Severity | 'off';
const values: readonly string[] = ['off', 'error', 'warning', 'information'] satisfies Setting[];

/** What the person has set; entries that are not as package.json describes them are left out. */
export function readRuleSettings(document: vscode.Uri): RuleSettings {
  return new Map(
    Object.entries(read(document)).filter((entry): entry is [string, Setting] => isSetting(entry[1])),
  );
}

export async function turnOffRule(id: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const known = configuration.inspect<Record<string, unknown>>(key)?.globalValue ?? {};
  await configuration.update(key, { ...known, [id]: 'off' }, vscode.ConfigurationTarget.Global);
}

export function affectsRules(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${section}.${key}`);
}

function read(document: vscode.Uri): object {
  const value: unknown = vscode.workspace.getConfiguration(section, document).get(key);
  return typeof value === 'object' && value !== null ? value : {};
}

function isSetting(value: unknown): value is Setting {
  return typeof value === 'string' && values.includes(value);
}
