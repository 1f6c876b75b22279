import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { DomainState, PausedReason, ShutoffReason } from '../../../libvirt/protocol/domainStates.ts';

/** A domain's state in words, with the reason where it tells more than the state: "paused (I/O error)". */
export function domainStateText(state: number, reason: number): string {
  const detail = reasonText(state, reason);
  const word = stateWord(state);
  return detail === undefined ? word : t('{0} ({1})', word, detail);
}

function stateWord(state: number): string {
  switch (state) {
    case DomainState.running:
      return t('running');
    case DomainState.blocked:
      return t('blocked');
    case DomainState.paused:
      return t('paused');
    case DomainState.shutdown:
      return t('shutting down');
    case DomainState.shutoff:
      return t('shut off');
    case DomainState.crashed:
      return t('crashed');
    case DomainState.pmSuspended:
      return t('asleep');
    default:
      return t('no state');
  }
}

function reasonText(state: number, reason: number): string | undefined {
  if (state === DomainState.paused) {
    switch (reason) {
      case PausedReason.migration:
        return t('migrating');
      case PausedReason.save:
        return t('being saved');
      case PausedReason.dump:
        return t('being dumped');
      case PausedReason.ioError:
        return t('I/O error');
      case PausedReason.watchdog:
        return t('watchdog');
      case PausedReason.startingUp:
        return t('starting up');
      case PausedReason.postcopyFailed:
        return t('migration failed');
      default:
        return undefined;
    }
  }
  if (state === DomainState.shutoff) {
    switch (reason) {
      case ShutoffReason.crashed:
        return t('crashed');
      case ShutoffReason.failed:
        return t('failed to start');
      default:
        return undefined;
    }
  }
  return undefined;
}

/** The colours repeat what the words say. */
export function domainStateIcon(state: number): vscode.ThemeIcon {
  switch (state) {
    case DomainState.running:
    case DomainState.blocked:
      return new vscode.ThemeIcon('vm-running', new vscode.ThemeColor('testing.iconPassed'));
    case DomainState.paused:
    case DomainState.pmSuspended:
      return new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('charts.yellow'));
    case DomainState.shutdown:
      return new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('charts.yellow'));
    case DomainState.crashed:
      return new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('list.errorForeground'));
    default:
      return new vscode.ThemeIcon('vm-outline');
  }
}
