import * as vscode from 'vscode';

const defaultSeconds = 60;

/** How long a guest that was asked to shut down is waited for, in seconds. */
export function readShutdownTimeout(): number {
  const seconds = vscode.workspace.getConfiguration('libvirt').get<number>('shutdownTimeout', defaultSeconds);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : defaultSeconds;
}
